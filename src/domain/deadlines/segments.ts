import { endsInCondition, recurrenceOrCondition } from './conditions.ts'
import type { DateExpression } from './date-expression.ts'
import { lengthAt, matches } from './sticky-match.ts'

/** A stretch of text with its one date or list of dates. The slices of a text put together are the text. */
export interface Segment {
  readonly start: number
  /** Where the date begins; the end of the slice where it has none. */
  readonly dateAt: number
  /** Where the words behind the date begin. */
  readonly textAt: number
  readonly end: number
  readonly wording: DateExpression | undefined
}

type DateMatcher = (at: number) => DateExpression | undefined

/** A date and what it does to its slice: 'heads' it, 'closes' it, or belongs to it with more to come behind. */
interface DatePosition {
  readonly role: 'heads' | 'closes' | 'within'
  readonly at: number
  readonly textAt: number
  readonly wording: DateExpression
}

/**
 * Cuts a text so that each slice has the date that stands before its words or behind them.
 * `text` has gone through `latinLetters`; `written` is the same with its capitals.
 */
export function splitSegments(text: string, written: string, recognise: DateMatcher): Segment[] {
  const slices: Segment[] = []
  let start = 0
  let date: DatePosition | undefined
  const cutAt = (end: number) => {
    if (!hasWordBetween(text, start, end)) return
    const { at, textAt, wording } = date ?? { at: end, textAt: end, wording: undefined }
    slices.push({ start, dateAt: at, textAt, end, wording })
    start = end
    date = undefined
  }
  for (const place of findDates(text, written, recognise)) {
    if (place.role === 'heads') cutAt(place.at)
    else if (date) cutAt(date.textAt)
    date = place
    if (place.role === 'closes') cutAt(place.textAt)
  }
  cutAt(text.length)
  return withTrailingText(slices, text.length)
}

const anyWord = /[\p{L}\p{N}]/gu

function hasWordBetween(text: string, from: number, to: number): boolean {
  anyWord.lastIndex = from
  const found = anyWord.exec(text)
  return found !== null && found.index < to
}

/** What stands behind the last slice and says nothing belongs to it. */
function withTrailingText(slices: Segment[], end: number): Segment[] {
  const last = slices.at(-1)
  if (!last) return [{ start: 0, dateAt: end, textAt: end, end, wording: undefined }]
  const dateAt = last.wording ? last.dateAt : end
  return [...slices.slice(0, -1), { ...last, dateAt, textAt: Math.max(dateAt, last.textAt), end }]
}

function findDates(text: string, written: string, recognise: DateMatcher): DatePosition[] {
  const brackets = bracketsOf(text)
  const places: DatePosition[] = []
  let from = 0
  let soFar: SegmentContent = 'nothing'
  for (const at of wordStarts(text)) {
    if (at < from || brackets.some(([open, close]) => open < at && at < close)) continue
    const place = classifyDateAt({ text, written, matchDate: recognise }, at, soFar)
    if (place) {
      places.push(place)
      from = place.textAt
    }
    if (place?.role === 'heads') soFar = 'its date'
    else if (place?.role === 'closes') soFar = 'nothing'
    else if (soFar === 'nothing') soFar = 'words'
  }
  return places
}

/** What the present slice holds already. */
type SegmentContent = 'nothing' | 'words' | 'its date'

interface SegmentInput {
  readonly text: string
  readonly written: string
  readonly matchDate: DateMatcher
}

/** A slice that began with its date has it: other dates are part of its words, up to the next that begins one. */
function classifyDateAt(
  reader: SegmentInput,
  at: number,
  soFar: SegmentContent,
): DatePosition | undefined {
  const { text, matchDate } = reader
  if (soFar === 'its date') return laterLeadingDateAt(text, at, matchDate)
  const head =
    soFar === 'nothing'
      ? leadingDateAt(text, at, matchDate)
      : laterLeadingDateAt(text, at, matchDate)
  if (!head) return trailingDateAt(reader, at)
  return soFar === 'words' && isOnOwnLine(text, head) ? { ...head, role: 'closes' } : head
}

const separator = /[^\S\n]*\n\s*|\s*[-:]\s*|\s*$/y
const dash = /\s*-\s*/y
/** What may follow a date directly: "Annually (…)", "May 2020 subject to …". */
const aside = new RegExp(`\\s*[(*.;,]|\\s+${recurrenceOrCondition}`, 'y')

/** A slice that begins with a date: a day may be followed by anything, "May" must not be "May need more staff". */
function leadingDateAt(text: string, at: number, recognise: DateMatcher): DatePosition | undefined {
  const wording = recognise(at)
  if (!wording) return undefined
  const end = at + wording.length
  const gap = lengthAt(separator, text, end)
  const stands =
    gap > 0 ||
    end === text.length ||
    matches(aside, text, end) ||
    (wording.namesDay && /[^a-z0-9]/.test(text.charAt(end)))
  return stands ? { role: 'heads', at, textAt: end + gap, wording } : undefined
}

