import { gregorianEaster } from 'date-easter'
import { addDays, type CivilDate, civil, civilDate, weekdayOf, yearOf } from './dates.ts'
import { memoize } from './memoize.ts'

/** The parts of the United Kingdom that have bank holidays of their own. England and Wales share theirs. */
export const nations = ['england-and-wales', 'scotland', 'northern-ireland'] as const
export type Nation = (typeof nations)[number]

/** A day of each year. */
interface Holiday {
  readonly name: string
  readonly on: (year: number) => CivilDate
}

const onDay = (month: number, day: number) => (year: number) => civil(year, month, day)
const afterEaster = (days: number) => (year: number) => {
  const { month, day } = gregorianEaster(year)
  return addDays(civil(year, month, day), days)
}
const firstMonday = (month: number) => (year: number) => mondayFrom(civil(year, month, 1))
const lastMonday = (month: number) => (year: number) => mondayFrom(civil(year, month, 25))

const newYear: Holiday = { name: "New Year's Day", on: onDay(1, 1) }
const goodFriday: Holiday = { name: 'Good Friday', on: afterEaster(-2) }
const easterMonday: Holiday = { name: 'Easter Monday', on: afterEaster(1) }
const earlyMay: Holiday = { name: 'Early May bank holiday', on: firstMonday(5) }
const spring: Holiday = { name: 'Spring bank holiday', on: lastMonday(5) }
const summer: Holiday = { name: 'Summer bank holiday', on: lastMonday(8) }
const scottishSummer: Holiday = { name: 'Summer bank holiday', on: firstMonday(8) }
const christmas: Holiday = { name: 'Christmas Day', on: onDay(12, 25) }
const boxingDay: Holiday = { name: 'Boxing Day', on: onDay(12, 26) }

/** As https://www.gov.uk/bank-holidays has them, each in the order of its days. */
const holidays: Readonly<Record<Nation, readonly Holiday[]>> = {
  'england-and-wales': [
    ...[newYear, goodFriday, easterMonday, earlyMay, spring, summer, christmas, boxingDay],
  ],
  scotland: [
    newYear,
    { name: 'January 2nd', on: onDay(1, 2) },
    ...[goodFriday, earlyMay, spring, scottishSummer],
    { name: "St Andrew's Day", on: onDay(11, 30) },
    ...[christmas, boxingDay],
  ],
  'northern-ireland': [
    newYear,
    { name: "St Patrick's Day", on: onDay(3, 17) },
    ...[goodFriday, easterMonday, earlyMay, spring],
    { name: "Battle of the Boyne (Orangemen's Day)", on: onDay(7, 12) },
    ...[summer, christmas, boxingDay],
  ],
}

/** In the years named, a holiday was moved by proclamation. */
const moved: Readonly<Record<string, string>> = {
  '2012-05-28': '2012-06-04',
  '2020-05-04': '2020-05-08',
  '2022-05-30': '2022-06-02',
}

/** One-off days of all three; also the name of one that was moved. */
const everywhere: Readonly<Record<string, string>> = {
  '2011-04-29': 'Royal wedding',
  '2012-06-05': "Queen's Diamond Jubilee",
  '2020-05-08': 'Early May bank holiday (VE day)',
  '2022-06-03': "Queen's Platinum Jubilee",
  '2022-09-19': "Queen Elizabeth's Funeral Day",
  '2023-05-08': "King Charles III's Coronation",
}

/**
 * One-off days. Scotland, Mon 15 June 2026: its men's first match of the World Cup
 * (https://www.gov.uk/bank-holidays).
 */
const proclaimed: Readonly<Record<Nation, Readonly<Record<string, string>>>> = {
  'england-and-wales': everywhere,
  scotland: { ...everywhere, '2026-06-15': 'World Cup bank holiday' },
  'northern-ireland': everywhere,
}

/** The day on which `moved` and `proclaimed` were last compared with what was proclaimed: later ones may be missing. */
export const proclaimedAsAt: CivilDate = civilDate('2026-11-30')

/**
 * The name of the bank holiday on a date in that nation ('Good Friday'); undefined where there is none. One-off days
 * are known as far as `moved` and `proclaimed` have them; needs no network.
 */
export const bankHolidaysOf = memoize((nation: Nation) => {
  // The same few years are asked for thousands of times.
  const namesIn = memoize((year: number) => holidayNames(nation, year))
  return (date: CivilDate): string | undefined => namesIn(yearOf(date)).get(date)
})

function holidayNames(nation: Nation, year: number): ReadonlyMap<CivilDate, string> {
  const names = new Map<CivilDate, string>()
  for (const { name, on } of holidays[nation]) {
    const day = on(year)
    names.set(civilDate(moved[day] ?? day), name)
  }
  for (const [day, name] of Object.entries(proclaimed[nation]))
    if (yearOf(civilDate(day)) === year) names.set(civilDate(day), name)
  // A holiday at a weekend stays one, and the next weekday that is none is a holiday for it.
  for (const [day, name] of [...names])
    if (isWeekend(day)) names.set(substituteFor(day, names), `${name} (substitute day)`)
  return names
}

function substituteFor(day: CivilDate, names: ReadonlyMap<CivilDate, string>): CivilDate {
  return isWeekend(day) || names.has(day) ? substituteFor(addDays(day, 1), names) : day
}

function mondayFrom(day: CivilDate): CivilDate {
  return weekdayOf(day) === 'monday' ? day : mondayFrom(addDays(day, 1))
}

const isWeekend = (day: CivilDate) => weekdayOf(day) === 'saturday' || weekdayOf(day) === 'sunday'
