import {
  addDays,
  type CivilDate,
  civil,
  lastDayOfMonth,
  monthOf,
  yearOf,
} from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import { parseDeadlines } from '../deadlines/deadlines.ts'

/** The days that a reading covers. */
export interface Period {
  readonly first: CivilDate
  readonly last: CivilDate
}

/** In characters. A longer text names more than a period. */
const maxPeriodLength = 200

/**
 * The period a text names: "Q3 2017/18", "2017/18", "March 2018", "Apr – Jun 2018", "autumn term 2018", "30 Sep 2018".
 * Without a year it is the last one that has begun by `today`, since readings look back. Undefined for any other text,
 * and for "Q3 2018", which may count from January or from April.
 */
export function parsePeriod(text: string, today: CivilDate): Period | undefined {
  if (text.length > maxPeriodLength) return undefined
  const words = fold(text)
  for (const form of periodPatterns) {
    const parts = form.pattern.exec(words)?.groups
    if (!parts) continue
    return parts.year === undefined
      ? latestStartedPeriod((year) => form.toPeriod(parts, year), today)
      : periodInYear(form, parts, parts.year)
  }
  return parseDatePeriod(text, today)
}

type PatternGroups = Readonly<Record<string, string | undefined>>
interface PeriodPattern {
  readonly pattern: RegExp
  /** The period in the year that begins (a financial one: in April) in `year`. */
  toPeriod(parts: PatternGroups, year: number): Period
}

/** "2017/18", "17/18", "2017-2018": councils' years run from 1 April to 31 March (rule 7 of the domain). */
const financialYear = '(?<year>(?:20)?\\d\\d\\s?[/-]\\s?(?:20)?\\d\\d)'

const periodPatterns: readonly PeriodPattern[] = [
  {
    pattern: new RegExp(
      `^q(?:uarter )?(?<quarter>[1-4])(?:,? (?:of )?(?:fy ?)?${financialYear})?$`,
    ),
    toPeriod: ({ quarter }, year) => monthSpan(year, 1 + Number(quarter) * 3, 3),
  },
  {
    pattern: new RegExp(`^(?:fy ?)?${financialYear}$`),
    toPeriod: (_, year) => monthSpan(year, 4, 12),
  },
  {
    // Easter moves, so the spring term lasts to the last day it can have.
    pattern: /^(?<term>spring|summer|autumn) term(?:,? (?<year>(?:20)?\d\d))?$/,
    toPeriod: ({ term }, year) =>
      term === 'spring'
        ? monthSpan(year, 1, 4)
        : term === 'summer'
          ? monthSpan(year, 4, 4)
          : monthSpan(year, 9, 4),
  },
]

function periodInYear(
  form: PeriodPattern,
  parts: PatternGroups,
  written: string,
): Period | undefined {
  const [from = NaN, to] = written.split(/[/-]/).map((year) => Number(year) % 100)
  const follows = to === undefined || to === (from + 1) % 100
  return follows ? form.toPeriod(parts, 2000 + from) : undefined
}

function latestStartedPeriod(read: (year: number) => Period, today: CivilDate): Period | undefined {
  const near = yearOf(today)
  return [near, near - 1].map(read).find(({ first }) => first <= today)
}

/** `count` months from month `from` of a year; months beyond 12 belong to the next. */
function monthSpan(year: number, from: number, count: number): Period {
  const first = civil(year + Math.floor((from - 1) / 12), ((from - 1) % 12) + 1, 1)
  return { first, last: monthEnd(first, count - 1) }
}

/** The last day of the month `ahead` months after that of `date`. */
export function monthEnd(date: CivilDate, ahead: number): CivilDate {
  const month = monthOf(date) - 1 + ahead
  return lastDayOfMonth(civil(yearOf(date) + Math.floor(month / 12), (month % 12) + 1, 1))
}

/** What plans write as a date, without anything beside it. */
function parseDatePeriod(text: string, today: CivilDate): Period | undefined {
  for (const near of [today, addDays(today, -365)]) {
    const [entry, second] = parseDeadlines(text, near)
    if (!entry?.due || entry.about !== '' || second) return undefined
    const period = { first: entry.earliest ?? entry.due, last: entry.due }
    if (period.first <= today) return period
  }
  const [entry] = parseDeadlines(text, today)
  return entry?.due ? { first: entry.earliest ?? entry.due, last: entry.due } : undefined
}
