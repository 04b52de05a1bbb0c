import { TZDate, tzOffset } from '@date-fns/tz'
import { format } from 'date-fns/format'
import { memoize } from './memoize.ts'

/**
 * A day on the calendar, 'YYYY-MM-DD', with no time and no zone. Deadlines are civil dates; moments are UTC `Date`s.
 * Because the parts stand in order of size, plain string comparison (`a < b`, `sort()`) compares days.
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
/** A day in UTC: where clocks change, days of a zone are longer or shorter. */
export const dayMs = 24 * 60 * minuteMs

/** True where `text` is 'YYYY-MM-DD' and the day exists. */
export function isCivilDate(text: string): text is CivilDate {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const midnight = new Date(`${text}T00:00:00Z`)
  // JavaScript takes 31 February for 3 March; a day that does not exist does not come back as it went in.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text)
}

/** Reads 'YYYY-MM-DD'. Throws RangeError on anything else, and on a day that does not exist. */
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

/** The date of a year, a month (1–12) and a day. Throws RangeError on a day that does not exist. */
export function civil(year: number, month: number, day: number): CivilDate {
  const date = civilDateIfValid(year, month, day)
  if (!date) throw new RangeError(`${year}-${month}-${day} is not a date`)
  return date
}

// Counting days asks these millions of times, of a few years.
const midnightOf = memoize((date: CivilDate) => Date.parse(`${date}T00:00:00Z`))
const dayAt = memoize((moment: number) => {
  const text = new Date(moment).toISOString()
  // What ISO writes with four figures of a year exists.
  if (text.length !== 24) throw new RangeError(`${text} is outside the calendar`)
  return text.slice(0, 10) as CivilDate
})

/** The same date as Prisma keeps it in an @db.Date column: midnight UTC. */
export function toDbDate(date: CivilDate): Date {
  return new Date(midnightOf(date))
}

/** The date of an @db.Date column. Throws RangeError on a moment that is none, or outside the years 0 to 9999. */
export function fromDbDate(date: Date): CivilDate {
  return dayAt(date.getTime())
}

/** The same of a column that may be empty. */
export function fromNullableDbDate(date: Date | null): CivilDate | null {
  return date && fromDbDate(date)
}

/** `days` may be negative. Days are counted in UTC, where each has 24 hours. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return dayAt(midnightOf(date) + days * dayMs)
}

/** Days from `from` to `to`: negative where `to` comes first. */
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

/** True where `text` names a zone of the IANA list. A bare offset ('+01:00') is none: it knows no clock change. */
export function isZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

// Of everybody's clock the same is asked at the same moment. No zone of our time is off by parts of a minute.
const wallAt = memoize((asked: string) => {
  const [minute, ...named] = asked.split(' ')
  const zone = named.join(' ')
  const [date = '', time = ''] = format(
    inZone(new Date(Number(minute) * minuteMs), zone),
    'yyyy-MM-dd HH:mm',
  ).split(' ')
  return { date: civilDate(date), time }
})

function wallIn(zone: string, moment: Date): { readonly date: CivilDate; readonly time: string } {
  return wallAt(`${Math.floor(moment.getTime() / minuteMs)} ${zone}`)
}

/** The date that a wall calendar in `zone` shows at `moment`. */
export function dateIn(zone: string, moment: Date): CivilDate {
  return wallIn(zone, moment).date
}

/**
 * The latest date that it is anywhere at `moment`. People record their own today, and east of a programme's zone that
 * can be tomorrow: a plan as at this day holds all that was recorded by `moment`.
 */
export function latestToday(moment: Date): CivilDate {
  return addDays(dateIn('UTC', moment), 1)
}

/** The time, 'HH:MM', that a wall clock in `zone` shows at `moment`. */
export function timeIn(zone: string, moment: Date): string {
  return wallIn(zone, moment).time
}

/**
 * The moment at which a wall clock in `zone` shows `date` and `time` ('HH:MM').
 * Clock changes: a time that is skipped means the first moment after the gap; a time that comes twice, the first one.
 * Throws RangeError on an unknown zone or a time that is not 'HH:MM'.
 */
export function momentAt(date: CivilDate, time: string, zone: string): Date {
  return new Date(momentOf(`${date} ${time} ${zone}`))
}

const momentOf = memoize((asked: string) => {
  const [date = '', time = '', ...named] = asked.split(' ')
  const zone = named.join(' ')
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

/** True for 'HH:MM' on a 24-hour clock. */
export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

/** 'Fri 31 Mar 2017': the one way in which dates are shown to people. */
export function fullDate(date: CivilDate): string {
  return format(new TZDate(toDbDate(date), 'UTC'), 'EEE d MMM yyyy')
}

/** 'Mon 27 Feb 2017, 09:00', on a wall clock in `zone`. */
export function fullMoment(moment: Date, zone: string): string {
  return format(inZone(moment, zone), 'EEE d MMM yyyy, HH:mm')
}

function inZone(moment: Date, zone: string): TZDate {
  assertZone(zone)
  return new TZDate(moment, zone)
}

const validZones = new Set<string>()

// Asking Intl for each conversion would cost more than the conversion.
function assertZone(zone: string): void {
  if (validZones.has(zone)) return
  if (!isZone(zone)) throw new RangeError(`"${zone}" is not a time zone`)
  validZones.add(zone)
}

function offsetMs(zone: string, moment: number): number {
  return tzOffset(zone, new Date(moment)) * minuteMs
}

/** The first minute after the one clock change between the two moments, found by halving. */
function clockChangeBetween(zone: string, before: number, after: number): number {
  let [early, late] = [before, after]
  while (late - early > minuteMs) {
    const middle = early + Math.floor((late - early) / 2 / minuteMs) * minuteMs
    if (offsetMs(zone, middle) === offsetMs(zone, before)) early = middle
    else late = middle
  }
  return late
}
