import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import {
  nextReadingDue,
  overdueMeasures,
  parseFrequency,
} from '../../../src/domain/measures/frequency.ts'
import { parsePeriod } from '../../../src/domain/measures/periods.ts'
import { aMeasure } from './measure-builder.ts'

describe('a period as people name it, on Fri 19 Oct 2018', () => {
  const today = civilDate('2018-10-19')

  test.each([
    ['Q1 2018/19', '2018-04-01', '2018-06-30'],
    ['q2 18/19', '2018-07-01', '2018-09-30'],
    ['Q3 2017-18', '2017-10-01', '2017-12-31'],
    ['Quarter 4 of 2017/2018', '2018-01-01', '2018-03-31'],
    ['Q3', '2018-10-01', '2018-12-31'],
    ['Q4', '2018-01-01', '2018-03-31'],
    ['Q2', '2018-07-01', '2018-09-30'],
    ['2017/18', '2017-04-01', '2018-03-31'],
    ['FY 17/18', '2017-04-01', '2018-03-31'],
    ['1999/00', undefined, undefined],
    ['September 2018', '2018-09-01', '2018-09-30'],
    ['Sept', '2018-09-01', '2018-09-30'],
    ['October', '2018-10-01', '2018-10-31'],
    ['November', '2017-11-01', '2017-11-30'],
    ['March', '2018-03-01', '2018-03-31'],
    ['Feb 2016', '2016-02-01', '2016-02-29'],
    ['Apr - Jun 2018', '2018-04-01', '2018-06-30'],
    ['30 Sep', '2018-09-30', '2018-09-30'],
    ['31 December', '2017-12-31', '2017-12-31'],
    ['spring term 2018', '2018-01-01', '2018-04-30'],
    ['Autumn term', '2018-09-01', '2018-12-31'],
    ['summer term', '2018-04-01', '2018-07-31'],
    ['Q3 2018', undefined, undefined],
    ['Q5 2018/19', undefined, undefined],
    ['2017/19', undefined, undefined],
    ['31 February 2018', undefined, undefined],
    ['last audit', undefined, undefined],
    ['', undefined, undefined],
  ])('%j', (text, first, last) => {
    expect(parsePeriod(text, today)).toEqual(first && { first, last })
  })

  test('a future one is returned: the caller decides', () => {
    expect(parsePeriod('March 2019', today)).toEqual({ first: '2019-03-01', last: '2019-03-31' })
  })
})

test.each([
  ['Monthly', { months: 1 }],
  ['Quarterly', { months: 3 }],
  ['Six monthly', { months: 6 }],
  ['half-yearly', { months: 6 }],
  ['Bi-annually', { months: 6 }],
  ['Annually (baseline in place)', { months: 12 }],
  ['Termly', 'each term'],
  ['fortnightly', { days: 14 }],
  ['bi-monthly', undefined],
  ['Following inspection', undefined],
])('the frequency %j', (text, frequency) => {
  expect(parseFrequency(text)).toEqual(frequency)
})

describe('the next reading is due', () => {
  test.each([
    ['Monthly', '2018-01-31', '2018-02-28'],
    ['Monthly', '2019-12-31', '2020-01-31'],
    ['Monthly', '2020-01-15', '2020-02-29'],
    ['Quarterly', '2018-09-30', '2018-12-31'],
    ['Quarterly', '2018-11-30', '2019-02-28'],
    ['Six monthly', '2018-09-30', '2019-03-31'],
    ['Annually', '2019-02-28', '2020-02-29'],
    ['Termly', '2018-12-31', '2019-04-30'],
    ['Termly', '2019-04-12', '2019-08-31'],
    ['Termly', '2019-08-31', '2019-12-31'],
    ['weekly', '2018-12-28', '2019-01-04'],
    ['now and then', '2018-12-28', null],
  ])('%s, after a reading for %s: %s', (frequency, forDay, due) => {
    expect(nextReadingDue(aMeasure({ frequency, readings: [{ raw: '5', forDay }] }))).toBe(due)
  })

  test('a measure without a reading counts from when it joined the plan', () => {
    expect(nextReadingDue(aMeasure({ frequency: 'Quarterly', addedOn: '2018-04-10' }))).toBe(
      '2018-07-31',
    )
  })

  test.each([
    ['by a promise where there is no reading', undefined, 'Quarterly', '2018-10-15'],
    ['by a promise later than the frequency has it', '2018-06-30', 'Quarterly', '2018-10-15'],
    ['by the frequency once the promised period is read', '2018-09-30', 'Quarterly', '2018-12-31'],
    ['by a promise alone', '2018-06-30', null, '2018-10-15'],
    ['by nothing once the promise is kept', '2018-10-15', null, null],
  ])('%s', (_, forDay, frequency, due) => {
    const readings = forDay ? [{ raw: '5', forDay }] : []
    expect(nextReadingDue(aMeasure({ frequency, readings, nextDue: '2018-10-15' }))).toBe(due)
  })

  test('it is overdue from the day after, the longest overdue first', () => {
    const late = aMeasure({
      number: 1,
      frequency: 'Monthly',
      readings: [{ raw: '1', forDay: '2018-08-31' }],
    })
    const later = aMeasure({
      number: 2,
      frequency: 'Quarterly',
      readings: [{ raw: '1', forDay: '2018-03-31' }],
    })
    const never = aMeasure({ number: 3, frequency: null, readings: [] })
    const numbers = (day: string) =>
      overdueMeasures([late, later, never], civilDate(day)).map(({ number }) => number)
    expect(numbers('2018-06-30')).toEqual([])
    expect(numbers('2018-07-01')).toEqual([2])
    expect(numbers('2018-10-01')).toEqual([2, 1])
  })
})
