import { RateLimitedError } from './port.ts'

/** In milliseconds: within this time a person gets the answer, or `pendingText` where it takes longer. */
export const replyDeadlineMs = 1_000

/** Shown where the answer takes longer. It promises nothing: nothing is saved yet. */
export const pendingText = 'Got it, working on it. The answer follows…'

/** Resolves after `ms` milliseconds. */
export type Sleep = (ms: number) => Promise<void>

const maxAttempts = 3
/** Of all waits together: after half a minute a person has asked again, or given up. */
const maxTotalWaitMs = 30_000

/**
 * Makes one call that answers a person, and retries it where the platform asks to wait: RateLimitedError means that
 * nothing was posted, so nobody is answered twice. For answers only: the outbox retries its own messages.
 * @throws what `call` throws; RateLimitedError too, after three tries or half a minute of waiting
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
