import { z } from 'zod'
import { messageOf } from '../../base/errors.ts'
import { platformErrorOf } from '../../chat/error-meaning.ts'
import { wasNotSent } from '../../chat/network-errors.ts'
import {
  isPlatformError,
  type PlatformError,
  PlatformUnavailableError,
  WorkspaceBrokenError,
} from '../../chat/port.ts'
import { parseRetryAfter } from '../../chat/retry-after.ts'
import { TokenError } from './credentials.ts'
import { explainTeamsError, meaningOf } from './error-codes.ts'

/** Used without a Retry-After: the documentation asks for a back-off, and the dispatcher's grows from here. */
const DEFAULT_RETRY_AFTER_MS = 10_000

interface ConnectorResponse {
  readonly headers: { get(name: string): string | undefined }
  readonly bodyAsText?: string | null
}

/** An unsuccessful response of the connector, as the SDK throws it. */
const errorResponse = z.looseObject({
  statusCode: z.number(),
  code: z.string().optional(),
  response: z.custom<ConnectorResponse>().optional(),
})

/** A broken connection, with Node's error code. */
const networkError = z.looseObject({ code: z.string() })

/**
 * What a failed call to the connector means for the message. Only a call that posts may have posted it. The error's
 * message contains only the code, because Teams' own text may quote the message.
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
  if (error instanceof TokenError) {
    return error.isRefused
      ? new WorkspaceBrokenError('token_refused', error.message)
      : new PlatformUnavailableError('no_token', error.message, 'no')
  }
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
  const code = teamsCode || subCodeIn(response?.bodyAsText) || `http_${statusCode}`
  const meaning = meaningOf(code, statusCode)
  const isOurs = code.startsWith('http_')
  const isForOperators = meaning === 'workspace broken' || meaning === 'workspace or recipient'
  const words = isForOperators ? ` ${explainTeamsError(code)?.words ?? ''}`.trimEnd() : ''
  return platformErrorOf(meaning === 'perhaps posted' && posted === 'no' ? 'not posted' : meaning, {
    code,
    message: `Teams answered ${statusCode}${isOurs ? '' : ` (${code})`}.${words}`,
    retryAfterMs:
      parseRetryAfter(response?.headers.get('retry-after'), now) ?? DEFAULT_RETRY_AFTER_MS,
  })
}

/** Where somebody has blocked the bot the code may stand in JSON within JSON: "{\"subCode\":\"MessageWritesBlocked\"}". */
function subCodeIn(body: string | null | undefined): string | undefined {
  return /"subCode\W+(\w+)/.exec(body?.replaceAll('\\', '') ?? '')?.[1]
}
