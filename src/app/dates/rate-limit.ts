/** Requests in the present minute. */
interface Window {
  readonly startsAt: number
  readonly counts: ReadonlyMap<string, number>
}

export interface RateLimit {
  /** Whether one more may be answered now; it counts if so. `key`: of whom. `at`: the moment, UTC. */
  take(key: string, at: Date): boolean
}

const minuteMs = 60_000

/** So many of each key in a minute, and so many of all: what it remembers is bounded by that. */
export function createRateLimit(each: number, all: number): RateLimit {
  let window: Window = { startsAt: 0, counts: new Map() }
  return {
    take(key, at) {
      const startsAt = Math.floor(at.getTime() / minuteMs)
      if (startsAt !== window.startsAt) window = { startsAt, counts: new Map() }
      const total = [...window.counts.values()].reduce((sum, count) => sum + count, 0)
      const count = window.counts.get(key) ?? 0
      if (count >= each || total >= all) return false
      window = { startsAt, counts: new Map(window.counts).set(key, count + 1) }
      return true
    },
  }
}
