import { addDays, type CivilDate, lastDayOfMonth, weekdayOf, weekdays } from '../../base/dates.ts'
import { fold, latinLetters } from '../../base/text.ts'
import {
  lengthAt,
  nearestTo,
  nextOrRecent,
  type Reading,
  undated,
  type Wording,
  wordingAt,
} from './deadline-forms.ts'

/** One dated thing said in a cell of a plan. */
export interface DeadlineEntry extends Reading {
  /** The part of the cell, unaltered: the raws of a cell put together are the cell. */
  readonly raw: string
  /** What is to happen, without the date. Empty where the cell holds a date alone. */
  readonly about: string
}

/**
 * Reads a cell of a plan: one entry for each date that begins one ("13 Mar - … 21 Mar - …"), in their order.
 * A year that is not written is the one nearest to `asOf`. An entry without a day that exists is kept, undated.
 * A cell without a letter or a digit ("·") holds none.
 */
export function readDeadlines(cell: string, asOf: CivilDate): DeadlineEntry[] {
  const text = latinLetters(cell)
  const first = text.search(/[\p{L}\p{N}]/u)
  if (first === -1) return []
  const rule = nearestTo(asOf)
  const heads = headsOf(text, first, (at) => wordingAt(text, at, rule))
  const starts = [0, ...heads.map(({ at }) => at).filter((at) => at > first)]
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? cell.length
    const head = heads.find(({ at }) => at === Math.max(start, first))
    const about = cell.slice(head ? head.textAt : start, end)
    return { raw: cell.slice(start, end), about: tidy(about), ...(head?.reading ?? undated) }
  })
}

/** The beginning of an entry: where it stands, where its text begins, what its date means. */
interface Head {
  readonly at: number
  readonly textAt: number
  readonly reading: Reading
}

type Recognise = (at: number) => Wording | undefined

const separator = /\s*[-:]\s*|\s*$/y
const dash = /\s*-\s*/y

function headsOf(text: string, first: number, recognise: Recognise): Head[] {
  const opening = openingHead(text, first, recognise(first))
  const heads = opening ? [opening] : []
  const brackets = bracketsOf(text)
  let from = opening ? opening.textAt : first + 1
  for (const at of possibleStarts(text)) {
    if (at < from || brackets.some(([open, close]) => open < at && at < close)) continue
    const head = laterHead(text, at, recognise)
    if (!head) continue
    heads.push(head)
    from = head.textAt
  }
  return heads
}

/** A cell that begins with a date: a day may be followed by anything, "May" must not be "May need more staff". */
function openingHead(text: string, at: number, wording: Wording | undefined): Head | undefined {
  if (!wording) return undefined
  const end = at + wording.length
  const gap = lengthAt(separator, text, end)
  const stands =
    gap > 0 || end === text.length || (wording.namesDay && /[^a-z0-9]/.test(text.charAt(end)))
  return stands ? { at, textAt: end + gap, reading: wording.reading } : undefined
}

const newSentence = /(?:[.;!?]\s+|\n\s*)$/
/** Words after which a date belongs to the sentence: "moved to 28 Mar - see minutes". */
const insideSentence =
  /(?:^|[^a-z])(?:by|on|until|till?|from|to|before|after|since|of|end|in|at|for|the|and|or|&|between|commencing|w\/c|wc|due)\s+$/

/** Further on, a day and a dash begin an entry; what names no day does so only where a sentence begins. */
function laterHead(text: string, at: number, recognise: Recognise): Head | undefined {
  const before = text.slice(Math.max(0, at - 20), at)
  const begins = newSentence.test(before)
  if (!begins && insideSentence.test(before)) return undefined
  const wording = recognise(at)
  if (!wording || !(wording.namesDay || begins)) return undefined
  const gap = lengthAt(dash, text, at + wording.length)
  if (gap === 0) return undefined
  return { at, textAt: at + wording.length + gap, reading: wording.reading }
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

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/**
 * Reads a date as a person types it in chat: "31 Mar", "31/03/2017" (British order), "end of March", "Apr 2017" (its
 * last day), "today", "tomorrow", "friday", "in 3 weeks". Undefined where it is none, or no such day exists.
 * Without a year: the next such date, or the last one where it is not more than 60 days past.
 * "friday" is the first Friday after today; "next friday" the one of next week, Monday to Sunday.
 */
export function readDate(text: string, today: CivilDate): CivilDate | undefined {
  const words = fold(text).replace(/[.,]$/, '')
  const wording = wordingAt(words, 0, nextOrRecent(today))
  if (wording?.length === words.length) return wording.reading.due ?? undefined
  return relativeDate(words, today)
}

const numberWords: Readonly<Record<string, number>> = { a: 1, one: 1, two: 2, three: 3, four: 4 }

function relativeDate(words: string, today: CivilDate): CivilDate | undefined {
  if (words === 'today') return today
  if (words === 'tomorrow') return addDays(today, 1)
  if (/^(?:the )?end of (?:the |this )?month$/.test(words)) return lastDayOfMonth(today)
  const [, number = '', unit] = /^in (\d{1,3}|[a-z]+) (day|week)s?$/.exec(words) ?? []
  if (unit) {
    const count = numberWords[number] ?? Number(number)
    return Number.isNaN(count) ? undefined : addDays(today, count * (unit === 'week' ? 7 : 1))
  }
  return comingWeekday(words, today)
}

function comingWeekday(words: string, today: CivilDate): CivilDate | undefined {
  const [, which, name = ''] = /^(?:(next|this) )?([a-z]{3,9})$/.exec(words) ?? []
  const wanted = weekdays.findIndex((weekday) => weekday === name || weekday.slice(0, 3) === name)
  if (wanted === -1) return undefined
  const ahead = wanted - weekdays.indexOf(weekdayOf(today))
  if (which === 'next') return addDays(today, ahead + 7)
  return addDays(today, ahead > 0 ? ahead : ahead + 7)
}
