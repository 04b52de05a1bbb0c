import type { Clock } from '../../base/clock.ts'

/**
 * Makes Slack's timestamps: "seconds.microseconds", unique and increasing. They count microseconds as a whole
 * number, which is exact until the year 2255.
 */
export function createTimestamps(clock: Clock): () => string {
  let last = 0
  return () => {
    last = Math.max(clock.now().getTime() * 1000, last + 1)
    return fromMicroseconds(last)
  }
}

function fromMicroseconds(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1_000_000)
  return `${seconds}.${String(microseconds % 1_000_000).padStart(6, '0')}`
}

/** A timestamp, or a number of seconds such as `oldest=0`, in microseconds. */
export function microseconds(ts: string): number {
  const [seconds = '0', fraction = ''] = ts.split('.')
  return Number(seconds) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
}

/** The present moment in seconds since 1970, as in `date_create` and `event_time`. */
export function epochSeconds(clock: Clock): number {
  return Math.floor(clock.now().getTime() / 1000)
}
