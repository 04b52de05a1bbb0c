import { addDays, civil, lastDayOfMonth } from '../../base/dates.ts'
import {
  type DateForm,
  type DateProblem,
  endOf,
  financialYear,
  fourDigits,
  isYearPair,
  type MatchGroups,
  month,
  monthNames,
  monthNumber,
  sticky,
} from './date-form.ts'
import { maybeYear } from './day-forms.ts'
import type { Span } from './year-inference.ts'

/** Forms that name months, quarters, halves and years (rule 7 of the domain). */

export const periodForms: readonly DateForm[] = [
  {
    example: 'Apr, Nov 19, July 2018, end of March 2019; Q2 July (to September 2018)',
    pattern: sticky(`(?<![a-z])(?:q[1-4]\\s+)?${endOf}${month}${maybeYear}`),
    namesDay: false,
    parse: parseMonth,
  },
  {
    example: 'Mar-28: the year is glued to its month, whatever follows',
    pattern: sticky(`(?<![a-z])${month}[-/'](?<year>\\d\\d)(?![\\d/.-])`),
    namesDay: true,
    parse: parseMonth,
  },
  {
    example: 'early May, mid-September 2016, late Mar 20: to the 10th, to the 20th, to the end',
    pattern: sticky(`(?<![a-z])(?<third>early|mid|late)[\\s-]+${month}${maybeYear}`),
    namesDay: false,
    parse: parseThird,
  },
  {
    example: '03/2019',
    pattern: sticky(`(?<![\\d./-])(?<month>0?[1-9]|1[0-2])/(?<year>${fourDigits})(?![\\d/])`),
    namesDay: false,
    parse: parseMonth,
  },
  {
    example: '19/20, 2018/2019, the 2018/19 financial year: 1 April to 31 March',
    pattern: sticky(
      `${endOf}(?:(?:fy|(?:financial\\s+)?year)\\s*)?${financialYear}(?:\\s+(?:financial\\s+)?year(?![a-z]|\\s+old))?`,
    ),
    namesDay: false,
    isValid: isYearPair,
    parse: parseFinancialYear,
  },
  {
    example: 'academic year 2026/27, 2026/27 school year: 1 September to 31 August',
    pattern: sticky(
      `${endOf}(?:(?:(?:academic|school)\\s+year\\s+(?:of\\s+)?|(?<![a-z])ay\\s*)${financialYear}|(?<![\\d/.-])(?<year>${fourDigits})\\s*[/-]\\s*(?<next>${fourDigits}|\\d\\d)\\s+(?:academic|school)\\s+year(?![a-z]))`,
    ),
    namesDay: false,
    isValid: isYearPair,
    parse: (_, year) => ({
      earliest: civil(year, 9, 1),
      due: civil(year + 1, 8, 31),
      precision: 'range',
    }),
  },
  {
    example: 'end of 2027, and 2027 alone: the calendar year',
    pattern: sticky(
      `(?:(?<end>(?<![a-z])(?:the\\s+)?end\\s+(?:of\\s+)?)(?<year>${fourDigits})(?![\\d/-])|(?<=^\\s*)(?<year>${fourDigits})(?=\\s*$))`,
    ),
    namesDay: false,
    parse: (_, year) => ({
      earliest: civil(year, 1, 1),
      due: civil(year, 12, 31),
      precision: 'range',
    }),
  },
  {
    example: 'H1 2027: January to June; H1 2026/27: April to September',
    pattern: sticky(
      `(?<![a-z])${endOf}h(?<half>[12])\\s*(?:of\\s+|,\\s*)?(?:${financialYear}|(?<year>${fourDigits})(?![\\d/-]))`,
    ),
    namesDay: false,
    isValid: (parts) => parts.next === undefined || isYearPair(parts),
    parse: parseHalf,
  },
  {
    example:
      'Q2 2018/19, quarter 2, end of Q4 19/20: of the financial year, so Q2 is July to September',
    pattern: sticky(
      `(?<![a-z])${endOf}(?:q|qtr\\.?\\s*|quarter\\s+)(?<quarter>[1-4])(?!\\d)(?:\\s*(?:of\\s+|,\\s*)?(?:${financialYear}|(?<loose>${fourDigits})(?![\\d/-])))?`,
    ),
    namesDay: false,
    isValid: (parts) => parts.year === undefined || isYearPair(parts),
    parse: parseQuarter,
  },
]

function parseMonth(parts: MatchGroups, year: number): Span {
  const first = civil(year, monthNumber(parts.month), 1)
  return { earliest: first, due: lastDayOfMonth(first), precision: 'month' }
}

const thirds: Readonly<Record<string, readonly [number, number]>> = {
  early: [1, 10],
  mid: [11, 20],
  late: [21, 31],
}

function parseThird(parts: MatchGroups, year: number): Span {
  const { earliest, due } = parseMonth(parts, year)
  const [first, last] = thirds[parts.third ?? ''] ?? [1, 31]
  const end = addDays(earliest, last - 1)
  return {
    earliest: addDays(earliest, first - 1),
    due: [end, due].toSorted()[0] ?? due,
    precision: 'range',
  }
}

function parseFinancialYear(
  { year: first = '', next = '' }: MatchGroups,
  year: number,
): Span | DateProblem {
  // Both may be read as a day and a month.
  if (first.length === 2 && Number(next) <= 12) {
    const day = `${Number(first)} ${monthNames[Number(next) - 1]}`
    return { problem: `It may be ${day} or the financial year ${year}/${next}.` }
  }
  return { earliest: civil(year, 4, 1), due: civil(year + 1, 3, 31), precision: 'range' }
}

function parseHalf({ half, next }: MatchGroups, year: number): Span {
  const months = (half === '1' ? 0 : 6) + (next === undefined ? 0 : 3)
  const [first, last] = [months, months + 5].map((count) =>
    civil(year + Math.floor(count / 12), (count % 12) + 1, 1),
  )
  const earliest = first ?? civil(year, 1, 1)
  return { earliest, due: lastDayOfMonth(last ?? earliest), precision: 'range' }
}

function parseQuarter({ quarter, loose }: MatchGroups, year: number): Span | DateProblem {
  if (loose) {
    const next = String(Number(loose) + 1).slice(2)
    return { problem: `It is not clear whether Q${quarter} is of ${loose} or of ${loose}/${next}.` }
  }
  const first = Number(quarter) * 3 + 1
  const earliest = first > 12 ? civil(year + 1, first - 12, 1) : civil(year, first, 1)
  const lastMonth = civil(Number(earliest.slice(0, 4)), Number(earliest.slice(5, 7)) + 2, 1)
  return { earliest, due: lastDayOfMonth(lastMonth), precision: 'range' }
}
