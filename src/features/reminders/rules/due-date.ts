import { type CivilDate, laterOf } from '../../../base/dates.ts'
import {
  type Calendar,
  onOrBefore,
  workingDaysAfter,
  workingDaysBefore,
  workingDaysFrom,
} from '../../../base/working-days.ts'
import type { Milestone } from '../../../domain/plan/plan.ts'
import type { Recipient } from '../../../domain/plan/recipients.ts'
import { type ReminderSettings, remindersSetting } from '../settings.ts'
import {
  type DueMilestone,
  type EscalationLevel,
  type Finding,
  graceWorkingDays,
  type RuleInput,
} from '../types.ts'

/** Milestones with a day: before it, and after it up the ladder. Steps are counted from the day: -3, 0, +5. */

/** As much as these rules look at. */
type DueDateInput = Pick<
  RuleInput,
  'programme' | 'project' | 'escalationLevel' | 'calendar' | 'day'
> & {
  readonly recipient: Pick<Recipient, 'since'>
}
type DueDateScope = Omit<DueDateInput, 'programme'>

/** So many working days before a milestone is due, its lead is told. */
export function findDueSoon({ programme, ...seen }: DueDateInput): Finding[] {
  if (seen.escalationLevel !== 'lead') return []
  const steps = new Set(remindersSetting.of(programme.settings).before.map((days) => -days || 0))
  const first = Math.min(...steps)
  return datedMilestones(seen).map((thing) => ({
    ...dueDateFinding(thing, seen, (step) => steps.has(step)),
    isListedWhileOpen: false,
    hasBegun: -thing.workingDaysLeft >= first,
  }))
}

/** So many working days after it, its lead is told, then the leads of the workstream too, then its sponsors too. */
export function findOverdue({ programme, ...seen }: DueDateInput): Finding[] {
  const { overdue } = remindersSetting.of(programme.settings)
  const ladder = escalationSteps(seen.escalationLevel, overdue)
  const { every } = overdue
  const last = Math.max(0, ...ladder)
  const isStep = (step: number) =>
    ladder.includes(step) || (every !== null && step > last && (step - last) % every === 0)
  const from = seen.escalationLevel === 'lead' ? 1 : (ladder[0] ?? Number.POSITIVE_INFINITY)
  return datedMilestones(seen)
    .filter(({ workingDaysLeft }) => -workingDaysLeft >= from)
    .map((thing) => {
      const finding = dueDateFinding(thing, seen, (step) => step > 0 && isStep(step))
      return {
        ...finding,
        triggers: [...pastDateTriggers(thing, seen), ...finding.triggers],
        isListedWhileOpen: true,
        hasBegun: true,
      }
    })
}

/** The days after the due day on which a rung is told, ascending. */
function escalationSteps(
  rung: EscalationLevel,
  { lead, workstream, sponsor }: ReminderSettings['overdue'],
): number[] {
  const rungs = { lead: [lead, workstream, sponsor], workstream: [workstream, sponsor] }
  const days = rung === 'sponsor' ? [sponsor] : rungs[rung]
  return days.flatMap((day) => day ?? []).toSorted((a, b) => a - b)
}

/** Those of the project that have a day and wait for an answer still. */
function datedMilestones({ project, calendar, day }: DueDateScope): DueMilestone[] {
  return (project?.milestones ?? []).flatMap((milestone): DueMilestone[] => {
    const { due } = milestone
    if (!project || due === null || isAnsweredBy(milestone, day)) return []
    const by = onOrBefore(calendar, due)
    const past = workingDaysFrom(calendar, by, day)
    return [
      {
        kind: 'milestone',
        project,
        milestone,
        due,
        effectiveDue: by,
        workingDaysLeft: past === 0 ? 0 : -past,
      },
    ]
  })
}

/** Whoever said that it is done has answered, also while a second person has still to confirm it. */
export function isAnsweredBy({ completion }: Milestone, day: CivilDate): boolean {
  return completion !== null && completion.onDay <= day
}

function dueDateFinding(
  thing: DueMilestone,
  { calendar, recipient }: DueDateScope,
  isStep: (step: number) => boolean,
): Omit<Finding, 'isListedWhileOpen' | 'hasBegun'> {
  const { milestone, effectiveDue, due } = thing
  const past = -thing.workingDaysLeft
  const window = Array.from(
    { length: graceWorkingDays + 1 },
    (_, at) => past - graceWorkingDays + at,
  )
  const triggers = window
    .filter(isStep)
    .filter((step) =>
      isStepCounted(milestone, stepDay(calendar, effectiveDue, step), step, recipient.since),
    )
    .map((step) => ({
      key: `${milestone.id}:${due}:${stepName(step)}`,
      step,
      ruleText: formatStep(step),
    }))
  return { subject: `milestone:${milestone.id}`, item: thing, triggers }
}

/**
 * A date that was set when it had passed already, by an import: no step of it was ever ahead, so it is told of at
 * once.
 */
function pastDateTriggers(
  { milestone, due, effectiveDue }: DueMilestone,
  { calendar, day, escalationLevel, recipient: { since } }: DueDateScope,
): Finding['triggers'] {
  const armed = stepsCountFrom(milestone)
  const isNew =
    milestone.moves.length > 0 && escalationLevel === 'lead' && (since ?? armed) <= armed
  if (!isNew || armed <= effectiveDue || armed > day) return []
  if (workingDaysFrom(calendar, armed, day) > graceWorkingDays) return []
  const rule = 'its day was moved to one that had passed'
  return [{ key: `${milestone.id}:${due}:past`, step: null, ruleText: rule }]
}

/**
 * Whether the step belongs to the present date and to who is told. The due day itself does where only the day off, on
 * which it was set or taken over, moved its reminder to before that: it is then said late, and not lost.
 */
function isStepCounted(
  milestone: Milestone,
  day: CivilDate,
  step: number,
  since: CivilDate | null,
): boolean {
  const armed = stepsCountFrom(milestone)
  const from = laterOf(armed, since ?? armed)
  return day >= from || (step === 0 && milestone.due !== null && milestone.due >= from)
}

/**
 * The day from which the present date counts. A milestone added or moved seven days before it is due is told of
 * three days before, not at once as if somebody had missed the ten.
 */
export function stepsCountFrom(milestone: Milestone): CivilDate {
  return milestone.moves.at(-1)?.onDay ?? milestone.addedOn
}

function stepDay(calendar: Calendar, by: CivilDate, step: number): CivilDate {
  return step < 0 ? workingDaysBefore(calendar, by, -step) : workingDaysAfter(calendar, by, step)
}

/** '-10', '0', '+2'. */
export function stepName(step: number): string {
  return step > 0 ? `+${step}` : String(step)
}

/** '3 working days before it is due', 'on the day it is due', '1 working day after it was due'. */
function formatStep(step: number): string {
  if (step === 0) return 'on the day it is due'
  const days = `${Math.abs(step)} working ${Math.abs(step) === 1 ? 'day' : 'days'}`
  return step < 0 ? `${days} before it is due` : `${days} after it was due`
}
