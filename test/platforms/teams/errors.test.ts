import { describe, expect, test } from '@jest/globals'
import { Gone, RateLimited, Rejected, Unavailable } from '../../../src/chat/port.ts'
import { TokenRefused } from '../../../src/platforms/teams/credentials.ts'
import { failureOf } from '../../../src/platforms/teams/errors.ts'

const now = new Date('2017-02-24T09:00:00Z')

/** As the SDK throws it. */
function answered(statusCode: number, code?: string, retryAfter?: string): Error {
  const headers = { get: (name: string) => (name === 'retry-after' ? retryAfter : undefined) }
  return Object.assign(new Error('What Teams says'), { statusCode, code, response: { headers } })
}
const broken = (code: string) => Object.assign(new Error(`connect ${code}`), { code })
const aborted = Object.assign(new Error('aborted'), { name: 'AbortError' })

describe('a failed call of the connector', () => {
  test.each([
    [400, 'BadArgument', Rejected],
    [413, 'MessageSizeTooBig', Rejected],
    [422, undefined, Rejected],
    [403, 'ConversationBlockedByUser', Gone],
    [403, 'BotNotInConversationRoster', Gone],
    [403, 'BotDisabledByAdmin', Gone],
    [403, 'ForbiddenOperationException', Gone],
    [403, 'MessageWritesBlocked', Gone],
    [404, 'ConversationNotFound', Gone],
    [404, 'ActivityNotFoundInConversation', Gone],
  ])('%s %s is final', (status, code, kind) => {
    expect(failureOf(answered(status, code), 'posts', now)).toBeInstanceOf(kind)
  })

  test.each([
    ['a number of seconds', '7', 7_000],
    ['a date', 'Fri, 24 Feb 2017 09:00:30 GMT', 30_000],
    ['a date gone by', 'Fri, 24 Feb 2017 08:00:00 GMT', 0],
    ['nonsense', 'soon', 10_000],
    ['nothing', undefined, 10_000],
  ])('429 with %s says how long to wait', (_, header, afterMs) => {
    const failure = failureOf(answered(429, 'Throttled', header), 'posts', now)
    expect(failure).toBeInstanceOf(RateLimited)
    expect(failure).toMatchObject({ afterMs })
  })

  test.each([
    ['500', answered(500, 'ServiceError'), 'perhaps'],
    ['502', answered(502), 'perhaps'],
    ['503', answered(503), 'perhaps'],
    ['504', answered(504), 'perhaps'],
    ['408', answered(408), 'perhaps'],
    ['401', answered(401, 'BotNotRegistered'), 'no'],
    ['the wrong cloud', answered(403, 'InvalidBotApiHost'), 'no'],
    ['412', answered(412, 'PreconditionFailed'), 'no'],
    ['a refused line', broken('ECONNREFUSED'), 'no'],
    ['an unknown host', broken('ENOTFOUND'), 'no'],
    ['a bad certificate', broken('CERT_HAS_EXPIRED'), 'no'],
    ['a dropped line', broken('ECONNRESET'), 'perhaps'],
    ['a silent line', aborted, 'perhaps'],
    ['no token', new TokenRefused('none'), 'no'],
    ['anything else', new TypeError('no such thing'), 'perhaps'],
  ])('%s may have posted: see the last column', (_, error, posted) => {
    const failure = failureOf(error, 'posts', now)
    expect(failure).toBeInstanceOf(Unavailable)
    expect(failure).toMatchObject({ posted })
  })

  test('a call that posts nothing leaves nothing behind', () => {
    expect(failureOf(answered(500), 'posts nothing', now)).toMatchObject({ posted: 'no' })
    expect(failureOf(broken('ECONNRESET'), 'posts nothing', now)).toMatchObject({ posted: 'no' })
  })

  test('what Teams says in words is not repeated, for it may quote the message', () => {
    const { message } = failureOf(answered(400, 'BadArgument'), 'posts', now)
    expect(message).toBe('Teams answered 400 (BadArgument).')
  })

  test('a failure that is named already stays as it is', () => {
    const gone = new Gone('nobody there')
    expect(failureOf(gone, 'posts', now)).toBe(gone)
  })
})
