export interface RateLimit {
  /** Whether one more may be answered now; it counts if so. `key`: of whom. `at`: the moment, UTC. */
  take(key: string, at: Date): boolean
}

const minuteMs = 60_000

/** So many of each key in a minute, and so many of all: what it remembers is bounded by that. */
export function createRateLimit(each: number, all: number): RateLimit {
  const counts = new Map<string, number>()
  let [minute, total] = [0, 0]
  return {
    take(key, at) {
      const present = Math.floor(at.getTime() / minuteMs)
      if (present !== minute) {
        counts.clear()
        ;[minute, total] = [present, 0]
      }
      const count = counts.get(key) ?? 0
      if (count >= each || total >= all) return false
      counts.set(key, count + 1)
      total += 1
      return true
    },
  }
}
