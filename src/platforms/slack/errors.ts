import { webApi } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import { platformErrorOf } from '../../chat/error-meaning.ts'
import { wasNotSent } from '../../chat/network-errors.ts'
import {
  isPlatformError,
  type PlatformError,
  PlatformUnavailableError,
  RateLimitedError,
  WorkspaceBrokenError,
} from '../../chat/port.ts'
import { explainSlackError } from './error-codes.ts'
import { defaultRetryAfterMs } from './fetch-with-retry-after.ts'

/** Makes one call to Slack. @throws PlatformError, whatever the call throws. */
export async function callSlack<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw toPlatformError(error)
  }
}

export function toPlatformError(error: unknown): PlatformError {
  if (isPlatformError(error)) return error
  if (error instanceof webApi.WebAPIRateLimitedError)
    return new RateLimitedError(error.retryAfter * 1000)
  if (error instanceof webApi.WebAPIPlatformError) return platformErrorOfResponse(error)
  if (error instanceof webApi.WebAPIHTTPError) return platformErrorOfStatus(error.statusCode)
  const systemCode = systemCodeOf(error)
  return new PlatformUnavailableError(
    systemCode ?? (isTimeout(error) ? 'timeout' : 'call_failed'),
    `Slack could not be reached (${systemCode ?? messageOf(error)}).`,
    systemCode !== undefined && wasNotSent(systemCode) ? 'no' : 'perhaps',
  )
}

function platformErrorOfResponse({ data }: webApi.WebAPIPlatformError): PlatformError {
  const { error: code } = data
  // web-api puts the whole body here if it is not JSON. That is a proxy's page, so the message may have been posted.
  if (!/^[a-z0-9_]+$/.test(code)) {
    return new PlatformUnavailableError(
      'not_json',
      'Slack answered with something else than JSON.',
      'perhaps',
    )
  }
  // An unknown error code is still a refusal: nothing was posted.
  const { meaning, words } = explainSlackError(code) ?? { meaning: 'not posted', words: '' }
  const details = meaning === 'message rejected' ? (data.response_metadata?.messages ?? []) : []
  const isForOperators = meaning === 'workspace broken' || meaning === 'workspace or recipient'
  const retryAfter = data.response_metadata?.retryAfter
  return platformErrorOf(meaning, {
    code,
    message: `Slack says ${[code, ...details].join(': ')}.${isForOperators ? ` ${words}` : ''}`,
    retryAfterMs: retryAfter === undefined ? defaultRetryAfterMs : retryAfter * 1000,
  })
}

/** Whether Slack refused to update a view because the view has changed since. */
export function isHashConflict(error: unknown): boolean {
  return error instanceof PlatformUnavailableError && error.code === 'hash_conflict'
}

/** Whether a view is no more what it was when it was shown: it was sent, closed or changed since. */
export function isViewGone(error: unknown): boolean {
  const isClosed = error instanceof PlatformUnavailableError && error.code === 'not_found'
  return isClosed || isHashConflict(error)
}

/** Nobody is let in while a workspace moves into an organisation; no token would help, and it ends by itself. */
const migrationCodes: readonly string[] = ['org_login_required', 'team_added_to_org']

/** Whether only an operator can mend it, by giving Milepost another token. */
export function isTokenRefused(error: PlatformError): boolean {
  return error instanceof WorkspaceBrokenError && !migrationCodes.includes(error.code)
}

/** Whether the token may not read there. It may post all the same: reading has scopes of its own. */
export function isMissingScope(error: unknown): error is WorkspaceBrokenError {
  return error instanceof WorkspaceBrokenError && error.code === 'missing_scope'
}

/** The error that an unsuccessful HTTP status means. */
export function platformErrorOfStatus(
  status: number,
  retryAfterMs = defaultRetryAfterMs,
): PlatformError {
  if (status === 429) return new RateLimitedError(retryAfterMs)
  const posted = status >= 500 ? 'perhaps' : 'no'
  return new PlatformUnavailableError(
    `http_${status}`,
    `Slack answered with HTTP ${status}.`,
    posted,
  )
}

/** The system's error code ('ECONNRESET') in the chain of causes. Not by instanceof: fetch may throw from another realm. */
function systemCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const code: unknown = Reflect.get(error, 'code')
  const isSystemCode = typeof code === 'string' && !code.startsWith('slack_')
  return isSystemCode ? code : systemCodeOf(Reflect.get(error, 'cause'))
}

/** Whether AbortSignal.timeout ended the call: looks through the chain of causes, by name for the same reason. */
function isTimeout(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  return Reflect.get(error, 'name') === 'TimeoutError' || isTimeout(Reflect.get(error, 'cause'))
}
