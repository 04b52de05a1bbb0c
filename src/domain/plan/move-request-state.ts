import type { CivilDate } from '../../base/dates.ts'

/** What somebody said of a request, as it is stored. */
export const moveOutcomes = ['agreed', 'declined', 'replaced', 'taken back'] as const
export type MoveOutcome = (typeof moveOutcomes)[number]

/** How a request stands: what was said of it, or what made an answer needless. */
export type MoveRequestState =
  | MoveOutcome
  | 'waits'
  | 'taken out'
  | 'done meanwhile'
  | 'moved meanwhile'
  | 'day has passed'

export interface AskedMove {
  /** Null where nobody has answered. */
  readonly outcome: MoveOutcome | null
  readonly from: CivilDate
  readonly to: CivilDate
}

/** The milestone as it stands now. */
export interface AskedMilestone {
  readonly due: CivilDate | null
  /** Also where a second person has still to confirm it. */
  readonly isDone: boolean
  readonly isRemoved: boolean
}

/**
 * A request waits only while its milestone is open and due as it was when it was asked, and the day asked for is ahead:
 * nothing else can still be agreed to. Pure.
 */
export function moveRequestState(
  { outcome, from, to }: AskedMove,
  { due, isDone, isRemoved }: AskedMilestone,
  today: CivilDate,
): MoveRequestState {
  if (outcome !== null) return outcome
  if (isRemoved) return 'taken out'
  if (isDone) return 'done meanwhile'
  if (due !== from) return 'moved meanwhile'
  return to < today ? 'day has passed' : 'waits'
}

/** The state in words, as the end of a sentence about the request: "it waits to be agreed". */
export const moveRequestTexts: Readonly<Record<MoveRequestState, string>> = {
  waits: 'it waits to be agreed',
  agreed: 'it was agreed',
  declined: 'it was declined',
  replaced: 'another day was asked for since',
  'taken back': 'it was agreed, and taken back since',
  'taken out': 'nobody answered before the milestone was taken out of the plan',
  'done meanwhile': 'nobody answered before the milestone was reported done',
  'moved meanwhile': 'nobody answered before the milestone was moved',
  'day has passed': 'nobody answered before that day had passed',
}
