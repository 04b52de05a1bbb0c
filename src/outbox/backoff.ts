/** How long a message waits between attempts. */

const second = 1_000
const minute = 60 * second

/** The longest wait between attempts, unless the platform itself asks for more. */
export const maxBackoffMs = 15 * minute
/** The longest wait that a platform may ask for, at a time. It is asked again then, until the day is over. */
export const maxRateLimitWaitMs = 60 * minute
/** The shortest, whatever the platform says: an answer of 0 must not be asked again each second. */
const minRateLimitWaitMs = second

/** A number from 0 up to 1, like Math.random. */
export type Random = () => number

/**
 * Milliseconds to wait after so many attempts: anything up to 2 s, 4 s, 8 s … 15 min.
 * Full jitter, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(attempts: number, random: Random): number {
  return random() * Math.min(maxBackoffMs, 2 ** attempts * second)
}

/**
 * Milliseconds to wait where a platform asks to: as long as it says, within an hour. One that keeps asking for next to
 * nothing is asked less and less often: after up to a fifth of the time for which it has done so. `ageMs`: since the first
 * attempt at the message.
 */
export function rateLimitWaitMs(askedMs: number, ageMs: number, random: Random): number {
  const backoff = Math.min(maxBackoffMs, (random() * ageMs) / 5)
  const waitMs = Math.max(minRateLimitWaitMs, askedMs, backoff)
  return Math.min(maxRateLimitWaitMs, waitMs)
}
