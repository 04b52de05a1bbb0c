import { webApi } from '@slack/bolt'
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
import { defaultRetryAfterMs } from './fetch-with-retry-after.ts'

/** What Slack's errors mean for an outgoing message. Source: https://docs.slack.dev/reference/methods/chat.postMessage */

type ErrorMeaning = 'slow down' | 'gone' | 'rejected' | 'not posted' | 'perhaps posted'

const errorMeanings: Readonly<Record<string, ErrorMeaning>> = {
  ...withMeaning('slow down', ['ratelimited', 'rate_limited', 'message_limit_exceeded']),
  // The recipient does not exist or cannot be written to; only a person in Slack can change that.
  ...withMeaning('gone', [
    ...['channel_not_found', 'is_archived', 'not_in_channel', 'user_not_in_channel'],
    ...['user_not_found', 'users_not_found', 'user_disabled', 'user_not_visible'],
    ...['cannot_dm_bot', 'messages_tab_disabled'],
    ...['account_inactive', 'token_revoked', 'team_not_found', 'team_access_not_granted'],
    ...['restricted_action', 'restricted_action_read_only_channel', 'slack_connect_dm_disabled'],
    ...['restricted_action_thread_only_channel', 'restricted_action_non_threadable_channel'],
    ...['restricted_action_thread_locked', 'thread_locked', 'thread_not_found'],
    ...['message_not_found', 'cant_update_message', 'edit_window_closed'],
  ]),
  ...withMeaning('rejected', [
    ...['invalid_blocks', 'invalid_blocks_format', 'msg_too_long', 'msg_blocks_too_long'],
    ...['no_text', 'too_many_attachments', 'attachment_payload_limit_exceeded'],
    ...['invalid_metadata_format', 'invalid_metadata_schema', 'metadata_too_large'],
    ...['metadata_must_be_sent_from_app', 'invalid_arguments', 'invalid_arg_name'],
    ...['invalid_array_arg', 'invalid_charset', 'invalid_form_data', 'invalid_post_type'],
    ...['missing_post_type', 'invalid_json', 'json_not_object', 'cannot_reply_to_message'],
    ...['block_mismatch', 'view_too_large', 'unknown_method'],
  ]),
  // Neither the message nor the channel is at fault: an operator has to act, or Slack has to finish something.
  ...withMeaning('not posted', [
    ...['invalid_auth', 'not_authed', 'token_expired', 'missing_scope', 'no_permission'],
    ...['not_allowed_token_type', 'access_denied', 'accesslimited', 'ekm_access_denied'],
    ...[
      'org_login_required',
      'team_added_to_org',
      'enterprise_is_restricted',
      'two_factor_setup_required',
    ],
    // "The POST data was either missing or truncated"
    ...['request_timeout', 'service_unavailable', 'deprecated_endpoint', 'method_deprecated'],
  ]),
  // "It's possible some aspect of the operation succeeded before the error was raised."
  ...withMeaning('perhaps posted', ['fatal_error', 'internal_error']),
}

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
  const { error } = data
  // web-api puts the whole body here if it is not JSON. That is a proxy's page, so the message may have been posted.
  if (!/^[a-z0-9_]+$/.test(error)) {
    return new PlatformUnavailableError(
      'not_json',
      'Slack answered with something else than JSON.',
      'perhaps',
    )
  }
  switch (errorMeanings[error]) {
    case 'slow down':
      return new RateLimitedError(
        (data.response_metadata?.retryAfter ?? defaultRetryAfterMs / 1000) * 1000,
        error,
      )
    case 'gone':
      return new RecipientGoneError(error, `Slack says ${error}${hints[error] ?? '.'}`)
    case 'rejected':
      return new MessageRejectedError(error, `Slack says ${[error, ...detailsOf(data)].join(': ')}`)
    case 'perhaps posted':
      return new PlatformUnavailableError(error, `Slack says ${error}.`, 'perhaps')
    default:
      // An unknown error code is still a refusal: nothing was posted.
      return new PlatformUnavailableError(error, `Slack says ${error}${hints[error] ?? '.'}`, 'no')
  }
}

/** Whether Slack refused to update a view because the view has changed since. */
export function isHashConflict(error: unknown): boolean {
  return error instanceof PlatformUnavailableError && error.code === 'hash_conflict'
}

/** What Slack answers where a token is not, or no longer, one of this app's. */
const refusedTokenCodes: readonly string[] = [
  ...['invalid_auth', 'not_authed', 'token_expired', 'token_revoked', 'account_inactive'],
  ...['not_allowed_token_type', 'missing_scope', 'user_removed_from_team', 'team_disabled'],
]

/** Whether only an operator can mend it, by giving Milepost another token. */
export function isTokenRefused({ code }: PlatformError): boolean {
  return refusedTokenCodes.includes(code)
}

const hints: Readonly<Record<string, string>> = {
  not_in_channel: ': invite Milepost to the channel.',
  invalid_auth: ': check the bot token.',
  token_expired: ': check the bot token.',
  missing_scope: ': install the app again with the manifest of this version.',
}

function detailsOf({ response_metadata }: webApi.WebAPICallResult): string[] {
  return response_metadata?.messages ?? []
}

/** The error that an unsuccessful HTTP status means. Slack's Retry-After is a number of seconds. */
export function platformErrorOfStatus(status: number, retryAfter?: string | null): PlatformError {
  if (status === 429) {
    const seconds = Number.parseInt(retryAfter ?? '', 10)
    return new RateLimitedError(Number.isNaN(seconds) ? defaultRetryAfterMs : seconds * 1000)
  }
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

function withMeaning(
  meaning: ErrorMeaning,
  codes: readonly string[],
): Record<string, ErrorMeaning> {
  return Object.fromEntries(codes.map((code) => [code, meaning]))
}
