import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { inTransaction } from '../../src/infra/db.ts'
import { sentMessageAt } from '../../src/outbox/find-message.ts'
import { topicsSentTo } from '../../src/outbox/history.ts'
import { defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { enqueue, requeue, setCardInPlace } from '../../src/outbox/outbox.ts'
import type { DeliveryState } from '../../src/outbox/row-mapping.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { gate, good, Scene, slack, somebody, teams, testKind } from './scene.ts'

let fresh: FreshDatabase
let scene: Scene
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await fresh.db.outboxMessage.deleteMany()
  scene = new Scene(fresh.db)
})

const otherKind = defineMessageKind({ kind: 'other', title: 'Other' })

const delivery = (key: string) => ({ key, kind: testKind, place: slack('C1'), card: good })

describe('deciding', () => {
  test('the same key is decided once', async () => {
    expect(await scene.decide('k1')).toBe(true)
    expect(await scene.decide('k1', { kind: otherKind })).toBe(false)
    expect(await scene.row('k1')).toMatchObject({ kind: 'test', state: 'waiting', attempts: 0 })
  })

  test('of two transactions at once, one decides and the other learns that it did not', async () => {
    const [inserted, finish] = [gate(), gate()]
    const first = inTransaction(fresh.db, async (tx) => {
      const isNew = await enqueue(tx, delivery('k1'), scene.now)
      inserted.open()
      await finish.opened
      return isNew
    })
    await inserted.opened
    const second = scene.decide('k1')
    finish.open()
    expect(await Promise.all([first, second])).toEqual([true, false])
    expect(await fresh.db.outboxMessage.count()).toBe(1)
  })

  test('a transaction that is rolled back decides nothing, and the key is free again', async () => {
    const failing = inTransaction(fresh.db, async (tx) => {
      await enqueue(tx, delivery('k1'), scene.now)
      throw new Error('the update was refused')
    })
    await expect(failing).rejects.toThrow('the update was refused')
    expect(await fresh.db.outboxMessage.count()).toBe(0)
    expect(await scene.decide('k1')).toBe(true)
  })

  test('what follows nothing is a fault of the caller', async () => {
    await expect(scene.decide('k2', { afterKey: 'k1' })).rejects.toThrow('No delivery "k1"')
  })

  test('data is kept as JSON keeps it', async () => {
    const data = { on: new Date('2017-02-27T00:00:00Z'), left: undefined, rows: [1, null] }
    await scene.decide('k1', { card: { name: 'good', data } })
    expect((await scene.row('k1')).data).toEqual({
      on: '2017-02-27T00:00:00.000Z',
      rows: [1, null],
    })
  })
})

describe('the delivery that a button belongs to', () => {
  test('is found by the address of its message', async () => {
    const personId = somebody()
    await scene.decide('k1', { place: teams('19:a'), topics: ['m1:due'], personId })
    expect(await scene.dispatcher().dispatchDue()).toBe(1)
    const address = { place: teams('19:a'), messageId: 'm1' }
    expect(await sentMessageAt(fresh.db, address)).toMatchObject({
      key: 'k1',
      kind: 'test',
      card: good,
      topics: ['m1:due'],
      personId,
      programmeId: undefined,
      address,
      sentAt: scene.now,
    })
  })

  test('is none for another message, and none for the same ids in another tenant', async () => {
    await scene.decide('k1', { in: 'C1' })
    await scene.dispatcher().dispatchDue()
    const place = slack('C1')
    expect(await sentMessageAt(fresh.db, { place, messageId: 'm2' })).toBeUndefined()
    const elsewhere = { place: { ...place, tenant: 'T2' }, messageId: 'm1' }
    expect(await sentMessageAt(fresh.db, elsewhere)).toBeUndefined()
  })

  test('shows the card as it was changed since', async () => {
    await scene.decide('k1', { in: 'C1' })
    await scene.dispatcher().dispatchDue()
    const { id } = await scene.row('k1')
    const card = { name: 'good', data: { words: 'done' } }
    await setCardInPlace(fresh.db, id, card)
    const found = await sentMessageAt(fresh.db, { place: slack('C1'), messageId: 'm1' })
    expect(found?.card).toEqual(card)
  })
})

describe('what a person was told', () => {
  test('counts what is on its way or uncertain, not what is dead, dropped or older', async () => {
    const [ada, bea] = [somebody(), somebody()]
    const tell = async (key: string, state: DeliveryState) => {
      await scene.decide(key, { personId: ada, topics: [`${key}:said`] })
      await fresh.db.outboxMessage.update({ where: { key }, data: { state } })
    }
    await tell('before', 'waiting')
    scene.pass(60)
    await tell('waiting', 'waiting')
    await tell('sending', 'sending')
    await tell('uncertain', 'uncertain')
    await tell('dead', 'dead')
    await tell('dropped', 'dropped')
    const said = await topicsSentTo(fresh.db, [ada, bea], scene.now)
    expect(said).toEqual(
      new Map([
        [ada, new Set(['waiting:said', 'sending:said', 'uncertain:said'])],
        [bea, new Set()],
      ]),
    )
  })
})

describe('sending again, when a person asks for it', () => {
  test.each(['dead', 'uncertain'] as const)('what is %s is sent like new', async (state) => {
    await scene.decide('k1')
    const spent = { state, attempts: 100, firstTriedAt: scene.now, possiblySentAt: scene.now }
    await fresh.db.outboxMessage.update({ where: { key: 'k1' }, data: spent })
    scene.pass(86_400)
    expect(await requeue(fresh.db, 'k1', scene.now)).toBe(true)
    await scene.dispatcher().dispatchDue()
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', attempts: 1 })
    expect(scene.slack.looked).toEqual([])
  })

  test('what was sent stays as it is', async () => {
    await scene.decide('k1')
    await scene.dispatcher().dispatchDue()
    expect(await requeue(fresh.db, 'k1', scene.now)).toBe(false)
    expect(await scene.state('k1')).toBe('sent')
  })
})
