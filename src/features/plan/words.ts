import { type CivilDate, daysBetween, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { deliveryState, type Milestone, timesMoved } from './plan.ts'

/** "due Fri 31 Mar 2017", "11 days late: was due …", "done Wed 1 Mar 2017", "no date yet". */
export function whenInWords(milestone: Milestone, asAt: CivilDate): string {
  const { due, doneOn, precision } = milestone
  const state = deliveryState(milestone, asAt)
  if (state === 'completed' && doneOn) return `done ${fullDate(doneOn)}`
  if (!due) return 'no date yet'
  if (state === 'missed')
    return `${plural(daysBetween(due, asAt), 'day')} late: was due ${fullDate(due)}`
  if (due === asAt) return 'due today'
  return `due ${precision === 'day' || milestone.moves.length > 0 ? '' : 'by '}${fullDate(due)}`
}

/** Slippage that cannot be hidden: "was Thu 30 Mar 2017, moved twice". Empty where it never moved. */
export function slippageInWords(milestone: Milestone): string {
  const times = timesMoved(milestone)
  const first = milestone.baselineDue ?? milestone.moves.find(({ from }) => from)?.from
  if (times === 0 || !first) return ''
  const often = ['once', 'twice'][times - 1] ?? `${times} times`
  return `was ${fullDate(first)}, moved ${often}`
}
