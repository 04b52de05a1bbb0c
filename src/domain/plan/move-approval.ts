import { type CivilDate, daysBetween, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import type { MoveApproval } from './settings.ts'

/** A move as its rule looks at it. */
export interface GovernedMove {
  readonly from: CivilDate | null
  /** Null: it would have no day any more, which is later than any. */
  readonly to: CivilDate | null
  /** The day that was last agreed: by the sponsor, or the first one that the milestone had. */
  readonly agreed: CivilDate | null
  /** The day that the last digest told; null where none did. */
  readonly seen: CivilDate | null
}

/**
 * Why a move waits for the sponsor, as the end of a sentence; null where it counts at once. A milestone that had no day,
 * and one that comes sooner, is never held up. Small moves add up: each is measured from the day that was agreed. Pure.
 */
export function approvalReason(
  { from, to, agreed, seen }: GovernedMove,
  { days, seen: isSeenGoverned }: MoveApproval,
): string | null {
  if (from === null || (to !== null && to <= from)) return null
  const base = agreed ?? from
  if (days !== null && to === null) {
    return `it would have no day, and ${fullDate(base)} was agreed`
  }
  if (days !== null && to !== null && daysBetween(base, to) > days) {
    return `it is more than ${plural(days, 'day')} after ${fullDate(base)}, the day that was agreed`
  }
  if (isSeenGoverned && seen !== null && (to === null || to > seen)) {
    return `the board was told ${fullDate(seen)}`
  }
  return null
}
