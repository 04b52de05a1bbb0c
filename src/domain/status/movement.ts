import { isOnScale, type State } from '../scheme/schemes.ts'

export const movements = [
  'worse',
  'better',
  'same',
  'first rated',
  'no longer rated',
  'new',
  /** The last digest spoke in another scheme. */
  'another scale',
] as const
export type Movement = (typeof movements)[number]

/**
 * How a state moved since the last digest; `before` is undefined where that digest did not know whose it is.
 * Getting a first rating is neither better nor worse: not rated is not a place on the scale, and neither is what does
 * not apply.
 */
export function movementOf(before: State | undefined, now: State): Movement {
  if (!before) return 'new'
  if (before.key === now.key) return 'same'
  if (!isOnScale(before)) return isOnScale(now) ? 'first rated' : 'same'
  if (!isOnScale(now)) return 'no longer rated'
  return now.severity > before.severity ? 'worse' : 'better'
}
