import { type CivilDate, toDbDate } from '../../../base/dates.ts'
import { newId } from '../../../base/ids.ts'
import { authorName, namesOf } from '../../../domain/people/names.ts'
import type { Tx } from '../../../infra/db.ts'

/** What somebody of the programme office said of the digest of one day, before it went out. */
export interface ApprovalEvent {
  readonly kind: 'held' | 'released' | 'approved' | 'headline'
  /** Why it is held; the headline, '' to take it back. */
  readonly text: string | null
  /** Their name. */
  readonly by: string
  readonly at: Date
}

/** How the digest of a day is directed. */
export interface ApprovalState {
  readonly held: { readonly by: string; readonly because: string | null } | null
  readonly approvedBy: string | null
  readonly headline: string | null
}

export const initialApprovalState: ApprovalState = { held: null, approvedBy: null, headline: null }

/** What all that was said comes to, oldest first. The latest counts; whoever approves a held one lets it go. */
export function foldApprovals(said: readonly ApprovalEvent[]): ApprovalState {
  return said.reduce(applyApprovalEvent, initialApprovalState)
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

/** What a digest waits for; null where it may go. */
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

/** How the digest of a day is directed, as far as was said by now. */
export async function loadApprovalState(
  tx: Tx,
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

export async function addApprovalEvent(tx: Tx, asked: NewApprovalEvent): Promise<void> {
  const { programmeId, round, kind, text, byId, source, now } = asked
  await tx.digestDirection.create({
    data: { id: newId(), programmeId, round: toDbDate(round), kind, text, byId, source, at: now },
  })
}
