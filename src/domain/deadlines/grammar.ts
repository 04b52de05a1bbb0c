import {
  addDays,
  type CivilDate,
  civil,
  civilDateIfValid,
  fullDate,
  lastDayOfMonth,
  weekdayOf,
  weekdays,
} from '../../base/dates.ts'
import { recurrenceOrCondition } from './conditions.ts'
import type { Precision } from './precision.ts'
import { candidateYears, isImplausiblyFar, type Span, type YearRule } from './year-inference.ts'

/**
 * The forms in which one date or period is written (rule 7 of the domain), one small recogniser each.
 * To add a form: one row in `forms`, its examples in the table test.
 * All texts here have gone through `latinLetters`: lower case, plain dashes, no look-alike letters.
 */

/** The days a wording can mean. earliest null: open ("by Mar 20"). due null: no day that is sure ("TBC", "31 Feb"). */
export interface ParsedDate {
  readonly earliest: CivilDate | null
  readonly due: CivilDate | null
  readonly precision: Precision
  /** What is wrong with the date as written, in a sentence for the plan's office. */
  readonly problem: string | null
}

export const undated: ParsedDate = { earliest: null, due: null, precision: 'none', problem: null }

/** A date that is written but cannot be used. */
export interface DateProblem {
  readonly problem: string
}

interface DateForm {
  readonly example: string
  readonly pattern: RegExp
  /** Whether it names one day of a month. Only such a date begins an entry in the middle of a text. */
  readonly namesDay: boolean
  /** Further conditions on the parts: "16/18" is no financial year. */
  isValid?(parts: MatchGroups): boolean
  parse(parts: MatchGroups, year: number): Span | DateProblem
}

export type MatchGroups = Readonly<Record<string, string | undefined>>

const monthNames = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
]
const month =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|' +
  'sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\\.?'
const weekday =
  '(?:(?<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?(?![a-z]),?\\s+)?'
const ordinal = '(?:st|nd|rd|th)'
/** "09", "31st", and "o1" where the 0 was typed as a letter. The day may be glued to the word before it. */
const day = `(?<day>(?<![a-z0-9])o[1-9]|(?<!\\d|\\d[./-])[0-3]?\\d)${ordinal}?`
const fourDigits = '(?:19|2\\d)\\d\\d'
/** Behind a year of two digits stands its end, a sign or a remark: "14 Apr 20 people" and "14 Apr 20:00" are none. */
const endOfYear = `(?=\\s*(?:$|[-,;)(&*+"!?]|[./:](?!\\d))|[^\\S\\n]*\\n|\\s+(?:and|to|until|${recurrenceOrCondition})(?![a-z]))`
const year = `'?(?<year>${fourDigits}(?!\\d)|\\d\\d${endOfYear})`
const maybeYear = `(?:(?:-|\\s*(?:,\\s*)?)${year})?`
const dayAndMonth = `${weekday}${day}(?:-|\\s*(?:of\\s+)?)${month}${maybeYear}`
const endOf = '(?<end>(?:the\\s+)?end\\s+(?:of\\s+)?(?:the\\s+)?)?'
/** "2018/19", "2018/2019", "2018-19", "19/20": never "19-20", which may be ages or days. */
const financialYear = `(?<![\\d/.-])(?:(?<year>${fourDigits})\\s*[/-]\\s*|(?<year>\\d\\d)/)(?<next>${fourDigits}|\\d\\d)(?![\\d/-])`

const sticky = (source: string) => new RegExp(source, 'y')

const dateForms: readonly DateForm[] = [
  {
    example: '2017-03-31',
    pattern: /(?<!\d)(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?!\d)/y,
    namesDay: true,
    parse: parseDay,
  },
  {
    example: '31/03/2017, 31.3.17: British order',
    pattern:
      /(?<![\d./])(?<day>\d{1,2})(?<dot>[/.])(?<month>\d{1,2})\k<dot>(?<year>\d{4}|\d\d)(?!\d)/y,
    namesDay: true,
    parse: parseDay,
  },
  {
    example: '31 Mar, 1st of June 2018, Fri 31 Mar 2017, 27th Nov 19',
    pattern: sticky(dayAndMonth),
    namesDay: true,
    parse: parseDay,
  },
  {
    example: 'March 31st, March 31st 2017: the ordinal is needed, "Mar 20" is March 2020',
    pattern: sticky(`(?<![a-z])${month}\\s+(?<day>[0-3]?\\d)${ordinal}(?![a-z])${maybeYear}`),
    namesDay: true,
    parse: parseDay,
  },
  {
    example: '6-9 Mar, 13th to 15th March 2018, 30/31 March',
    pattern: sticky(
      `(?<!\\d|\\d[./-])(?<first>[0-3]?\\d)${ordinal}?\\s*(?:[-/]|to\\s)\\s*(?<day>[0-3]?\\d)${ordinal}?\\s*(?:of\\s+)?${month}${maybeYear}`,
    ),
    namesDay: false,
    parse: parseDayRange,
  },
  {
    example: 'w/c 6 March, week commencing 6 Mar 2017: Monday to Sunday',
    pattern: sticky(
      `(?<![a-z])(?:w/c|w/b|wc|week\\s+(?:commencing|beginning|of))\\s+${dayAndMonth}`,
    ),
    namesDay: true,
    parse: (parts, year) => widenSpan(parseDay(parts, year), 0, 6),
  },
  {
    example: 'w/e 10 March, week ending 10 Mar 2017',
    pattern: sticky(`(?<![a-z])(?:w/e|week\\s+ending)\\s+${dayAndMonth}`),
    namesDay: true,
    parse: (parts, year) => widenSpan(parseDay(parts, year), -6, 0),
  },
  {
    example: 'Apr, Nov 19, July 2018, end of March 2019; Q2 July (to September 2018)',
    pattern: sticky(`(?<![a-z])(?:q[1-4]\\s+)?${endOf}${month}${maybeYear}`),
    namesDay: false,
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
    isValid: isFinancialYear,
    parse: parseFinancialYear,
  },
  {
    example:
      'Q2 2018/19, quarter 2, end of Q4 19/20: of the financial year, so Q2 is July to September',
    pattern: sticky(
      `(?<![a-z])${endOf}(?:q|qtr\\.?\\s*|quarter\\s+)(?<quarter>[1-4])(?!\\d)(?:\\s*(?:of\\s+|,\\s*)?(?:${financialYear}|(?<loose>${fourDigits})(?![\\d/-])))?`,
    ),
    namesDay: false,
    isValid: (parts) => parts.year === undefined || isFinancialYear(parts),
    parse: parseQuarter,
  },
]

