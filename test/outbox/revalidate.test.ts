import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { PlatformUnavailableError } from '../../src/chat/port.ts'
import { DatabaseUnavailableError } from '../../src/infra/db.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import type { Revalidator } from '../../src/outbox/revalidate.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { good, poison, Scene } from './scene.ts'

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

const dispatcher = (freshen: Revalidator) =>
  scene.dispatcher(undefined, undefined, { revalidate: freshen })

describe('what was decided is asked again just before it is sent', () => {
  test('still so: it is sent as it was decided', async () => {
    await scene.decide('k1', { topics: ['m1:due'] })
    const asked: unknown[] = []
    await dispatcher(async (delivery) => {
      asked.push(delivery)
      return 'unchanged'
    }).dispatchDue()
    expect(asked).toMatchObject([
      { key: 'k1', kind: 'test', card: good, topics: ['m1:due'], enqueuedAt: scene.now },
    ])
    expect(scene.slack.posted).toMatchObject([{ key: 'k1', card: good }])
  })

  test('no longer so: it is dropped with the reason, and what follows is sent', async () => {
    await scene.decide('k1', { in: 'C1' })
    await scene.decide('k2', { in: 'C1' })
    const only2 = dispatcher(async ({ key }) =>
      key === 'k1' ? { dropReason: 'it is done' } : 'unchanged',
    )
    await only2.dispatchDue()
    scene.pass(1)
    await only2.dispatchDue()
    expect(scene.slack.keys()).toEqual(['k2'])
    expect(await scene.row('k1')).toMatchObject({
      state: 'dropped',
      errorCode: 'outdated',
      error: 'it is done',
      leaseToken: null,
      possiblySentAt: null,
    })
  })

  test('so in part: the other card is sent, and the ledger keeps that one', async () => {
    const card = { name: 'good', data: { words: 'one of two is left' } }
    await scene.decide('k1')
    await dispatcher(async () => ({ card })).dispatchDue()
    expect(scene.slack.posted).toMatchObject([{ key: 'k1', card }])
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', data: card.data })
  })

  test('not now: it waits until then, which is no attempt, and is asked again', async () => {
    const noon = new Date(scene.now.getTime() + 3_600_000)
    await scene.decide('k1')
    const asking = dispatcher(async () =>
      scene.now < noon ? { deferUntil: noon, reason: 'it is quiet' } : 'unchanged',
    )
    await asking.dispatchDue()
    expect(scene.slack.keys()).toEqual([])
    const waiting = {
      state: 'waiting',
      notBefore: noon,
      attempts: 0,
      errorCode: 'deferred',
      error: 'it is quiet',
    }
    expect(await scene.row('k1')).toMatchObject({ ...waiting, possiblySentAt: null })
    scene.pass(3_600)
    await asking.dispatchDue()
    expect(scene.slack.keys()).toEqual(['k1'])
  })

  test('another card that cannot be drawn is dead', async () => {
    await scene.decide('k1')
    await dispatcher(async () => ({ card: poison })).dispatchDue()
    expect(await scene.state('k1')).toBe('dead')
  })

  test('each time it is tried again', async () => {
    scene.slack.fail('k1', {
      error: new PlatformUnavailableError('http_503', 'HTTP 503', 'no'),
      posted: false,
    })
    await scene.decide('k1')
    let isDone = false
    const asking = dispatcher(async () => (isDone ? { dropReason: 'it is done' } : 'unchanged'))
    await asking.dispatchDue()
    isDone = true
    scene.pass(60)
    await asking.dispatchDue()
    expect(scene.slack.keys()).toEqual([])
    expect(await scene.state('k1')).toBe('dropped')
  })

  test('what stands there already is found first: nobody asks, and it counts as sent', async () => {
    scene.slack.fail('k1', {
      error: new PlatformUnavailableError('http_504', 'HTTP 504', 'perhaps'),
      posted: true,
    })
    await scene.decide('k1')
    await scene.dispatcher().dispatchDue()
    scene.pass(60)
    await dispatcher(async () => ({ dropReason: 'it is done' })).dispatchDue()
    expect(await scene.state('k1')).toBe('sent')
  })

  test('what was taken over meanwhile is left to whoever has it', async () => {
    await scene.decide('k1')
    const frozen = dispatcher(async () => {
      scene.pass(leaseMs / 1_000)
      await scene.dispatcher().dispatchDue()
      return { card: { name: 'good', data: { words: 'late' } } }
    })
    await frozen.dispatchDue()
    expect(scene.slack.keys()).toEqual(['k1'])
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', data: good.data })
  })

  test('where a fault keeps it from being told, it is said rather than lost, and logged', async () => {
    await scene.decide('k1')
    await dispatcher(async () => {
      throw new TypeError('undefined is not a function')
    }).dispatchDue()
    expect(await scene.state('k1')).toBe('sent')
    expect(scene.logged.join()).toContain('Whether it is still so could not be told')
  })

  test('where the database was away for it, it is tried again', async () => {
    await scene.decide('k1')
    await dispatcher(async () => {
      throw new DatabaseUnavailableError('gone')
    }).dispatchDue()
    expect(await scene.row('k1')).toMatchObject({
      state: 'waiting',
      attempts: 1,
      possiblySentAt: null,
    })
  })
})
