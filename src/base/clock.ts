/** The only way to read the time of day: all code that needs it is given a Clock. */
export interface Clock {
  /** The present moment, UTC. */
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
