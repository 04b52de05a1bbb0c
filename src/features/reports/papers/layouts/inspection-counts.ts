import { fullDate } from '../../../../base/dates.ts'
import { plural } from '../../../../base/text.ts'
import { effectiveReadings, type Measure } from '../../../../domain/measures/measure.ts'
import { formatDueDay } from '../../../../domain/plan/format.ts'
import { deliveryState, type Plan, type Project } from '../../../../domain/plan/plan.ts'
import { milestonesOf, type ProjectMilestone } from '../parts.ts'

/** What an inspector asks first, counted and said in sentences: what was done, how it is known, what is next. */

/** The milestones of projects as at the plan's day. Nothing counts as done that awaits confirmation. */
export interface MilestoneCounts {
  readonly all: readonly ProjectMilestone[]
  readonly done: readonly ProjectMilestone[]
  /** By date, those without one last. */
  readonly open: readonly ProjectMilestone[]
  /** Said to be done, and not confirmed by a second person yet. */
  readonly awaiting: readonly ProjectMilestone[]
  /** Due on the plan's day or earlier, whether done or not. */
  readonly wereDue: readonly ProjectMilestone[]
  /** Of those, what nobody has reported done. */
  readonly overdue: readonly ProjectMilestone[]
  /** Of those that nobody has reported done, the first one after the plan's day. */
  readonly next: ProjectMilestone | undefined
}

const noDate = '9999'

export function countMilestones(projects: readonly Project[], { asAt }: Plan): MilestoneCounts {
  const all = milestonesOf(projects)
  const isDone = ({ milestone }: ProjectMilestone) => deliveryState(milestone, asAt) === 'completed'
  const isAwaiting = ({ milestone }: ProjectMilestone) =>
    milestone.completion?.awaitsConfirmation === true
  const wasDue = ({ milestone }: ProjectMilestone) =>
    milestone.due !== null && milestone.due <= asAt
  const open = all
    .filter((one) => !isDone(one))
    .toSorted(({ milestone: { due: one } }, { milestone: { due: other } }) =>
      (one ?? noDate).localeCompare(other ?? noDate),
    )
  const unreported = open.filter((one) => !isAwaiting(one))
  return {
    ...{ all, open },
    done: all.filter(isDone),
    awaiting: open.filter(isAwaiting),
    wereDue: all.filter(wasDue),
    overdue: unreported.filter(wasDue),
    next: unreported.find(({ milestone }) => milestone.due !== null && milestone.due > asAt),
  }
}

/** The pack in three sentences: projects, milestones, measures. */
export function packSummary(
  projects: readonly Project[],
  measures: readonly Measure[],
  plan: Plan,
): string {
  const { length: count } = projects
  if (count === 0) return 'No project answers this recommendation.'
  const answers = count === 1 ? 'answers' : 'answer'
  return [
    `${plural(count, 'project')} ${answers} this recommendation.`,
    milestonesSentence(countMilestones(projects, plan), plan),
    measuresSentence(measures),
  ].join(' ')
}

const are = (count: number) => `${count} ${count === 1 ? 'is' : 'are'}`
const were = (count: number) => `${count} ${count === 1 ? 'was' : 'were'}`

function milestonesSentence(counts: MilestoneCounts, { asAt }: Plan): string {
  const { all, done, open, awaiting, wereDue, overdue, next } = counts
  if (all.length === 0) return 'No milestone is planned.'
  const waiting = awaiting.length > 0 ? ` (${awaiting.length} more awaiting confirmation)` : ''
  const late = overdue.length > 0 ? ` (${overdue.length} of them not reported done)` : ''
  const none = open.length === 0 ? 'none is open' : 'none that is open has a later date'
  const ahead = next ? `the next is ${formatDueDay(next.milestone)}` : none
  return (
    `Of ${plural(all.length, 'milestone')} ${are(done.length)} reported done${waiting} ` +
    `and ${were(wereDue.length)} due by ${fullDate(asAt)}${late}; ${ahead}.`
  )
}

function measuresSentence(measures: readonly Measure[]): string {
  const { length: count } = measures
  if (count === 0) return 'No measure belongs to what is done about it.'
  const { length: read } = measures.filter((one) => effectiveReadings(one).length > 0)
  const have = read === 0 ? 'none has' : `${read} ${read === 1 ? 'has' : 'have'}`
  return `Of ${plural(count, 'measure')} ${have} a reading.`
}

/** What was reported done; else that nothing was, and what was due by the plan's day without it. */
export function doneSentences(counts: MilestoneCounts, plan: Plan): string {
  const { all, done, awaiting } = counts
  if (all.length === 0) return 'No milestone is planned, so none was reported done.'
  const reported =
    done.length === 0
      ? 'No milestone was reported done.'
      : `${done.length} of ${plural(all.length, 'milestone')} ${done.length === 1 ? 'was' : 'were'} reported done.`
  const waiting = `${are(awaiting.length)} said to be done, awaiting confirmation.`
  return [reported, ...(awaiting.length > 0 ? [waiting] : []), dueSentence(counts, plan)].join(' ')
}

function dueSentence({ wereDue, overdue }: MilestoneCounts, { asAt }: Plan): string {
  const day = fullDate(asAt)
  if (wereDue.length === 0) return `None was due by ${day}.`
  if (overdue.length === 0) return `None that was due by ${day} is left to be reported.`
  return `${were(overdue.length)} due by ${day} and not reported done.`
}
