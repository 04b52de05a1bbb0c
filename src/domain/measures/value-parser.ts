import { type CivilDate, civil } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import { type Polarity, polarities } from './measure.ts'
import { parsePeriod } from './periods.ts'

/**
 * Parses the number in a cell or a message. Rule 5 of the domain: what is not clearly one number is kept as written and
 * reported as not computable, never guessed. The published tables hold "NYA", "66 (611)",
 * "41% (tbc by PC)" and "Align with CPDP target" among their figures.
 */
export type ParsedValue =
  /** unit: '' where none is written, otherwise in one spelling: '%', '£', 'day', 'per month (average)'. */
  | { readonly computable: true; readonly number: number; readonly unit: string }
  /** reason: ends a sentence that begins with the text: "holds more than one number". */
  | { readonly computable: false; readonly reason: string }

const notComputable = (reason: string): ParsedValue => ({ computable: false, reason })

const unavailablePatterns: readonly (readonly [words: RegExp, reason: string])[] = [
  [/^(?:nya|not (?:yet )?available(?: yet)?)$/, 'is not yet available'],
  [/^(?:n\/?a|not applicable)$/, 'is not applicable'],
]
/** Words that mark a figure as provisional or inexact. */
const uncertainPattern =
  /\btb[acd]\b|\bto (?:be )?confirm|unconfirmed|provisional|estimate|\best\b|approx|\bdraft\b|\babout\b|\bcirca\b|\bca?\.|roughly|around|nearly|almost|[~?]/
const boundPattern =
  /^(?:(?<least>>=?|≥|at least|over|above|more than|not? (?:less|fewer) than|minimum(?: of)?|(?:increase|rise|improve) to)|(?<most><=?|≤|at most|under|below|(?:less|fewer) than|not? (?:more|greater) than|up to|maximum(?: of)?|(?:decrease|reduce|fall) to))\s*/
const monthPattern =
  /^(?:jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)$/
const figurePattern =
  /^(?<sign>[-+]?)(?<currency>[£$€]?)\s?(?<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?<rest>.*)$/
const scaleExponents: Readonly<Record<string, number>> = {
  ...{ k: 3, m: 6, bn: 9 },
  ...{ thousand: 3, million: 6, billion: 9 },
}
/** A double keeps that many digits exactly. */
const maxDigits = 15
const maxUnitWords = 4

/** The one number in a text, with its unit. */
export function parseValue(raw: string): ParsedValue {
  const text = fold(raw).replace(/\.$/, '')
  if (text === '') return notComputable('is blank')
  const known = unavailablePatterns.find(([words]) => words.test(text))
  if (known) return notComputable(known[1])
  if (uncertainPattern.test(text)) return notComputable('is not certain yet')
  const numbers = text.match(/\d+(?:[.,]\d+)*|\.\d+/g) ?? []
  if (numbers.length === 0) return notComputable('holds no number')
  if (numbers.length > 1) return notComputable('holds more than one number')
  if (boundPattern.test(text)) return notComputable('is a limit, not a figure')
  const { sign, currency, number, rest } = figurePattern.exec(text)?.groups ?? {}
  if (number === undefined || rest === undefined) return notComputable('is not a plain figure')
  if (number.replace(/\D/g, '').length > maxDigits) return notComputable('has too many digits')
  const unit = parseUnit(rest, currency ?? '')
  if (!unit) return notComputable('is not a plain figure')
  const digits = number.replaceAll(',', '')
  return { computable: true, number: Number(`${sign}${digits}e${unit.scale}`), unit: unit.unit }
}

