import type { Clock } from '../../base/clock.ts'

/** Teams documentation, "Optimize your bot with rate limiting": per bot and conversation. */
const WINDOWS = {
  send: windows([1, 7], [2, 8], [30, 60], [3600, 1800]),
  create: windows([1, 7], [2, 8], [30, 60], [3600, 1800]),
  members: windows([1, 14], [2, 16], [30, 120], [3600, 3600]),
  channels: windows([1, 14], [2, 16], [30, 120], [3600, 3600]),
}

export type RateClass = keyof typeof WINDOWS

interface Window {
  seconds: number
  allowed: number
}

function windows(...pairs: [seconds: number, allowed: number][]): Window[] {
  return pairs.map(([seconds, allowed]) => ({ seconds, allowed }))
}

/** Counts the operations of each conversation in sliding windows. */
export class RateLimiter {
  readonly #clock: Clock
  readonly #taken = new Map<string, number[]>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Counts one operation. Returns null, or the whole seconds to wait where it is one too many. */
  tryAcquire(kind: RateClass, conversation: string): number | null {
    const key = `${kind} ${conversation}`
    const now = this.#clock.now().getTime()
    const taken = (this.#taken.get(key) ?? []).filter((at) => at > now - 3_600_000)
    this.#taken.set(key, taken)
    const wait = Math.max(...WINDOWS[kind].map((window) => millisecondsToWait(taken, window, now)))
    if (wait > 0) return Math.ceil(wait / 1000)
    taken.push(now)
    return null
  }
}

/** Until the oldest of the operations that fill the window leaves it; 0 where the window is not full. */
function millisecondsToWait(taken: number[], { seconds, allowed }: Window, now: number): number {
  const filling = taken.at(-allowed)
  return filling === undefined ? 0 : Math.max(0, filling + seconds * 1000 - now)
}
