import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { dayPhrase, phrase, say } from '../../../base/language.ts'
import { capitalised, plural } from '../../../base/text.ts'
import { onOrBefore, workingDaysFrom } from '../../../base/working-days.ts'
import { type Milestone, milestoneText, type Project } from '../../../domain/plan/plan.ts'
import { formatSlippage } from '../../../domain/plan/slippage.ts'
import type { ItemView, OpenItem, RuleInput } from '../finding.ts'
import { doneButton, moveButton, snoozeButton, updateButton } from '../row-buttons.ts'

/** A milestone that has a due day and is not done. */
export interface DueMilestone extends OpenItem {
  readonly kind: 'milestone'
  readonly project: Project
  readonly milestone: Milestone
  readonly due: CivilDate
  /** `due` where that is a working day of the recipient, else the last working day before it. */
  readonly effectiveDue: CivilDate
  /** From the day of the message to `effectiveDue`: 3 is due in three working days, -2 two of them overdue. */
  readonly workingDaysLeft: number
}

export function isDueMilestone(item: OpenItem): item is DueMilestone {
  return item.kind === 'milestone'
}

type DueMilestoneInput = Pick<RuleInput, 'project' | 'calendar' | 'day'>

export function dueMilestones({ project, calendar, day }: DueMilestoneInput): DueMilestone[] {
  return (project?.milestones ?? []).flatMap((milestone): DueMilestone[] => {
    const { due } = milestone
    if (!project || due === null || isAnsweredBy(milestone, day)) return []
    const effectiveDue = onOrBefore(calendar, due)
    const past = workingDaysFrom(calendar, effectiveDue, day)
    const facts = { milestone, due, effectiveDue, workingDaysLeft: past === 0 ? 0 : -past }
    return [
      {
        ...{ kind: 'milestone', project, ...facts },
        format: () => dueMilestoneView({ project, ...facts }, calendar),
      },
    ]
  })
}

/** Whoever reported it done has answered, also while a second person has still to confirm it. */
export function isAnsweredBy({ completion }: Milestone, day: CivilDate): boolean {
  return completion !== null && completion.onDay <= day
}

type DueMilestoneFacts = Omit<DueMilestone, 'kind' | 'format'>

function dueMilestoneView(facts: DueMilestoneFacts, calendar: RuleInput['calendar']): ItemView {
  const { project, milestone, due, workingDaysLeft } = facts
  const isOverdue = workingDaysLeft < 0
  const dueText = formatDue(facts)
  const dayText = isOverdue ? `was due ${fullDate(due)}` : formatDueDay(facts)
  const slippage = formatSlippage(milestone)
  const movedText = slippage ? `; ${slippage}` : ''
  return {
    ...urgency(facts),
    ...{ day: due, isOverdue, title: `${project.ref} ${project.title}` },
    about: milestoneLine(milestone),
    when: `${whenText(facts)}${movedText}`,
    shortName: `${project.ref} milestone ${milestone.number}`,
    text: `${project.ref} ${project.title}: ${milestoneText(milestone)}. ${capitalised(dueText)} (${dayText}${movedText})`,
    baseline: due,
    buttons: [
      doneButton(milestone.id),
      moveButton('Move date', milestone.id),
      updateButton('default', project.id),
      snoozeButton(`milestone:${milestone.id}`),
    ],
    escalationText: `it is ${dueText}`,
    explanation: explainEffectiveDue(facts, calendar),
    details: {
      ...{ milestone: milestoneText(milestone), number: milestone.number, due },
      ...{ dueInWords: dueText, workingDays: workingDaysLeft },
    },
  }
}

function urgency({
  workingDaysLeft,
  effectiveDue,
}: DueMilestoneFacts): Pick<ItemView, 'rank' | 'heading'> {
  if (workingDaysLeft < 0) return { rank: 0, heading: say('Overdue') }
  if (workingDaysLeft === 0) return { rank: 1, heading: say('Due today') }
  return { rank: 6, heading: say('Due by {day}', { day: dayPhrase(effectiveDue) }) }
}

/** 'Overdue by 2 working days: was due Fri 31 Mar 2017', 'Due today: Fri 31 Mar 2017'. */
function whenText({ workingDaysLeft, due, effectiveDue }: DueMilestoneFacts): string {
  const days = Math.abs(workingDaysLeft)
  const day =
    due === effectiveDue || workingDaysLeft < 0
      ? dayPhrase(due)
      : phrase('{due}, so by {day}', { due: dayPhrase(due), day: dayPhrase(effectiveDue) })
  if (workingDaysLeft === 0) return say('Due today: {day}', { day })
  return workingDaysLeft < 0
    ? say('Overdue by {days, plural, one {# working day} other {# working days}}: was due {day}', {
        days,
        day,
      })
    : say('Due in {days, plural, one {# working day} other {# working days}}: {day}', { days, day })
}

/** "3. The website has all its pages". */
export function milestoneLine(milestone: Milestone): string {
  return `${milestone.number}. ${milestoneText(milestone)}`
}

/** 'overdue by 2 working days', 'due today', 'due in 3 working days': in working days of the recipient. */
function formatDue({ workingDaysLeft }: Pick<DueMilestone, 'workingDaysLeft'>): string {
  if (workingDaysLeft === 0) return 'due today'
  const days = plural(Math.abs(workingDaysLeft), 'working day')
  return workingDaysLeft < 0 ? `overdue by ${days}` : `due in ${days}`
}

/** 'Fri 31 Mar 2017', or 'Sat 1 Apr 2017, so by Fri 31 Mar 2017' where the due day is no working day. */
function formatDueDay({ due, effectiveDue }: Pick<DueMilestone, 'due' | 'effectiveDue'>): string {
  return due === effectiveDue ? fullDate(due) : `${fullDate(due)}, so by ${fullDate(effectiveDue)}`
}

/** 'Fri 14 Apr 2017 is no working day of yours (Good Friday), so it counts as due by Thu 13 Apr 2017.' */
function explainEffectiveDue(
  { due, effectiveDue }: DueMilestoneFacts,
  calendar: RuleInput['calendar'],
): string[] {
  if (due === effectiveDue) return []
  const reason = calendar.nonWorkingReason(due) ?? 'not worked'
  return [
    `${fullDate(due)} is no working day of yours (${reason}), so it counts as due by ${fullDate(effectiveDue)}.`,
  ]
}
