import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import { PlatformUnavailableError, RecipientGoneError } from '../../src/chat/port.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { useDatabase } from '../support/database.ts'
import { gate, invalidCard, OutboxFixture, teams, testCard, testKind } from './outbox-fixture.ts'

// Allows for a loaded machine.
jest.setTimeout(30_000)

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  fixture = new OutboxFixture(database.db)
})

const down = (posted: 'no' | 'perhaps') => ({
  error: new PlatformUnavailableError('http_503', 'HTTP 503', posted),
  posted: posted === 'perhaps',
})

describe('sending', () => {
  test('sends everything that is due, and records the id of each message', async () => {
    await fixture.enqueue('k1', { in: 'C1' })
    await fixture.enqueue('k2', { place: teams('19:a') })
    expect(await fixture.dispatcher().dispatchDue()).toBe(2)
    expect(await fixture.row('k1')).toMatchObject({
      state: 'sent',
      sentTo: 'C1',
      messageId: 'm1',
      sentAt: fixture.now,
      leaseToken: null,
      leaseExpiresAt: null,
      possiblySentAt: null,
      error: null,
    })
    expect(fixture.teams.keys()).toEqual(['k2'])
    expect(await fixture.dispatcher().dispatchDue()).toBe(0)
  })

  test('a message for later waits, and delays nothing that is due now', async () => {
    const later = new Date('2017-02-27T12:00:00Z')
    await fixture.enqueue('noon', { in: 'C1', notBefore: later })
    await fixture.enqueue('now', { in: 'C1' })
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['now'])
    fixture.now = later
    await dispatcher.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['now', 'noon'])
  })

  test('several dispatchers never send one message twice', async () => {
    const keys = Array.from({ length: 60 }, (_, number) => `k${number}`)
    for (const key of keys) await fixture.enqueue(key)
    const handled = await Promise.all([1, 2, 3].map(() => fixture.dispatcher().dispatchDue()))
    expect(handled.reduce((sum, count) => sum + count)).toBe(60)
    expect(fixture.slack.keys().toSorted()).toEqual(keys.toSorted())
  })

  test('a message to a platform that is not configured waits, with the reason', async () => {
    await fixture.enqueue('k1', { place: teams('19:a') })
    expect(await fixture.dispatcher(['slack']).dispatchDue()).toBe(0)
    expect(await fixture.row('k1')).toMatchObject({
      state: 'waiting',
      attempts: 0,
      errorCode: 'platform_not_configured',
      error: 'its platform is not set up here',
    })
    await fixture.dispatcher().dispatchDue()
    expect(await fixture.row('k1')).toMatchObject({ state: 'sent', errorCode: null, error: null })
  })

  test('the log has nothing of the content of a card', async () => {
    await fixture.enqueue('k1')
    await fixture.enqueue('k2', { card: invalidCard })
    await fixture.dispatcher().dispatchDue()
    expect(fixture.logged).toHaveLength(2)
    expect(fixture.logged.join()).not.toContain('a private reason')
  })
})

