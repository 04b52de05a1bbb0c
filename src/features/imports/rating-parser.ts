import { fold } from '../../base/text.ts'
import {
  allStates,
  isComplete,
  parseState,
  type Scheme,
  type State,
} from '../../domain/scheme/schemes.ts'

/** What a RAG cell means. */
export interface Rating {
  readonly state: State
  /** plain: as it should be written. changed: certain, but written otherwise. unknown: not understood, so not rated. */
  readonly certainty: 'plain' | 'changed' | 'unknown'
  /** It says that nothing is left to do, whether or not the scheme has a state for that. */
  readonly isDone: boolean
}

/** A state of a sheet that was not understood. */
export interface UnknownState {
  readonly row: number
  readonly column: string
  readonly raw: string
  /** The colour that its cell shows. */
  readonly fill?: string | undefined
}

/** What the words of a programme's sheets mean, folded: the key of a state, or one of `wordMeanings`. */
export type StateWords = Readonly<Record<string, string>>

/** What a word may mean besides a state of the scheme. */
export const wordMeanings = ['done', 'not rated'] as const

/** In characters. A state's label has at most 40. */
const maxRatingLength = 200

/** Words that can mean nothing else, whatever the scheme. */
const doneWords =
  /^(?:completed?|complete\/closed|done|closed|finished|delivered|achieved|implemented|resolved|100 ?%|[✓✔☑✅](?: (?:done|completed?))?)$/

/**
 * Reads a RAG cell by the letter or the word of a state. A blank cell is not rated, and never Green (rule 1 of the
 * domain); neither is one that is not understood. `words`: what people said that the words of their sheets mean.
 */
export function parseRating(raw: string, scheme: Scheme, words: StateWords = {}): Rating {
  // Programs write "IN_PROGRESS".
  const text = raw.trim().replaceAll('_', ' ')
  if (text === '') return { state: scheme.blank, certainty: 'plain', isDone: false }
  const unknown: Rating = { state: scheme.blank, certainty: 'unknown', isDone: false }
  if (text.length > maxRatingLength) return unknown
  const said = wordMeaning(words[fold(raw)] ?? words[fold(text)], scheme)
  if (said) return said
  const named = parseState(scheme, text)
  if (named) return ratingAs(named, isAscii(text) ? 'plain' : 'changed')
  const repaired =
    parseState(scheme, repairScannedLetter(fold(text))) ??
    parseState(scheme, withoutMarks(text)) ??
    parsePointBetween(scheme, text)
  if (repaired) return ratingAs(repaired, 'changed')
  if (doneWords.test(fold(text.replaceAll('\uFE0F', '')))) {
    return { state: completeState(scheme), certainty: 'changed', isDone: true }
  }
  return unknown
}

const ratingAs = (state: State, certainty: Rating['certainty']): Rating => ({
  ...{ state, certainty },
  isDone: isComplete(state),
})

function wordMeaning(meaning: string | undefined, scheme: Scheme): Rating | undefined {
  if (meaning === undefined) return undefined
  if (meaning === 'done') {
    return { state: completeState(scheme), certainty: 'plain', isDone: true }
  }
  if (meaning === 'not rated') return { state: scheme.blank, certainty: 'plain', isDone: false }
  const state = allStates(scheme).find(({ key }) => key === meaning)
  return state && ratingAs(state, 'plain')
}

/** The scheme's state for what is complete; not rated where it has none, as RAG. */
const completeState = (scheme: Scheme): State => scheme.states.find(isComplete) ?? scheme.blank

/** "Red/Amber", "green - amber", "Amber Red": a point between two others, in either order. */
export function parsePointBetween(scheme: Scheme, text: string): State | undefined {
  const [, one, other] = /^([a-z]+)(?: ?[/\\–-] ?| (?:to )?)([a-z]+)$/.exec(fold(text)) ?? []
  if (!one || !other) return undefined
  return parseState(scheme, `${one}/${other}`) ?? parseState(scheme, `${other}/${one}`)
}

/** "G↑", "R*", "R ↓ ", "A (1)": a direction or a footnote behind the state. */
function withoutMarks(text: string): string {
  return text.replace(/(?:\s*(?:[*†‡↑↓→←↔↗↘⇧⇩⇨▲▼►◄⬆⬇➡⬅]|\uFE0F|\(\d\)))+$/u, '')
}

/** Repairs what scanning made of letters in the published W17 sheet: "l R" and "l K" for R, Δ for A. */
function repairScannedLetter(folded: string): string {
  const letter = folded.replace(/^[l|1!] ?(?=\S$)/, '')
  if (letter === 'k') return 'r'
  return /^[δ∆△]$/.test(letter) ? 'a' : letter
}

/** A cell's text with its code points, for a person who cannot see the difference: "А" (U+0410). */
export function formatCodePoints(raw: string): string {
  const text = raw.trim()
  if (isAscii(text)) return `"${text}"`
  const points = Array.from(text, (letter) => letter.codePointAt(0)?.toString(16).toUpperCase())
  return `"${text}" (${points.map((point) => `U+${point?.padStart(4, '0')}`).join(' ')})`
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text)
}
