import { beforeEach, describe, expect, test } from '@jest/globals'
import { civilDate } from '../../src/base/dates.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { cancelStale } from '../../src/outbox/cancelled.ts'
import { sentMessageAt } from '../../src/outbox/find-message.ts'
import { topicsSentTo } from '../../src/outbox/history.ts'
import { defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { enqueue, requeue, setCardInPlace } from '../../src/outbox/outbox.ts'
import type { DeliveryState } from '../../src/outbox/row-mapping.ts'
import { useDatabase } from '../support/database.ts'
import { gate, OutboxFixture, slack, teams, testCard, testKind } from './outbox-fixture.ts'

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  fixture = new OutboxFixture(database.db)
})

const otherKind = defineMessageKind({ kind: 'other', title: 'Other', authority: 'read plan' })

const message = (key: string) => ({ key, kind: testKind, place: slack('C1'), card: testCard })

describe('enqueueing', () => {
  test('enqueues the same key once', async () => {
    expect(await fixture.enqueue('k1')).toBe(true)
    expect(await fixture.enqueue('k1', { kind: otherKind })).toBe(false)
    expect(await fixture.row('k1')).toMatchObject({ kind: 'test', state: 'waiting', attempts: 0 })
  })

  test('of two transactions at once, one enqueues and the other learns that it did not', async () => {
    const [inserted, finish] = [gate(), gate()]
    const first = inTransaction(database.db, async (tx) => {
      const isNew = await enqueue(tx, message('k1'), fixture.now)
      inserted.open()
      await finish.opened
      return isNew
    })
    await inserted.opened
    const second = fixture.enqueue('k1')
    finish.open()
    expect(await Promise.all([first, second])).toEqual([true, false])
    expect(await database.db.outboxMessage.count()).toBe(1)
  })

  test('a transaction that is rolled back enqueues nothing, and the key is free again', async () => {
    const failing = inTransaction(database.db, async (tx) => {
      await enqueue(tx, message('k1'), fixture.now)
      throw new Error('the update was refused')
    })
    await expect(failing).rejects.toThrow('the update was refused')
    expect(await database.db.outboxMessage.count()).toBe(0)
    expect(await fixture.enqueue('k1')).toBe(true)
  })

  test('throws where the message that it follows does not exist', async () => {
    await expect(fixture.enqueue('k2', { afterKey: 'k1' })).rejects.toThrow('No message "k1"')
  })

  test('saves the data of a card as JSON', async () => {
    const data = { on: new Date('2017-02-27T00:00:00Z'), left: undefined, rows: [1, null] }
    await fixture.enqueue('k1', { card: { name: 'good', data } })
    expect((await fixture.row('k1')).data).toEqual({
      on: '2017-02-27T00:00:00.000Z',
      rows: [1, null],
    })
  })
})

test('of what waits, only messages for an earlier day are read to see whether they are stale', async () => {
  const days = { yesterday: '2017-02-26', today: '2017-02-27', none: null }
  for (const [key, day] of Object.entries(days))
    await fixture.enqueue(key, { card: { name: 'good', data: { day, zone: 'Europe/London' } } })
  const asked: unknown[] = []
  const reason = (of: unknown) => {
    asked.push(of)
    return 'its day has passed'
  }
  const cancelled = await inTransaction(database.db, (tx) =>
    cancelStale(tx, testKind, civilDate('2017-02-27'), reason),
  )
  expect(asked).toEqual([{ day: '2017-02-26', zone: 'Europe/London' }])
  expect(cancelled).toEqual([{ key: 'yesterday', personId: null, reason: 'its day has passed' }])
  expect(await fixture.row('yesterday')).toMatchObject({ state: 'dropped', errorCode: 'outdated' })
  expect(await fixture.row('today')).toMatchObject({ state: 'waiting' })
})

describe('the message that a button belongs to', () => {
  test('is found by the address of its message', async () => {
    const personId = await fixture.person('Ada')
    await fixture.enqueue('k1', { place: teams('19:a'), topics: ['m1:due'], personId })
    expect(await fixture.dispatcher().dispatchDue()).toBe(1)
    const address = { place: teams('19:a'), messageId: 'm1' }
    expect(await sentMessageAt(database.db, address)).toMatchObject({
      key: 'k1',
      kind: 'test',
      card: testCard,
      topics: ['m1:due'],
      personId,
      programmeIds: [],
      address,
      sentAt: fixture.now,
    })
  })

  test('is not found for another message, nor for the same ids in another tenant', async () => {
    await fixture.enqueue('k1', { in: 'C1' })
    await fixture.dispatcher().dispatchDue()
    const place = slack('C1')
    expect(await sentMessageAt(database.db, { place, messageId: 'm2' })).toBeUndefined()
    const elsewhere = { place: { ...place, tenant: 'T2' }, messageId: 'm1' }
    expect(await sentMessageAt(database.db, elsewhere)).toBeUndefined()
  })

  test('has the card as it was last edited', async () => {
    await fixture.enqueue('k1', { in: 'C1' })
    await fixture.dispatcher().dispatchDue()
    const { id } = await fixture.row('k1')
    const card = { name: 'good', data: { words: 'done' } }
    await setCardInPlace(database.db, id, card)
    const found = await sentMessageAt(database.db, { place: slack('C1'), messageId: 'm1' })
    expect(found?.card).toEqual(card)
  })
})

describe('the topics sent to a person', () => {
  test('include those of waiting, leased and uncertain messages, not of dead, dropped or older ones', async () => {
    const [ada, bea] = [await fixture.person('Ada'), await fixture.person('Bea')]
    const enqueueAs = async (key: string, state: DeliveryState) => {
      await fixture.enqueue(key, { personId: ada, topics: [`${key}:due`] })
      await database.db.outboxMessage.update({ where: { key }, data: { state } })
    }
    await enqueueAs('before', 'waiting')
    fixture.advance(60)
    await enqueueAs('waiting', 'waiting')
    await enqueueAs('sending', 'sending')
    await enqueueAs('uncertain', 'uncertain')
    await enqueueAs('dead', 'dead')
    await enqueueAs('dropped', 'dropped')
    const topics = await topicsSentTo(database.db, [ada, bea], fixture.now)
    expect(topics).toEqual(
      new Map([
        [ada, new Set(['waiting:due', 'sending:due', 'uncertain:due'])],
        [bea, new Set()],
      ]),
    )
  })
})

describe('requeueing a message', () => {
  test.each(['dead', 'uncertain'] as const)(
    'sends a message that is %s as if it were new',
    async (state) => {
      await fixture.enqueue('k1')
      const spent = { state, attempts: 100, firstTriedAt: fixture.now, possiblySentAt: fixture.now }
      await database.db.outboxMessage.update({ where: { key: 'k1' }, data: spent })
      fixture.advance(86_400)
      expect(await requeue(database.db, 'k1', fixture.now)).toBe(true)
      await fixture.dispatcher().dispatchDue()
      expect(await fixture.row('k1')).toMatchObject({ state: 'sent', attempts: 1 })
      expect(fixture.slack.lookups).toEqual([])
    },
  )

  test('does nothing to a message that was sent', async () => {
    await fixture.enqueue('k1')
    await fixture.dispatcher().dispatchDue()
    expect(await requeue(database.db, 'k1', fixture.now)).toBe(false)
    expect(await fixture.state('k1')).toBe('sent')
  })
})
