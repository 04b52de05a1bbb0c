import { describe, expect, test } from '@jest/globals'
import {
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
} from '../../src/chat/port.ts'
import { retryRateLimited } from '../../src/chat/rate-limit-retry.ts'

/** Makes a call with these outcomes, one after the other; returns the result, the waits and the number of calls. */
async function calling(...endings: (string | Error)[]) {
  const waits: number[] = []
  let calls = 0
  const call = async () => {
    const ending = endings[calls++]
    if (ending instanceof Error) throw ending
    return ending
  }
  const outcome = await retryRateLimited(call, async (ms) => {
    waits.push(ms)
  }).catch((error: unknown) => error)
  return { outcome, waits, calls }
}
const limited = (ms: number) => new RateLimitedError(ms)

describe('an answer to a person', () => {
  test('is sent at once where nothing limits it', async () => {
    expect(await calling('posted')).toEqual({ outcome: 'posted', waits: [], calls: 1 })
  })

  test('waits as long as the platform asks, and is then retried', async () => {
    expect(await calling(limited(2000), limited(500), 'posted')).toEqual({
      outcome: 'posted',
      waits: [2000, 500],
      calls: 3,
    })
  })

  test('is given up after three tries', async () => {
    const last = limited(3)
    expect(await calling(limited(1), limited(2), last, 'posted')).toEqual({
      outcome: last,
      waits: [1, 2],
      calls: 3,
    })
  })

  test('is given up where the waits would exceed half a minute', async () => {
    const longer = limited(20_001)
    expect(await calling(limited(10_000), longer, 'posted')).toEqual({
      outcome: longer,
      waits: [10_000],
      calls: 2,
    })
    expect(await calling(limited(30_000), 'posted')).toMatchObject({ outcome: 'posted' })
  })

  test.each([
    new PlatformUnavailableError('timeout', 'no answer', 'perhaps'),
    new PlatformUnavailableError('ECONNREFUSED', 'not reached', 'no'),
    new RecipientGoneError('archived', 'archived'),
    new Error('a fault of ours'),
  ])('is not made again after %s', async (error) => {
    expect(await calling(error, 'posted')).toEqual({ outcome: error, waits: [], calls: 1 })
  })
})
