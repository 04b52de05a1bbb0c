import { describe, expect, test } from '@jest/globals'
import { concurrencyLimits, maxInFlightPerWorkspace } from '../../src/outbox/concurrency.ts'
import { platformRateLimits } from '../support/platforms.ts'

const allFree = { blockedConversations: [], remaining: new Map(), nextFreeAt: undefined }
const parts = {
  what: 'messages',
  capacity: allFree,
  rateLimits: platformRateLimits,
  openCircuits: [],
  workspacesInFlight: [],
} as const
const limitOf = (more: Partial<Parameters<typeof concurrencyLimits>[0]>) =>
  concurrencyLimits({ ...parts, ...more }).find(({ scope }) => scope === 'slack/T1')

describe('the concurrency limit of a workspace', () => {
  test('is a fixed number of messages, less those in flight', () => {
    expect(concurrencyLimits(parts)).toContainEqual({
      scope: 'slack',
      maxInFlight: maxInFlightPerWorkspace,
      leastTriedFirst: false,
    })
    expect(limitOf({ workspacesInFlight: ['slack/T1', 'slack/T1'] })?.maxInFlight).toBe(
      maxInFlightPerWorkspace - 2,
    )
  })

  test('is no more than its rate limit has left', () => {
    const remaining = new Map([['slack/T1', { messages: 3, changes: 1 }]])
    expect(limitOf({ capacity: { ...allFree, remaining } })?.maxInFlight).toBe(3)
    expect(limitOf({ what: 'changes', capacity: { ...allFree, remaining } })?.maxInFlight).toBe(1)
  })

  test('is zero while its circuit is open, then one: the message with the fewest attempts', () => {
    const circuit = { workspace: 'slack/T1', openUntil: new Date(0) }
    expect(limitOf({ openCircuits: [{ ...circuit, maxInFlight: 0 }] })?.maxInFlight).toBe(0)
    expect(limitOf({ openCircuits: [{ ...circuit, maxInFlight: 1 }] })).toMatchObject({
      maxInFlight: 1,
      leastTriedFirst: true,
    })
  })
})
