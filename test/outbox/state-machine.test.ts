import { describe, expect, test } from '@jest/globals'
import type { Address } from '../../src/base/addresses.ts'
import { backoffMs } from '../../src/outbox/backoff.ts'
import {
  type Attempt,
  afterLookup,
  afterSend,
  firstStep,
  type LookupResult,
  leaseExpired,
  maxAttempts,
  type SendResult,
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
const refusedByWorkspace = {
  kind: 'workspace broken',
  mayConcernRecipient: false,
  code: 'slack:token_revoked',
  reason: 'Slack says token_revoked.',
} as const
const archived = { code: 'slack:is_archived', reason: 'archived' } as const
const tooLong = { code: 'slack:msg_too_long', reason: 'long' } as const

describe('after a send', () => {
  const cases: [string, Attempt, SendResult, object][] = [
    ['sent', first, { kind: 'sent', address }, { state: 'sent', address }],
    [
      'gone',
      first,
      { kind: 'gone', who: 'channel', ...archived },
      { state: 'dead', gone: true, ...archived },
    ],
    ['rejected', first, { kind: 'rejected', ...tooLong }, { state: 'dead', ...tooLong }],
    [
      'rate limited for 30 s: waits a little longer than that, and counts no attempt',
      { ...third, firstTriedAt: at('08:59:00') },
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
      'unavailable for the first time: waits up to 2 s',
      first,
      down('no'),
      { state: 'waiting', notBefore: at('09:00:01'), isPossiblySent: false, attempts: 1 },
    ],
    [
      'unavailable for the third time: waits up to 8 s',
      third,
      down('no'),
      { state: 'waiting', notBefore: at('09:00:04'), isPossiblySent: false, attempts: 3 },
    ],
    [
      'unavailable, possibly posted: waits until the message had time to arrive, then looks it up',
      third,
      down('perhaps'),
      { state: 'waiting', notBefore: at('09:00:34'), isPossiblySent: true, attempts: 3 },
    ],
    ['a day after the first attempt: dead', old, down('no'), { state: 'dead', code: 'gave_up' }],
    ['rate limited for a day: dead', old, limited, { state: 'dead' }],
    ['too many attempts: dead', worn, down('no'), { state: 'dead' }],
    ['rate limited after many attempts: still waits', worn, limited, { state: 'waiting' }],
    [
      'asked to wait for 31 years: waits an hour',
      third,
      { ...limited, retryAfterMs: 999_999_999_000 },
      { state: 'waiting', notBefore: at('10:00:00.500') },
    ],
    [
      'asked to wait for no time: waits a second at first',
      first,
      { ...limited, retryAfterMs: 0 },
      { state: 'waiting', notBefore: at('09:00:01.500') },
    ],
    [
      'asked to wait for no time since ten minutes: waits about a minute',
      third,
      { ...limited, retryAfterMs: 0 },
      { state: 'waiting', notBefore: at('09:01:00.500') },
    ],
    [
      'asked to wait for no time since most of a day: waits no longer than 15 minutes',
      { ...third, firstTriedAt: new Date('2017-02-26T10:00:00Z') },
      { ...limited, retryAfterMs: 0 },
      { state: 'waiting', notBefore: at('09:15:00.500') },
    ],
    [
      'refused by its workspace: waits, counts no attempt, and is not given up for it',
      { ...old, attempts: maxAttempts },
      refusedByWorkspace,
      {
        state: 'waiting',
        notBefore: now,
        attempts: maxAttempts - 1,
        isPossiblySent: false,
        startsDayAnew: true,
        code: 'slack:token_revoked',
      },
    ],
    [
      'a day after the first attempt, possibly posted: uncertain',
      old,
      down('perhaps'),
      { state: 'uncertain', code: 'gave_up' },
    ],
    [
      'too many attempts, possibly posted: uncertain',
      worn,
      down('perhaps'),
      { state: 'uncertain' },
    ],
  ]
  test.each(cases)('%s', (_what, attempt, outcome, next) => {
    expect(afterSend(attempt, outcome, now, half)).toMatchObject(next)
  })
})

describe('after a lookup', () => {
  const cases: [string, Attempt, LookupResult, object | 'send'][] = [
    ['found: sent', first, { kind: 'sent', address }, { state: 'sent', address }],
    ['not found: send it', first, { kind: 'not there' }, 'send'],
    [
      'the platform has no lookup: uncertain',
      first,
      { kind: 'cannot tell' },
      { state: 'uncertain', code: 'lookup_impossible' },
    ],
    [
      'the lookup is rejected: uncertain',
      first,
      { kind: 'rejected', ...tooLong },
      { state: 'uncertain', code: tooLong.code },
    ],
    [
      'the conversation is gone: uncertain',
      first,
      { kind: 'gone', who: 'channel', ...archived },
      { state: 'uncertain', code: archived.code },
    ],
    [
      'rate limited: looks again later',
      { ...third, firstTriedAt: at('08:59:00') },
      limited,
      { state: 'waiting', notBefore: at('09:00:30.500'), isPossiblySent: true },
    ],
    [
      'unavailable: looks again later',
      third,
      down('no'),
      { state: 'waiting', isPossiblySent: true },
    ],
    ['unavailable for a day: uncertain', old, down('no'), { state: 'uncertain' }],
    [
      'refused by its workspace: looks again once it is mended',
      old,
      refusedByWorkspace,
      { state: 'waiting', isPossiblySent: true, startsDayAnew: true },
    ],
  ]
  test.each(cases)('%s', (_what, attempt, outcome, next) => {
    const found = afterLookup(attempt, outcome, now, half)
    if (typeof next === 'string') expect(found).toBe(next)
    else expect(found).toMatchObject(next)
  })
})

describe('an attempt begins', () => {
  test('with a send, where nothing can have been posted yet', () => {
    expect(firstStep(first)).toEqual({ kind: 'send' })
  })

  test('with a lookup that starts a little earlier than the first send, because clocks differ', () => {
    expect(firstStep({ ...third, possiblySentAt: at('08:52:00') })).toEqual({
      kind: 'look up',
      since: at('08:47:00'),
    })
  })

  test('not at all after a hundred interrupted attempts', () => {
    const brokenOff = { ...worn, attempts: maxAttempts + 1 }
    expect(firstStep(brokenOff)).toMatchObject({ kind: 'stop', transition: { state: 'dead' } })
    expect(firstStep({ ...brokenOff, possiblySentAt: now })).toMatchObject({
      kind: 'stop',
      transition: { state: 'uncertain' },
    })
  })
})

describe('the backoff', () => {
  test('grows from 2 s to 15 minutes and stays there', () => {
    const longest = [1, 2, 3, 8, 9, 10, 11, 99].map((attempts) => backoffMs(attempts, () => 1))
    expect(longest.map((ms) => ms / 1_000)).toEqual([2, 4, 8, 256, 512, 900, 900, 900])
  })

  test('may be zero, because the jitter is full', () => {
    expect(backoffMs(10, () => 0)).toBe(0)
  })

  test('is zero for a lease that expired before the send, and no lookup is needed', () => {
    expect(leaseExpired(third, now)).toMatchObject({
      state: 'waiting',
      notBefore: now,
      isPossiblySent: false,
    })
  })
})
