import type { CivilDate } from '../../base/dates.ts'
import { type DateExpression, dateExpressionAt } from './date-expression.ts'
import { itemAt } from './date-item.ts'
import type { ParsedDate } from './grammar.ts'
import { lengthAt } from './sticky-match.ts'
import { latestYearBefore, nearestYear, type YearRule } from './year-inference.ts'

/** A cell that says what became of its date: "31/12/2026 (revised 31/03/2027)", "Completed 12/10/26". */
export interface AmendedDate {
  readonly reading: ParsedDate
  /** The day it had at first, where the cell says so. */
  readonly baseline?: CivilDate
  readonly doneOn?: CivilDate
  /** Where the words before its date end: "Completed". */
  readonly aboutEnd?: number
}

const changed =
  'revised|rev\\.?|extended|postponed|deferred|delayed|slipped|moved|changed|re-?scheduled|re-?forecast|re-?baselined|forecast|brought\\s+forward|put\\s+back|now|new'
/** "Due 31 March 2027, delayed until 31 May 2027" */
const opening = /[\s*(]*(?:(?:due|deadline|target)(?:\s+(?:date|by|on))*\s*:?\s+)?/y
const closing = /[\s).;,*]*$/y
const changedWord = new RegExp(
  `(?:${changed})(?![a-z])(?:\\s+(?:date|deadline|now|again|is|to|until|till|by|due|on))*\\s*[:-]?\\s*`,
  'y',
)
const toLater = new RegExp(
  `[\\s,;:.*(/-]*(?:and\\s+|then\\s+|again\\s+)*${changedWord.source}|\\s*(?:->|→|=>)\\s*|\\)?\\s+`,
  'y',
)
const toEarlier = new RegExp(
  `[\\s,;:.*(/-]*(?:was|were|originally|original|orig\\.?|previously|prev\\.?|formerly|initially|instead\\s+of|(?:(?:${changed})\\s+)?from)(?![a-z])(?:\\s+(?:date|deadline|due|planned))*\\s*[:-]?\\s*`,
  'y',
)
/** "Was 31/12/2026, now …", "extended from Nov 2026 to …": the first day comes first. */
const fromWord = new RegExp(
  `(?:was|originally|previously|formerly|(?:${changed})\\s+from)(?![a-z])\\s*[:-]?\\s*`,
  'y',
)
const toWord = new RegExp(
  `[\\s,;.(]*(?:(?:but|and)\\s+)?(?:to|until|till|${changed})(?![a-z])(?:\\s+(?:to|until|is))?\\s*[:-]?\\s*`,
  'y',
)
const doneWord =
  /(?:completed?|done|finished|delivered|achieved|closed|signed\s+off|actual)(?![a-z])(?:\s+(?:on|in))?\s*[:-]?\s*/y

/**
 * Reads a whole cell of that kind: the date decided last is the one that counts, and the first is the baseline.
 * Two days with nothing between them are such a pair where the second is the later one. `text` has gone through
 * `latinLetters`. Undefined for any other cell, and where a word of it stays unread.
 */
export function parseAmendedDate(text: string, asOf: CivilDate): AmendedDate | undefined {
  const start = lengthAt(opening, text, 0)
  return doneDate(text, start, asOf) ?? fromTo(text, start, asOf) ?? changedDate(text, start, asOf)
}

function fromTo(text: string, start: number, asOf: CivilDate): AmendedDate | undefined {
  const gap = lengthAt(fromWord, text, start)
  const item = gap > 0 ? itemAt(text, start + gap, { isRange: false }) : undefined
  const joint = item ? lengthAt(toWord, text, item.end) : 0
  const last = item && joint > 0 && expressionAt(text, item.end + joint, nearestYear(asOf))
  if (!last || !isEnd(text, item.end + joint + last.length)) return undefined
  const { due } = last.reading
  return due ? withBaseline(last.reading, item.read(latestYearBefore(due)).due) : undefined
}

function doneDate(text: string, start: number, asOf: CivilDate): AmendedDate | undefined {
  const gap = lengthAt(doneWord, text, start)
  const found = gap > 0 ? expressionAt(text, start + gap, nearestYear(asOf)) : undefined
  if (!found || !isEnd(text, start + gap + found.length)) return undefined
  const { due, problem } = found.reading
  if (!due || due > asOf || problem) return undefined
  return { reading: found.reading, doneOn: due, aboutEnd: start + gap }
}

function changedDate(text: string, start: number, asOf: CivilDate): AmendedDate | undefined {
  const qualifier = lengthAt(changedWord, text, start)
  const first = expressionAt(text, start + qualifier, nearestYear(asOf))
  if (!first?.reading.due) return undefined
  const end = start + qualifier + first.length
  if (isEnd(text, end)) return qualifier > 0 ? { reading: first.reading } : undefined
  const earlier = lengthAt(toEarlier, text, end)
  const near = nearestYear(first.reading.due)
  if (earlier > 0) {
    const before = expressionAt(text, end + earlier, near)
    const whole = before && isEnd(text, end + earlier + before.length)
    return whole ? withBaseline(first.reading, before.reading.due) : undefined
  }
  return qualifier > 0 ? undefined : laterDate(text, { start, end, first, near })
}

interface FirstDate {
  readonly start: number
  readonly end: number
  readonly first: DateExpression
  readonly near: YearRule
}

/** "A (revised B)", "A revised B, extended to C": from one to the next. */
function laterDate(text: string, { start, end, first, near }: FirstDate): AmendedDate | undefined {
  let [at, last] = [end, first]
  while (!isEnd(text, at)) {
    const gap = lengthAt(toLater, text, at)
    const next = gap > 0 ? expressionAt(text, at + gap, near) : undefined
    const isPlainPair = /^[\s)]*$/.test(text.slice(at, at + gap))
    if (!next?.reading.due) return undefined
    if (isPlainPair && !(last === first && isPair(first, next, text, at + gap))) return undefined
    at += gap + next.length
    last = next
  }
  const { due } = last.reading
  const before = due && expressionAt(text, start, latestYearBefore(due))
  return before ? withBaseline(last.reading, before.reading.due) : undefined
}

/** Two whole dates and nothing else, the second later. */
function isPair(first: DateExpression, next: DateExpression, text: string, at: number): boolean {
  const [a, b] = [first.reading, next.reading]
  const definite = first.isDefinite && next.isDefinite && a.precision === b.precision
  return definite && isEnd(text, at + next.length) && (a.due ?? '') < (b.due ?? '')
}

function withBaseline(reading: ParsedDate, baseline: CivilDate | null): AmendedDate | undefined {
  return baseline ? { reading, baseline } : undefined
}

/** One date, no list. */
function expressionAt(text: string, at: number, rule: YearRule): DateExpression | undefined {
  const found = dateExpressionAt(text, at, rule)
  return found && found.furtherDates.length === 0 ? found : undefined
}

const isEnd = (text: string, at: number): boolean => {
  closing.lastIndex = at
  return closing.test(text)
}
