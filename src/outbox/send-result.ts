import type { PlatformName } from '../base/addresses.ts'
import type { Log } from '../base/log.ts'
import { withDeadline } from '../base/timeout.ts'
import {
  MessageRejectedError,
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
  WorkspaceBrokenError,
} from '../chat/port.ts'
import { maxRateLimitWaitMs } from './backoff.ts'
import { platformErrorCode } from './error-codes.ts'
import type { FailedCall } from './state-machine.ts'

/** How long one call to a platform may take before its answer counts as lost. */
export const callTimeoutMs = 15_000

/** How a call to a platform ended, whether it succeeded or failed. One that got no answer in time may have worked. */
export async function callPlatform<Result>(
  log: Log,
  { key, platform }: { readonly key: string; readonly platform: PlatformName },
  call: () => Promise<Result>,
): Promise<Result | FailedCall> {
  try {
    return await withCallTimeout(call())
  } catch (error) {
    const failed = failedCall(error, platform)
    if (failed) return failed
    log.error({ err: error, delivery: key }, 'A platform failed outside its contract')
    return {
      kind: 'unavailable',
      posted: 'perhaps',
      code: 'internal_error',
      reason: 'a fault in Milepost, see its log',
    }
  }
}

/** Undefined for an error that the port does not know. */
function failedCall(error: unknown, platform: PlatformName): FailedCall | undefined {
  if (error instanceof RateLimitedError) {
    const retryAfterMs = Math.min(maxRateLimitWaitMs, error.retryAfterMs)
    const asked = `the platform asked to wait ${Math.ceil(error.retryAfterMs / 1_000)} s`
    const isCapped = error.retryAfterMs > maxRateLimitWaitMs
    const reason = isCapped ? `${asked}, and is asked again after an hour` : asked
    return {
      kind: 'rate limited',
      retryAfterMs,
      isCapped,
      code: platformErrorCode(platform, error.code),
      reason,
    }
  }
  if (error instanceof RecipientGoneError) {
    const code = platformErrorCode(platform, error.code)
    return { kind: 'gone', who: error.who, code, reason: error.message }
  }
  if (error instanceof WorkspaceBrokenError) {
    const code = platformErrorCode(platform, error.code)
    const { mayConcernRecipient, message: reason } = error
    return { kind: 'workspace broken', mayConcernRecipient, code, reason }
  }
  if (error instanceof MessageRejectedError) {
    const code = platformErrorCode(platform, error.code)
    return { kind: 'rejected', code, reason: error.message }
  }
  if (error instanceof PlatformUnavailableError) {
    const code = platformErrorCode(platform, error.code)
    return { kind: 'unavailable', posted: error.posted, code, reason: error.message }
  }
  return undefined
}

function withCallTimeout<T>(work: Promise<T>): Promise<T> {
  const noAnswer = `no answer within ${callTimeoutMs / 1_000} s`
  return withDeadline(
    callTimeoutMs,
    work,
    () => new PlatformUnavailableError('timeout', noAnswer, 'perhaps'),
  )
}
