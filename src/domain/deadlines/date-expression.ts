import { addDays } from '../../base/dates.ts'
import { endOfExpression, itemAt, type ListItem, parseForm } from './date-item.ts'
import { type FormMatch, type ParsedDate, undated } from './grammar.ts'
import { lengthAt, matches } from './sticky-match.ts'
import { latestYearBefore, type YearRule } from './year-inference.ts'

/** Wordings: forms put together with "by", as ranges ("Jan - Mar 20") and as lists ("Jun 20 & Sep 20"). */

/** A wording found in a text, with the days it means. */
export interface DateExpression {
  readonly length: number
  /** Whether it is a day of a month and nothing before it. Only such a wording begins an entry inside a text. */
  readonly namesDay: boolean
  /** Whether it can be nothing but a date: a day, or a period with its year. "May" and "19/20" are not definite. */
  readonly isDefinite: boolean
  /** Whether a word such as "by" or "in" makes it one. */
  readonly hasPrefix: boolean
  readonly reading: ParsedDate
  /** Of a list, the further dates; `offset` is where they begin, counted from the beginning of the wording. */
  readonly furtherDates: readonly { readonly offset: number; readonly reading: ParsedDate }[]
}

interface Prefix {
  readonly pattern: RegExp
  shift(reading: ParsedDate): ParsedDate
}

const identity = (reading: ParsedDate): ParsedDate => reading
const prefixes: readonly Prefix[] = [
  {
    // A start, and no deadline.
    pattern:
      /(?<![a-z])(?:not?\s+(?:before|earlier\s+than|sooner\s+than)|(?:on\s+or\s+)?after)\s+(?:the\s+(?!end))?/y,
    shift: ({ earliest, problem }) => ({ ...undated, earliest, problem }),
  },
  {
    pattern:
      /(?<![a-z])(?:due\s+)?(?:by|until|till?|not?\s+later\s+than|on\s+or\s+before)\s+(?:the\s+(?!end))?/y,
    shift: (reading) => ({ ...reading, earliest: null }),
  },
  { pattern: /(?<![a-z])before\s+(?:the\s+(?!end))?/y, shift: endingBefore },
  {
    // "From May 20": what is due is that it begins.
    pattern:
      /(?<![a-z])(?:due\s+)?(?:from|on|in|during|throughout|starting|commencing)\s+(?:the\s+(?!end))?/y,
    shift: identity,
  },
]

function endingBefore({ earliest, problem }: ParsedDate): ParsedDate {
  if (earliest === null) return { ...undated, problem }
  return { earliest: null, due: addDays(earliest, -1), precision: 'day', problem }
}

const toBeConfirmed =
  /(?<![a-z])(?:tb[acd]|to\s+be\s+(?:confirmed|agreed|decided|determined))(?![a-z])/y
const listJoint = /\s*[/&;+]\s*|\s*,\s*(?:and\s+)?|\s+and\s+/y
const bareDay = /(?<!\d)(?<day>[0-3]?\d)(?:st|nd|rd|th)?(?=\s*(?:[,&]|and\s))/y

/** The wording that begins at `at`, the longest that fits; undefined where none does. */
export function dateExpressionAt(
  text: string,
  at: number,
  rule: YearRule,
): DateExpression | undefined {
  return dateExpressionsIn(text, rule)(at)
}

/** The wordings of one text. A date that belongs to several lists is looked for once. */
export function dateExpressionsIn(
  text: string,
  rule: YearRule,
): (at: number) => DateExpression | undefined {
  const items = new Map<number, FoundItem>()
  const foundAt = (at: number): FoundItem => {
    const found = items.get(at) ?? { item: itemAt(text, at) }
    items.set(at, found)
    return found
  }
  return (at) => expressionAt({ text, itemAt: (place) => foundAt(place).item }, at, rule)
}

/** Undefined where no date stands. */
interface FoundItem {
  readonly item: ListItem | undefined
}

interface DatedText {
  readonly text: string
  itemAt(at: number): ListItem | undefined
}

