import { describe, expect, test } from '@jest/globals'
import {
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
} from '../../../src/chat/port.ts'
import { TokenError } from '../../../src/platforms/teams/credentials.ts'
import { toPlatformError } from '../../../src/platforms/teams/errors.ts'

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
    ['a number of seconds', '7', 7_000],
    ['a date', 'Fri, 24 Feb 2017 09:00:30 GMT', 30_000],
    ['a date gone by', 'Fri, 24 Feb 2017 08:00:00 GMT', 0],
    ['nonsense', 'soon', 10_000],
    ['nothing', undefined, 10_000],
  ])('429 with %s says how long to wait', (_, header, retryAfterMs) => {
    const failure = toPlatformError(answered(429, 'Throttled', header), 'posts', now)
    expect(failure).toBeInstanceOf(RateLimitedError)
    expect(failure).toMatchObject({ retryAfterMs })
  })

  test.each([
    ['500', answered(500, 'ServiceError'), 'perhaps', 'ServiceError'],
    ['502', answered(502), 'perhaps', 'http_502'],
    ['503', answered(503), 'perhaps', 'http_503'],
    ['504', answered(504), 'perhaps', 'http_504'],
    ['408', answered(408), 'perhaps', 'http_408'],
    ['412', answered(412, 'PreconditionFailed'), 'no', 'PreconditionFailed'],
    ['a refused connection', broken('ECONNREFUSED'), 'no', 'ECONNREFUSED'],
    ['an unknown host', broken('ENOTFOUND'), 'no', 'ENOTFOUND'],
    ['a bad certificate', broken('CERT_HAS_EXPIRED'), 'no', 'CERT_HAS_EXPIRED'],
    ['a dropped connection', broken('ECONNRESET'), 'perhaps', 'ECONNRESET'],
    ['no answer in time', aborted, 'perhaps', 'timeout'],
    ['no token', new TokenError('none'), 'no', 'no_token'],
    ['anything else', new TypeError('no such thing'), 'perhaps', 'call_failed'],
  ])('after %s, posted is what the table says', (_, error, posted, code) => {
    const failure = toPlatformError(error, 'posts', now)
    expect(failure).toBeInstanceOf(PlatformUnavailableError)
    expect(failure).toMatchObject({ posted, code })
  })

  test('a call that posts nothing leaves nothing behind', () => {
    expect(toPlatformError(answered(500), 'posts nothing', now)).toMatchObject({ posted: 'no' })
    expect(toPlatformError(broken('ECONNRESET'), 'posts nothing', now)).toMatchObject({
      posted: 'no',
    })
  })

  test('what Teams says in words is not repeated, for it may quote the message', () => {
    const { message } = toPlatformError(answered(400, 'BadArgument'), 'posts', now)
    expect(message).toBe('Teams answered 400 (BadArgument).')
  })

  test('a failure that is named already stays as it is', () => {
    const gone = new RecipientGoneError('ConversationNotFound', 'nobody there')
    expect(toPlatformError(gone, 'posts', now)).toBe(gone)
  })
})
