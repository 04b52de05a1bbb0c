import Holidays from 'date-holidays'
import { type CivilDate, civilDate, yearOf } from './dates.ts'
import { memoize } from './memoize.ts'

/** The parts of the United Kingdom that have bank holidays of their own. England and Wales share theirs. */
export const nations = ['england-and-wales', 'scotland', 'northern-ireland'] as const
export type Nation = (typeof nations)[number]

/** ISO 3166-2:GB, as date-holidays knows them. */
const regions: Readonly<Record<Nation, string>> = {
  'england-and-wales': 'ENG',
  scotland: 'SCT',
  'northern-ireland': 'NIR',
}

/**
 * One-off days that were proclaimed and that the library does not have. Scotland, Mon 15 June 2026: its men's first
 * match of the World Cup (https://www.gov.uk/bank-holidays). A day that the library has since learnt may go.
 */
const proclaimed: Readonly<Partial<Record<Nation, Readonly<Record<string, string>>>>> = {
  scotland: { '2026-06-15': 'World Cup bank holiday' },
}

/** The day on which `proclaimed` was last compared with what was proclaimed: later ones may be missing. */
export const proclaimedAsAt: CivilDate = civilDate('2026-11-30')

/**
 * The name of the bank holiday on a date in that nation ('Good Friday'); undefined where there is none. One-off days
 * are known as far as the library and `proclaimed` have them; needs no network.
 */
export const bankHolidaysOf = memoize((nation: Nation) => {
  const holidays = new Holidays('GB', regions[nation], {
    languages: 'en',
    types: ['public', 'bank'],
  })
  // Computing a year takes milliseconds, and the same few years are asked for thousands of times.
  const namesIn = memoize((year: number) => holidayNames(holidays, year))
  const oneOff = new Map(Object.entries(proclaimed[nation] ?? {}))
  return (date: CivilDate): string | undefined =>
    namesIn(yearOf(date)).get(date) ?? oneOff.get(date)
})

function holidayNames(holidays: Holidays, year: number): Map<string, string> {
  return new Map(
    holidays
      .getHolidays(year)
      .map((day): [string, string] => [day.date.slice(0, 10), day.name.replace('’', "'")]),
  )
}