/** The unit after the number; undefined where it is none ("1,23", "86% were graded good or better"). */
function parseUnit(rest: string, currency: string): { unit: string; scale: number } | undefined {
  if (/^[\d,.]/.test(rest)) return undefined
  const [, word = '', after = ''] = /^\s?([a-z]+)(?![a-z])(.*)$/.exec(rest) ?? []
  // "2.3m" may be metres; "£2.3m" and "2.3 million" are not.
  const scale = currency !== '' || word.length > 2 ? scaleExponents[word] : undefined
  const unit = normaliseUnit(scale === undefined ? rest : after)
  if (!/^%?[a-z ()'-]*$/.test(unit) || unit.split(' ').length > maxUnitWords) return undefined
  if (monthPattern.test(unit.split(' ')[0] ?? '')) return undefined
  return { unit: `${currency}${unit}`, scale: scale ?? 0 }
}

function normaliseUnit(unit: string): string {
  return unit
    .replace(/^\s?(?:per ?cent(?:age)?|pct)(?![a-z])/, '%')
    .replace(/\s*\/\s*/g, ' per ')
    .replace(/(?<=[a-z]{2})s\b/g, '')
    .trim()
}

/** What a measure aims at. */
export type ParsedTarget =
  | {
      readonly kind: 'figure'
      readonly number: number
      readonly unit: string
      readonly limit?: Limit
    }
  | { readonly kind: 'direction'; readonly polarity: Polarity }
  | { readonly kind: 'unknown'; readonly reason: string }
/** "At least 90%" can only be meant of a figure that should rise. */
export type Limit = 'least' | 'most'

const directionPatterns: Readonly<Record<Polarity, RegExp>> = {
  increase: /^(?:to )?(?:increase|increasing|rise|go up|up)$/,
  decrease: /^(?:to )?(?:decrease|decreasing|reduce|reducing|reduction|fall|go down|down)$/,
  maintain: /^(?:to )?(?:maintain|maintained|sustain|stay the same|no change)$/,
}
/** The polarity that a word names: "Increase", "reduce"; undefined for any other word. */
export function parsePolarity(text: string): Polarity | undefined {
  const folded = fold(text)
  return polarities.find((polarity) => directionPatterns[polarity].test(folded))
}

const betterPatterns: Readonly<Record<Polarity, RegExp>> = {
  increase: /^(?:high|higher|up|more|rise|rising|↑)(?: is (?:better|good))?$/,
  decrease: /^(?:low|lower|down|less|fewer|fall|falling|↓)(?: is (?:better|good))?$/,
  maintain: /^(?:(?:the )?same|stay|steady|stable|level)$/,
}
/** Which way a figure is better: "higher", "low is good", and what `parsePolarity` knows. */
export function parseBetterWay(text: string): Polarity | undefined {
  const folded = fold(text)
  return polarities.find((one) => betterPatterns[one].test(folded)) ?? parsePolarity(folded)
}

/** A target as written: "65%", "65% (August 2018)", ">90%", "Increase". Its day, if any, is for `targetDayOf`. */
export function parseTarget(raw: string): ParsedTarget {
  const polarity = parsePolarity(raw)
  if (polarity) return { kind: 'direction', polarity }
  const text = fold(stripTargetDay(raw)).replace(/^(?:zero|nil)$/, '0')
  const { least, most } = boundPattern.exec(text)?.groups ?? {}
  const value = parseValue(text.replace(boundPattern, ''))
  if (!value.computable) return { kind: 'unknown', reason: value.reason }
  const { number, unit } = value
  const limit = least ? 'least' : most ? 'most' : undefined
  return { kind: 'figure', number, unit, ...(limit && { limit }) }
}

/** The lookbehinds keep it from trying a run of spaces, or the figures of a bracket, from each place in turn. */
const trailingBracketPattern = /(?<!\s)\s*\((?<inside>[^()]*)\)\s*$/
const lastYearPattern = /^.*(?<year>(?:19|20)\d\d)/s

/** "65% (August 2018)" holds the day of the target: the last of August 2018. Undefined where it has none. */
export function targetDayOf(raw: string): CivilDate | undefined {
  const { inside = '' } = trailingBracketPattern.exec(raw)?.groups ?? {}
  const { year } = lastYearPattern.exec(inside)?.groups ?? {}
  // Read as of its own year, because a date far from the as-at day counts as a mistake.
  return year === undefined ? undefined : parsePeriod(inside, civil(Number(year), 1, 1))?.last
}

function stripTargetDay(raw: string): string {
  return targetDayOf(raw) ? raw.replace(trailingBracketPattern, '') : raw
}
