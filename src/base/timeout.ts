import { setTimeout as pause } from 'node:timers/promises'

/** Waiting, handed in where the time that passes is not real. */
export interface Timers {
  /** Resolves after `ms` milliseconds. */
  sleep(ms: number): Promise<void>
  /** See `withTimeout`. */
  withTimeout<T>(ms: number, work: Promise<T>): Promise<T | undefined>
}

export const realTimers: Timers = { sleep: (ms) => pause(ms), withTimeout }

const timedOut = Symbol('timed out')

/** The result of `work` if it comes within `ms` milliseconds, otherwise undefined. The work itself is not stopped. */
export async function withTimeout<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const result = await race(ms, work)
  return result === timedOut ? undefined : result
}

/**
 * The result of `work` if it comes within `ms` milliseconds. The work itself is not stopped.
 * @throws what `timeoutError` returns where it takes longer
 */
export async function withDeadline<T>(
  ms: number,
  work: Promise<T>,
  timeoutError: () => Error,
): Promise<T> {
  const result = await race(ms, work)
  if (result === timedOut) throw timeoutError()
  return result
}

/** The timer does not keep the process running. */
async function race<T>(ms: number, work: Promise<T>): Promise<T | typeof timedOut> {
  const { promise: late, resolve } = Promise.withResolvers<typeof timedOut>()
  const timer = setTimeout(resolve, ms, timedOut).unref()
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
