import type { Scheme } from '../../domain/scheme/schemes.ts'
import { parseRating, type StateWords } from './rating-parser.ts'

/** A cell of a state as it was read. */
interface RatedCell {
  /** Key of a state. */
  readonly state: string
  readonly rawState?: string
}

/** What such a cell says: a state, that it is done, nothing, or something that was not understood. */
export type CellSays = 'state' | 'done' | 'nothing' | 'unread'

/** Words of which somebody said that they are no rating say nothing, as an empty cell does. */
export function cellSays(
  { state, rawState = '' }: RatedCell,
  scheme: Scheme,
  words: StateWords,
): CellSays {
  if (state !== scheme.blank.key) return 'state'
  if (rawState.trim() === '') return 'nothing'
  const { isDone, certainty } = parseRating(rawState, scheme, words)
  if (isDone) return 'done'
  return certainty === 'unknown' ? 'unread' : 'nothing'
}
