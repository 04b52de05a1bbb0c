import { describe, expect, test } from '@jest/globals'
import { type CivilDate, civilDate, type Weekday } from '../../../src/base/dates.ts'
import { onOrAfter, onOrBefore } from '../../../src/base/working-days.ts'
import { calendarOf, isWorkingMoment } from '../../../src/domain/calendars/calendar.ts'
import { parseDateRange } from '../../../src/domain/calendars/date-range.ts'
import { areQuietHours, officeHours, sendingHours } from '../../../src/domain/calendars/hours.ts'
import {
  formatWorkingPattern,
  parseWorkingPattern,
} from '../../../src/domain/calendars/working-pattern.ts'
import type { Person } from '../../../src/domain/people/person.ts'
import type { Programme } from '../../../src/domain/programme/programme.ts'
import { aPlan } from '../../support/plans.ts'

const day = civilDate

function programme(settings: unknown = {}): Programme {
  return aPlan({ programme: { settings } }).programme
}

function priya(about: Partial<Person> = {}): Person {
  const { people } = aPlan({ people: [{ id: 'priya', ...about }] })
  const [person] = people.values()
  if (!person) throw new Error('nobody there')
  return person
}

describe('a working pattern as people write it', () => {
  test.each([
    ['mon-wed', 'Monday, Tuesday and Wednesday'],
    ['mon,tue,thu', 'Monday, Tuesday and Thursday'],
    ['Mon – Wed and Fri', 'Monday, Tuesday, Wednesday and Friday'],
    ['monday to thursday', 'Monday to Thursday'],
    ['tues & thurs', 'Tuesday and Thursday'],
    ['wednesdays', 'Wednesday'],
    ['full week', 'Monday to Friday'],
    ['every day', 'Monday to Sunday'],
    ['sat-mon', 'Monday, Saturday and Sunday'],
    ['thu tue', 'Tuesday and Thursday'],
  ])('%s is %s', (text, expected) => {
    expect(formatWorkingPattern(parseWorkingPattern(text) ?? [])).toBe(expected)
  })

  test.each(['', 'mo', 'mon-', 'mon-wed-fri', 'most days', '3', 'and'])(
    '“%s” is not a working pattern',
    (text) => {
      expect(parseWorkingPattern(text)).toBeUndefined()
    },
  )
})

describe("a person's calendar", () => {
  const monToWed: readonly Weekday[] = ['monday', 'tuesday', 'wednesday']

  test('rests on bank holidays, closures, leave and days off, and says why', () => {
    const person = priya({
      patterns: [{ from: day('2017-01-02'), weekdays: monToWed }],
      leaves: [
        { from: day('2017-03-20'), to: day('2017-03-21'), deputyId: null, programmeId: null },
      ],
    })
    const closures = [{ from: '2017-04-10', to: '2017-04-12', reason: 'Elections' }]
    const calendar = calendarOf(person, programme({ closures }))
    const why = ['2017-03-20', '2017-03-22', '2017-03-23', '2017-04-11', '2017-04-17'].map((one) =>
      calendar.nonWorkingReason(day(one)),
    )
    expect(why).toEqual([
      'Away until Tue 21 Mar 2017',
      undefined,
      'Thursday',
      'Elections',
      'Easter Monday',
    ])
  })

  test('keeps the earlier pattern on earlier days', () => {
    const person = priya({ patterns: [{ from: day('2017-03-22'), weekdays: monToWed }] })
    const calendar = calendarOf(person, programme())
    expect(calendar.isWorkingDay(day('2017-03-16'))).toBe(true)
    expect(calendar.isWorkingDay(day('2017-03-23'))).toBe(false)
  })

  test('moves a day off to the working day before, or after', () => {
    const leave = {
      from: day('2017-04-05'),
      to: day('2017-04-13'),
      deputyId: null,
      programmeId: null,
    }
    const person = priya({
      patterns: [{ from: day('2017-01-02'), weekdays: monToWed }],
      leaves: [leave],
    })
    const moved = (settings: unknown): CivilDate[] => {
      const calendar = calendarOf(person, programme(settings))
      return [onOrBefore(calendar, day('2017-04-14')), onOrAfter(calendar, day('2017-04-14'))]
    }
    expect(moved({})).toEqual(['2017-04-04', '2017-04-18'])
    expect(moved({ calendar: 'scotland' })).toEqual(['2017-04-04', '2017-04-17'])
  })
})

