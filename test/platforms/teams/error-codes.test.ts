import { describe, expect, test } from '@jest/globals'
import type { ErrorMeaning } from '../../../src/chat/error-meaning.ts'
import { TokenError } from '../../../src/platforms/teams/credentials.ts'
import { explainTeamsError } from '../../../src/platforms/teams/error-codes.ts'
import { toPlatformError } from '../../../src/platforms/teams/errors.ts'
import { errorOfMeaning } from '../error-of-meaning.ts'

const now = new Date('2017-02-24T09:00:00Z')

/**
 * Status and code of every answer that Teams documents for bots: "Status codes from bot conversational APIs", "Send
 * proactive messages", "Targeted messages". Without a code: what the connector answers in fact, by its status.
 */
const documented: readonly (readonly [status: number, code: string | undefined, ErrorMeaning])[] = [
  [400, 'Bad Argument', 'message rejected'],
  [400, 'BadArgument', 'message rejected'],
  [400, 'BadSyntax', 'message rejected'],
  [400, 'Bad request', 'message rejected'],
  [401, 'BotNotRegistered', 'workspace broken'],
  [401, 'Unauthorized', 'workspace broken'],
  [403, 'BotDisabledByAdmin', 'workspace or recipient'],
  [403, 'BotNotInConversationRoster', 'channel gone'],
  [403, 'ConversationBlockedByUser', 'person gone'],
  [403, 'ForbiddenOperationException', 'person gone'],
  [403, 'InvalidBotApiHost', 'workspace broken'],
  [403, 'MessageWritesBlocked', 'person gone'],
  [403, 'NotEnoughPermissions', 'workspace or recipient'],
  [403, 'Forbidden', 'workspace or recipient'],
  [404, 'ActivityNotFoundInConversation', 'message rejected'],
  [404, 'BotNotInConversationRoster', 'channel gone'],
  [404, 'ConversationNotFound', 'channel gone'],
  [412, 'PreconditionFailed', 'not posted'],
  [413, 'MessageSizeTooBig', 'message rejected'],
  [429, 'Throttled', 'slow down'],
  [500, 'ServiceError', 'perhaps posted'],
  [502, 'ServiceError', 'perhaps posted'],
  [400, undefined, 'message rejected'],
  [401, undefined, 'workspace broken'],
  [403, undefined, 'workspace or recipient'],
  [404, undefined, 'channel gone'],
  [408, undefined, 'perhaps posted'],
  [412, undefined, 'not posted'],
  [413, undefined, 'message rejected'],
  [429, undefined, 'slow down'],
  [500, undefined, 'perhaps posted'],
  [502, undefined, 'perhaps posted'],
  [503, undefined, 'perhaps posted'],
  [504, undefined, 'perhaps posted'],
]

/** As the SDK throws it. */
function answered(statusCode: number, code: string | undefined, bodyAsText?: string): Error {
  const response = { headers: { get: () => undefined }, bodyAsText }
  return Object.assign(new Error('What Teams says'), { statusCode, code, response })
}

describe('an answer that Teams documents', () => {
  test.each(documented)('%s %s has its class', (status, code, meaning) => {
    expect(explainTeamsError(code ?? `http_${status}`)).toMatchObject({ meaning })
    expect(toPlatformError(answered(status, code), 'posts', now)).toMatchObject({
      code: code ?? `http_${status}`,
      ...errorOfMeaning[meaning],
    })
  })

  test.each(documented)('%s %s says what happened and what to do', (status, code) => {
    const words = explainTeamsError(code ?? `http_${status}`)?.words ?? ''
    expect(words).toMatch(/^[A-Z].{40,260}\.$/)
    expect(words).toMatch(/Nothing to do|has to|have to|can |Add me|tell whoever|have it/)
  })
})

describe('an answer that Teams does not document', () => {
  test.each([
    [400, 'message rejected'],
    [401, 'workspace broken'],
    [403, 'workspace or recipient'],
    [404, 'channel gone'],
    [418, 'message rejected'],
    [429, 'slow down'],
    [507, 'perhaps posted'],
  ] as const)('%s with a new code is judged by its status', (status, meaning) => {
    expect(toPlatformError(answered(status, 'NewCode'), 'posts', now)).toMatchObject({
      code: 'NewCode',
      ...errorOfMeaning[meaning],
    })
  })
})

test('where a person blocked the bot, the code is found in the JSON within the JSON', () => {
  const body = JSON.stringify({
    errorCode: 209,
    message: JSON.stringify({ subCode: 'MessageWritesBlocked', details: 'Thread is blocked' }),
  })
  expect(toPlatformError(answered(403, undefined, body), 'posts', now)).toMatchObject({
    code: 'MessageWritesBlocked',
    ...errorOfMeaning['person gone'],
  })
})

describe('no token', () => {
  test('because the credentials are refused is for an operator', () => {
    const refused = toPlatformError(new TokenError('refused', true), 'posts', now)
    expect(refused).toMatchObject({ code: 'token_refused', ...errorOfMeaning['workspace broken'] })
  })

  test('because the login does not answer passes by itself', () => {
    const silent = toPlatformError(new TokenError('silent'), 'posts', now)
    expect(silent).toMatchObject({ code: 'no_token', ...errorOfMeaning['not posted'] })
  })
})