const restOfLine = /[^\S\n]*(?:\n|$)/y

/** A date that has a line to itself belongs to the words above it. */
function isOnOwnLine(text: string, { at, wording }: DatePosition): boolean {
  return (
    matches(restOfLine, text, at + wording.length) &&
    newLine.test(text.slice(Math.max(0, at - 20), at))
  )
}

const newSentence = /(?:[.;!?]\s+|\n\s*)$/
const newLine = /\n\s*$/
/** Words after which a date belongs to the sentence: "moved to 28 Mar - see minutes". */
const insideSentence =
  /(?:^|[^a-z])(?:by|on|until|till?|from|to|before|after|since|of|end|in|at|for|the|and|or|&|between|commencing|w\/c|wc|due)\s+$/

/** Further on, a day and a dash begin a slice, and a month with its year; other dates only where a sentence begins. */
function laterLeadingDateAt(
  text: string,
  at: number,
  recognise: DateMatcher,
): DatePosition | undefined {
  const before = text.slice(Math.max(0, at - 20), at)
  if (newLine.test(before)) {
    const head = leadingDateAt(text, at, recognise)
    if (head) return head
  }
  const begins = newSentence.test(before)
  if (!begins && insideSentence.test(before)) return undefined
  const wording = recognise(at)
  if (!wording || !(wording.namesDay || begins || isMonthOfYear(wording))) return undefined
  const gap = lengthAt(dash, text, at + wording.length)
  if (gap === 0) return undefined
  return { role: 'heads', at, textAt: at + wording.length + gap, wording }
}

function isMonthOfYear(wording: DateExpression): boolean {
  // The reading is asked for last: it is worked out only then.
  return wording.isDefinite && !wording.hasPrefix && wording.reading.precision === 'month'
}

/** Words after which a date is of something else: "the minutes of 28 Mar". Those of a prefix were tried with it. */
const foreignDatePrefix =
  /(?:^|[^a-z])(?:since|after|of|for|at|the|and|or|&|between|than|dated|end|by|on|until|till?|from|before|in|during)\s+$/
/** Words that a number after them belongs to: "Phase 2 March 2018" is in March, "a stage by March 2018" by it. */
const numberedNoun =
  /(?:^|[^a-z])(?:phase|stage|step|part|wave|cohort|tranche|level|tier|version|item|no\.?|year|week)\s+$/
const number = /\d/y
const sentenceEnd = /\s*[*.;]+(?=\s|$)\s*|[^\S\n]*\n\s*|\s*$/y
const label = /[-:]\s*$/
const dashAhead = /\s*-/y

/** A date behind its words, where the sentence ends or goes on in a remark: "Pilot Go Live 1st Apr 20". */
function trailingDateAt(
  { text, written, matchDate }: SegmentInput,
  at: number,
): DatePosition | undefined {
  const before = text.slice(Math.max(0, at - 20), at)
  if (/\p{L}$/u.test(before) || foreignDatePrefix.test(before)) return undefined
  if (numberedNoun.test(before) && matches(number, text, at)) return undefined
  const wording = matchDate(at)
  if (!wording) return undefined
  const { isDefinite, hasPrefix } = wording
  if (!(isDefinite || hasPrefix || newSentence.test(before))) return undefined
  // "Pending a decision by the board on 28 Feb": the board's date, not the deadline.
  if (hasPrefix && endsInCondition(text.slice(Math.max(0, at - 300), at))) return undefined
  const end = at + wording.length
  const gap = lengthAt(sentenceEnd, text, end)
  if (gap > 0 || end === text.length) return { role: 'closes', at, textAt: end + gap, wording }
  // "Local Offer - 30th September 2018 Survey completed - …": a label, its date, the next label.
  if (isDefinite && label.test(before) && /^\s+\p{Lu}/u.test(written.slice(end, end + 9))) {
    return { role: 'closes', at, textAt: end + lengthAt(/\s+/y, text, end), wording }
  }
  const within = matches(aside, text, end) || (hasPrefix && matches(dashAhead, text, end))
  return within ? { role: 'within', at, textAt: end, wording } : undefined
}

/** Where a word or a number begins. A number may be glued to a word: "commence28 Mar - Survey closes". */
function wordStarts(text: string): number[] {
  return Array.from(
    text.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]|(?<=\p{L})\d/gu),
    ({ index }) => index,
  )
}

/** Closed brackets without inner ones. A bracket that is never closed hides nothing. */
function bracketsOf(text: string): [number, number][] {
  return Array.from(text.matchAll(/\([^()]*\)/g), (match) => {
    return [match.index, match.index + match[0].length]
  })
}
