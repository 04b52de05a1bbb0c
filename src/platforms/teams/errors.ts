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

/** Without a Retry-After the documentation asks for a back-off; the dispatcher's own grows from here. */
const DEFAULT_RETRY_AFTER_MS = 10_000

/** An answer of the connector that is no success, as the SDK throws it. */
const errorResponse = z.looseObject({
  statusCode: z.number(),
  code: z.string().optional(),
  response: z.custom<{ headers: { get(name: string): string | undefined } }>().optional(),
})

/** The line that broke, as Node names it. */
const networkError = z.looseObject({ code: z.string() })

/**
 * What a failed call of the connector means for the message ("Status codes from bot conversational APIs", Teams
 * documentation). Only a call that posts can leave one standing. The texts name the code alone: what Teams
 * says beside it may quote the message.
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
  const answer = errorResponse.safeParse(error)
  if (answer.success) return platformErrorOfResponse(answer.data, posted, now)
  const line = networkError.safeParse(error)
  if (!line.success)
    return new PlatformUnavailableError(
      'call_failed',
      `The call to Teams failed: ${messageOf(error)}`,
      posted,
    )
  const { code } = line.data
  return new PlatformUnavailableError(
    code,
    `Teams cannot be reached (${code}).`,
    wasNotSent(code) ? 'no' : posted,
  )
}

/** Whether Teams refuses to tell. It may still let us post: in a private channel, say, whose roster needs a consent. */
export function isForbidden(error: unknown): boolean {
  return errorResponse.safeParse(error).data?.statusCode === 403
}

function platformErrorOfResponse(
  { statusCode, code: named, response }: z.infer<typeof errorResponse>,
  posted: 'no' | 'perhaps',
  now: Date,
): PlatformError {
  const code = named || `http_${statusCode}`
  const words = `Teams answered ${statusCode}${named ? ` (${named})` : ''}.`
  if (statusCode === 429)
    return new RateLimitedError(retryAfterMs(response?.headers.get('retry-after'), now), code)
  // Neither says anything of the message or of who it is for: the set-up has to be mended.
  if (statusCode === 401 || code === 'InvalidBotApiHost')
    return new PlatformUnavailableError(code, words, 'no')
  // "A precondition failed … due to multiple concurrent operations": nothing was done, try again.
  if (statusCode === 412) return new PlatformUnavailableError(code, words, 'no')
  if (statusCode === 403 || statusCode === 404) return new RecipientGoneError(code, words)
  if (statusCode >= 400 && statusCode < 500 && statusCode !== 408)
    return new MessageRejectedError(code, words)
  return new PlatformUnavailableError(code, words, posted)
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | undefined, now: Date): number {
  const seconds = Number(header)
  if (header && Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const moment = Date.parse(header ?? '')
  return Number.isNaN(moment) ? DEFAULT_RETRY_AFTER_MS : Math.max(0, moment - now.getTime())
}