/** A form found in a text. */
export interface FormMatch {
  readonly form: DateForm
  readonly parts: MatchGroups
  readonly length: number
}

/** The form that takes most of `text` at `at`. */
export function matchFormAt(text: string, at: number): FormMatch | undefined {
  const found = dateForms.flatMap((form): FormMatch[] => {
    form.pattern.lastIndex = at
    const match = form.pattern.exec(text)
    const parts = match?.groups ?? {}
    return match && (form.isValid?.(parts) ?? true)
      ? [{ form, parts, length: match[0].length }]
      : []
  })
  return found.toSorted((a, b) => b.length - a.length)[0]
}

/** What a form means where a missing year is chosen by `rule`. */
export function resolveSpan({ form, parts }: FormMatch, rule: YearRule): Span | DateProblem {
  const years = parts.year === undefined ? candidateYears(rule) : [fullYear(parts.year)]
  const outcomes = years.map((year) => form.parse(parts, year))
  const spans = outcomes.filter((outcome) => isSpan(outcome))
  const span = parts.year === undefined ? rule.choose(spans) : spans[0]
  if (!span) return outcomes.find((outcome) => !isSpan(outcome)) ?? { problem: 'No year fits.' }
  if (!isImplausiblyFar(span.due, rule.around)) return span
  return { problem: `${fullDate(span.due)} is more than 15 years from ${fullDate(rule.around)}.` }
}

function isSpan(outcome: Span | DateProblem): outcome is Span {
  return !('problem' in outcome)
}

/** "Fri 4 Mar 2017" was a Saturday: one of the two is wrong. Null where no weekday is written, or the right one. */
export function weekdayProblem({ parts }: FormMatch, { earliest, due }: Span): string | null {
  const written = weekdays.find((name) => parts.weekday && name.startsWith(parts.weekday))
  if (!written || earliest !== due || weekdayOf(due) === written) return null
  return `${fullDate(due)} is not a ${written.charAt(0).toUpperCase()}${written.slice(1)}.`
}

function parseDay(parts: MatchGroups, year: number): Span | DateProblem {
  const number = Number(parts.day?.replace('o', '0'))
  const date = civilDateIfValid(year, monthNumber(parts.month), number)
  return date ? { earliest: date, due: date, precision: 'day' } : noSuchDay(parts, number)
}

function noSuchDay({ month: name, year: written }: MatchGroups, number: number): DateProblem {
  const monthName = monthNames[monthNumber(name) - 1]
  if (!monthName) return { problem: `There is no month ${name}.` }
  const leap = monthName === 'February' && number === 29
  if (leap && !written) return { problem: 'Only leap years have a 29 February: write the year.' }
  return {
    problem: `There is no ${number} ${monthName}${leap ? ` ${fullYear(written ?? '')}` : ''}.`,
  }
}

function parseDayRange(parts: MatchGroups, year: number): Span | DateProblem {
  const first = parseDay({ ...parts, day: parts.first }, year)
  const last = parseDay(parts, year)
  if ('problem' in first) return first
  if ('problem' in last) return last
  if (first.due > last.due) return { problem: `${parts.first} comes after ${parts.day}.` }
  return { earliest: first.earliest, due: last.due, precision: 'range' }
}

function widenSpan(span: Span | DateProblem, before: number, after: number): Span | DateProblem {
  if ('problem' in span) return span
  const { due } = span
  return { earliest: addDays(due, before), due: addDays(due, after), precision: 'range' }
}

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

function isFinancialYear({ year: first = '', next = '' }: MatchGroups): boolean {
  return (Number(first) + 1) % 100 === Number(next) % 100 && first.length >= next.length
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

/** 1–12 of a month's name or number; 0 or more than 12 where it is neither. */
function monthNumber(name = ''): number {
  if (/^\d+$/.test(name)) return Number(name)
  return monthNames.findIndex((one) => one.toLowerCase().startsWith(name.slice(0, 3))) + 1
}

/** Plans speak of this century: "19" is 2019. */
function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits)
}
