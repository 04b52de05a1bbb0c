import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { readDate } from '../../../src/domain/deadlines/deadlines.ts'

describe('a date typed in chat on Mon 27 Feb 2017', () => {
  const today = civilDate('2017-02-27')
  test.each([
    ['31 Mar', '2017-03-31'],
    ['31 Mar 2017', '2017-03-31'],
    ['31st march', '2017-03-31'],
    ['2017-03-31', '2017-03-31'],
    ['31/03/2017', '2017-03-31'],
    ['4/3/17', '2017-03-04'], // British order
    ['end of March', '2017-03-31'],
    ['Apr 2017', '2017-04-30'],
    ['april', '2017-04-30'],
    ['today', '2017-02-27'],
    ['Tomorrow', '2017-02-28'],
    ['friday', '2017-03-03'],
    ['fri', '2017-03-03'],
    ['this friday', '2017-03-03'],
    ['monday', '2017-03-06'], // not today
    ['next friday', '2017-03-10'],
    ['in 3 weeks', '2017-03-20'],
    ['in a week', '2017-03-06'],
    ['in three weeks', '2017-03-20'],
    ['within 3 weeks', '2017-03-20'],
    ['3 weeks from now', '2017-03-20'],
    ['in two weeks’ time', '2017-03-13'],
    ['in a fortnight', '2017-03-13'],
    ['in 2 months', '2017-04-27'],
    ['the day after tomorrow', '2017-03-01'],
    ['by friday', '2017-03-03'],
    ['on Tuesday', '2017-02-28'],
    ['a week on Tuesday', '2017-03-07'],
    ['friday week', '2017-03-10'],
    ['two weeks today', '2017-03-13'],
    ['tomorrow week', '2017-03-07'],
    ['next month', '2017-03-31'],
    ['end of next month', '2017-03-31'],
    ['yesterday', '2017-02-26'],
    ['March 31st', '2017-03-31'],
    ['March 5, 2018', '2018-03-05'],
    ['Friday 3 March', '2017-03-03'],
    // a month and its year, never a day
    ['Jan 19', '2019-01-31'],
    ['By Feb 19', '2019-02-28'],
    ['before Feb 19', '2019-01-31'],
    // a day, where the year would be far
    ['Apr 30', '2017-04-30'],
    ['by Jun 30', '2017-06-30'],
    ['Mar 31, 2017', '2017-03-31'],
    ['2018/19', '2019-03-31'],
    ['Q2 2018/19', '2018-09-30'],
    ['in 10 days', '2017-03-09'],
    ['end of the month', '2017-02-28'],
    // without a year
    ['5 Jan', '2017-01-05'], // 53 days past
    ['29 Dec', '2016-12-29'], // 60 days past
    ['28 Dec', '2017-12-28'], // 61 days past
    ['24 Feb', '2017-02-24'],
    ['Dec', '2016-12-31'],
  ])('"%s" is %s', (text, date) => {
    expect(readDate(text, today)).toBe(date)
  })

  test.each([
    '',
    'soon',
    'TBC',
    '31 Feb',
    '2017-02-31',
    '32/13/2017',
    '31 Mar or so',
    'in many weeks',
    'funday',
    // only in part
    'friday at the latest',
    'Saturday 4 March at 3pm',
    'second friday in march',
    '3 weeks after friday',
    'in 2 days or so',
    // a day, or a month of a year that is not near
    'Jan 20',
    'by Mar 20',
    // more than one day
    'monday or tuesday',
    '13 and 20 March',
    'next week',
    'end of next week',
    'end of the year',
    'next quarter',
    '4/3',
    '09/10',
    'last friday',
    'March 5',
    // not that weekday, not in any plan
    'Friday 4 March',
    '31 March 2107',
    'in 900 weeks',
  ])('"%s" is not one', (text) => {
    expect(readDate(text, today)).toBeUndefined()
  })

  test('a month from the last of one is the last of a shorter one', () => {
    expect(readDate('in a month', civilDate('2019-01-31'))).toBe('2019-02-28')
    expect(readDate('in a month', civilDate('2020-01-31'))).toBe('2020-02-29')
  })

  test('across New Year and over a leap day', () => {
    expect(readDate('in 3 weeks', civilDate('2019-12-20'))).toBe('2020-01-10')
    expect(readDate('a week on friday', civilDate('2019-12-27'))).toBe('2020-01-10')
    expect(readDate('in 2 days', civilDate('2020-02-27'))).toBe('2020-02-29')
  })

  test('next friday, said on a Sunday, is in the week that begins tomorrow', () => {
    expect(readDate('next friday', civilDate('2017-02-26'))).toBe('2017-03-03')
  })
})
