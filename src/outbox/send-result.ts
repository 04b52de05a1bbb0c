import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../base/log.ts'
import { Gone, RateLimited, Rejected, Unavailable } from '../chat/port.ts'
import type { Outcome } from './state-machine.ts'

/** How long one call to a platform may take before its answer counts as lost. */
export const patienceMs = 15_000

/** How a call to the platform ended, its errors too. One without an answer in time may have worked. */
export async function outcomeOf<Ending>(
  log: Log,
  { key }: { readonly key: string },
  call: () => Promise<Ending>,
): Promise<Ending | Exclude<Outcome, { kind: 'sent' }>> {
  try {
    return await withinPatience(call())
  } catch (error) {
    if (error instanceof RateLimited) return { kind: 'rate limited', afterMs: error.afterMs }
    if (error instanceof Gone) return { kind: 'gone', reason: error.message }
    if (error instanceof Rejected) return { kind: 'rejected', reason: error.message }
    if (error instanceof Unavailable) {
      return { kind: 'unavailable', posted: error.posted, reason: error.message }
    }
    log.error({ err: error, delivery: key }, 'A platform failed outside its contract')
    return { kind: 'unavailable', posted: 'perhaps', reason: 'a fault in Milepost, see its log' }
  }
}

async function withinPatience<T>(work: Promise<T>): Promise<T> {
  const done = new AbortController()
  const timeUp = delay(patienceMs, undefined, { signal: done.signal, ref: false }).then(() => {
    throw new Unavailable(`no answer within ${patienceMs / 1_000} s`, 'perhaps')
  })
  try {
    return await Promise.race([work, timeUp])
  } finally {
    done.abort()
  }
}
