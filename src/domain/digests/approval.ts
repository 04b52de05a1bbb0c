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
  /** Milepost itself held it: each line of `text` is a sentence that does not follow from the plan, and why. */
  readonly isFactCheck?: boolean
}

/** As the source of an event: the fact check held the digest, and nobody of the office. */
const factCheckSource = 'fact check'

/** A sentence that does not follow from the plan, with the reason. */
export interface Doubt {
  readonly text: string
  /** The office lets the digest go in spite of it. */
  readonly isReleased: boolean
}

/** What the programme office has decided about the digest of a day. */
export interface ApprovalState {
  readonly held: { readonly by: string; readonly because: string | null } | null
  readonly approvedBy: string | null
  readonly headline: string | null
  /** All that were found in the digest of the day, for whichever channel, oldest first. */
  readonly doubts: readonly Doubt[]
}

export const initialApprovalState: ApprovalState = {
  ...{ held: null, approvedBy: null, headline: null },
  doubts: [],
}

/** The state after all events, oldest first. The latest counts; approving a held digest releases it. */
export function foldApprovals(events: readonly ApprovalEvent[]): ApprovalState {
  return events.reduce(applyApprovalEvent, initialApprovalState)
}

function applyApprovalEvent(
  before: ApprovalState,
  { kind, text, by, isFactCheck = false }: ApprovalEvent,
): ApprovalState {
  switch (kind) {
    case 'held':
      return isFactCheck
        ? { ...before, doubts: [...before.doubts, ...toDoubts(text)] }
        : { ...before, held: { by, because: text } }
    case 'released':
      return letGo(before)
    case 'approved':
      return { ...letGo(before), approvedBy: by }
    case 'headline':
      return { ...before, headline: text || null }
  }
}

const toDoubts = (text: string | null): Doubt[] =>
  (text ?? '').split('\n').map((line) => ({ text: line, isReleased: false }))

function letGo(before: ApprovalState): ApprovalState {
  const doubts = before.doubts.map((doubt) => ({ ...doubt, isReleased: true }))
  return { ...before, held: null, doubts }
}

/** Whether anything holds the digest that the office can release. */
export function isHeld({ held, doubts }: ApprovalState): boolean {
  return held !== null || doubts.some(({ isReleased }) => !isReleased)
}

/** What a digest waits for. */
export type PendingDecision =
  | { readonly for: 'release'; readonly by: string; readonly because: string | null }
  | { readonly for: 'approval' }

/** A digest that Milepost held waits only as long as the doubts are there: whoever posts it looks again. */
export function pendingDecision(
  state: ApprovalState,
  setting: { readonly approval: boolean },
): PendingDecision | null {
  const pending = pendingOfPeople(state, setting)
  const doubt = state.doubts.find(({ isReleased }) => !isReleased)
  return pending ?? (doubt ? { for: 'release', by: 'Milepost', because: doubt.text } : null)
}

/** The same without what Milepost itself found. */
export function pendingOfPeople(
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
    rows.map(({ kind, text, byId, at, source }) => {
      const isFactCheck = source === factCheckSource
      return { kind, text, at, by: authorName(names, byId), isFactCheck }
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

/** Holds the digest of a day because of sentences that do not follow from the plan. */
export async function addDoubts(
  tx: Tx,
  about: { readonly programmeId: string; readonly round: CivilDate },
  doubts: readonly string[],
  now: Date,
): Promise<void> {
  const { programmeId, round } = about
  const said = { kind: 'held', text: doubts.join('\n'), byId: null } as const
  await tx.digestDirection.create({
    data: {
      ...{ id: newId(), programmeId, round: toDbDate(round), source: factCheckSource, at: now },
      ...said,
    },
  })
}