function expressionAt(dated: DatedText, at: number, rule: YearRule): DateExpression | undefined {
  const { text } = dated
  const none = lengthAt(toBeConfirmed, text, at)
  if (none) return singleExpression(none, undated)
  const prefix = prefixes.find(({ pattern }) => matches(pattern, text, at))
  if (!prefix) return listAt(dated, at, rule)
  const gap = lengthAt(prefix.pattern, text, at)
  const wording = listAt(dated, at + gap, rule)
  if (!wording) return undefined
  return {
    length: gap + wording.length,
    namesDay: false,
    isDefinite: wording.isDefinite,
    hasPrefix: true,
    get reading() {
      return prefix.shift(wording.reading)
    },
    get furtherDates() {
      return wording.furtherDates.map(({ offset, reading }) => {
        return { offset: gap + offset, reading: prefix.shift(reading) }
      })
    },
  }
}

function singleExpression(length: number, reading: ParsedDate): DateExpression {
  return { length, namesDay: false, isDefinite: false, hasPrefix: false, reading, furtherDates: [] }
}

/** "Jul 20 / Oct 20 / Jan 21", "13, 20 & 27 March": read from the last, which may hold the month and year of all. */
function listAt(dated: DatedText, at: number, rule: YearRule): DateExpression | undefined {
  const items = itemsAt(dated, at)
  const [first, last] = [items[0], items.at(-1)]
  if (!first || !last) return undefined
  // Read when asked for: of a long list each item begins one, and few of these begin an entry.
  let readings: readonly ParsedDate[] | undefined
  const read = () => {
    readings ??= readingsOf(items, rule)
    return readings
  }
  return {
    length: last.end - at,
    namesDay: first.namesDay,
    isDefinite: last.found.form.namesDay || hasDayOrPlainYear(last.found),
    hasPrefix: false,
    get reading() {
      return read()[0] ?? undated
    },
    get furtherDates() {
      return read()
        .slice(1)
        .map((later, index) => ({ offset: (items[index + 1]?.at ?? at) - at, reading: later }))
    },
  }
}

function readingsOf(items: readonly ListItem[], rule: YearRule): ParsedDate[] {
  const readings: ParsedDate[] = []
  for (const item of items.toReversed()) {
    const next = item.found.parts.year === undefined ? readings[0]?.due : null
    readings.unshift(item.read(next ? latestYearBefore(next) : rule))
  }
  return readings
}

function hasDayOrPlainYear({ parts }: FormMatch): boolean {
  const { day, loose, end, third } = parts
  return [day, loose, end, third].some((part) => part !== undefined) || yearIsPlain(parts)
}

/** "19/20" may be an age, "Mar 20" and "2019/20" are dates. */
function yearIsPlain({ year, next, quarter }: FormMatch['parts']): boolean {
  return year !== undefined && (next === undefined || year.length === 4 || quarter !== undefined)
}

/** Two years of months. Longer lists are cut: a text that looks like one without end must not cost hours. */
const longestList = 24

/** The list that begins at `at`; only its first item where what follows is not wholly a list. */
function itemsAt({ text, itemAt }: DatedText, at: number): ListItem[] {
  const first = itemAt(at)
  const items: (ListItem | BareDay)[] = []
  let next = first ?? bareDayAt(text, at)
  while (next && items.length < longestList) {
    items.push(next)
    const gap = lengthAt(listJoint, text, next.end)
    const start = next.end + gap
    next = gap === 0 ? undefined : (itemAt(start) ?? bareDayAt(text, start))
  }
  const last = items.at(-1)
  const whole = last && 'found' in last && matches(endOfExpression, text, last.end)
  const list = whole
    ? items.flatMap((item) => ('found' in item ? item : inMonthOf(last, item)))
    : []
  if (list.length > 1 && list.length === items.length) return list
  return first ? [first] : []
}

/** A day whose month stands with a later item. */
interface BareDay {
  readonly at: number
  readonly end: number
  readonly day: string
}

function bareDayAt(text: string, at: number): BareDay | undefined {
  bareDay.lastIndex = at
  const match = bareDay.exec(text)
  return match ? { at, end: at + match[0].length, day: match.groups?.day ?? '' } : undefined
}

/** The bare day in the month of `last`; none where that names no day. */
function inMonthOf(last: ListItem, { at, end, day }: BareDay): ListItem[] {
  if (!last.namesDay) return []
  const { weekday: _, ...parts } = last.found.parts
  const found = { ...last.found, parts: { ...parts, day } }
  return [{ at, end, found, namesDay: true, read: (rule) => parseForm(found, rule) }]
}
