import { addDays, dateIn, dayMs, momentAt, timeIn, weekdayOf } from '../../base/dates.ts'
import { isWithin, officeHours, sendingHours } from '../../domain/calendars/hours.ts'
import { fullWeek } from '../../domain/calendars/working-pattern.ts'
import type { Person } from '../../domain/people/person.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { roundsAt } from '../../domain/rounds/rules.ts'
import type { ReminderContext } from './agendas.ts'
import type { Suppressions } from './suppression.ts'

/** The longest without a look: whatever else, a plan is looked at once a week. */
const longestDays = 7

export interface NextLookInput
  extends Pick<ReminderContext, 'plans' | 'rounds' | 'suppressionsOf' | 'otherProgrammesOf'> {
  readonly now: Date
  /** When somebody who cannot be reached may be tried again. */
  readonly contactabilityChangesAt: readonly Date[]
}

/**
 * The first moment after `now` at which more may be due (due-reminders.ts) than at `now`, although nothing is written:
 * somebody's hours begin, a round opens, nudges or closes, a snooze or a mute ends, an account is tried again. Bank
 * holidays and leave are not looked at: a look too many finds nothing, one too few loses a reminder.
 */
export function nextReminderLook(input: NextLookInput): Date {
  const { now, plans, contactabilityChangesAt } = input
  const moments = [
    ...plans.flatMap((plan) => [
      ...sendingTimes(plan, input),
      ...roundMoments(plan, input),
      ...suppressionMoments(plan, input),
    ]),
    ...contactabilityChangesAt,
  ].map(Number)
  const later = moments.filter((moment) => moment > now.getTime())
  return new Date(Math.min(now.getTime() + longestDays * dayMs, ...later))
}

/**
 * When somebody's hours begin on a day on which anybody may work. A plan is read as at the latest day that it is anywhere,
 * which changes at midnight in UTC: that counts too where it falls within somebody's hours.
 */
function sendingTimes(plan: Plan, { now, otherProgrammesOf }: NextLookInput): Date[] {
  const { programme } = plan
  const people = [...plan.people.values()]
  const workdays = new Set([
    ...fullWeek,
    ...people.flatMap(({ patterns }) => patterns.flatMap(({ weekdays }) => weekdays)),
  ])
  const midnight = momentAt(addDays(dateIn('UTC', now), 1), '00:00', 'UTC')
  return hoursOf(people, (id) => [programme, ...(otherProgrammesOf?.(id) ?? [])]).flatMap(
    ({ zone, quiet }) => {
      const hours = sendingHours(officeHours, quiet)
      const today = dateIn(zone, now)
      const days = Array.from({ length: longestDays + 1 }, (_, at) => addDays(today, at))
      const beginnings = days
        .filter((day) => workdays.has(weekdayOf(day)))
        .flatMap((day) => hours.map(({ from }) => momentAt(day, from, zone)))
      return isWithin(timeIn(zone, midnight), hours) ? [...beginnings, midnight] : beginnings
    },
  )
}

/** Each zone and quiet hours that somebody has, once; nobody's is the programme's. */
function hoursOf(
  people: readonly Person[],
  programmesOf: (personId: string) => readonly { readonly zone: string }[],
): Pick<Person & { zone: string }, 'zone' | 'quiet'>[] {
  const nobody = programmesOf('').map(({ zone }) => ({ zone, quiet: null }))
  const theirs = people.flatMap(({ id, zone, quiet }) =>
    (zone === null ? programmesOf(id).map((one) => one.zone) : [zone]).map((where) => ({
      zone: where,
      quiet,
    })),
  )
  const name = ({ zone, quiet }: Pick<Person, 'zone' | 'quiet'>) =>
    `${zone} ${quiet?.from}-${quiet?.to}`
  return [...new Map([...nobody, ...theirs].map((one) => [name(one), one])).values()]
}

/** Whoever wrote a change of a round may have a clock that is ahead: it counts from its own moment. */
function roundMoments({ programme }: Plan, { now, rounds }: NextLookInput): Date[] {
  const inputs = rounds?.(programme.id)
  if (!inputs) return []
  const { open, next } = roundsAt(inputs, now)
  return [
    ...[open, next].flatMap((round) =>
      round ? [round.opens, round.nudges, round.closes, justAfter(round.closes)] : [],
    ),
    ...inputs.changes.map(({ at }) => at),
  ]
}

/** A round is open up to the moment at which it closes, that moment included. */
const justAfter = (moment: Date) => new Date(moment.getTime() + 1)

/** A mute ends with a day, which `sendingTimes` has, or when its person ended it. */
function suppressionMoments({ people }: Plan, { suppressionsOf }: NextLookInput): Date[] {
  const all: Suppressions[] = [...people.keys()].flatMap((id) => suppressionsOf?.(id) ?? [])
  return all.flatMap(({ snoozes, mutes }) => [
    ...snoozes.map(({ until }) => until),
    ...mutes.flatMap(({ at, endedAt }) => [at, ...(endedAt ? [endedAt] : [])]),
  ])
}
