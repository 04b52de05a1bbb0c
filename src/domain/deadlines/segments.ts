import { endsInCondition, remark } from './conditions.ts'
import { lengthAt, matches, type Wording } from './date-expression.ts'

/** A stretch of text with its one date or list of dates. The slices of a text put together are the text. */
export interface Slice {
  readonly start: number
  /** Where the date begins; the end of the slice where it has none. */
  readonly dateAt: number
  /** Where the words behind the date begin. */
  readonly textAt: number
  readonly end: number
  readonly wording: Wording | undefined
}

type Recognise = (at: number) => Wording | undefined

/** A date and what it does to its slice: 'heads' it, 'closes' it, or belongs to it with more to come behind. */
interface Place {
  readonly role: 'heads' | 'closes' | 'within'
  readonly at: number
  readonly textAt: number
  readonly wording: Wording
}

/**
 * Cuts a text so that each slice has the date that stands before its words or behind them.
 * `text` has gone through `latinLetters`; `written` is the same with its capitals.
 */
export function slicesOf(text: string, written: string, recognise: Recognise): Slice[] {
  const slices: Slice[] = []
  let start = 0
  let date: Place | undefined
  const cutAt = (end: number) => {
    if (!saysSomething(text, start, end)) return
    const { at, textAt, wording } = date ?? { at: end, textAt: end, wording: undefined }
    slices.push({ start, dateAt: at, textAt, end, wording })
    start = end
    date = undefined
  }
  for (const place of placesIn(text, written, recognise)) {
    if (place.role === 'heads') cutAt(place.at)
    else if (date) cutAt(date.textAt)
    date = place
    if (place.role === 'closes') cutAt(place.textAt)
  }
  cutAt(text.length)
  return withRest(slices, text.length)
}

const anyWord = /[\p{L}\p{N}]/gu

function saysSomething(text: string, from: number, to: number): boolean {
  anyWord.lastIndex = from
  const found = anyWord.exec(text)
  return found !== null && found.index < to
}

/** What stands behind the last slice and says nothing belongs to it. */
function withRest(slices: Slice[], end: number): Slice[] {
  const last = slices.at(-1)
  if (!last) return [{ start: 0, dateAt: end, textAt: end, end, wording: undefined }]
  const dateAt = last.wording ? last.dateAt : end
  return [...slices.slice(0, -1), { ...last, dateAt, textAt: Math.max(dateAt, last.textAt), end }]
}

function placesIn(text: string, written: string, recognise: Recognise): Place[] {
  const brackets = bracketsOf(text)
  const places: Place[] = []
  let from = 0
  let soFar: SoFar = 'nothing'
  for (const at of possibleStarts(text)) {
    if (at < from || brackets.some(([open, close]) => open < at && at < close)) continue
    const place = placeAt({ text, written, recognise }, at, soFar)
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
type SoFar = 'nothing' | 'words' | 'its date'

interface Reader {
  readonly text: string
  readonly written: string
  readonly recognise: Recognise
}

/** A slice that began with its date has it: other dates are part of its words, up to the next that begins one. */
function placeAt(reader: Reader, at: number, soFar: SoFar): Place | undefined {
  const { text, recognise } = reader
  if (soFar === 'its date') return laterHead(text, at, recognise)
  const head = soFar === 'nothing' ? opening(text, at, recognise) : laterHead(text, at, recognise)
  if (!head) return closing(reader, at)
  return soFar === 'words' && isAlone(text, head) ? { ...head, role: 'closes' } : head
}

const separator = /[^\S\n]*\n\s*|\s*[-:]\s*|\s*$/y
const dash = /\s*-\s*/y
/** What may follow a date directly: "Annually (…)", "May 2020 subject to …". */
const aside = new RegExp(`\\s*[(*.;,]|\\s+${remark}`, 'y')

/** A slice that begins with a date: a day may be followed by anything, "May" must not be "May need more staff". */
function opening(text: string, at: number, recognise: Recognise): Place | undefined {
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
function isAlone(text: string, { at, wording }: Place): boolean {
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
function laterHead(text: string, at: number, recognise: Recognise): Place | undefined {
  const before = text.slice(Math.max(0, at - 20), at)
  if (newLine.test(before)) {
    const head = opening(text, at, recognise)
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

function isMonthOfYear({ definite, prefixed, reading }: Wording): boolean {
  return definite && !prefixed && reading.precision === 'month'
}

/** Words after which a date is of something else: "the minutes of 28 Mar". Those of a prefix were tried with it. */
const ofSomethingElse =
  /(?:^|[^a-z])(?:since|after|of|for|at|the|and|or|&|between|than|dated|end|by|on|until|till?|from|before|in|during)\s+$/
/** Words that a number after them belongs to: "Phase 2 March 2018" is in March, "a stage by March 2018" by it. */
const numbered =
  /(?:^|[^a-z])(?:phase|stage|step|part|wave|cohort|tranche|level|tier|version|item|no\.?|year|week)\s+$/
const number = /\d/y
const sentenceEnd = /\s*[*.;]+(?=\s|$)\s*|[^\S\n]*\n\s*|\s*$/y
const label = /[-:]\s*$/
const goesOn = /\s*-/y

/** A date behind its words, where the sentence ends or goes on in a remark: "Pilot Go Live 1st Apr 20". */
function closing({ text, written, recognise }: Reader, at: number): Place | undefined {
  const before = text.slice(Math.max(0, at - 20), at)
  if (/\p{L}$/u.test(before) || ofSomethingElse.test(before)) return undefined
  if (numbered.test(before) && matches(number, text, at)) return undefined
  const wording = recognise(at)
  if (!wording) return undefined
  const { definite, prefixed } = wording
  if (!(definite || prefixed || newSentence.test(before))) return undefined
  // "Pending a decision by the board on 28 Feb": the board's date, not the deadline.
  if (prefixed && endsInCondition(text.slice(Math.max(0, at - 300), at))) return undefined
  const end = at + wording.length
  const gap = lengthAt(sentenceEnd, text, end)
  if (gap > 0 || end === text.length) return { role: 'closes', at, textAt: end + gap, wording }
  // "Local Offer - 30th September 2018 Survey completed - …": a label, its date, the next label.
  if (definite && label.test(before) && /^\s+\p{Lu}/u.test(written.slice(end, end + 9))) {
    return { role: 'closes', at, textAt: end + lengthAt(/\s+/y, text, end), wording }
  }
  const within = matches(aside, text, end) || (prefixed && matches(goesOn, text, end))
  return within ? { role: 'within', at, textAt: end, wording } : undefined
}

/** Where a word or a number begins. A number may be glued to a word: "commence28 Mar - Survey closes". */
function possibleStarts(text: string): number[] {
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
