/** The one place where the time of day is read. Everything else is handed a Clock. */
export interface Clock {
  /** The present moment, UTC. */
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still at `moment`: for tests and for questions about a past day. */
export function clockAt(moment: Date): Clock {
  return { now: () => new Date(moment) }
}
