import type { Log } from '../base/log.ts'
import { withDeadline } from '../base/timeout.ts'
import {
  MessageRejectedError,
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
} from '../chat/port.ts'
import type { SendResult } from './state-machine.ts'

/** How long one call to a platform may take before its answer counts as lost. */
export const callTimeoutMs = 15_000

/** How a call to the platform ended, its errors too. One without an answer in time may have worked. */
export async function callPlatform<Ending>(
  log: Log,
  { key }: { readonly key: string },
  call: () => Promise<Ending>,
): Promise<Ending | Exclude<SendResult, { kind: 'sent' }>> {
  try {
    return await withCallTimeout(call())
  } catch (error) {
    if (error instanceof RateLimitedError)
      return { kind: 'rate limited', retryAfterMs: error.retryAfterMs }
    if (error instanceof RecipientGoneError) return { kind: 'gone', reason: error.message }
    if (error instanceof MessageRejectedError) return { kind: 'rejected', reason: error.message }
    if (error instanceof PlatformUnavailableError) {
      return { kind: 'unavailable', posted: error.posted, reason: error.message }
    }
    log.error({ err: error, delivery: key }, 'A platform failed outside its contract')
    return { kind: 'unavailable', posted: 'perhaps', reason: 'a fault in Milepost, see its log' }
  }
}

function withCallTimeout<T>(work: Promise<T>): Promise<T> {
  const noAnswer = `no answer within ${callTimeoutMs / 1_000} s`
  return withDeadline(
    callTimeoutMs,
    work,
    () => new PlatformUnavailableError('timeout', noAnswer, 'perhaps'),
  )
}
