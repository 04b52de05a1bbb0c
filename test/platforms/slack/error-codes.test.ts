import { describe, expect, test } from '@jest/globals'
import { webApi } from '@slack/bolt'
import type { ErrorMeaning } from '../../../src/chat/error-meaning.ts'
import type { PlatformError } from '../../../src/chat/port.ts'
import { explainSlackError } from '../../../src/platforms/slack/error-codes.ts'
import { toPlatformError } from '../../../src/platforms/slack/errors.ts'
import { errorOfMeaning } from '../error-of-meaning.ts'
import { documentedSlackCodes } from './documented-codes.ts'

/** Written down apart from the table under test: to which class each code belongs. All others are 'message rejected'. */
const classes: Partial<Record<ErrorMeaning, readonly string[]>> = {
  'slow down': ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  'person gone': [
    ...['user_not_found', 'users_not_found', 'user_disabled', 'user_not_visible', 'cannot_dm_bot'],
    ...['slack_connect_dm_disabled', 'invalid_user_combination'],
  ],
  'channel gone': [
    ...['channel_not_found', 'is_archived', 'not_in_channel', 'user_not_in_channel'],
    ...['invalid_channel', 'channel_is_limited_access'],
  ],
  'workspace broken': [
    ...['token_revoked', 'team_not_found', 'team_access_not_granted'],
    ...['invalid_auth', 'not_authed', 'token_expired', 'not_allowed_token_type', 'missing_scope'],
    ...['invalid_refresh_token', 'invalid_client_id', 'bad_client_secret'],
    ...['access_denied', 'accesslimited', 'ekm_access_denied', 'enterprise_is_restricted'],
    ...[
      'two_factor_setup_required',
      'app_access_restricted',
      'user_removed_from_team',
      'team_disabled',
      'org_login_required',
    ],
    ...['team_added_to_org', 'messages_tab_disabled', 'deprecated_endpoint'],
    ...['method_deprecated', 'unknown_method', 'as_user_not_supported'],
  ],
  'workspace or recipient': ['no_permission', 'account_inactive'],
  'not posted': [
    ...['request_timeout', 'service_unavailable', 'update_failed', 'external_channel_migrating'],
    'streaming_state_conflict',
  ],
  'perhaps posted': ['fatal_error', 'internal_error'],
}

const documented = Object.entries(documentedSlackCodes).flatMap(([method, codes]) =>
  codes.map((code) => ({ method, code })),
)

function classOf(code: string): ErrorMeaning {
  const found = Object.entries(classes).find(([, codes]) => codes.includes(code))
  return (found?.[0] as ErrorMeaning | undefined) ?? 'message rejected'
}

const answered = (error: string): PlatformError =>
  toPlatformError(new webApi.WebAPIPlatformError({ ok: false, error, response_metadata: {} }))

describe('an error code that Slack documents', () => {
  test.each(documented)('$method: $code has its class', ({ code }) => {
    const meaning = classOf(code)
    expect(explainSlackError(code)).toMatchObject({ meaning })
    expect(answered(code)).toMatchObject({ code, ...errorOfMeaning[meaning] })
  })

  test.each(documented)('$method: $code says what happened and what to do', ({ code }) => {
    const words = explainSlackError(code)?.words ?? ''
    expect(words).toMatch(/^[A-Z].{40,260}\.$/)
    expect(words).not.toContain(code)
    expect(words).toMatch(
      /Nothing to do|has to|have to|can |Invite|Open it|Let me in|Add another|add it|tell whoever|Have it|have it|have the digest|have me/,
    )
  })

  test('is listed by the classes only if it is documented', () => {
    const known = new Set(documented.map(({ code }) => code))
    expect(
      Object.values(classes)
        .flat()
        .filter((code) => !known.has(code)),
    ).toEqual([])
  })
})

describe('what a workspace says of itself', () => {
  test.each(classes['workspace broken'] ?? [])('%s is never said of a person', (code) => {
    expect(answered(code)).not.toMatchObject({ name: 'RecipientGoneError' })
  })
})

test('a code that Slack adds one day means that nothing was posted, and is tried again', () => {
  expect(explainSlackError('an_error_that_slack_adds_one_day')).toBeUndefined()
  expect(answered('an_error_that_slack_adds_one_day')).toMatchObject(errorOfMeaning['not posted'])
})
