import { describe, expect, test } from '@jest/globals'
import type { Address } from '../../src/base/addresses.ts'
import {
  type Attempt,
  afterLookup,
  afterSend,
  backoffMs,
  firstStep,
  type LookupResult,
  leaseExpired,
  maxAttempts,
  type SendResult,
  threadOf,
} from '../../src/outbox/state-machine.ts'

const now = new Date('2017-02-27T09:00:00Z')
const at = (text: string) => new Date(`2017-02-27T${text}Z`)
const half = () => 0.5
const address: Address = {
  place: { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' },
  messageId: '1.1',
}
const first: Attempt = { attempts: 1, firstTriedAt: now, possiblySentAt: undefined }
const third: Attempt = { attempts: 3, firstTriedAt: at('08:50:00'), possiblySentAt: undefined }
const old: Attempt = {
  attempts: 9,
  firstTriedAt: new Date('2017-02-26T09:00:00Z'),
  possiblySentAt: undefined,
}
const worn: Attempt = { ...third, attempts: maxAttempts }

const down = (posted: 'no' | 'perhaps'): SendResult => ({
  kind: 'unavailable',
  posted,
  code: 'slack:http_503',
  reason: 'HTTP 503',
})
const limited: SendResult = {
  kind: 'rate limited',
  retryAfterMs: 30_000,
  code: 'slack:ratelimited',
  reason: 'the platform asked to wait 30 s',
}
const archived = { code: 'slack:is_archived', reason: 'archived' } as const
const tooLong = { code: 'slack:msg_too_long', reason: 'long' } as const

describe('what follows from sending', () => {
  const cases: [string, Attempt, SendResult, object][] = [
    ['sent', first, { kind: 'sent', address }, { state: 'sent', address }],
    ['gone', first, { kind: 'gone', ...archived }, { state: 'dead', gone: true, ...archived }],
    ['refused', first, { kind: 'rejected', ...tooLong }, { state: 'dead', ...tooLong }],
    [
      'told to wait 30 s: waits that and a little more, and it does not count',
      third,
      limited,
      {
        state: 'waiting',
        notBefore: at('09:00:30.500'),
        isPossiblySent: false,
        attempts: 2,
        code: 'slack:ratelimited',
        reason: 'the platform asked to wait 30 s',
      },
    ],
    [
      'down for the first time: up to 2 s',
      first,
      down('no'),
      { state: 'waiting', notBefore: at('09:00:01'), isPossiblySent: false, attempts: 1 },
    ],
    [
      'down for the third time: up to 8 s',
      third,
      down('no'),
      { state: 'waiting', notBefore: at('09:00:04'), isPossiblySent: false, attempts: 3 },
    ],
    [
      'down, perhaps posted: has to look, once it had time to arrive',
      third,
      down('perhaps'),
      { state: 'waiting', notBefore: at('09:00:34'), isPossiblySent: true, attempts: 3 },
    ],
    ['a day after the first attempt: dead', old, down('no'), { state: 'dead', code: 'gave_up' }],
    ['told to wait for a day: dead', old, limited, { state: 'dead' }],
    ['too many attempts: dead', worn, down('no'), { state: 'dead' }],
    ['told to wait after many attempts: still waits', worn, limited, { state: 'waiting' }],
    [
      'a day after, perhaps posted: uncertain',
      old,
      down('perhaps'),
      { state: 'uncertain', code: 'gave_up' },
    ],
    ['too many attempts, perhaps posted', worn, down('perhaps'), { state: 'uncertain' }],
  ]
  test.each(cases)('%s', (_what, attempt, outcome, next) => {
    expect(afterSend(attempt, outcome, now, half)).toMatchObject(next)
  })
})

describe('what follows from looking', () => {
  const cases: [string, Attempt, LookupResult, object | 'send'][] = [
    ['it stands there: sent', first, { kind: 'sent', address }, { state: 'sent', address }],
    ['it does not: send it', first, { kind: 'not there' }, 'send'],
    [
      'nobody can look: uncertain',
      first,
      { kind: 'cannot tell' },
      { state: 'uncertain', code: 'lookup_impossible' },
    ],
    [
      'we may not look',
      first,
      { kind: 'rejected', ...tooLong },
      { state: 'uncertain', code: tooLong.code },
    ],
    [
      'the place is gone',
      first,
      { kind: 'gone', ...archived },
      { state: 'uncertain', code: archived.code },
    ],
    [
      'told to wait: looks again later',
      third,
      limited,
      { state: 'waiting', notBefore: at('09:00:30.500'), isPossiblySent: true },
    ],
    ['down: looks again later', third, down('no'), { state: 'waiting', isPossiblySent: true }],
    ['down for a day', old, down('no'), { state: 'uncertain' }],
  ]
  test.each(cases)('%s', (_what, attempt, outcome, next) => {
    const found = afterLookup(attempt, outcome, now, half)
    if (typeof next === 'string') expect(found).toBe(next)
    else expect(found).toMatchObject(next)
  })
})

describe('how an attempt begins', () => {
  test('by sending, where nothing can stand there yet', () => {
    expect(firstStep(first)).toEqual({ kind: 'send' })
  })

  test('by looking, a little further back than it can stand there, for clocks differ', () => {
    expect(firstStep({ ...third, possiblySentAt: at('08:52:00') })).toEqual({
      kind: 'look up',
      since: at('08:47:00'),
    })
  })

  test('not at all, where a hundred of them broke off', () => {
    const brokenOff = { ...worn, attempts: maxAttempts + 1 }
    expect(firstStep(brokenOff)).toMatchObject({ kind: 'stop', transition: { state: 'dead' } })
    expect(firstStep({ ...brokenOff, possiblySentAt: now })).toMatchObject({
      kind: 'stop',
      transition: { state: 'uncertain' },
    })
  })
})

describe('waiting', () => {
  test('grows from 2 s to 15 min and stays there', () => {
    const longest = [1, 2, 3, 8, 9, 10, 11, 99].map((attempts) => backoffMs(attempts, () => 1))
    expect(longest.map((ms) => ms / 1_000)).toEqual([2, 4, 8, 256, 512, 900, 900, 900])
  })

  test('may be over at once: the jitter is full', () => {
    expect(backoffMs(10, () => 0)).toBe(0)
  })

  test('a claim that ran out unsent is due at once, and need not be looked for', () => {
    expect(leaseExpired(third, now)).toMatchObject({
      state: 'waiting',
      notBefore: now,
      isPossiblySent: false,
    })
  })
})

describe('what stands in the thread of another', () => {
  test('goes into the thread, or outside where nobody knows where that is, or dies with it', () => {
    expect(threadOf(undefined)).toEqual({ thread: undefined })
    expect(threadOf({ state: 'sent', address })).toEqual({ thread: address })
    expect(threadOf({ state: 'uncertain', address: undefined })).toEqual({ thread: undefined })
    expect(threadOf({ state: 'dead', address: undefined })).toMatchObject({
      state: 'dead',
      code: 'root_not_sent',
    })
  })
})
