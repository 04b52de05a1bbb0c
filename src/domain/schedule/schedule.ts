import {
  addDays,
  type CivilDate,
  dateIn,
  momentAt,
  type Weekday,
  weekdayOf,
} from '../../base/dates.ts'
import {
  type Calendar,
  onOrBefore,
  workingDaysAfter,
  workingDaysBefore,
} from '../../base/working-days.ts'

/** When a channel gets its digest: each week, at a wall time in a zone. */
export interface Schedule {
  readonly weekday: Weekday
  /** 'HH:MM'. */
  readonly time: string
  /** IANA zone. */
  readonly zone: string
}

export interface ScheduleRound {
  /** The day by the schedule. It identifies the round, whenever that is posted. */
  readonly day: CivilDate
  /** When it is posted, UTC. */
  readonly moment: Date
}

/** Mondays at 09:00, until the programme office chooses. */
export function defaultSchedule(zone: string): Schedule {
  return { weekday: 'monday', time: '09:00', zone }
}

/** How late a digest is still posted, in working days. After that it would describe a week that is over. */
const graceWorkingDays = 1

/**
 * The round that should have been posted by `now`, or undefined where there is none within the catch-up window.
 * A round on a day that is not worked is posted on the working day before, at the same wall time.
 */
export function dueRound(
  schedule: Schedule,
  calendar: Calendar,
  now: Date,
): ScheduleRound | undefined {
  const latest = roundsAround(schedule, calendar, now).findLast(({ moment }) => moment <= now)
  return latest && now <= windowEnd(schedule, calendar, latest) ? latest : undefined
}

/** The latest round where it is too late to post it, posted or not; undefined while it may still be posted. */
export function lapsedRound(
  schedule: Schedule,
  calendar: Calendar,
  now: Date,
): ScheduleRound | undefined {
  const latest = roundsAround(schedule, calendar, now).findLast(({ moment }) => moment <= now)
  return latest && now > windowEnd(schedule, calendar, latest) ? latest : undefined
}

/** The last time at which a round is still posted: one working day later, at the same wall time. */
export function windowEnd(
  schedule: Pick<Schedule, 'time' | 'zone'>,
  calendar: Calendar,
  { moment }: ScheduleRound,
): Date {
  const posted = dateIn(schedule.zone, moment)
  const lastDay = workingDaysAfter(calendar, posted, graceWorkingDays)
  return momentAt(lastDay, schedule.time, schedule.zone)
}

/** When the programme office gets the preview: the working day before, at the same wall time. */
export function previewMoment(
  schedule: Schedule,
  calendar: Calendar,
  { moment }: ScheduleRound,
): Date {
  const posted = dateIn(schedule.zone, moment)
  const before = workingDaysBefore(calendar, posted, 1)
  return momentAt(before, schedule.time, schedule.zone)
}

/** The first round after `now`. @throws RangeError where the calendar has no working day near it */
export function nextRound(schedule: Schedule, calendar: Calendar, now: Date): ScheduleRound {
  const next = roundsAround(schedule, calendar, now).find(({ moment }) => moment > now)
  if (!next) throw new RangeError('the calendar rests for more than a week')
  return next
}

/** The last day of the schedule before `day`: a channel's first digest covers the time since then. */
export function scheduleDayBefore(
  { weekday }: Pick<Schedule, 'weekday'>,
  day: CivilDate,
): CivilDate {
  return lastWeekdayUpTo(weekday, addDays(day, -1))
}

/** The rounds near `now`, in order: enough of them for any run of holidays. */
function roundsAround(schedule: Schedule, calendar: Calendar, now: Date): ScheduleRound[] {
  const last = lastWeekdayUpTo(schedule.weekday, dateIn(schedule.zone, now))
  return [-14, -7, 0, 7, 14, 21].map((days) => roundOf(schedule, calendar, addDays(last, days)))
}

/** The days of the schedule from `from` to `to`, both included. */
export function scheduleDays({ weekday }: Schedule, from: CivilDate, to: CivilDate): CivilDate[] {
  const days: CivilDate[] = []
  for (let day = lastWeekdayUpTo(weekday, to); day >= from; day = addDays(day, -7))
    days.unshift(day)
  return days
}

/** The round of a day. One on a day that is not worked is posted on the working day before, at the same wall time. */
export function roundOf(
  { time, zone }: Schedule,
  calendar: Calendar,
  round: CivilDate,
): ScheduleRound {
  return { day: round, moment: momentAt(onOrBefore(calendar, round), time, zone) }
}

/** The latest day with this weekday, `day` included. */
function lastWeekdayUpTo(weekday: Weekday, day: CivilDate): CivilDate {
  let found = day
  while (weekdayOf(found) !== weekday) found = addDays(found, -1)
  return found
}
