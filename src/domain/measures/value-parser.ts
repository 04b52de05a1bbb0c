import { type CivilDate, civil } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import type { Polarity } from './measure.ts'
import { periodNamed } from './periods.ts'

/**
 * What is a number in a cell or a message. Rule 5 of the domain: what is not one number without doubt is kept as
 * written and said to be not computable, never guessed. The published tables hold "NYA", "66 (611)",
 * "41% (tbc by PC)" and "Align with CPDP target" among their figures.
 */
export type Value =
  /** unit: '' where none is written, otherwise in one spelling: '%', '£', 'day', 'per month (average)'. */
  | { readonly computable: true; readonly number: number; readonly unit: string }
  /** reason: ends a sentence that begins with the text: "holds more than one number". */
  | { readonly computable: false; readonly reason: string }

const no = (reason: string): Value => ({ computable: false, reason })

const notYet: readonly (readonly [words: RegExp, reason: string])[] = [
  [/^(?:nya|not (?:yet )?available(?: yet)?)$/, 'is not yet available'],
  [/^(?:n\/?a|not applicable)$/, 'is not applicable'],
]
/** Words with which people say that a figure may still change, or is not exact. */
const unsure =
  /\btb[acd]\b|\bto (?:be )?confirm|unconfirmed|provisional|estimate|\best\b|approx|\bdraft\b|\babout\b|\bcirca\b|\bca?\.|roughly|around|nearly|almost|[~?]/
const bound =
  /^(?:(?<least>>=?|≥|at least|over|above|more than|minimum(?: of)?)|(?<most><=?|≤|at most|under|below|less than|up to|maximum(?: of)?))\s*/
const month =
  /^(?:jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)$/
const figure =
  /^(?<sign>[-+]?)(?<currency>[£$€]?)\s?(?<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?<rest>.*)$/
const scales: Readonly<Record<string, number>> = {
  ...{ k: 3, m: 6, bn: 9 },
  ...{ thousand: 3, million: 6, billion: 9 },
}
/** A double keeps that many digits exactly. */
const mostDigits = 15
const mostUnitWords = 4

/** The one number in a text, with its unit. */
export function readValue(raw: string): Value {
  const text = fold(raw).replace(/\.$/, '')
  if (text === '') return no('is blank')
  const known = notYet.find(([words]) => words.test(text))
  if (known) return no(known[1])
  if (unsure.test(text)) return no('is not certain yet')
  const numbers = text.match(/\d+(?:[.,]\d+)*|\.\d+/g) ?? []
  if (numbers.length === 0) return no('holds no number')
  if (numbers.length > 1) return no('holds more than one number')
  if (bound.test(text)) return no('is a limit, not a figure')
  const { sign, currency, number, rest } = figure.exec(text)?.groups ?? {}
  if (number === undefined || rest === undefined) return no('is not a plain figure')
  if (number.replace(/\D/g, '').length > mostDigits) return no('has too many digits')
  const unit = unitOf(rest, currency ?? '')
  if (!unit) return no('is not a plain figure')
  const digits = number.replaceAll(',', '')
  return { computable: true, number: Number(`${sign}${digits}e${unit.scale}`), unit: unit.unit }
}

/** What stands behind the number; undefined where it is no unit ("1,23", "86% were graded good or better"). */
function unitOf(rest: string, currency: string): { unit: string; scale: number } | undefined {
  if (/^[\d,.]/.test(rest)) return undefined
  const [, word = '', after = ''] = /^\s?([a-z]+)(?![a-z])(.*)$/.exec(rest) ?? []
  // "2.3m" may be metres; "£2.3m" and "2.3 million" are not.
  const scale = currency !== '' || word.length > 2 ? scales[word] : undefined
  const unit = oneSpelling(scale === undefined ? rest : after)
  if (!/^%?[a-z ()'-]*$/.test(unit) || unit.split(' ').length > mostUnitWords) return undefined
  if (month.test(unit.split(' ')[0] ?? '')) return undefined
  return { unit: `${currency}${unit}`, scale: scale ?? 0 }
}

function oneSpelling(unit: string): string {
  return unit
    .replace(/^\s?(?:per ?cent(?:age)?|pct)(?![a-z])/, '%')
    .replace(/\s*\/\s*/g, ' per ')
    .replace(/([a-z]{2,})s\b/g, '$1')
    .trim()
}

/** What a measure should come to. */
export type Target =
  | {
      readonly is: 'figure'
      readonly number: number
      readonly unit: string
      readonly limit?: Limit
    }
  | { readonly is: 'direction'; readonly polarity: Polarity }
  | { readonly is: 'unknown'; readonly reason: string }
/** "At least 90%" can only be meant of a figure that should rise. */
export type Limit = 'least' | 'most'

const directions: Readonly<Record<Polarity, RegExp>> = {
  increase: /^(?:to )?(?:increase|increasing|rise|go up|up)$/,
  decrease: /^(?:to )?(?:decrease|decreasing|reduce|reducing|reduction|fall|go down|down)$/,
  maintain: /^(?:to )?(?:maintain|maintained|sustain|stay the same|no change)$/,
}
const polarities = ['increase', 'decrease', 'maintain'] as const

/** Which way a heading's word says that a figure should go: "Increase", "reduce"; undefined where it says none. */
export function readPolarity(text: string): Polarity | undefined {
  const folded = fold(text)
  return polarities.find((polarity) => directions[polarity].test(folded))
}

/** A target as written: "65%", "65% (August 2018)", ">90%", "Increase". Its day, if any, is for `targetDayOf`. */
export function readTarget(raw: string): Target {
  const polarity = readPolarity(raw)
  if (polarity) return { is: 'direction', polarity }
  const text = fold(withoutDay(raw))
  const { least, most } = bound.exec(text)?.groups ?? {}
  const value = readValue(text.replace(bound, ''))
  if (!value.computable) return { is: 'unknown', reason: value.reason }
  const { number, unit } = value
  const limit = least ? 'least' : most ? 'most' : undefined
  return { is: 'figure', number, unit, ...(limit && { limit }) }
}

const lastBracket = /\s*\((?<inside>[^()]*(?<year>(?:19|20)\d\d)[^()]*)\)\s*$/

/** "65% (August 2018)" holds the day of the target: the last of August 2018. Undefined where it holds none. */
export function targetDayOf(raw: string): CivilDate | undefined {
  const { inside, year } = lastBracket.exec(raw)?.groups ?? {}
  // Looked at from its own year, since a date that lies far off is doubted.
  return inside === undefined ? undefined : periodNamed(inside, civil(Number(year), 1, 1))?.last
}

function withoutDay(raw: string): string {
  return targetDayOf(raw) ? raw.replace(lastBracket, '') : raw
}
