import Holidays from 'date-holidays'
import { type CivilDate, yearOf } from './dates.ts'

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
 * The name of the bank holiday that a day is there ('Good Friday'); undefined where it is none. One-off days that
 * were announced are known as far as the library is; needs no network.
 */
export function bankHolidaysOf(nation: Nation): (date: CivilDate) => string | undefined {
  const known = lookupByNation.get(nation)
  if (known) return known
  const holidays = new Holidays('GB', regions[nation], {
    languages: 'en',
    types: ['public', 'bank'],
  })
  const years = new Map<number, Map<string, string>>()
  const fresh = (date: CivilDate): string | undefined => {
    const year = yearOf(date)
    const named = years.get(year) ?? daysOf(holidays, year)
    years.set(year, named)
    return named.get(date)
  }
  lookupByNation.set(nation, fresh)
  return fresh
}

// Working out a year takes milliseconds, and the same few years are asked for thousands of times.
const lookupByNation = new Map<Nation, (date: CivilDate) => string | undefined>()

function daysOf(holidays: Holidays, year: number): Map<string, string> {
  return new Map(
    holidays
      .getHolidays(year)
      .map((day): [string, string] => [day.date.slice(0, 10), day.name.replace('’', "'")]),
  )
}
