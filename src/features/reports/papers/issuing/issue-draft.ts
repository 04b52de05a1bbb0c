import type { Place } from '../../../../base/addresses.ts'
import type { Channel } from '../../../../chat/port.ts'
import {
  addDraftDecision,
  loadDraftPaper,
  type PaperDraft,
} from '../../../../domain/papers/draft-store.ts'
import { type IssuedPaper, issuePaper } from '../../../../domain/papers/issued-papers.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import type { Tx } from '../../../../infra/db.ts'
import { withDates } from './paper-content.ts'

export interface Issuing {
  /** Null: Milepost, by a schedule. */
  readonly byId: string | null
  readonly source: string
  readonly now: Date
  /** Who can read a channel. Never throws. */
  channel(place: Place): Promise<Channel>
}

/**
 * Issues a draft as it was frozen, whatever the plan says by now. Call it with the programme locked, for a draft that may
 * be issued.
 */
export async function issueDraft(
  tx: Tx,
  programme: Programme,
  draft: PaperDraft,
  { byId, source, now }: Omit<Issuing, 'channel'>,
): Promise<IssuedPaper> {
  const { number, edition, corrects, draftedAt } = draft
  const content = await loadDraftPaper(tx, draft)
  const { layout, subject, audience, dataFrom, asAt, meetingOn } = draft
  const approval = draft.decisions.findLast(({ kind }) => kind === 'approved')
  const approvedAt = approval?.at ?? null
  const issued = await issuePaper(tx, programme, {
    ...{ layout, subject, audience, dataFrom, asAt, meetingOn, issuedAt: now, issuedById: byId },
    draft: { number, edition, corrects, draftedAt, approvedAt },
    approvedById: approval?.byId ?? null,
    compose: () =>
      withDates(
        content,
        number,
        {
          ...{ edition, corrects, draftedAt, approvedAt, issuedAt: now, meetingOn },
          ...(approval && { approvedBy: approval.by }),
        },
        programme.zone,
      ),
  })
  await addDraftDecision(tx, draft, { kind: 'issued', byId, source, now })
  return issued
}
