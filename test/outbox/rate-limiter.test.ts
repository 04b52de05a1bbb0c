import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createRateLimiter, nextSlot } from '../../src/outbox/rate-limiter.ts'
import { platformRateLimits } from '../support/platforms.ts'

const channel = { platform: 'slack', tenant: 'T1', conversation: 'C1' } as const
const chat = { platform: 'teams', tenant: 'A1', conversation: '19:a' } as const
const at = (ms: number) => new Date(ms)

describe('when a message may follow', () => {
  const once = [{ messages: 1, perMs: 1_000 }]
  const both = [
    { messages: 2, perMs: 1_000 },
    { messages: 3, perMs: 30_000 },
  ]
  test.each([
    ['nothing was sent', [], once, Number.NEGATIVE_INFINITY],
    ['one was sent', [5_000], once, 6_000],
    ['room is left', [5_000], both, Number.NEGATIVE_INFINITY],
    ['the second is full', [5_000, 5_100], both, 6_000],
    ['the half minute is full', [5_000, 5_100, 7_000], both, 35_000],
    ['no rate is known', [5_000], [], Number.NEGATIVE_INFINITY],
  ])('%s', (_what, sent, rates, free) => {
    expect(nextSlot(sent, rates)).toBe(free)
  })

  test('no window ever holds more than its rate allows', () => {
    const gaps = fc.array(fc.nat(3_000), { maxLength: 80 })
    fc.assert(
      fc.property(gaps, (waits) => {
        const { conversation: rates } = platformRateLimits.teams
        const sent: number[] = []
        for (const wait of waits) {
          sent.push(Math.max((sent.at(-1) ?? 0) + wait, nextSlot(sent, rates)))
        }
        for (const { messages, perMs } of rates) {
          const crowds = sent.map((from) => {
            return sent.filter((one) => one >= from && one < from + perMs).length
          })
          expect(Math.max(0, ...crowds)).toBeLessThanOrEqual(messages)
        }
      }),
    )
  })
})

describe('a pacer', () => {
  test('holds a Slack channel for a second, and no other', () => {
    const pacer = createRateLimiter(platformRateLimits)
    pacer.reserve(channel, at(10_000))
    expect(pacer.capacity(at(10_000))).toMatchObject({
      blockedConversations: ['slack/T1/C1'],
      nextFreeAt: at(11_000),
    })
    expect(pacer.capacity(at(11_000))).toMatchObject({
      blockedConversations: [],
      nextFreeAt: undefined,
    })
  })

  test('counts from when the call is made, however long ago it was planned', () => {
    const pacer = createRateLimiter(platformRateLimits)
    const noted = pacer.reserve(channel, at(10_000))
    noted.moveTo(at(10_400))
    expect(pacer.capacity(at(11_000))).toMatchObject({
      blockedConversations: ['slack/T1/C1'],
      nextFreeAt: at(11_400),
    })
  })

  test('holds a Teams conversation after 7 in a second', () => {
    const pacer = createRateLimiter(platformRateLimits)
    for (let count = 0; count < 6; count += 1) pacer.reserve(chat, at(10_000 + count))
    expect(pacer.capacity(at(10_010)).blockedConversations).toEqual([])
    pacer.reserve(chat, at(10_010))
    expect(pacer.capacity(at(10_010))).toMatchObject({
      blockedConversations: ['teams/A1/19:a'],
      nextFreeAt: at(11_000),
    })
  })

  test('leaves a whole Slack workspace 200 in a minute', () => {
    const pacer = createRateLimiter(platformRateLimits)
    const say = (count: number) => {
      pacer.reserve({ ...channel, conversation: `D${count}` }, at(10_000 + count))
    }
    for (let count = 0; count < 199; count += 1) say(count)
    expect(pacer.capacity(at(20_000)).remaining.get('slack/T1')).toEqual({
      messages: 1,
      changes: 1,
    })
    say(199)
    expect(pacer.capacity(at(20_000))).toMatchObject({ nextFreeAt: at(70_000) })
    expect(pacer.capacity(at(20_000)).remaining.get('slack/T1')?.messages).toBe(0)
    expect(pacer.capacity(at(70_000)).remaining.get('slack/T1')?.messages).toBe(1)
  })

  test('lets 50 messages of a Slack workspace be changed in a minute, and goes on sending', () => {
    const pacer = createRateLimiter(platformRateLimits)
    for (let count = 0; count < 50; count += 1) pacer.reserve(channel, at(10_000), 'change')
    const left = pacer.capacity(at(20_000)).remaining.get('slack/T1')
    expect(left).toEqual({ messages: 150, changes: 0 })
  })
})
