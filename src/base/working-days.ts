import { addDays, type CivilDate, dayMs, daysBetween, fromDbDate, toDbDate } from './dates.ts'
import { memoize, memoizeByObject } from './memoize.ts'

/** Which days are working days. Everything that reminds or publishes uses one of these. */
export interface Calendar {
  isWorkingDay(date: CivilDate): boolean
  /** Why a day is not a working day ('Saturday', 'Good Friday'); undefined on a working day. */
  nonWorkingReason(date: CivilDate): string | undefined
}

/** A calendar in which a day with a `reason` is not a working day. The function is called once for each day. */
export function calendarFrom(reason: (date: CivilDate) => string | undefined): Calendar {
  const nonWorkingReason = memoize(reason)
  return { nonWorkingReason, isWorkingDay: (date) => nonWorkingReason(date) === undefined }
}

// The rule behind the functions below: what falls on a non-working day moves to the working day BEFORE it (a council's
// papers go out early, never late). So each count starts from that day.

/** `date` itself, or the last working day before it. */
export function onOrBefore(calendar: Calendar, date: CivilDate): CivilDate {
  return nearestWorkingDay(calendar, date, -1)
}

/** `date` itself, or the first working day after it. */
export function onOrAfter(calendar: Calendar, date: CivilDate): CivilDate {
  return nearestWorkingDay(calendar, date, 1)
}

/** `count` working days before `date`; a `date` that is no working day counts as the working day before it. */
export function workingDaysBefore(calendar: Calendar, date: CivilDate, count: number): CivilDate {
  return stepWorkingDays(calendar, date, count, -1)
}

/** `count` working days after `date`; a `date` that is no working day counts as the working day before it. */
export function workingDaysAfter(calendar: Calendar, date: CivilDate, count: number): CivilDate {
  return stepWorkingDays(calendar, date, count, 1)
}

/** Working days from `from` to `to`; negative where `to` comes first. Other days count as the working day before. */
export function workingDaysFrom(calendar: Calendar, from: CivilDate, to: CivilDate): number {
  const count = counterOf(calendar)
  return count(to) - count(from)
}

/** The number of working days up to and including a day, counted from an arbitrary day that stays the same. */
type WorkingDayCounter = (date: CivilDate) => number

// Milestones that are overdue for a year are counted for each day and each person: each day is visited once.
const counterOf = memoizeByObject((calendar: Calendar): WorkingDayCounter => {
  const worked = (day: number) => (calendar.isWorkingDay(fromDbDate(new Date(day * dayMs))) ? 1 : 0)
  let anchor: number | undefined
  /** Working days after the anchor by distance, and (negative) those before it. */
  const later = [0]
  const earlier = [0]
  return (date) => {
    const day = toDbDate(date).getTime() / dayMs
    anchor ??= day
    for (let at = later.length; at <= day - anchor; at += 1) {
      later.push((later[at - 1] ?? 0) + worked(anchor + at))
    }
    for (let at = earlier.length; at <= anchor - day; at += 1) {
      earlier.push((earlier[at - 1] ?? 0) - worked(anchor - at + 1))
    }
    return (day >= anchor ? later[day - anchor] : earlier[anchor - day]) ?? 0
  }
})

function stepWorkingDays(
  calendar: Calendar,
  date: CivilDate,
  count: number,
  step: -1 | 1,
): CivilDate {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`${count} is not a number of working days`)
  }
  let day = onOrBefore(calendar, date)
  for (let left = count; left > 0; left -= 1) {
    day = nearestWorkingDay(calendar, addDays(day, step), step)
  }
  return day
}

/** No real calendar is without a working day for so long; the search must end on one that is. */
const maxNonWorkingDays = 10 * 366

function nearestWorkingDay(calendar: Calendar, date: CivilDate, step: -1 | 1): CivilDate {
  let day = date
  while (!calendar.isWorkingDay(day)) {
    day = addDays(day, step)
    if (Math.abs(daysBetween(date, day)) > maxNonWorkingDays) {
      throw new RangeError(`the calendar has no working day near ${date}`)
    }
  }
  return day
}
