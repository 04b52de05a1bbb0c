import { earlierOf, isTime, laterOf } from '../../base/dates.ts'
import type { QuietHours } from '../people/person.ts'

/** Part of a day: its first and its last minute, as wall times 'HH:MM', both included. */
export interface TimeRange {
  readonly from: string
  readonly until: string
}

/** When people without quiet hours are written to. */
export const officeHours: TimeRange = { from: '09:00', until: '17:00' }

const lastMinute = 24 * 60 - 1
/** With less time than this in a day, a service that was down for a while could miss it. */
const shortestMinutes = 60

/**
 * When a person may be written to, in the order of the day, at least an hour in all: `hours` without their quiet hours.
 * Somebody whose quiet hours cover nearly all of `hours` works at other times and is written to then.
 */
export function sendingHours(hours: TimeRange, quiet: QuietHours | null): readonly TimeRange[] {
  if (!quiet) return [hours]
  const loud = nonQuietRanges(quiet)
  const within = loud.flatMap((part) => intersect(part, hours) ?? [])
  return totalMinutes(within) >= shortestMinutes ? within : loud
}

/** The wall time, 'HH:MM', at which a person is first written to on a working day. */
export function firstSendingTime(quiet: QuietHours | null): string {
  return sendingHours(officeHours, quiet)[0]?.from ?? officeHours.from
}

/** Whether a wall time lies within one of the ranges. */
export function isWithin(time: string, ranges: readonly TimeRange[]): boolean {
  return ranges.some(({ from, until }) => from <= time && time <= until)
}

/** Whether quiet hours are two valid times that leave at least an hour of the day. */
export function areQuietHours({ from, to }: QuietHours): boolean {
  if (!isTime(from) || !isTime(to) || from === to) return false
  return totalMinutes(nonQuietRanges({ from, to })) >= shortestMinutes
}

/** The parts of a day that are not quiet; quiet hours may go over midnight. */
function nonQuietRanges({ from, to }: QuietHours): TimeRange[] {
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  const parts: [number, number][] =
    begin < end
      ? [
          [0, begin - 1],
          [end, lastMinute],
        ]
      : [[end, begin - 1]]
  return parts
    .filter(([first, last]) => first <= last)
    .map(([first, last]) => ({ from: timeOf(first), until: timeOf(last) }))
}

function intersect(a: TimeRange, b: TimeRange): TimeRange | undefined {
  const from = laterOf(a.from, b.from)
  const until = earlierOf(a.until, b.until)
  return from <= until ? { from, until } : undefined
}

function totalMinutes(ranges: readonly TimeRange[]): number {
  return ranges.reduce((sum, { from, until }) => sum + minutesOf(until) - minutesOf(from) + 1, 0)
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

function timeOf(minutes: number): string {
  const digits = (n: number) => String(n).padStart(2, '0')
  return `${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`
}
