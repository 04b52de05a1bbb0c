import { fullDate } from '../../base/dates.ts'
import { type Milestone, timesMoved } from './plan.ts'

/**
 * "was Fri 30 Jun 2017, moved twice": shown wherever the milestone is, so that a moved date cannot hide.
 * The date is the first one it had. Null where it was never moved.
 */
export function formatSlippage(milestone: Milestone): string | null {
  const times = timesMoved(milestone)
  if (times === 0) return null
  const first = milestone.baselineDue ?? milestone.moves.find(({ from }) => from !== null)?.from
  return first ? `was ${fullDate(first)}, moved ${formatTimes(times)}` : null
}

function formatTimes(times: number): string {
  if (times === 1) return 'once'
  return times === 2 ? 'twice' : `${times} times`
}
