import type { State } from '../status/schemes.ts'

export type Movement = 'worse' | 'better' | 'same' | 'first rated' | 'no longer rated' | 'new'

/**
 * How a project's state moved since the last digest; `before` is undefined where that digest did not know the
 * project. Getting a first rating is neither better nor worse: not rated is not a place on the scale.
 */
export function movementOf(before: State | undefined, now: State): Movement {
  if (!before) return 'new'
  if (before.key === now.key) return 'same'
  if (isBlank(before)) return 'first rated'
  if (isBlank(now)) return 'no longer rated'
  return now.severity > before.severity ? 'worse' : 'better'
}

function isBlank({ severity }: State): boolean {
  return severity < 0
}