describe('quiet hours', () => {
  test.each([
    ['none', null, '09:00–17:00'],
    ['over night', ['17:30', '09:30'], '09:30–17:00'],
    ['from the afternoon', ['15:00', '08:00'], '09:00–14:59'],
    ['at noon', ['12:00', '13:00'], '09:00–11:59 13:00–17:00'],
    ['at night only', ['22:00', '06:00'], '09:00–17:00'],
    ['until the last minute of the day', ['00:00', '17:00'], '17:00–23:59'],
    ['all day, for who works at night', ['06:00', '22:00'], '00:00–05:59 22:00–23:59'],
  ])('%s', (_, quiet, expected) => {
    const [from, to] = quiet ?? []
    const hours = sendingHours(officeHours, from && to ? { from, to } : null)
    expect(hours.map((one) => `${one.from}–${one.until}`).join(' ')).toBe(expected)
  })

  test.each([
    ['09:00', '09:00', false],
    ['09:00', '08:30', false],
    ['09:00', '08:00', true],
    ['25:00', '09:00', false],
  ])('from %s to %s: %s', (from, to, expected) => {
    expect(areQuietHours({ from, to })).toBe(expected)
  })
})

describe('a working moment', () => {
  const quiet = { from: '17:30', to: '09:30' }

  test.each([
    ['before the clocks go forward', '2017-03-24T09:29:00Z', false],
    ['the same, a minute later', '2017-03-24T09:30:00Z', true],
    ['after they went forward', '2017-03-27T08:29:00Z', false],
    ['the same, a minute later', '2017-03-27T08:30:00Z', true],
    ['after they went back', '2017-10-30T09:29:00Z', false],
    ['the same, a minute later', '2017-10-30T09:30:00Z', true],
    ['on a Sunday', '2017-03-26T11:00:00Z', false],
  ])('%s, %s: %s', (_, moment, expected) => {
    const person = priya({ quiet, zone: 'Europe/London' })
    expect(isWorkingMoment(person, programme(), new Date(moment))).toBe(expected)
  })

  test('is judged in the zone of the person: Friday evening in London is still Friday in New York', () => {
    const person = priya({ zone: 'America/New_York' })
    expect(isWorkingMoment(person, programme(), new Date('2017-03-31T20:30:00Z'))).toBe(true)
    expect(isWorkingMoment(priya(), programme(), new Date('2017-03-31T20:30:00Z'))).toBe(false)
  })
})

describe('a period', () => {
  const today = day('2026-11-22')

  test.each([
    ['30 Nov', '4 Dec', '2026-11-30', '2026-12-04'],
    ['20 Dec', '4 Jan', '2026-12-20', '2027-01-04'],
    ['tomorrow', undefined, '2026-11-23', '2026-11-23'],
    ['20 Nov', '27 Nov', '2026-11-22', '2026-11-27'],
  ])('%s to %s', (first, last, from, to) => {
    expect(parseDateRange(first, last, today)).toEqual({ from, to })
  })

  test.each([
    ['14 Dec 2026', '3 Dec 2026', 'is before Mon 14 Dec 2026'],
    ['2 Nov 2026', '6 Nov 2026', 'Fri 6 Nov 2026 has passed'],
    ['31 Feb', undefined, 'I could not read “31 Feb” as a date'],
  ])('%s to %s is refused', (first, last, expected) => {
    expect(() => parseDateRange(first, last, today)).toThrow(expected)
  })
})
