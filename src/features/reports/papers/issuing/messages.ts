import { officeMembers, sponsorsOf } from '../../../../authority/programme-roles.ts'
import type { Card } from '../../../../chat/cards.ts'
import { type NoticeButton, noticeCard } from '../../../../chat/notice.ts'
import { draftStateTexts } from '../../../../domain/papers/draft-state.ts'
import { loadPaperDraftById, type PaperDraft } from '../../../../domain/papers/draft-store.ts'
import { directPlaceOf } from '../../../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../../../domain/people/language-of.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import type { Tx } from '../../../../infra/db.ts'
import { closeNotices } from '../../../../outbox/close-notices.ts'
import {
  defineMessageKind,
  type MessageKind,
  type RevalidationContext,
} from '../../../../outbox/message-kinds.ts'
import { enqueue, type NewOutboxMessage } from '../../../../outbox/outbox.ts'
import type { PendingMessage, RevalidationResult } from '../../../../outbox/revalidate.ts'
import { paperFile } from '../send-paper.ts'
import { titleOf } from './paper-content.ts'
import { draftPaperOf } from './send-numbered.ts'

/** What the sponsors are asked about a draft, and what the programme office is told of it. */

export const paperApprovalKind = defineMessageKind({
  kind: 'paper-approval',
  title: 'Paper to approve',
  authority: 'read plan',
  revalidate: revalidateApproval,
})

export const paperOfficeKind = defineMessageKind({
  kind: 'paper-office',
  title: 'Note about a paper',
  authority: 'run programme',
  isFailureReported: false,
})

/** What a button about a draft carries. */
export const draftData = ({ key }: Programme, { id, number }: PaperDraft) => ({
  ...{ programme: key, number: String(number), draft: id },
})

/** Asks the sponsors, each in private with the draft as a file. Gives how many can be asked. */
export async function askSponsors(
  tx: Tx,
  programme: Programme,
  draft: PaperDraft,
  now: Date,
): Promise<number> {
  const data = draftData(programme, draft)
  const { file, remarks } = await paperFile(tx, {
    ...(await draftPaperOf(tx, programme, draft)),
    format: 'docx',
  })
  return tell(tx, programme, await sponsorsOf(tx, programme.id), {
    ...{ kind: paperApprovalKind, key: approvalKeyPrefix(draft.id), file, now },
    why: [`You are a sponsor of ${programme.title}, and its papers wait for you.`],
    card: () =>
      noticeCard({
        heading: 'A paper waits for you',
        lines: [
          `${titleOf(draft)} of ${programme.title}.`,
          'What it says is frozen, and the programme office has checked it. It is issued once one of its sponsors approves it.',
          ...remarks,
        ],
        buttons: [
          { title: 'Approve', verb: 'paper-approve', data },
          { title: 'Decline…', verb: 'paper-decline:form', data },
        ],
      }),
  })
}

export interface OfficeNote {
  /** What it is about: nobody gets two notes with the same key. */
  readonly key: string
  readonly heading: string
  readonly lines: readonly string[]
  readonly buttons?: NoticeButton[]
}

/** Tells everybody in the programme office, once and in private. */
export async function tellOffice(
  tx: Tx,
  programme: Programme,
  { key, heading, lines, buttons = [] }: OfficeNote,
  now: Date,
): Promise<void> {
  const members = await officeMembers(tx, [programme.id])
  const people = members.map(({ personId }) => personId)
  await tell(tx, programme, people, {
    ...{ kind: paperOfficeKind, key: `paper-office:${key}:`, now },
    why: [`You are in the programme office of ${programme.title}.`],
    card: () => noticeCard({ heading, lines: [...lines], buttons }),
  })
}

interface Telling extends Pick<NewOutboxMessage, 'why' | 'file'> {
  readonly kind: MessageKind
  /** The person's id is put behind it. */
  readonly key: string
  readonly now: Date
  card(): Card
}

/** Gives how many of them have an account. */
async function tell(
  tx: Tx,
  { id }: Programme,
  people: readonly string[],
  { kind, key, now, card, ...more }: Telling,
): Promise<number> {
  let told = 0
  for (const personId of people) {
    const place = await directPlaceOf(tx, personId)
    if (!place) continue
    const message = { ...more, kind, key: `${key}${personId}`, personId, programmeIds: [id] }
    await enqueue(tx, { ...message, place, card: await inLanguageOf(tx, personId, card) }, now)
    told += 1
  }
  return told
}

const approvalKeyPrefix = (draftId: string) => `paper-approval:${draftId}:`

/** Shows in every copy of the question what became of the draft, in place of its buttons. */
export function closeApprovalCards(
  tx: Tx,
  { id }: Pick<PaperDraft, 'id'>,
  note: string,
  now: Date,
): Promise<void> {
  return closeNotices(tx, approvalKeyPrefix(id), note, now)
}

/** A question that nobody has to answer any more is not sent. */
async function revalidateApproval(
  { db }: RevalidationContext,
  { key }: Pick<PendingMessage, 'key'>,
): Promise<RevalidationResult> {
  const [, draftId = ''] = key.split(':')
  const draft = await loadPaperDraftById(db, draftId)
  if (!draft || draft.state === 'checked') return 'unchanged'
  return { dropReason: `its paper ${draftStateTexts[draft.state]}` }
}
