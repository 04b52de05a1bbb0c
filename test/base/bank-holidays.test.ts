import { describe, expect, test } from '@jest/globals'
import Holidays from 'date-holidays'
import { bankHolidaysOf, type Nation } from '../../src/base/bank-holidays.ts'
import { addDays, civilDate, yearOf } from '../../src/base/dates.ts'
import { onOrAfter, onOrBefore } from '../../src/base/working-days.ts'
import { calendarOfNation } from '../support/calendars.ts'

const [england, scotland, northern]: Nation[] = [
  'england-and-wales',
  'scotland',
  'northern-ireland',
]

describe('a day that is a bank holiday in only some nations', () => {
  test.each([
    ['2 January', '2018-01-02', [scotland]],
    ['2 January after a New Year at the weekend', '2022-01-04', [scotland]],
    ["St Andrew's Day", '2026-11-30', [scotland]],
    ["St Andrew's Day on a Saturday, on the Monday", '2024-12-02', [scotland]],
    ["St Patrick's Day", '2017-03-17', [northern]],
    ["St Patrick's Day on a Saturday, on the Monday", '2018-03-19', [northern]],
    ['12 July', '2017-07-12', [northern]],
    ['12 July on a Sunday, on the Monday', '2026-07-13', [northern]],
    ['Good Friday', '2017-04-14', [england, scotland, northern]],
    ['Easter Monday', '2017-04-17', [england, northern]],
    ['the first Monday of August', '2026-08-03', [scotland]],
    ['the last Monday of August', '2026-08-31', [england, northern]],
    ["the one-off day of Scotland's first match in the World Cup", '2026-06-15', [scotland]],
    ['VE Day', '2020-05-08', [england, scotland, northern]],
    ['the funeral of 2022', '2022-09-19', [england, scotland, northern]],
    ['Boxing Day on a Saturday, on the Monday', '2026-12-28', [england, scotland, northern]],
    ['a year that is to come', '2035-12-25', [england, scotland, northern]],
    ['an ordinary Wednesday', '2017-03-22', []],
  ])('%s, %s', (_, day, expected) => {
    const resting = [england, scotland, northern].filter(
      (nation) => nation && bankHolidaysOf(nation)(civilDate(day)),
    )
    expect(resting).toEqual(expected)
  })
})

test('Easter gives four days off in England, three in Scotland', () => {
  const easter = civilDate('2017-04-16')
  const around = (nation: Nation) => {
    const calendar = calendarOfNation(nation)
    return [onOrBefore(calendar, easter), onOrAfter(calendar, easter)]
  }
  expect(around('england-and-wales')).toEqual(['2017-04-13', '2017-04-18'])
  expect(around('scotland')).toEqual(['2017-04-13', '2017-04-17'])
})

// date-holidays has the rules of all countries, which take 39 MB: the tests alone use it. It lacks the day of the World Cup.
test.each([
  ['england-and-wales', 'ENG', []],
  ['scotland', 'SCT', ['2026-06-15']],
  ['northern-ireland', 'NIR', []],
] as const)(
  '%s rests on the days that date-holidays knows, of 2013 to 2060',
  (nation, region, more) => {
    const holidays = new Holidays('GB', region, { types: ['public', 'bank'] })
    const known: string[] = [...more]
    const ours: string[] = []
    for (let year = 2013; year <= 2060; year += 1)
      known.push(...holidays.getHolidays(year).map(({ date }) => date.slice(0, 10)))
    for (let day = civilDate('2013-01-01'); yearOf(day) <= 2060; day = addDays(day, 1))
      if (bankHolidaysOf(nation)(day)) ours.push(day)
    expect(ours).toEqual([...new Set(known)].toSorted())
  },
)