describe('order', () => {
  test('the messages of a conversation are sent in the order in which they were enqueued', async () => {
    const keys = ['c', 'a', 'd', 'b']
    await inTransaction(database.db, async (tx) => {
      for (const key of keys) {
        await enqueue(
          tx,
          { key, kind: testKind, place: teams('19:a'), card: testCard },
          fixture.now,
        )
      }
    })
    await Promise.all([fixture.dispatcher().dispatchDue(), fixture.dispatcher().dispatchDue()])
    expect(fixture.teams.keys()).toEqual(keys)
  })

  test('a message that has to wait delays the later ones of its conversation, and no others', async () => {
    fixture.slack.fail('k1', down('no'))
    await fixture.enqueue('k1', { in: 'C1' })
    await fixture.enqueue('k2', { in: 'C1' })
    await fixture.enqueue('k3', { in: 'C2' })
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['k3'])
    for (const seconds of [1, 1]) {
      fixture.advance(seconds)
      await dispatcher.dispatchDue()
    }
    expect(fixture.slack.keys()).toEqual(['k3', 'k1', 'k2'])
  })

  test('a reply waits for the root of its thread, and is posted there', async () => {
    fixture.teams.fail('root', down('no'))
    await fixture.enqueue('root', { place: teams('19:a') })
    await fixture.enqueue('more', { place: teams('19:a'), afterKey: 'root' })
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    expect(fixture.teams.keys()).toEqual([])
    fixture.advance(1)
    await dispatcher.dispatchDue()
    expect(fixture.teams.posted).toMatchObject([
      { key: 'root', thread: undefined },
      { key: 'more', thread: 'm1' },
    ])
  })

  test('a reply is not sent where its root is dead, and is posted outside the thread where its root is uncertain', async () => {
    fixture.teams.fail('dead', {
      error: new RecipientGoneError('channel_not_found', 'The channel is deleted.'),
      posted: false,
    })
    fixture.teams.fail('unsure', down('perhaps'))
    await fixture.enqueue('dead', { place: teams('19:a') })
    await fixture.enqueue('below dead', { place: teams('19:a'), afterKey: 'dead' })
    await fixture.enqueue('unsure', { place: teams('19:b') })
    await fixture.enqueue('below unsure', { place: teams('19:b'), afterKey: 'unsure' })
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    fixture.advance(60)
    await dispatcher.dispatchDue()
    expect(await fixture.row('below dead')).toMatchObject({
      state: 'dead',
      errorCode: 'root_not_sent',
      error: 'the message in whose thread it belongs was never sent',
    })
    expect(fixture.teams.posted).toMatchObject([
      { key: 'unsure' },
      { key: 'below unsure', thread: undefined },
    ])
  })
})

describe('rate limits', () => {
  test('a Slack channel gets one message a second, and the dispatcher says when the next is due', async () => {
    for (const key of ['k1', 'k2', 'k3']) await fixture.enqueue(key, { in: 'C1' })
    const dispatcher = fixture.dispatcher()
    expect(await dispatcher.dispatchDue()).toBe(1)
    expect(await dispatcher.nextDue(fixture.now)).toEqual(new Date('2017-02-27T09:00:01Z'))
    expect(await dispatcher.dispatchDue()).toBe(0)
    fixture.advance(1)
    expect(await dispatcher.dispatchDue()).toBe(1)
    fixture.advance(1)
    expect(await dispatcher.dispatchDue()).toBe(1)
    expect(fixture.slack.keys()).toEqual(['k1', 'k2', 'k3'])
    fixture.advance(1)
    expect(await dispatcher.nextDue(fixture.now)).toBeUndefined()
  })

  test('a Teams conversation gets seven messages a second', async () => {
    for (let number = 0; number < 9; number += 1) {
      await fixture.enqueue(`k${number}`, { place: teams('19:a') })
    }
    const dispatcher = fixture.dispatcher()
    expect(await dispatcher.dispatchDue()).toBe(7)
    fixture.advance(1)
    expect(await dispatcher.dispatchDue()).toBe(2)
  })
})

describe('stopping', () => {
  test('waits for the messages in flight, records their results, and claims nothing more', async () => {
    const [reached, finish] = [gate(), gate()]
    fixture.slack.beforeSend = () => {
      reached.open()
      return finish.opened
    }
    await fixture.enqueue('k1', { in: 'C1' })
    await fixture.enqueue('k2', { in: 'C1' })
    const dispatcher = fixture.dispatcher()
    const run = dispatcher.dispatchDue()
    await reached.opened
    let stopped = false
    const stop = dispatcher.stop().then(() => {
      stopped = true
    })
    await fixture.row('k1')
    expect(stopped).toBe(false)
    finish.open()
    await Promise.all([stop, run])
    expect(await fixture.state('k1')).toBe('sent')
    expect(await fixture.state('k2')).toBe('waiting')
    expect(await dispatcher.dispatchDue()).toBe(0)
  })
})
