import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { authorName, namesOf } from '../people/names.ts'

/** What somebody in the programme office decided about the digest of one day before it went out. */
export interface ApprovalEvent {
  readonly kind: 'held' | 'released' | 'approved' | 'headline'
  /** Why it is held, or the headline; '' removes the headline. */
  readonly text: string | null
  /** Their name. */
  readonly by: string
  readonly at: Date
}

/** What the programme office has decided about the digest of a day. */
export interface ApprovalState {
  readonly held: { readonly by: string; readonly because: string | null } | null
  readonly approvedBy: string | null
  readonly headline: string | null
}

export const initialApprovalState: ApprovalState = { held: null, approvedBy: null, headline: null }

/** The state after all events, oldest first. The latest counts; approving a held digest releases it. */
export function foldApprovals(events: readonly ApprovalEvent[]): ApprovalState {
  return events.reduce(applyApprovalEvent, initialApprovalState)
}

function applyApprovalEvent(
  before: ApprovalState,
  { kind, text, by }: ApprovalEvent,
): ApprovalState {
  switch (kind) {
    case 'held':
      return { ...before, held: { by, because: text } }
    case 'released':
      return { ...before, held: null }
    case 'approved':
      return { ...before, held: null, approvedBy: by }
    case 'headline':
      return { ...before, headline: text || null }
  }
}

/** What a digest waits for. */
export type PendingDecision =
  | { readonly for: 'release'; readonly by: string; readonly because: string | null }
  | { readonly for: 'approval' }

export function pendingDecision(
  { held, approvedBy }: ApprovalState,
  { approval }: { readonly approval: boolean },
): PendingDecision | null {
  if (held) return { for: 'release', ...held }
  return approval && approvedBy === null ? { for: 'approval' } : null
}

/** The state of the digest of a day by now. */
export async function loadApprovalState(
  tx: ReadTx,
  programmeId: string,
  round: CivilDate,
): Promise<ApprovalState> {
  const rows = await tx.digestDirection.findMany({
    where: { programmeId, round: toDbDate(round) },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  if (rows.length === 0) return initialApprovalState
  const names = await namesOf(
    tx,
    rows.flatMap(({ byId }) => byId ?? []),
  )
  return foldApprovals(
    rows.map(({ kind, text, byId, at }) => {
      return { kind, text, at, by: authorName(names, byId) }
    }),
  )
}

export interface NewApprovalEvent extends Pick<ApprovalEvent, 'kind' | 'text'> {
  readonly programmeId: string
  readonly round: CivilDate
  readonly byId: string
  readonly source: string
  readonly now: Date
}

export async function addApprovalEvent(tx: Tx, event: NewApprovalEvent): Promise<void> {
  const { programmeId, round, kind, text, byId, source, now } = event
  await tx.digestDirection.create({
    data: { id: newId(), programmeId, round: toDbDate(round), kind, text, byId, source, at: now },
  })
}
