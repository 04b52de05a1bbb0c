import { describe, expect, test } from '@jest/globals'
import { TokenError } from '../../../src/platforms/teams/credentials.ts'
import { explainTeamsError } from '../../../src/platforms/teams/error-codes.ts'
import { toPlatformError } from '../../../src/platforms/teams/errors.ts'
import { errorOfMeaning } from '../error-of-meaning.ts'
import { documentedTeamsAnswers as documented } from './documented-answers.ts'

const now = new Date('2017-02-24T09:00:00Z')

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
