import { describe, expect, test } from '@jest/globals'
import { mostInHand, sharesOf } from '../../src/outbox/concurrency.ts'
import { platformPaces } from '../../src/outbox/rate-limiter.ts'

const quiet = { held: [], left: new Map(), until: undefined }
const parts = {
  what: 'messages',
  room: quiet,
  paces: platformPaces,
  troubled: [],
  inHand: [],
} as const
const shareOf = (more: Partial<Parameters<typeof sharesOf>[0]>) =>
  sharesOf({ ...parts, ...more }).find(({ of }) => of === 'slack/T1')

describe('what a workspace may have in hand', () => {
  test('is so many places, less those it has', () => {
    expect(sharesOf(parts)).toContainEqual({ of: 'slack', most: mostInHand, freshest: false })
    expect(shareOf({ inHand: ['slack/T1', 'slack/T1'] })?.most).toBe(mostInHand - 2)
  })

  test('is no more than its pace leaves', () => {
    const left = new Map([['slack/T1', { messages: 3, changes: 1 }]])
    expect(shareOf({ room: { ...quiet, left } })?.most).toBe(3)
    expect(shareOf({ what: 'changes', room: { ...quiet, left } })?.most).toBe(1)
  })

  test('is nothing while it is held, then one, which is the one tried least often', () => {
    const held = { workspace: 'slack/T1', until: new Date(0) }
    expect(shareOf({ troubled: [{ ...held, most: 0 }] })?.most).toBe(0)
    expect(shareOf({ troubled: [{ ...held, most: 1 }] })).toMatchObject({ most: 1, freshest: true })
  })
})
