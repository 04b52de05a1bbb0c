import { RateLimitedError } from './port.ts'

/** Who asks is told something within this time, in milliseconds: the answer, or `pendingText` where it takes longer. */
export const replyDeadlineMs = 1_000

/** Said where the answer takes longer. It promises no more than is so: nothing is stored yet. */
export const pendingText = 'Got it, working on it. The answer follows…'

/** Resolves after so many milliseconds. */
export type Sleep = (ms: number) => Promise<void>

const maxAttempts = 3
/** Of waiting in all: who asked half a minute ago has asked again, or gone on. */
const maxTotalWaitMs = 30_000

/**
 * Makes one call that answers a person, and makes it again where the platform asks to wait: RateLimitedError says that
 * nothing was posted, so nobody is answered twice. Throws what `call` throws; RateLimitedError too, after three tries or
 * where more than half a minute of waiting is asked. For answers alone: deliveries are retried by the dispatcher.
 */
export async function retryRateLimited<T>(call: () => Promise<T>, wait: Sleep): Promise<T> {
  let waitedMs = 0
  for (let tries = 1; ; tries += 1) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof RateLimitedError) || tries === maxAttempts) throw error
      waitedMs += error.retryAfterMs
      if (waitedMs > maxTotalWaitMs) throw error
      await wait(error.retryAfterMs)
    }
  }
}
