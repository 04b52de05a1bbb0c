import { describe, expect, test } from '@jest/globals'
import { concurrencyLimits, maxInFlightPerWorkspace } from '../../src/outbox/concurrency.ts'
import { platformRateLimits } from '../support/platforms.ts'

const quiet = { blockedConversations: [], remaining: new Map(), nextFreeAt: undefined }
const parts = {
  what: 'messages',
  room: quiet,
  paces: platformRateLimits,
  troubled: [],
  inHand: [],
} as const
const shareOf = (more: Partial<Parameters<typeof concurrencyLimits>[0]>) =>
  concurrencyLimits({ ...parts, ...more }).find(({ scope }) => scope === 'slack/T1')

describe('what a workspace may have in hand', () => {
  test('is so many places, less those it has', () => {
    expect(concurrencyLimits(parts)).toContainEqual({
      scope: 'slack',
      maxInFlight: maxInFlightPerWorkspace,
      leastTriedFirst: false,
    })
    expect(shareOf({ inHand: ['slack/T1', 'slack/T1'] })?.maxInFlight).toBe(
      maxInFlightPerWorkspace - 2,
    )
  })

  test('is no more than its pace leaves', () => {
    const remaining = new Map([['slack/T1', { messages: 3, changes: 1 }]])
    expect(shareOf({ room: { ...quiet, remaining } })?.maxInFlight).toBe(3)
    expect(shareOf({ what: 'changes', room: { ...quiet, remaining } })?.maxInFlight).toBe(1)
  })

  test('is nothing while it is held, then one, which is the one tried least often', () => {
    const held = { workspace: 'slack/T1', openUntil: new Date(0) }
    expect(shareOf({ troubled: [{ ...held, maxInFlight: 0 }] })?.maxInFlight).toBe(0)
    expect(shareOf({ troubled: [{ ...held, maxInFlight: 1 }] })).toMatchObject({
      maxInFlight: 1,
      leastTriedFirst: true,
    })
  })
})
