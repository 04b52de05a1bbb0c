import { z } from 'zod'
import { messageOf } from '../../base/errors.ts'
import { wasNotSent } from '../../chat/network-errors.ts'
import {
  isPlatformError,
  MessageRejectedError,
  type PlatformError,
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
} from '../../chat/port.ts'
import { TokenError } from './credentials.ts'

/** Used without a Retry-After: the documentation asks for a back-off, and the dispatcher's grows from here. */
const DEFAULT_RETRY_AFTER_MS = 10_000

/** An unsuccessful response of the connector, as the SDK throws it. */
const errorResponse = z.looseObject({
  statusCode: z.number(),
  code: z.string().optional(),
  response: z.custom<{ headers: { get(name: string): string | undefined } }>().optional(),
})

/** A broken connection, with Node's error code. */
const networkError = z.looseObject({ code: z.string() })

/**
 * What a failed call to the connector means for the message. Only a call that posts may have posted it. The error's
 * message contains only the code, because Teams' own text may quote the message.
 * Source: Teams documentation, "Status codes from bot conversational APIs".
 */
export function toPlatformError(
  error: unknown,
  call: 'posts' | 'posts nothing',
  now: Date,
): PlatformError {
  if (isPlatformError(error)) return error
  const posted = call === 'posts' ? 'perhaps' : 'no'
  if (error instanceof Error && error.name === 'AbortError') {
    return new PlatformUnavailableError('timeout', 'Teams did not answer in time.', posted)
  }
  if (error instanceof TokenError)
    return new PlatformUnavailableError('no_token', error.message, 'no')
  const response = errorResponse.safeParse(error)
  if (response.success) return platformErrorOfResponse(response.data, posted, now)
  const broken = networkError.safeParse(error)
  if (!broken.success)
    return new PlatformUnavailableError(
      'call_failed',
      `The call to Teams failed: ${messageOf(error)}`,
      posted,
    )
  const { code } = broken.data
  return new PlatformUnavailableError(
    code,
    `Teams cannot be reached (${code}).`,
    wasNotSent(code) ? 'no' : posted,
  )
}

/** Whether Teams refuses the call. Posting may still work, as in a private channel, whose roster needs a consent. */
export function isForbidden(error: unknown): boolean {
  return errorResponse.safeParse(error).data?.statusCode === 403
}

function platformErrorOfResponse(
  { statusCode, code: teamsCode, response }: z.infer<typeof errorResponse>,
  posted: 'no' | 'perhaps',
  now: Date,
): PlatformError {
  const code = teamsCode || `http_${statusCode}`
  const message = `Teams answered ${statusCode}${teamsCode ? ` (${teamsCode})` : ''}.`
  if (statusCode === 429)
    return new RateLimitedError(retryAfterMs(response?.headers.get('retry-after'), now), code)
  // Neither the message nor its recipient is at fault: the configuration is wrong.
  if (statusCode === 401 || code === 'InvalidBotApiHost')
    return new PlatformUnavailableError(code, message, 'no')
  // "A precondition failed … due to multiple concurrent operations": nothing was posted, so it can be tried again.
  if (statusCode === 412) return new PlatformUnavailableError(code, message, 'no')
  if (statusCode === 403 || statusCode === 404) return new RecipientGoneError(code, message)
  if (statusCode >= 400 && statusCode < 500 && statusCode !== 408)
    return new MessageRejectedError(code, message)
  return new PlatformUnavailableError(code, message, posted)
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | undefined, now: Date): number {
  const seconds = Number(header)
  if (header && Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const moment = Date.parse(header ?? '')
  return Number.isNaN(moment) ? DEFAULT_RETRY_AFTER_MS : Math.max(0, moment - now.getTime())
}
