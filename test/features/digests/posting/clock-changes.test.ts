import { tzOffset } from '@date-fns/tz'
import { describe, expect, jest, test } from '@jest/globals'
import { addDays, dateIn, momentAt, timeIn, weekdayOf } from '../../../../src/base/dates.ts'
import type { Calendar } from '../../../../src/base/working-days.ts'
import { dueRound, roundOf, type Schedule } from '../../../../src/domain/schedule/schedule.ts'

// A loaded machine is slow, not wrong.
jest.setTimeout(120_000)

const [from, to] = [new Date('2020-01-01T00:00Z'), new Date('2038-01-01T00:00Z')]
const [minuteMs, dayMs] = [60_000, 24 * 60 * 60_000]
/** No two changes of one zone are nearer to each other: Morocco's around Ramadan are a month apart. */
const strideMs = 10 * dayMs

/** Every moment from 2020 to 2037 at which the clocks of a zone change, to the minute. */
function changesOf(zone: string): Date[] {
  const offset = (at: number) => tzOffset(zone, new Date(at))
  const found: Date[] = []
  for (let at = from.getTime(); at < to.getTime(); at += strideMs) {
    let [before, after] = [at, at + strideMs]
    if (offset(before) === offset(after)) continue
    while (after - before > minuteMs) {
      const middle = Math.floor((before + after) / 2 / minuteMs) * minuteMs
      if (offset(middle) === offset(before)) before = middle
      else after = middle
    }
    found.push(new Date(after))
  }
  return found
}

const everyDay: Calendar = { isWorkingDay: () => true, nonWorkingReason: () => undefined }
const changes = Intl.supportedValuesOf('timeZone').flatMap((zone) =>
  changesOf(zone).map((moment) => ({ zone, moment })),
)

/** Wall times around the change: what it skips or repeats, and what lies beside. */
function timesAround(zone: string, change: Date): string[] {
  const minutes = [-61, -30, -1, 0, 1, 30, 61]
  return minutes.map((count) => timeIn(zone, new Date(change.getTime() + count * minuteMs)))
}

describe('the clock changes of every zone, 2020 to 2037', () => {
  test('are thousands, Lord Howe’s half hours and Morocco’s Ramadan among them', () => {
    expect(changes.length).toBeGreaterThan(4_000)
    const zones = new Set(changes.map(({ zone }) => zone))
    for (const zone of ['Europe/London', 'Australia/Lord_Howe', 'Africa/Casablanca']) {
      expect(zones).toContain(zone)
    }
  })

  test('map each wall time of the day to a time on that day, in the same order', () => {
    for (const { zone, moment } of changes) {
      const day = dateIn(zone, moment)
      const times = [...new Set(['00:00', ...timesAround(zone, moment), '23:59'])].sort()
      const moments = times.map((time) => momentAt(day, time, zone))
      const wrong = moments.filter((at, index) => {
        const before = moments[index - 1]
        return dateIn(zone, at) !== day || (before !== undefined && at < before)
      })
      expect({ zone, day, wrong }).toEqual({ zone, day, wrong: [] })
    }
  })

  test('a digest at a wall time of that day goes out once: never early, and not again a week later', () => {
    for (const { zone, moment } of changes) {
      const day = dateIn(zone, moment)
      for (const time of timesAround(zone, moment)) {
        const schedule: Schedule = { weekday: weekdayOf(day), time, zone }
        const { moment: at } = roundOf(schedule, everyDay, day)
        const before = dueRound(schedule, everyDay, new Date(at.getTime() - 1))
        const onTime = dueRound(schedule, everyDay, at)
        const next = roundOf(schedule, everyDay, addDays(day, 7)).moment
        expect({ zone, time, before: before?.day ?? null, onTime: onTime?.day }).toEqual({
          ...{ zone, time, before: null, onTime: day },
        })
        expect(next.getTime()).toBeGreaterThan(at.getTime() + 6 * dayMs)
      }
    }
  })
})
