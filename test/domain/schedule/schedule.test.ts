import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, civilDate, momentAt, weekdays } from '../../../src/base/dates.ts'
import {
  dueRound,
  lapsedRound,
  nextRound,
  previewMoment,
  scheduleDayBefore,
  windowEnd,
} from '../../../src/domain/schedule/schedule.ts'
import { englandAndWales } from '../../support/calendars.ts'

const calendar = englandAndWales()
const mondays = { weekday: 'monday', time: '09:00', zone: 'Europe/London' } as const
const london = (day: string, time: string) => momentAt(civilDate(day), time, 'Europe/London')

describe('the round that should have been posted by now', () => {
  test.each([
    ['a minute before', '2017-02-27', '08:59', undefined],
    ['on time', '2017-02-27', '09:00', '2017-02-27'],
    ['late the same day', '2017-02-27', '16:00', '2017-02-27'],
    ['a working day late', '2017-02-28', '09:00', '2017-02-27'],
    ['later than that', '2017-02-28', '09:01', undefined],
    ['the Thursday before Easter Monday, before the hour', '2017-04-13', '08:59', undefined],
    ['the Thursday before Easter Monday', '2017-04-13', '09:00', '2017-04-17'],
    ['on Easter Sunday, when a service comes back', '2017-04-16', '12:00', '2017-04-17'],
    ['on Easter Monday itself, still the same round', '2017-04-17', '09:00', '2017-04-17'],
    ['the Tuesday after, at the end of the window', '2017-04-18', '09:00', '2017-04-17'],
    ['the Friday before Christmas Day on a Monday', '2017-12-22', '09:00', '2017-12-25'],
    ['the Friday before New Year on a Monday', '2017-12-29', '09:00', '2018-01-01'],
    ['the Friday before the clocks go forward: nothing', '2017-03-24', '09:00', undefined],
    ['the Monday after they went forward', '2017-03-27', '09:00', '2017-03-27'],
    ['the Monday after they went back', '2017-10-30', '09:00', '2017-10-30'],
  ])('%s', (_, day, time, round) => {
    expect(dueRound(mondays, calendar, london(day, time))?.day).toBe(round)
  })

  test.each([
    ['2017-03-20', '2017-03-20T09:00:00.000Z'],
    ['2017-03-27', '2017-03-27T08:00:00.000Z'],
    ['2017-10-23', '2017-10-23T08:00:00.000Z'],
    ['2017-10-30', '2017-10-30T09:00:00.000Z'],
  ])('of %s is at nine by the wall clock', (day, moment) => {
    expect(dueRound(mondays, calendar, london(day, '10:00'))?.moment.toISOString()).toBe(moment)
  })

  test('at a time that a clock change skips is posted right after the gap', () => {
    const sundays = { weekday: 'sunday', time: '01:30', zone: 'Europe/London' } as const
    const everyDay = { isWorkingDay: () => true, nonWorkingReason: () => undefined }
    const round = dueRound(sundays, everyDay, new Date('2017-03-26T01:00:00Z'))
    expect(round).toEqual({ day: '2017-03-26', moment: new Date('2017-03-26T01:00:00Z') })
  })
})

describe('the next round', () => {
  test.each([
    ['2017-02-24', '12:00', '2017-02-27', '2017-02-27T09:00:00.000Z'],
    ['2017-02-27', '09:00', '2017-03-06', '2017-03-06T09:00:00.000Z'],
    ['2017-04-12', '12:00', '2017-04-17', '2017-04-13T08:00:00.000Z'],
    ['2017-04-13', '12:00', '2017-04-24', '2017-04-24T08:00:00.000Z'],
  ])('after %s %s is the round of %s', (day, time, round, moment) => {
    expect(nextRound(mondays, calendar, london(day, time))).toEqual({
      day: round,
      moment: new Date(moment),
    })
  })
})

describe('a round that is too late to post', () => {
  test.each([
    ['while it may still be posted', '2017-02-28', '09:00', undefined],
    ['a minute after that', '2017-02-28', '09:01', '2017-02-27'],
    ['until the next one is due', '2017-03-06', '08:59', '2017-02-27'],
    ['then the next one counts', '2017-03-06', '09:00', undefined],
    ['moved before Easter, its time ends after it', '2017-04-18', '09:00', undefined],
    ['and not later', '2017-04-18', '09:01', '2017-04-17'],
  ])('%s', (_, day, time, round) => {
    expect(lapsedRound(mondays, calendar, london(day, time))?.day).toBe(round)
  })

  test.each([
    ['2017-02-24', 'Mon 27 Feb, 09:00', '2017-02-24T09:00:00.000Z', '2017-02-28T09:00:00.000Z'],
    // Posted on Thursday: shown on Wednesday, and there is time until Tuesday.
    ['2017-04-10', 'Easter Monday', '2017-04-12T08:00:00.000Z', '2017-04-18T08:00:00.000Z'],
    // Shown by winter time, posted by summer time: both at nine by the wall clock.
    ['2017-03-24', 'the clocks go forward', '2017-03-24T09:00:00.000Z', '2017-03-28T08:00:00.000Z'],
  ])('after %s (%s): shown at %s, posted until %s', (day, _, shown, until) => {
    const round = nextRound(mondays, calendar, london(day, '12:00'))
    expect(previewMoment(mondays, calendar, round).toISOString()).toBe(shown)
    expect(windowEnd(mondays, calendar, round).toISOString()).toBe(until)
  })
})

test.each([
  ['2017-02-24', '2017-02-20'],
  ['2017-02-20', '2017-02-13'],
  ['2017-02-21', '2017-02-20'],
])('before %s the last Monday was %s', (day, monday) => {
  expect(scheduleDayBefore(mondays, civilDate(day))).toBe(monday)
})

test('each round is due once, in order, on a working day, for any schedule over two years', () => {
  const schedule = fc.record({
    weekday: fc.constantFrom(...weekdays),
    time: fc.constantFrom('00:30', '01:30', '09:00', '23:45'),
    zone: fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Lord_Howe'),
  })
  fc.assert(
    fc.property(schedule, fc.integer({ min: 0, max: 700 }), (chosen, days) => {
      const start = momentAt(addDays(civilDate('2017-01-02'), days), '00:00', chosen.zone).getTime()
      const posted = new Map<string, number>()
      for (let hour = 0; hour < 24 * 30; hour += 1) {
        const now = new Date(start + hour * 60 * 60_000)
        const due = dueRound(chosen, calendar, now)
        if (due && !posted.has(due.day)) posted.set(due.day, due.moment.getTime())
        expect(nextRound(chosen, calendar, now).moment.getTime()).toBeGreaterThan(now.getTime())
      }
      const moments = [...posted.values()]
      expect(moments.toSorted((a, b) => a - b)).toEqual(moments)
      expect([...posted.keys()].toSorted()).toEqual([...posted.keys()])
      expect(posted.size).toBeGreaterThanOrEqual(4)
      expect(posted.size).toBeLessThanOrEqual(6)
    }),
    { numRuns: 12 },
  )
})
