import {
  addDays,
  type CivilDate,
  dayIfReal,
  daysBetween,
  lastDayOfMonth,
  yearOf,
} from '../../base/dates.ts'
import type { Precision } from './plan.ts'

/**
 * The forms in which a date is written (rule 7 of the domain), one small recogniser each.
 * To add a form: one row in `forms`, its examples in the table test.
 * All texts here have gone through `latinLetters`: lower case, plain dashes, no look-alike letters.
 */

/** The days a wording can mean. earliest null: open ("by Mar 20"). due null: no day at all ("TBC"). */
export interface Reading {
  readonly earliest: CivilDate | null
  readonly due: CivilDate | null
  readonly precision: Precision
}

/** A wording found in a text. */
export interface Wording {
  readonly length: number
  /** Whether it names a day of a month. Only such a wording begins an entry in the middle of a cell. */
  readonly namesDay: boolean
  readonly reading: Reading
}

/** Which year is meant where none is written: one of the readings for the years around a day. */
export interface YearRule {
  readonly around: CivilDate
  choose(readings: readonly Dated[]): Dated | undefined
}

interface Dated extends Reading {
  readonly earliest: CivilDate
  readonly due: CivilDate
}

interface Form {
  readonly example: string
  readonly pattern: RegExp
  readonly namesDay: boolean
  /** What the parts mean in `year`; undefined where there is no such day (31 February). */
  read(parts: Parts, year: number): Dated | undefined
}

type Parts = Readonly<Record<string, string | undefined>>

export const undated: Reading = { earliest: null, due: null, precision: 'none' }

const monthNames = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
]
const month =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|' +
  'sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\\.?'
const weekday = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\\s+)?'
/** "09", "31st", and "o1" where the 0 was typed as a letter. The day may be glued to the word before it. */
const day = '(?<day>(?<![a-z0-9])o[1-9]|(?<!\\d|\\d[./-])[0-3]?\\d)(?:st|nd|rd|th)?'
/** Four digits, or two with nothing but a separator behind them: "14 Apr 20 people" is no year. */
const year = "'?(?<year>(?:19|20)\\d\\d(?!\\d)|\\d\\d(?=\\s*(?:$|[-,;)])))"

const forms: readonly Form[] = [
  {
    example: '2017-03-31',
    pattern: /(?<!\d)(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?!\d)/y,
    namesDay: true,
    read: readDay,
  },
  {
    example: '31/03/2017, in British order',
    pattern:
      /(?<![\d./])(?<day>\d{1,2})(?<dot>[/.])(?<month>\d{1,2})\k<dot>(?<year>\d{4}|\d\d)(?!\d)/y,
    namesDay: true,
    read: readDay,
  },
  {
    example: '31 Mar, 1st of June 2018, Fri 31 Mar 2017',
    pattern: new RegExp(
      `${weekday}${day}(?:-|\\s*(?:of\\s+)?)${month}(?:(?:-|\\s*,?\\s*)${year})?`,
      'y',
    ),
    namesDay: true,
    read: readDay,
  },
  {
    example: 'Apr, Nov 19, end of March 2019',
    pattern: new RegExp(
      `(?<![a-z])(?:(?:the\\s+)?end\\s+(?:of\\s+)?)?${month}(?:(?:-|\\s*,?\\s*)${year})?`,
      'y',
    ),
    namesDay: false,
    read: readMonth,
  },
]

const toBeConfirmed = /(?<![a-z])tb[acd](?![a-z])/y
const by = /(?<![a-z])by\s+/y
const rangeDash = /\s*-\s*|\s+(?:to|until)\s+/y
/** "Feb/Mar 20": one or the other, so the second is the latest. With a year on both it would be a list. */
const either = /\s*\/\s*/y
/** What may stand behind a range: "31 Mar - Apr review" is a day and a text that begins with a month. */
const endOfWording = /\s*(?:[-:,;)]|$)/y

/** The wording that begins at `at`, the longest that fits; undefined where none does. */
export function wordingAt(text: string, at: number, rule: YearRule): Wording | undefined {
  const none = lengthAt(toBeConfirmed, text, at)
  if (none) return { length: none, namesDay: false, reading: undated }
  const prefix = lengthAt(by, text, at)
  const wording = rangeAt(text, at + prefix, rule) ?? singleAt(text, at + prefix, rule)
  if (!wording || prefix === 0) return wording
  return {
    length: prefix + wording.length,
    namesDay: false,
    reading: { ...wording.reading, earliest: null },
  }
}

