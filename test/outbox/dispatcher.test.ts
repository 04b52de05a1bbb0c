import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { PlatformUnavailableError, RecipientGoneError } from '../../src/chat/port.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { gate, good, poison, Scene, teams, testKind } from './scene.ts'

// A loaded machine is slow, not wrong.
jest.setTimeout(30_000)

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

const down = (posted: 'no' | 'perhaps') => ({
  error: new PlatformUnavailableError('http_503', 'HTTP 503', posted),
  posted: posted === 'perhaps',
})

describe('sending', () => {
  test('everything due goes out, and the ledger knows where it stands', async () => {
    await scene.decide('k1', { in: 'C1' })
    await scene.decide('k2', { place: teams('19:a') })
    expect(await scene.dispatcher().dispatchDue()).toBe(2)
    expect(await scene.row('k1')).toMatchObject({
      state: 'sent',
      sentTo: 'C1',
      messageId: 'm1',
      sentAt: scene.now,
      leaseToken: null,
      leaseExpiresAt: null,
      possiblySentAt: null,
      error: null,
    })
    expect(scene.teams.keys()).toEqual(['k2'])
    expect(await scene.dispatcher().dispatchDue()).toBe(0)
  })

  test('what is planned for later waits, and holds back nothing that is due now', async () => {
    const later = new Date('2017-02-27T12:00:00Z')
    await scene.decide('noon', { in: 'C1', notBefore: later })
    await scene.decide('now', { in: 'C1' })
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toEqual(['now'])
    scene.now = later
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toEqual(['now', 'noon'])
  })

  test('dispatchers side by side never send one delivery twice', async () => {
    const keys = Array.from({ length: 60 }, (_, number) => `k${number}`)
    for (const key of keys) await scene.decide(key)
    const handled = await Promise.all([1, 2, 3].map(() => scene.dispatcher().dispatchDue()))
    expect(handled.reduce((sum, count) => sum + count)).toBe(60)
    expect(scene.slack.keys().toSorted()).toEqual(keys.toSorted())
  })

  test('a platform that is not set up is waited for, with the reason', async () => {
    await scene.decide('k1', { place: teams('19:a') })
    expect(await scene.dispatcher(['slack']).dispatchDue()).toBe(0)
    expect(await scene.row('k1')).toMatchObject({
      state: 'waiting',
      attempts: 0,
      errorCode: 'platform_not_configured',
      error: 'its platform is not set up here',
    })
    await scene.dispatcher().dispatchDue()
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', errorCode: null, error: null })
  })

  test('nothing of what a card says is logged', async () => {
    await scene.decide('k1')
    await scene.decide('k2', { card: poison })
    await scene.dispatcher().dispatchDue()
    expect(scene.logged).toHaveLength(2)
    expect(scene.logged.join()).not.toContain('a private reason')
  })
})

describe('order', () => {
  test('what one conversation is told, it is told in the order of decision', async () => {
    const keys = ['c', 'a', 'd', 'b']
    await inTransaction(fresh.db, async (tx) => {
      for (const key of keys) {
        await enqueue(tx, { key, kind: testKind, place: teams('19:a'), card: good }, scene.now)
      }
    })
    await Promise.all([scene.dispatcher().dispatchDue(), scene.dispatcher().dispatchDue()])
    expect(scene.teams.keys()).toEqual(keys)
  })

  test('a delivery that has to wait holds back those behind it, in its conversation alone', async () => {
    scene.slack.fail('k1', down('no'))
    await scene.decide('k1', { in: 'C1' })
    await scene.decide('k2', { in: 'C1' })
    await scene.decide('k3', { in: 'C2' })
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toEqual(['k3'])
    for (const seconds of [1, 1]) {
      scene.pass(seconds)
      await dispatcher.dispatchDue()
    }
    expect(scene.slack.keys()).toEqual(['k3', 'k1', 'k2'])
  })

  test('what stands in a thread waits for its root and goes into it', async () => {
    scene.teams.fail('root', down('no'))
    await scene.decide('root', { place: teams('19:a') })
    await scene.decide('more', { place: teams('19:a'), afterKey: 'root' })
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    expect(scene.teams.keys()).toEqual([])
    scene.pass(1)
    await dispatcher.dispatchDue()
    expect(scene.teams.posted).toMatchObject([
      { key: 'root', thread: undefined },
      { key: 'more', thread: 'm1' },
    ])
  })

  test('of a root that is dead nothing is said; of one that is uncertain, outside the thread', async () => {
    scene.teams.fail('dead', {
      error: new RecipientGoneError('channel_not_found', 'The channel is deleted.'),
      posted: false,
    })
    scene.teams.fail('unsure', down('perhaps'))
    await scene.decide('dead', { place: teams('19:a') })
    await scene.decide('below dead', { place: teams('19:a'), afterKey: 'dead' })
    await scene.decide('unsure', { place: teams('19:b') })
    await scene.decide('below unsure', { place: teams('19:b'), afterKey: 'unsure' })
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    scene.pass(60)
    await dispatcher.dispatchDue()
    expect(await scene.row('below dead')).toMatchObject({
      state: 'dead',
      errorCode: 'root_not_sent',
      error: 'the message in whose thread it belongs was never sent',
    })
    expect(scene.teams.posted).toMatchObject([
      { key: 'unsure' },
      { key: 'below unsure', thread: undefined },
    ])
  })
})

describe('pacing', () => {
  test('a Slack channel gets one message a second, and the dispatcher says when to come back', async () => {
    for (const key of ['k1', 'k2', 'k3']) await scene.decide(key, { in: 'C1' })
    const dispatcher = scene.dispatcher()
    expect(await dispatcher.dispatchDue()).toBe(1)
    expect(await dispatcher.nextDue(scene.now)).toEqual(new Date('2017-02-27T09:00:01Z'))
    expect(await dispatcher.dispatchDue()).toBe(0)
    scene.pass(1)
    expect(await dispatcher.dispatchDue()).toBe(1)
    scene.pass(1)
    expect(await dispatcher.dispatchDue()).toBe(1)
    expect(scene.slack.keys()).toEqual(['k1', 'k2', 'k3'])
    scene.pass(1)
    expect(await dispatcher.nextDue(scene.now)).toBeUndefined()
  })

  test('a Teams thread gets seven a second', async () => {
    for (let number = 0; number < 9; number += 1) {
      await scene.decide(`k${number}`, { place: teams('19:a') })
    }
    const dispatcher = scene.dispatcher()
    expect(await dispatcher.dispatchDue()).toBe(7)
    scene.pass(1)
    expect(await dispatcher.dispatchDue()).toBe(2)
  })
})

describe('stopping', () => {
  test('waits for what is in hand, notes it, and takes nothing more', async () => {
    const [reached, finish] = [gate(), gate()]
    scene.slack.before = () => {
      reached.open()
      return finish.opened
    }
    await scene.decide('k1', { in: 'C1' })
    await scene.decide('k2', { in: 'C1' })
    const dispatcher = scene.dispatcher()
    const run = dispatcher.dispatchDue()
    await reached.opened
    let stopped = false
    const stop = dispatcher.stop().then(() => {
      stopped = true
    })
    await scene.row('k1')
    expect(stopped).toBe(false)
    finish.open()
    await Promise.all([stop, run])
    expect(await scene.state('k1')).toBe('sent')
    expect(await scene.state('k2')).toBe('waiting')
    expect(await dispatcher.dispatchDue()).toBe(0)
  })
})
