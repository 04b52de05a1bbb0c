import { type CivilDate, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { textOf } from '../plan/plan.ts'
import { slippage } from '../plan/slippage.ts'
import type { DueItem } from './rules.ts'
import type { Due } from './steps.ts'

/** 'overdue by 2 working days', 'due today', 'due in 3 working days'. They are those of who is told. */
export function dueInWords({ workingDays }: Pick<Due, 'workingDays'>): string {
  if (workingDays === 0) return 'due today'
  const days = plural(Math.abs(workingDays), 'working day')
  return workingDays < 0 ? `overdue by ${days}` : `due in ${days}`
}

/** 'Fri 31 Mar 2017', or 'Sat 1 Apr 2017, so by Fri 31 Mar 2017' where the due day is not worked. */
export function dueDayInWords({ due, by }: Pick<Due, 'due' | 'by'>): string {
  return due === by ? fullDate(due) : `${fullDate(due)}, so by ${fullDate(by)}`
}

/** What a group of rows is called. */
export function urgency({ workingDays, by }: Pick<Due, 'workingDays' | 'by'>): string {
  if (workingDays < 0) return 'Overdue'
  return workingDays === 0 ? 'Due today' : `Due by ${fullDate(by)}`
}

/** One milestone in one or two sentences, for plain text. */
export function itemInWords(item: DueItem): string {
  const moved = slippage(item.milestone)
  const { project, milestone } = item
  const when = item.workingDays < 0 ? `was due ${fullDate(item.due)}` : dueDayInWords(item)
  return [
    `${project.ref} ${project.title}: ${textOf(milestone)}`,
    `${capitalised(dueInWords(item))} (${when}${moved ? `; ${moved}` : ''})`,
  ].join('. ')
}

/** What the plan holds of a milestone now. */
export interface MilestoneNow {
  readonly due: CivilDate | null
  readonly doneOn: CivilDate | null
  /** Said to be done, and not confirmed by a second person yet. */
  readonly awaitsConfirmation: boolean
}

/** '✓ Done' or '→ Moved to Thu 6 Apr 2017' where a row needs no answer any more; null where it does. */
export function answerInWords(told: CivilDate, now: MilestoneNow): string | null {
  if (now.doneOn !== null) return '✓ Done'
  if (now.awaitsConfirmation) return '✓ Done, awaiting confirmation'
  if (now.due === told) return null
  return now.due === null ? '→ No date any more' : `→ Moved to ${fullDate(now.due)}`
}

/** The first letter in upper case. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
