import type { Clock } from '../../src/base/clock.ts'

/** A clock that stands still at `moment`. */
export function clockAt(moment: Date): Clock {
  return { now: () => new Date(moment) }
}
