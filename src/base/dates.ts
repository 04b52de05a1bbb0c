import { TZDate, tzOffset } from '@date-fns/tz'
import { format } from 'date-fns/format'
import { memoize } from './memoize.ts'

/**
 * A day on the calendar, 'YYYY-MM-DD', with no time and no zone. Deadlines are civil dates; moments are UTC `Date`s.
 * Plain string comparison (`a < b`, `sort()`) orders days, because the year comes first and the day last.
 */
export type CivilDate = string & { readonly __civil: unique symbol }

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export type Weekday = (typeof weekdays)[number]

const minuteMs = 60_000
/** A day in UTC. In a zone whose clocks change, two days of the year are longer or shorter. */
export const dayMs = 24 * 60 * minuteMs

/** Whether `text` is 'YYYY-MM-DD' and the day exists. */
export function isCivilDate(text: string): text is CivilDate {
  return /^\d{4}-\d\d-\d\d$/.test(text) && dayExists(text)
}

// A list of dates in a deadline is read from each of its dates on.
const dayExists = memoize((day: string) => {
  const midnight = new Date(`${day}T00:00:00Z`)
  // JavaScript reads 31 February as 3 March, so a day that does not exist is formatted as another one.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
})

/** Parses 'YYYY-MM-DD'. @throws RangeError on anything else, and on a day that does not exist */
export function civilDate(text: string): CivilDate {
  if (!isCivilDate(text)) throw new RangeError(`"${text}" is not a date (YYYY-MM-DD)`)
  return text
}

