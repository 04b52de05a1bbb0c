import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, civilDate } from '../../src/base/dates.ts'
import {
  type Calendar,
  onOrAfter,
  onOrBefore,
  workingDaysAfter,
  workingDaysBefore,
  workingDaysFrom,
} from '../../src/base/working-days.ts'
import { englandAndWales } from '../support/calendars.ts'

const calendar = englandAndWales()

describe('the calendar of England and Wales', () => {
  test.each([
    ['2017-04-14', 'Good Friday'],
    ['2017-04-17', 'Easter Monday'],
    ['2017-01-02', "New Year's Day (substitute day)"],
    ['2016-12-27', 'Christmas Day (substitute day)'],
    ['2020-12-28', 'Boxing Day (substitute day)'],
    ['2021-12-27', 'Christmas Day (substitute day)'],
    ['2021-12-28', 'Boxing Day (substitute day)'],
    ['2020-05-08', 'Early May bank holiday (VE day)'],
    ['2022-06-02', 'Spring bank holiday'],
    ['2022-06-03', "Queen's Platinum Jubilee"],
    ['2022-09-19', "Queen Elizabeth's Funeral Day"],
    ['2023-05-08', "King Charles III's Coronation"],
    ['2017-02-25', 'Saturday'],
    ['2017-02-26', 'Sunday'],
  ])('rests on %s: %s', (date, why) => {
    expect(calendar.nonWorkingReason(civilDate(date))).toBe(why)
    expect(calendar.isWorkingDay(civilDate(date))).toBe(false)
  })

  test.each([
    ['2017-04-13', 'the Thursday before Easter'],
    ['2020-05-04', 'the Monday whose holiday moved to VE day'],
    ['2022-05-30', 'the Monday whose holiday moved to the Jubilee'],
    ['2017-08-07', 'a bank holiday in Scotland only'],
    ['2018-03-19', 'a bank holiday in Northern Ireland only'],
    ['2017-12-27', 'the Wednesday after Boxing Day'],
  ])('works on %s, %s', (date) => {
    expect(calendar.nonWorkingReason(civilDate(date))).toBeUndefined()
  })
})

describe('working days', () => {
  test.each([
    ['a working day stays', '2017-04-13', '2017-04-13', '2017-04-13'],
    ['a Sunday', '2017-02-26', '2017-02-24', '2017-02-27'],
    ['Easter', '2017-04-15', '2017-04-13', '2017-04-18'],
    ['Christmas', '2021-12-28', '2021-12-24', '2021-12-29'],
  ])('%s: %s moves back to %s and on to %s', (_what, date, back, on) => {
    expect(onOrBefore(calendar, civilDate(date))).toBe(back)
    expect(onOrAfter(calendar, civilDate(date))).toBe(on)
  })

  test.each([
    ['2017-03-31', 0, '2017-03-31'],
    ['2017-03-31', 3, '2017-03-28'],
    ['2017-03-31', 10, '2017-03-17'],
    ['2017-04-18', 3, '2017-04-11'], // over Easter
    ['2017-04-30', 0, '2017-04-28'], // a Sunday counts from the Friday
    ['2017-04-30', 3, '2017-04-25'],
  ])('before %s, %i of them: %s', (due, count, expected) => {
    expect(workingDaysBefore(calendar, civilDate(due), count)).toBe(expected)
  })

  test.each([
    ['2017-04-13', 1, '2017-04-18'],
    ['2017-02-25', 1, '2017-02-27'], // a Saturday counts as its Friday
    ['2017-02-24', 5, '2017-03-03'],
  ])('after %s, %i of them: %s', (from, count, expected) => {
    expect(workingDaysAfter(calendar, civilDate(from), count)).toBe(expected)
  })

  const anyDate = fc
    .integer({ min: 0, max: 5000 })
    .map((days) => addDays(civilDate('2015-01-01'), days))
  const anyCount = fc.integer({ min: 0, max: 60 })

  test('every result is a working day, and counting back gives the same number', () => {
    fc.assert(
      fc.property(anyDate, anyCount, (date, count) => {
        const before = workingDaysBefore(calendar, date, count)
        const after = workingDaysAfter(calendar, date, count)
        expect([before, after].every((day) => calendar.isWorkingDay(day))).toBe(true)
        expect(workingDaysFrom(calendar, before, date)).toBe(count)
        expect(workingDaysFrom(calendar, date, after)).toBe(count)
        expect(workingDaysBefore(calendar, after, count)).toBe(onOrBefore(calendar, date))
      }),
    )
  })

  test('the count is signed', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (a, b) => {
        expect(workingDaysFrom(calendar, a, b) + workingDaysFrom(calendar, b, a)).toBe(0)
      }),
      { numRuns: 30 },
    )
    expect(workingDaysFrom(calendar, civilDate('2017-03-03'), civilDate('2017-02-24'))).toBe(-5)
  })

  test('a negative or fractional count is refused, and so is a calendar without working days', () => {
    const never: Calendar = { isWorkingDay: () => false, nonWorkingReason: () => 'closed' }
    const date = civilDate('2017-03-31')
    expect(() => workingDaysBefore(calendar, date, -1)).toThrow(RangeError)
    expect(() => workingDaysAfter(calendar, date, 1.5)).toThrow(RangeError)
    expect(() => onOrBefore(never, date)).toThrow('no working day')
  })
})
