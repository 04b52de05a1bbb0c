import { fold } from '../../base/text.ts'
import { parseState, type Scheme, type State } from '../../domain/scheme/schemes.ts'

/** What a RAG cell means. */
export interface Rating {
  readonly state: State
  /** plain: as it should be written. changed: certain, but written otherwise. unknown: not understood, so not rated. */
  readonly certainty: 'plain' | 'changed' | 'unknown'
}

/** In characters. A state's label has at most 40. */
const maxRatingLength = 200

/**
 * Reads a RAG cell by the letter or the word of a state. A blank cell is not rated, and never Green (rule 1 of the
 * domain); neither is one that is not understood.
 */
export function parseRating(raw: string, scheme: Scheme): Rating {
  const text = raw.trim()
  if (text === '') return { state: scheme.blank, certainty: 'plain' }
  if (text.length > maxRatingLength) return { state: scheme.blank, certainty: 'unknown' }
  const named = parseState(scheme, text)
  if (named) return { state: named, certainty: isAscii(text) ? 'plain' : 'changed' }
  const repaired = parseState(scheme, repairScannedLetter(fold(text)))
  if (repaired) return { state: repaired, certainty: 'changed' }
  return { state: scheme.blank, certainty: 'unknown' }
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
