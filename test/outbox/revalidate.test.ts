import { beforeEach, describe, expect, test } from '@jest/globals'
import { PlatformUnavailableError } from '../../src/chat/port.ts'
import { DatabaseUnavailableError } from '../../src/infra/db.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import type { Revalidator } from '../../src/outbox/revalidate.ts'
import { useDatabase } from '../support/database.ts'
import { invalidCard, OutboxFixture, testCard } from './outbox-fixture.ts'

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  fixture = new OutboxFixture(database.db)
})

const dispatcher = (revalidate: Revalidator) =>
  fixture.dispatcher(undefined, undefined, { revalidate })

describe('a message is revalidated just before it is sent', () => {
  test('unchanged: it is sent as it was enqueued', async () => {
    await fixture.enqueue('k1', { topics: ['m1:due'] })
    const revalidated: unknown[] = []
    await dispatcher(async (message) => {
      revalidated.push(message)
      return 'unchanged'
    }).dispatchDue()
    expect(revalidated).toMatchObject([
      { key: 'k1', kind: 'test', card: testCard, topics: ['m1:due'], enqueuedAt: fixture.now },
    ])
    expect(fixture.slack.posted).toMatchObject([{ key: 'k1', card: testCard }])
  })

  test('outdated: it is dropped with the reason, and the next of its conversation is sent', async () => {
    await fixture.enqueue('k1', { in: 'C1' })
    await fixture.enqueue('k2', { in: 'C1' })
    const dropsFirst = dispatcher(async ({ key }) =>
      key === 'k1' ? { dropReason: 'it is done' } : 'unchanged',
    )
    await dropsFirst.dispatchDue()
    fixture.advance(1)
    await dropsFirst.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['k2'])
    expect(await fixture.row('k1')).toMatchObject({
      state: 'dropped',
      errorCode: 'outdated',
      error: 'it is done',
      leaseToken: null,
      possiblySentAt: null,
    })
  })

  test('changed: the new card is sent and saved', async () => {
    const card = { name: 'good', data: { words: 'one of two is left' } }
    await fixture.enqueue('k1')
    await dispatcher(async () => ({ card })).dispatchDue()
    expect(fixture.slack.posted).toMatchObject([{ key: 'k1', card }])
    expect(await fixture.row('k1')).toMatchObject({ state: 'sent', data: card.data })
  })

  test('deferred: it waits without counting an attempt, and is revalidated again', async () => {
    const noon = new Date(fixture.now.getTime() + 3_600_000)
    await fixture.enqueue('k1')
    const revalidating = dispatcher(async () =>
      fixture.now < noon ? { deferUntil: noon, reason: 'it is quiet' } : 'unchanged',
    )
    await revalidating.dispatchDue()
    expect(fixture.slack.keys()).toEqual([])
    const waiting = {
      state: 'waiting',
      notBefore: noon,
      attempts: 0,
      errorCode: 'deferred',
      error: 'it is quiet',
    }
    expect(await fixture.row('k1')).toMatchObject({ ...waiting, possiblySentAt: null })
    fixture.advance(3_600)
    await revalidating.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['k1'])
  })

  test('with a new card that cannot be expanded: it is dead', async () => {
    await fixture.enqueue('k1')
    await dispatcher(async () => ({ card: invalidCard })).dispatchDue()
    expect(await fixture.state('k1')).toBe('dead')
  })

  test('before every retry', async () => {
    fixture.slack.fail('k1', {
      error: new PlatformUnavailableError('http_503', 'HTTP 503', 'no'),
      posted: false,
    })
    await fixture.enqueue('k1')
    let isDone = false
    const revalidating = dispatcher(async () =>
      isDone ? { dropReason: 'it is done' } : 'unchanged',
    )
    await revalidating.dispatchDue()
    isDone = true
    fixture.advance(60)
    await revalidating.dispatchDue()
    expect(fixture.slack.keys()).toEqual([])
    expect(await fixture.state('k1')).toBe('dropped')
  })

  test('not if a lookup finds that it was posted: then it is sent', async () => {
    fixture.slack.fail('k1', {
      error: new PlatformUnavailableError('http_504', 'HTTP 504', 'perhaps'),
      posted: true,
    })
    await fixture.enqueue('k1')
    await fixture.dispatcher().dispatchDue()
    fixture.advance(60)
    await dispatcher(async () => ({ dropReason: 'it is done' })).dispatchDue()
    expect(await fixture.state('k1')).toBe('sent')
  })

  test('if another process takes it over meanwhile, that one sends it', async () => {
    await fixture.enqueue('k1')
    const frozen = dispatcher(async () => {
      fixture.advance(leaseMs / 1_000)
      await fixture.dispatcher().dispatchDue()
      return { card: { name: 'good', data: { words: 'late' } } }
    })
    await frozen.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['k1'])
    expect(await fixture.row('k1')).toMatchObject({ state: 'sent', data: testCard.data })
  })

  test('after an unexpected error it is sent as it was enqueued, and the error is logged', async () => {
    await fixture.enqueue('k1')
    await dispatcher(async () => {
      throw new TypeError('undefined is not a function')
    }).dispatchDue()
    expect(await fixture.state('k1')).toBe('sent')
    expect(fixture.logged.join()).toContain('A message could not be revalidated')
  })

  test('while the database is unavailable it is retried', async () => {
    await fixture.enqueue('k1')
    await dispatcher(async () => {
      throw new DatabaseUnavailableError('gone')
    }).dispatchDue()
    expect(await fixture.row('k1')).toMatchObject({
      state: 'waiting',
      attempts: 1,
      possiblySentAt: null,
    })
  })
})
