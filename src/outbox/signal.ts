import type { Timers } from '../base/timeout.ts'

/** Lets one waiter sleep until it is notified; a notification while it does not wait is not lost. */
export interface Signal {
  notify(): void
  /** Resolves at the next signal, or at once if there was one since last time, and after `ms` in any case. */
  wait(ms: number): Promise<void>
}

export function createSignal({ withTimeout }: Pick<Timers, 'withTimeout'>): Signal {
  let given = Promise.withResolvers<void>()
  return {
    notify: () => given.resolve(),
    async wait(ms) {
      await withTimeout(ms, given.promise)
      given = Promise.withResolvers<void>()
    },
  }
}
