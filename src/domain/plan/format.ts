import { type CivilDate, daysBetween, fullDate } from '../../base/dates.ts'
import { plural, shorten } from '../../base/text.ts'
import { deliveryState, type Milestone, milestoneText, type Project } from './plan.ts'
import { formatSlippage } from './slippage.ts'

/** "2.1 Practice standards": a title that fits a line. Plans hold cells of any length. */
export function formatProject({ ref, title }: Pick<Project, 'ref' | 'title'>): string {
  return `${ref} ${shorten(title, 120)}`
}

/** What a milestone is about, as far as a card has room for it. */
export function shortMilestoneText(milestone: Milestone): string {
  return shorten(milestoneText(milestone), 300)
}

/**
 * "due Fri 31 Mar 2017", "done" where nobody said when, "due Fri 31 Mar 2017, at risk", "11 days overdue: was due …", "done Wed 1 Mar 2017",
 * "done Wed 1 Mar 2017, awaiting confirmation", "no date yet".
 */
export function formatMilestoneTiming(milestone: Milestone, asAt: CivilDate): string {
  const { due, doneOn, completion } = milestone
  const state = deliveryState(milestone, asAt)
  if (state === 'completed' && doneOn)
    return completion?.isDayUnknown ? 'done' : `done ${fullDate(doneOn)}`
  if (completion?.awaitsConfirmation)
    return `done ${fullDate(completion.onDay)}, awaiting confirmation`
  if (due && state === 'missed')
    return `${plural(daysBetween(due, asAt), 'day')} overdue: was due ${fullDate(due)}`
  return `${formatDueDate(milestone, asAt)}${state === 'at risk' ? ', at risk' : ''}`
}

function formatDueDate(milestone: Milestone, asAt: CivilDate): string {
  if (milestone.due === asAt) return 'due today'
  return formatDueDay(milestone)
}

/** "due Fri 31 Mar 2017", "due by Fri 31 Mar 2017" where its text names no day but a month or a span, "no date yet". */
export function formatDueDay({ due, precision, moves }: Milestone): string {
  if (!due) return 'no date yet'
  return `due ${precision === 'day' || moves.length > 0 ? '' : 'by '}${fullDate(due)}`
}

/** The same with the slippage: "due Fri 31 Mar 2017; was Fri 3 Mar 2017, moved once". */
export function formatTimingWithSlippage(milestone: Milestone, asAt: CivilDate): string {
  return [formatMilestoneTiming(milestone, asAt), formatSlippage(milestone)]
    .filter(Boolean)
    .join('; ')
}
