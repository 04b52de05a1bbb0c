import { type CivilDate, laterOf } from '../../base/dates.ts'
import {
  type Calendar,
  onOrBefore,
  workingDaysAfter,
  workingDaysBefore,
  workingDaysFrom,
} from '../../base/working-days.ts'
import { officeHours, type Stretch } from '../calendars/hours.ts'
import type { Milestone } from '../plan/plan.ts'

/** When to speak, as data. Days are the working days of who is spoken to. */
export interface ReminderRules {
  /**
   * Wall times in the person's zone: the day's message is said at the first that is not quiet to them. A service that
   * was down then still says it until the last; after that it waits for the next working day.
   */
  readonly hours: Stretch
  /** Counted from the due day, ascending: -10 is ten days before it, 2 is two days overdue. */
  readonly steps: readonly number[]
  /** After the last step, one more each so many days. */
  readonly thenEvery: number
  /** How many days late a step may still be said; what is older is dropped. */
  readonly catchUp: number
}

export const standardRules: ReminderRules = {
  hours: officeHours,
  steps: [-10, -3, 0, 2, 5, 10],
  thenEvery: 10,
  catchUp: 3,
}

/** One thing to say of one milestone, once. A moved date makes new keys, so it is said anew. */
export interface Trigger {
  readonly key: string
  readonly step: number
}

/** A milestone that is still owed, seen from one working day. */
export interface Due {
  readonly due: CivilDate
  /** The working day by which it is due: `due` itself or the last one before it. */
  readonly by: CivilDate
  /** From the day to `by`: 3 is due in three working days, 0 today, -2 two days overdue. */
  readonly workingDays: number
  /** What should have been said of it by that day and is not too old to say, oldest first. */
  readonly triggers: readonly Trigger[]
}

/**
 * How a milestone stands on `day`, which must be a working day of the calendar: that of who is to be told. Undefined
 * where it is done or has no date. `since`: what should have been said before that day was said to somebody else.
 */
export function dueOn(
  milestone: Milestone,
  day: CivilDate,
  calendar: Calendar,
  rules: ReminderRules,
  since: CivilDate | null = null,
): Due | undefined {
  const { due, completion } = milestone
  // Whoever said that it is done has answered, also while a second person has still to confirm it.
  if (due === null || (completion !== null && completion.onDay <= day)) return undefined
  const by = onOrBefore(calendar, due)
  const past = workingDaysFrom(calendar, by, day)
  const triggers = stepsBetween(rules, past - rules.catchUp, past)
    .filter((step) => isArmed(milestone, { day: stepDay(calendar, by, step), step }, since))
    .map((step) => ({ key: `${milestone.id}:${due}:${stepName(step)}`, step }))
  return { due, by, workingDays: past === 0 ? 0 : -past, triggers }
}

/** '-10', '0', '+2'. */
export function stepName(step: number): string {
  return step > 0 ? `+${step}` : String(step)
}

/**
 * Whether the step belongs to the present date and to who is told. The due day itself does where only the day off, on
 * which it was set or taken over, moved its reminder to before that: it is then said late, and not lost.
 */
function isArmed(
  milestone: Milestone,
  at: { readonly day: CivilDate; readonly step: number },
  since: CivilDate | null,
): boolean {
  const armed = armedOn(milestone)
  const from = laterOf(armed, since ?? armed)
  return at.day >= from || (at.step === 0 && milestone.due !== null && milestone.due >= from)
}

/**
 * The day from which the present date counts. A milestone added or moved seven days before it is due is told of
 * three days before, not at once as if somebody had missed the ten.
 */
function armedOn(milestone: Milestone): CivilDate {
  return milestone.moves.at(-1)?.onDay ?? milestone.addedOn
}

function stepDay(calendar: Calendar, by: CivilDate, step: number): CivilDate {
  return step < 0 ? workingDaysBefore(calendar, by, -step) : workingDaysAfter(calendar, by, step)
}

function stepsBetween(rules: ReminderRules, first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((day) =>
    isStep(rules, day),
  )
}

function isStep({ steps, thenEvery }: ReminderRules, day: number): boolean {
  const beyond = day - (steps.at(-1) ?? 0)
  return steps.includes(day) || (beyond > 0 && beyond % thenEvery === 0)
}
