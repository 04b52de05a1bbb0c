import { type CivilDate, fullDate, fullMoment } from '../../base/dates.ts'
import { capitalised, plural, shorten } from '../../base/text.ts'
import { milestoneText } from '../../domain/plan/plan.ts'
import type { Role } from '../../domain/plan/recipients.ts'
import { formatSlippage } from '../../domain/plan/slippage.ts'
import type { DueMilestone, OpenItem, OwedUpdate, ReminderItem } from './types.ts'

/** 'overdue by 2 working days', 'due today', 'due in 3 working days'. They are those of who is told. */
export function formatDue({ workingDaysLeft }: Pick<DueMilestone, 'workingDaysLeft'>): string {
  if (workingDaysLeft === 0) return 'due today'
  const days = plural(Math.abs(workingDaysLeft), 'working day')
  return workingDaysLeft < 0 ? `overdue by ${days}` : `due in ${days}`
}

/** 'Fri 31 Mar 2017', or 'Sat 1 Apr 2017, so by Fri 31 Mar 2017' where the due day is not worked. */
export function formatDueDay({
  due,
  effectiveDue,
}: Pick<DueMilestone, 'due' | 'effectiveDue'>): string {
  return due === effectiveDue ? fullDate(due) : `${fullDate(due)}, so by ${fullDate(effectiveDue)}`
}

/** How urgent a thing is, 0 most, and what the group of rows is called that it stands in. */
function urgency(item: ReminderItem): { readonly rank: number; readonly heading: string } {
  switch (item.kind) {
    case 'milestone':
      if (item.workingDaysLeft < 0) return { rank: 0, heading: 'Overdue' }
      if (item.workingDaysLeft === 0) return { rank: 1, heading: 'Due today' }
      return { rank: 6, heading: `Due by ${fullDate(item.effectiveDue)}` }
    case 'round':
      return { rank: item.isClosing ? 2 : 5, heading: `Update round: ${formatCloses(item)}` }
    case 'green-by':
      return { rank: 3, heading: `Past the day to be ${item.goal}` }
    case 'reading':
      return { rank: 4, heading: 'Readings that have not come' }
    case 'undated':
      return { rank: 7, heading: 'No date yet' }
  }
}

export function headingOf(item: ReminderItem): string {
  return urgency(item).heading
}

/** For sorting: most urgent first, and of the same urgency the earliest day. */
export function byUrgency(a: ReminderItem, b: ReminderItem): number {
  const byRank = urgency(a).rank - urgency(b).rank
  if (byRank !== 0) return byRank
  // Days are text in order of size, and sorting is stable: the same day keeps the order of the plan.
  const [one, other] = [dayOf(a), dayOf(b)]
  return one < other ? -1 : one > other ? 1 : 0
}

function dayOf(item: ReminderItem): CivilDate | '' {
  switch (item.kind) {
    case 'milestone':
    case 'reading':
      return item.due
    case 'green-by':
      return item.greenBy
    case 'round':
      return item.round.round
    case 'undated':
      return ''
  }
}

function formatCloses({ round, programme }: OwedUpdate & Pick<ReminderItem, 'programme'>): string {
  return `answer by ${fullMoment(round.closes, programme.zone)}`
}

/** A thing as a row shows it, in three lines. People's titles may be of any length. */
export interface RowText {
  readonly title: string
  readonly about: string
  readonly when: string
}

export function rowText(item: ReminderItem): RowText {
  const title = item.project ? `${item.project.ref} ${item.project.title}` : item.programme.title
  switch (item.kind) {
    case 'milestone': {
      const when =
        item.workingDaysLeft < 0
          ? `${capitalised(formatDue(item))}: was due ${fullDate(item.due)}`
          : `${capitalised(formatDue(item))}: ${formatDueDay(item)}`
      return { title, about: formatMilestone(item), when: withSlippage(when, item) }
    }
    case 'undated': {
      const when = 'No date yet: say when it is due, or that it is done'
      return { title, about: formatMilestone(item), when: withSlippage(when, item) }
    }
    case 'green-by':
      return {
        title,
        about: `${item.state}, as at ${fullDate(item.update.onDay)}`,
        when: `Was to be ${item.goal} by ${fullDate(item.greenBy)}`,
      }
    case 'reading':
      return {
        title: `Measure ${item.measure.number} ${item.measure.title}`,
        about: item.project ? `Of ${title}` : `Of ${item.programme.title}`,
        when: `Its reading was due by ${fullDate(item.due)}`,
      }
    case 'round':
      return { title, about: lastUpdateText(item), when: owedUpdateText(item) }
  }
}

function formatMilestone({ milestone }: Pick<DueMilestone, 'milestone'>): string {
  return `${milestone.number}. ${milestoneText(milestone)}`
}

function withSlippage(when: string, { milestone }: Pick<DueMilestone, 'milestone'>): string {
  return [when, formatSlippage(milestone)].filter(Boolean).join('; ')
}

/** '▲ Amber, as at Fri 24 Feb 2017', or that it was never rated. */
function lastUpdateText({ project, state }: OwedUpdate): string {
  const [last] = project.updates
  return last ? `${state}, as at ${fullDate(last.onDay)}` : 'Never rated'
}

function owedUpdateText({ noChangeProblem }: OwedUpdate): string {
  return noChangeProblem === null
    ? 'Anything new since then?'
    : `It needs an update: it ${noChangeProblem}`
}

/** One thing in one or two sentences, for plain text. */
export function formatItem(item: ReminderItem): string {
  if (item.kind !== 'milestone') {
    const { title, about, when } = rowText(item)
    return `${title}: ${about}. ${when}`
  }
  const moved = formatSlippage(item.milestone)
  const when = item.workingDaysLeft < 0 ? `was due ${fullDate(item.due)}` : formatDueDay(item)
  return [
    `${item.project.ref} ${item.project.title}: ${milestoneText(item.milestone)}`,
    `${capitalised(formatDue(item))} (${when}${moved ? `; ${moved}` : ''})`,
  ].join('. ')
}

/** 'as its lead', after "You get this". */
export const roleText: Record<Role, string> = {
  lead: 'as its lead',
  deputy: 'as deputy',
  'workstream lead': 'as lead of the workstream',
  sponsor: 'as sponsor of the workstream',
  'programme office': 'as programme office',
  nobody: '',
}

/** What each kind of thing is counted as: "2 milestones and 1 reading". */
export const kindNouns: Readonly<Record<OpenItem['kind'], string>> = {
  milestone: 'milestone',
  undated: 'milestone',
  'green-by': 'project',
  round: 'project',
  reading: 'reading',
}

/** "2.1 milestone 3", "2.1's update", "measure 4 …": a thing in as few words as a list has room for. */
export function shortName(item: ReminderItem): string {
  switch (item.kind) {
    case 'milestone':
    case 'undated':
      return `${item.project.ref} milestone ${item.milestone.number}`
    case 'green-by':
      return `${item.project.ref} past its day to be ${item.goal}`
    case 'round':
      return `${item.project.ref}'s update`
    case 'reading':
      return `measure ${item.measure.number} ${shorten(item.measure.title, 40)}`
  }
}
