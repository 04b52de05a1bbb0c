import { describe, expect, test } from '@jest/globals'
import { startPlatforms } from '../../src/app/platform-starts.ts'
import { Refusal } from '../../src/base/errors.ts'
import type { PlatformAdapter } from '../../src/chat/platform-definition.ts'
import { PlatformUnavailableError, RateLimitedError, unknownChannel } from '../../src/chat/port.ts'

const away = new PlatformUnavailableError('http_503', 'Slack answered with HTTP 503.', 'perhaps')
const refused = new Refusal('Slack says invalid_auth.')

/** A platform whose tries to start fail in this way, one after the other, and then succeed. */
function platform(name: string, ...failures: (Error | 'never')[]): PlatformAdapter {
  return {
    name,
    routes: [],
    start: async () => {
      const failure = failures.shift()
      if (failure === 'never') await new Promise(() => {})
      else if (failure) throw failure
    },
    stop: async () => {},
    send: async (place, { key }) => ({ place, messageId: key }),
    update: async () => {},
    find: async () => 'cannot tell',
    profile: async ({ user }) => ({ displayName: user }),
    members: async () => 'cannot tell' as const,
    channel: async () => unknownChannel,
  }
}

/** Pauses that end when they are told to, with their lengths. */
function pauses() {
  const lengths: number[] = []
  const waiting: (() => void)[] = []
  const wait = (ms: number, signal: AbortSignal) => {
    lengths.push(ms)
    return new Promise<void>((resolve, reject) => {
      waiting.push(resolve)
      signal.addEventListener('abort', reject)
    })
  }
  const pass = async () => {
    for (const resolve of waiting.splice(0)) resolve()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  return { lengths, wait, pass }
}

function logged() {
  const lines: { fields: object; message: string }[] = []
  const write = (fields: object, message: string) => {
    lines.push({ fields, message })
  }
  return { lines, log: { info: write, warn: write, error: write } }
}

describe('a platform that does not answer at the start', () => {
  test('is shown, and tried again with growing pauses while the other works', async () => {
    const { lengths, wait, pass } = pauses()
    const { lines, log } = logged()
    const adapters = [platform('slack', away, away, away), platform('teams')]
    const starts = await startPlatforms(adapters, { log, wait })
    expect(Object.fromEntries(starts.states())).toEqual({
      slack: 'not answering',
      teams: 'working',
    })
    for (const _ of ['second', 'third', 'fourth']) await pass()
    expect(lengths).toEqual([1_000, 2_000, 4_000])
    expect(starts.states().get('slack')).toBe('working')
    expect(lines[0]).toEqual({
      fields: { platform: 'slack', error: 'Slack answered with HTTP 503.', nextTrySeconds: 1 },
      message: 'A platform could not be started; it is tried again',
    })
    await starts.stop()
  })

  test('that asks to wait is left alone for that long, but for a minute at most', async () => {
    const { lengths, wait, pass } = pauses()
    const limited = (seconds: number) => new RateLimitedError(seconds * 1000)
    const adapters = [platform('slack', limited(30), limited(999_999_999), away)]
    const starts = await startPlatforms(adapters, { log: logged().log, wait })
    for (const _ of ['second', 'third', 'fourth']) await pass()
    expect(lengths).toEqual([30_000, 60_000, 4_000])
    await starts.stop()
  })

  test('and gives no sign at all holds nobody up', async () => {
    const adapters = [platform('slack', 'never'), platform('teams')]
    const starts = await startPlatforms(adapters, { log: logged().log, patienceMs: 20 })
    expect(Object.fromEntries(starts.states())).toEqual({ slack: 'starting', teams: 'working' })
  })

  test('is tried no more once the service stops', async () => {
    const { lengths, wait, pass } = pauses()
    const starts = await startPlatforms([platform('slack', away, away)], {
      log: logged().log,
      wait,
    })
    await starts.stop()
    await pass()
    expect(lengths).toHaveLength(1)
    expect(starts.states().get('slack')).toBe('not answering')
  })
})

describe('a token that is refused', () => {
  test('ends the start', async () => {
    const adapters = [platform('slack', refused), platform('teams')]
    await expect(startPlatforms(adapters, { log: logged().log })).rejects.toBe(refused)
  })

  test('after the other platform has begun to work is shown, and asked again', async () => {
    const { wait, pass } = pauses()
    const adapters = [platform('slack', away, refused), platform('teams')]
    const starts = await startPlatforms(adapters, { log: logged().log, wait })
    await pass()
    expect(starts.states().get('slack')).toBe('token refused')
    await pass()
    expect(starts.states().get('slack')).toBe('working')
    await starts.stop()
  })
})
