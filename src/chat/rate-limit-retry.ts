import { RateLimited } from './port.ts'

/** Who asks is told something within this time, in milliseconds: the answer, or `gotIt` where it takes longer. */
export const answeredWithin = 1_000

/** Said where the answer takes longer. It promises no more than is so: nothing is stored yet. */
export const gotIt = 'Got it, working on it. The answer follows…'

/** Resolves after so many milliseconds. */
export type Wait = (ms: number) => Promise<void>

const mostTries = 3
/** Of waiting in all: who asked half a minute ago has asked again, or gone on. */
const mostWaitingMs = 30_000

/**
 * Makes one call that answers a person, and makes it again where the platform asks to wait: RateLimited says that
 * nothing was posted, so nobody is answered twice. Throws what `call` throws; RateLimited too, after three tries or
 * where more than half a minute of waiting is asked. For answers alone: deliveries are retried by the dispatcher.
 */
export async function whenAllowed<T>(call: () => Promise<T>, wait: Wait): Promise<T> {
  let waitedMs = 0
  for (let tries = 1; ; tries += 1) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof RateLimited) || tries === mostTries) throw error
      waitedMs += error.afterMs
      if (waitedMs > mostWaitingMs) throw error
      await wait(error.afterMs)
    }
  }
}
