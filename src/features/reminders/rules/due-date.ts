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
import { catchUp, type DueMilestone, type Finding, type Rung, type Seen } from '../types.ts'

/** Milestones with a day: before it, and after it up the ladder. Steps are counted from the day: -3, 0, +5. */

/** As much as these rules look at. */
type Looked = Pick<Seen, 'programme' | 'project' | 'rung' | 'calendar' | 'day'> & {
  readonly recipient: Pick<Recipient, 'since'>
}
type Looking = Omit<Looked, 'programme'>

/** So many working days before a milestone is due, its lead is told. */
export function before({ programme, ...seen }: Looked): Finding[] {
  if (seen.rung !== 'lead') return []
  const steps = new Set(programme.settings.reminders.before.map((days) => -days || 0))
  const first = Math.min(...steps)
  return datedIn(seen).map((thing) => ({
    ...found(thing, seen, (step) => steps.has(step)),
    stays: false,
    hasBegun: -thing.workingDays >= first,
  }))
}

/** So many working days after it, its lead is told, then the leads of the workstream too, then its sponsors too. */
export function overdue({ programme, ...seen }: Looked): Finding[] {
  const ladder = ladderFrom(seen.rung, programme.settings.reminders.overdue)
  const { every } = programme.settings.reminders.overdue
  const last = Math.max(0, ...ladder)
  const isStep = (step: number) =>
    ladder.includes(step) || (every !== null && step > last && (step - last) % every === 0)
  const from = seen.rung === 'lead' ? 1 : (ladder[0] ?? Number.POSITIVE_INFINITY)
  return datedIn(seen)
    .filter(({ workingDays }) => -workingDays >= from)
    .map((thing) => {
      const finding = found(thing, seen, (step) => step > 0 && isStep(step))
      return {
        ...finding,
        triggers: [...bornOverdue(thing, seen), ...finding.triggers],
        stays: true,
        hasBegun: true,
      }
    })
}

/** The days after the due day on which a rung is told, ascending. */
function ladderFrom(
  rung: Rung,
  { lead, workstream, sponsor }: Seen['programme']['settings']['reminders']['overdue'],
): number[] {
  const rungs = { lead: [lead, workstream, sponsor], workstream: [workstream, sponsor] }
  const days = rung === 'sponsor' ? [sponsor] : rungs[rung]
  return days.flatMap((day) => day ?? []).toSorted((a, b) => a - b)
}

/** Those of the project that have a day and wait for an answer still. */
function datedIn({ project, calendar, day }: Looking): DueMilestone[] {
  return (project?.milestones ?? []).flatMap((milestone): DueMilestone[] => {
    const { due } = milestone
    if (!project || due === null || isAnsweredBy(milestone, day)) return []
    const by = onOrBefore(calendar, due)
    const past = workingDaysFrom(calendar, by, day)
    return [{ kind: 'milestone', project, milestone, due, by, workingDays: past === 0 ? 0 : -past }]
  })
}

/** Whoever said that it is done has answered, also while a second person has still to confirm it. */
export function isAnsweredBy({ completion }: Milestone, day: CivilDate): boolean {
  return completion !== null && completion.onDay <= day
}

function found(
  thing: DueMilestone,
  { calendar, recipient }: Looking,
  isStep: (step: number) => boolean,
): Omit<Finding, 'stays' | 'hasBegun'> {
  const { milestone, by, due } = thing
  const past = -thing.workingDays
  const window = Array.from({ length: catchUp + 1 }, (_, at) => past - catchUp + at)
  const triggers = window
    .filter(isStep)
    .filter((step) => isArmed(milestone, stepDay(calendar, by, step), step, recipient.since))
    .map((step) => ({
      key: `${milestone.id}:${due}:${stepName(step)}`,
      step,
      rule: stepInWords(step),
    }))
  return { subject: `milestone:${milestone.id}`, thing, triggers }
}

/**
 * A date that was set when it had passed already, by an import: no step of it was ever ahead, so it is told of at
 * once.
 */
function bornOverdue(
  { milestone, due, by }: DueMilestone,
  { calendar, day, rung, recipient: { since } }: Looking,
): Finding['triggers'] {
  const armed = armedOn(milestone)
  const isNew = milestone.moves.length > 0 && rung === 'lead' && (since ?? armed) <= armed
  if (!isNew || armed <= by || armed > day) return []
  if (workingDaysFrom(calendar, armed, day) > catchUp) return []
  const rule = 'its day was moved to one that had passed'
  return [{ key: `${milestone.id}:${due}:past`, step: null, rule }]
}

/**
 * Whether the step belongs to the present date and to who is told. The due day itself does where only the day off, on
 * which it was set or taken over, moved its reminder to before that: it is then said late, and not lost.
 */
function isArmed(
  milestone: Milestone,
  day: CivilDate,
  step: number,
  since: CivilDate | null,
): boolean {
  const armed = armedOn(milestone)
  const from = laterOf(armed, since ?? armed)
  return day >= from || (step === 0 && milestone.due !== null && milestone.due >= from)
}

/**
 * The day from which the present date counts. A milestone added or moved seven days before it is due is told of
 * three days before, not at once as if somebody had missed the ten.
 */
export function armedOn(milestone: Milestone): CivilDate {
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
function stepInWords(step: number): string {
  if (step === 0) return 'on the day it is due'
  const days = `${Math.abs(step)} working ${Math.abs(step) === 1 ? 'day' : 'days'}`
  return step < 0 ? `${days} before it is due` : `${days} after it was due`
}