function singleAt(text: string, at: number, rule: YearRule): Wording | undefined {
  const found = matchAt(text, at)
  if (!found) return undefined
  const { form, parts, length } = found
  return { length, namesDay: form.namesDay, reading: readingOf(form, parts, rule) ?? undated }
}

/** "6 Mar - 9 Mar", "Jan - Mar 20", "Oct 21 - Mar 23", "Feb/Mar 20": the first day of one to the last of the other. */
function rangeAt(text: string, at: number, rule: YearRule): Wording | undefined {
  const first = matchAt(text, at)
  if (!first) return undefined
  const joint = at + first.length
  const gap =
    lengthAt(rangeDash, text, joint) || (first.parts.year ? 0 : lengthAt(either, text, joint))
  const last = gap > 0 ? matchAt(text, joint + gap) : undefined
  if (!last) return undefined
  const length = first.length + gap + last.length
  if (!matches(endOfWording, text, at + length)) return undefined
  const end = readingOf(last.form, last.parts, rule)
  const start = end && readingOf(first.form, first.parts, noLaterThan(end.due))
  const inOrder = start && end && start.earliest <= end.due
  const reading: Reading = inOrder
    ? { earliest: start.earliest, due: end.due, precision: 'range' }
    : undated
  return { length, namesDay: first.form.namesDay, reading }
}

interface Found {
  readonly form: Form
  readonly parts: Parts
  readonly length: number
}

function matchAt(text: string, at: number): Found | undefined {
  const found = forms.flatMap((form): Found[] => {
    form.pattern.lastIndex = at
    const match = form.pattern.exec(text)
    return match ? [{ form, parts: match.groups ?? {}, length: match[0].length }] : []
  })
  return found.toSorted((a, b) => b.length - a.length)[0]
}

function readingOf(form: Form, parts: Parts, rule: YearRule): Dated | undefined {
  if (parts.year !== undefined) return form.read(parts, fullYear(parts.year))
  const near = yearOf(rule.around)
  const readings = [near - 1, near, near + 1].map((year) => form.read(parts, year))
  return rule.choose(readings.filter((reading) => reading !== undefined))
}

function readDay(parts: Parts, year: number): Dated | undefined {
  const date = dayIfReal(year, monthNumber(parts.month), Number(parts.day?.replace('o', '0')))
  return date && { earliest: date, due: date, precision: 'day' }
}

function readMonth(parts: Parts, year: number): Dated | undefined {
  const first = dayIfReal(year, monthNumber(parts.month), 1)
  return first && { earliest: first, due: lastDayOfMonth(first), precision: 'month' }
}

/** 1–12 of a month's name or number; 0 where it is neither. */
function monthNumber(name = ''): number {
  return /^\d+$/.test(name) ? Number(name) : monthNames.indexOf(name.slice(0, 3)) + 1
}

/** Plans speak of this century: "19" is 2019. */
function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits)
}

/** For a plan (rule 7): the year that brings the date nearest to `asOf`; of two as near, the later. */
export function nearestTo(asOf: CivilDate): YearRule {
  const distance = ({ earliest, due }: Dated) =>
    Math.max(daysBetween(asOf, earliest), daysBetween(due, asOf), 0)
  return {
    around: asOf,
    choose: (readings) =>
      readings.toSorted((a, b) => distance(a) - distance(b) || daysBetween(a.due, b.due) * -1)[0],
  }
}

/** How long ago a date without a year may lie when a person types it. */
const recentDays = 60

/** For chat: the next such date, or the last one where it is not more than 60 days past. */
export function nextOrRecent(today: CivilDate): YearRule {
  const oldest = addDays(today, -recentDays)
  return { around: today, choose: (readings) => readings.find(({ due }) => due >= oldest) }
}

/** For the first part of a range that ends on `end`. */
function noLaterThan(end: CivilDate): YearRule {
  return { around: end, choose: (readings) => readings.findLast(({ earliest }) => earliest <= end) }
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(text)
}

/** How many characters the sticky `pattern` takes at `at`; 0 where it does not match. */
export function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}
