import { setTimeout as delay } from 'node:timers/promises'

/** Lets one waiter sleep until something happens; what happens while it does not wait is not missed. */
export interface Signal {
  notify(): void
  /** Resolves at the next signal, or at once if there was one since last time, and after `ms` in any case. */
  wait(ms: number): Promise<void>
}

export function createSignal(): Signal {
  let given = Promise.withResolvers<void>()
  return {
    notify: () => given.resolve(),
    async wait(ms) {
      const over = new AbortController()
      const late = delay(ms, undefined, { signal: over.signal }).catch(() => {})
      await Promise.race([given.promise, late])
      over.abort()
      given = Promise.withResolvers<void>()
    },
  }
}
