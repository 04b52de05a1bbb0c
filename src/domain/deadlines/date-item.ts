import { addDays } from '../../base/dates.ts'
import { recurrenceOrCondition } from './conditions.ts'
import type { DateProblem } from './date-form.ts'
import {
  type FormMatch,
  matchFormAt,
  type ParsedDate,
  resolveSpan,
  undated,
  weekdayProblem,
} from './grammar.ts'
import { lengthAt, matches } from './sticky-match.ts'
import { latestYearBefore, type YearRule } from './year-inference.ts'

/** One date, one range, or a day so long after another. */

const rangeDash = /\s*-\s*|\s+(?:to|until)\s+/y
/** "Feb/Mar 20": one or the other, so the second is the latest. With a year on both it is a list. */
const slashJoint = /\s*\/\s*/y
/** What may stand behind a range or list: "31 Mar - Apr review" is a day and a text that begins with a month. */
export const endOfExpression = new RegExp(
  `\\s*(?:$|[-:,;()*/&]|\\.(?!\\d))|[^\\S\\n]*\\n|\\s+(?:and(?![a-z])|${recurrenceOrCondition})`,
  'y',
)

/** One date or range of a list: where it stands, and what it means under a rule for its year. */
export interface ListItem {
  readonly at: number
  readonly end: number
  /** The form that the item ends with. */
  readonly found: FormMatch
  readonly namesDay: boolean
  read(rule: YearRule): ParsedDate
}

const between = /(?<![a-z])between\s+/y
const betweenJoint = /\s+and\s+/y

/** `isRange`: whether "Nov 2026 to Mar 2027" is one item. */
export function itemAt(
  text: string,
  at: number,
  { isRange = true }: { readonly isRange?: boolean } = {},
): ListItem | undefined {
  const first = matchFormAt(text, at)
  if (first) return (isRange ? rangeFrom(first, text, at) : undefined) ?? dateItem(first, at)
  const gap = lengthAt(between, text, at)
  const start = gap > 0 ? matchFormAt(text, at + gap) : undefined
  const range = start && rangeFrom(start, text, at + gap, betweenJoint)
  return range ? { ...range, at } : distantItem(text, at)
}

function dateItem(found: FormMatch, at: number): ListItem {
  const { namesDay } = found.form
  return { at, end: at + found.length, found, namesDay, read: (rule) => parseForm(found, rule) }
}

/** "6 Mar - 9 Mar", "Jan - Mar 20", "Oct 21 - Mar 23", "Feb/Mar 20": from the first day of one to the last of the other. */
function rangeFrom(
  first: FormMatch,
  text: string,
  at: number,
  dash = rangeDash,
): ListItem | undefined {
  const joint = at + first.length
  const slash = first.parts.year || dash !== rangeDash ? 0 : lengthAt(slashJoint, text, joint)
  const gap = lengthAt(dash, text, joint) || slash
  const last = gap > 0 ? matchFormAt(text, joint + gap) : undefined
  if (!last) return undefined
  const end = joint + gap + last.length
  if (!matches(endOfExpression, text, end)) return undefined
  const read = (rule: YearRule) => parseRange(first, last, rule)
  return { at, end, found: last, namesDay: first.form.namesDay, read }
}

function parseRange(first: FormMatch, last: FormMatch, rule: YearRule): ParsedDate {
  const end = resolveSpan(last, rule)
  if ('problem' in end) return undatedWithProblem(end)
  const start = resolveSpan(first, latestYearBefore(end.due))
  if ('problem' in start) return undatedWithProblem(start)
  if (start.earliest > end.due)
    return undatedWithProblem({ problem: 'The range ends before it begins.' })
  const problem = weekdayProblem(first, start) ?? weekdayProblem(last, end)
  return { earliest: start.earliest, due: end.due, precision: 'range', problem }
}

export function parseForm(found: FormMatch, rule: YearRule): ParsedDate {
  const span = resolveSpan(found, rule)
  return 'problem' in span
    ? undatedWithProblem(span)
    : { ...span, problem: weekdayProblem(found, span) }
}

function undatedWithProblem({ problem }: DateProblem): ParsedDate {
  return { ...undated, problem }
}

/** "70 days from", "six weeks after": what is due so long after a day. */
interface Distance {
  readonly length: number
  readonly days: number
}

const distancePattern =
  /(?<![a-z\d.,])(?:within\s+)?(?<count>\d{1,3}|two|three|four|six|eight|ten|twelve)\s+(?<unit>day|week)s?\s+(?:from|after|of)\s+(?:the\s+)?/y
const counts: Readonly<Record<string, number>> = {
  ...{ two: 2, three: 3, four: 4, six: 6, eight: 8, ten: 10, twelve: 12 },
}

function distanceAt(text: string, at: number): Distance | undefined {
  distancePattern.lastIndex = at
  const match = distancePattern.exec(text)
  const { count = '', unit } = match?.groups ?? {}
  const number = counts[count] ?? Number(count)
  return match ? { length: match[0].length, days: number * (unit === 'week' ? 7 : 1) } : undefined
}

/** None where no day follows. */
function distantItem(text: string, at: number): ListItem | undefined {
  const distance = distanceAt(text, at)
  const found = distance && matchFormAt(text, at + distance.length)
  if (!distance || !found?.form.namesDay) return undefined
  const read = (rule: YearRule): ParsedDate => {
    const from = parseForm(found, rule)
    const due = from.due && addDays(from.due, distance.days)
    return { ...from, earliest: due, due }
  }
  return { at, end: at + distance.length + found.length, found, namesDay: true, read }
}