/** The date of a year, a month (1–12) and a day; undefined where there is no such day. */
export function civilDateIfValid(year: number, month: number, day: number): CivilDate | undefined {
  const digits = (n: number, width: number) => String(n).padStart(width, '0')
  const text = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`
  return isCivilDate(text) ? text : undefined
}

/** The date of a year, a month (1–12) and a day. @throws RangeError on a day that does not exist */
export function civil(year: number, month: number, day: number): CivilDate {
  const date = civilDateIfValid(year, month, day)
  if (!date) throw new RangeError(`${year}-${month}-${day} is not a date`)
  return date
}

// Day arithmetic calls these millions of times, for the days of a few years.
const midnightOf = memoize((date: CivilDate) => Date.parse(`${date}T00:00:00Z`))
const dayAt = memoize((moment: number) => {
  const text = new Date(moment).toISOString()
  // Longer where the year does not have four digits.
  if (text.length !== 24) throw new RangeError(`${text} is outside the calendar`)
  return text.slice(0, 10) as CivilDate
})

/** The date as Prisma stores it in an @db.Date column: midnight UTC. */
export function toDbDate(date: CivilDate): Date {
  return new Date(midnightOf(date))
}

/** The date of an @db.Date column. @throws RangeError on an invalid Date, or outside the years 0 to 9999 */
export function fromDbDate(date: Date): CivilDate {
  return dayAt(date.getTime())
}

/** The same of a column that may be empty. */
export function fromNullableDbDate(date: Date | null): CivilDate | null {
  return date && fromDbDate(date)
}

/** The date that many days later; `days` may be negative. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return dayAt(midnightOf(date) + days * dayMs)
}

/** Days from `from` to `to`; negative where `to` comes first. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return (midnightOf(to) - midnightOf(from)) / dayMs
}

/** The earlier of two days, or of two times 'HH:MM'. */
export function earlierOf<When extends string>(a: When, b: When): When {
  if (b < a) return b
  return a
}

/** The later of two days, or of two times 'HH:MM'. */
export function laterOf<When extends string>(a: When, b: When): When {
  if (b > a) return b
  return a
}

/** In the order of a day of theirs; those of the same day keep their order. */
export function sortByDay<Item>(items: readonly Item[], dayOf: (item: Item) => CivilDate): Item[] {
  // Civil dates sort as text.
  return items.toSorted((one, other) => {
    const [a, b] = [dayOf(one), dayOf(other)]
    return a < b ? -1 : a > b ? 1 : 0
  })
}

export function weekdayOf(date: CivilDate): Weekday {
  // JavaScript's weeks begin on Sunday, ours on Monday.
  return weekdays[(toDbDate(date).getUTCDay() + 6) % 7] as Weekday
}

export function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4))
}

/** 1–12. */
export function monthOf(date: CivilDate): number {
  return Number(date.slice(5, 7))
}

export function lastDayOfMonth(date: CivilDate): CivilDate {
  // Day 0 of the next month is the last day of this one (JavaScript's months count from 0).
  return fromDbDate(new Date(Date.UTC(yearOf(date), monthOf(date), 0)))
}

/** Whether `text` names a zone of the IANA list. A bare offset ('+01:00') is not one: it has no clock changes. */
export function isZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

// Every person's clock is read at the same moment. Zones in use today differ from UTC by whole minutes.
const wallClockAt = memoize((minuteAndZone: string) => {
  const [minute, ...rest] = minuteAndZone.split(' ')
  const zone = rest.join(' ')
  const [date = '', time = ''] = format(
    inZone(new Date(Number(minute) * minuteMs), zone),
    'yyyy-MM-dd HH:mm',
  ).split(' ')
  return { date: civilDate(date), time }
})

function wallClockIn(
  zone: string,
  moment: Date,
): { readonly date: CivilDate; readonly time: string } {
  return wallClockAt(`${Math.floor(moment.getTime() / minuteMs)} ${zone}`)
}

/** The date in `zone` at `moment`. @throws RangeError on an unknown zone */
export function dateIn(zone: string, moment: Date): CivilDate {
  return wallClockIn(zone, moment).date
}

/**
 * The latest date that it is anywhere at `moment`. People record their own today, and east of a programme's zone that
 * can be tomorrow: a plan as at this day holds all that was recorded by `moment`.
 */
export function latestToday(moment: Date): CivilDate {
  return addDays(dateIn('UTC', moment), 1)
}

/** The time in `zone` at `moment`, 'HH:MM' on a 24-hour clock. @throws RangeError on an unknown zone */
export function timeIn(zone: string, moment: Date): string {
  return wallClockIn(zone, moment).time
}

/**
 * The moment at which a wall clock in `zone` shows `date` and `time` ('HH:MM').
 * Where clocks change, a time that is skipped means the first moment after the gap, and a time that comes twice means
 * the first of the two.
 * @throws RangeError on an unknown zone or a time that is not 'HH:MM'
 */
export function momentAt(date: CivilDate, time: string, zone: string): Date {
  return new Date(momentOf(`${date} ${time} ${zone}`))
}

const momentOf = memoize((dateTimeAndZone: string) => {
  const [date = '', time = '', ...rest] = dateTimeAndZone.split(' ')
  const zone = rest.join(' ')
  if (!isTime(time)) throw new RangeError(`"${time}" is not a time (HH:MM)`)
  assertZone(zone)
  const wall = new Date(`${date}T${time}:00Z`).getTime()
  const offsets = [wall - dayMs, wall + dayMs].map((near) => offsetMs(zone, near))
  const fitting = offsets
    .map((offset) => ({ offset, moment: wall - offset }))
    .filter(({ offset, moment }) => offsetMs(zone, moment) === offset)
    .map(({ moment }) => moment)
  if (fitting.length > 0) return Math.min(...fitting)
  return clockChangeBetween(zone, wall - Math.max(...offsets), wall - Math.min(...offsets))
})

/** Whether `text` is 'HH:MM' on a 24-hour clock. */
export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

/** 'Fri 31 Mar 2017': the only format in which dates are shown to people. */
export const fullDate = memoize((date: CivilDate) =>
  format(new TZDate(toDbDate(date), 'UTC'), 'EEE d MMM yyyy'),
)

/** '31 Mar 2017', as people type a day. */
export function plainDay(date: CivilDate): string {
  return fullDate(date).slice(4)
}

/** 'Mon 27 Feb 2017, 09:00', as in `zone`. */
export function fullMoment(moment: Date, zone: string): string {
  return format(inZone(moment, zone), 'EEE d MMM yyyy, HH:mm')
}

function inZone(moment: Date, zone: string): TZDate {
  assertZone(zone)
  return new TZDate(moment, zone)
}

const validZones = new Set<string>()

// Asking Intl before each conversion would cost more than the conversion itself.
function assertZone(zone: string): void {
  if (validZones.has(zone)) return
  if (!isZone(zone)) throw new RangeError(`"${zone}" is not a time zone`)
  validZones.add(zone)
}

function offsetMs(zone: string, moment: number): number {
  return tzOffset(zone, new Date(moment)) * minuteMs
}

/** The first minute after the only clock change between two moments, by binary search. All in milliseconds. */
function clockChangeBetween(zone: string, before: number, after: number): number {
  let [early, late] = [before, after]
  while (late - early > minuteMs) {
    const middle = early + Math.floor((late - early) / 2 / minuteMs) * minuteMs
    if (offsetMs(zone, middle) === offsetMs(zone, before)) early = middle
    else late = middle
  }
  return late
}
