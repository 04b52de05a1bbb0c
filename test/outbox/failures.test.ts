import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import {
  MessageRejectedError,
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
} from '../../src/chat/port.ts'
import { useDatabase } from '../support/database.ts'
import { gate, invalidCard, OutboxFixture, teams } from './outbox-fixture.ts'

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

describe('a recipient that fails delays nobody else', () => {
  const twenty = Array.from({ length: 20 }, (_, number) => `k${number}`)
  const others = twenty.filter((key) => key !== 'k7').toSorted()

  test('a recipient that is gone: its message is dead with the reason and never retried, and the other 19 are sent', async () => {
    fixture.slack.fail('k7', {
      error: new RecipientGoneError('is_archived', 'The channel is archived.'),
      posted: false,
    })
    for (const key of twenty) await fixture.enqueue(key)
    const dispatcher = fixture.dispatcher()
    expect(await dispatcher.dispatchDue()).toBe(20)
    expect(fixture.slack.keys().toSorted()).toEqual(others)
    expect(await fixture.row('k7')).toMatchObject({
      state: 'dead',
      errorCode: 'slack:is_archived',
      error: 'The channel is archived.',
    })
    fixture.advance(3_600)
    expect(await dispatcher.dispatchDue()).toBe(0)
  })

  test('a message whose card cannot be expanded is dead, and the next of its conversation is sent', async () => {
    await fixture.enqueue('bad', { in: 'C1', card: invalidCard })
    await fixture.enqueue('next', { in: 'C1' })
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    fixture.advance(1)
    await dispatcher.dispatchDue()
    expect(await fixture.row('bad')).toMatchObject({
      state: 'dead',
      errorCode: 'card_invalid',
      error: 'its card cannot be drawn from its data (TypeError)',
    })
    expect(fixture.slack.keys()).toEqual(['next'])
  })

  test('a message that the platform rejects is dead, and the next of its conversation is sent', async () => {
    fixture.slack.fail('bad', {
      error: new MessageRejectedError('msg_too_long', 'msg_too_long'),
      posted: false,
    })
    await fixture.enqueue('bad', { in: 'C1' })
    await fixture.enqueue('next', { in: 'C1' })
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    fixture.advance(1)
    await dispatcher.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['next'])
    expect(await fixture.row('bad')).toMatchObject({
      state: 'dead',
      errorCode: 'slack:msg_too_long',
      error: 'msg_too_long',
    })
  })

  test('a call that does not return occupies one place, and the others are sent', async () => {
    const slow = gate()
    fixture.slack.beforeSend = (key) => (key === 'k7' ? slow.opened : undefined)
    for (const key of twenty) await fixture.enqueue(key)
    const run = fixture.dispatcher().dispatchDue()
    await waitFor(() => fixture.slack.posted.length === 19)
    expect(await fixture.state('k7')).toBe('sending')
    slow.open()
    expect(await run).toBe(20)
  })
})

describe('a retry', () => {
  test('waits longer each time while the platform is down', async () => {
    fixture.slack.fail('k1', down('no'), down('no'))
    await fixture.enqueue('k1')
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    expect(await fixture.row('k1')).toMatchObject({
      state: 'waiting',
      attempts: 1,
      notBefore: new Date('2017-02-27T09:00:01Z'),
      possiblySentAt: null,
      errorCode: 'slack:http_503',
      error: 'HTTP 503',
    })
    expect(await dispatcher.dispatchDue()).toBe(0)
    fixture.advance(1)
    expect(await dispatcher.dispatchDue()).toBe(1)
    expect((await fixture.row('k1')).notBefore).toEqual(new Date('2017-02-27T09:00:03Z'))
    fixture.advance(2)
    await dispatcher.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['k1'])
    expect(fixture.slack.lookups).toEqual([])
  })

  test('waits for the 30 s that a rate limit asks for, and delays no other conversation', async () => {
    fixture.slack.fail('k1', { error: new RateLimitedError(30_000), posted: false })
    await fixture.enqueue('k1')
    await fixture.enqueue('k2')
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['k2'])
    expect(await fixture.row('k1')).toMatchObject({
      attempts: 0,
      errorCode: 'slack:http_429',
      error: 'the platform asked to wait 30 s',
    })
    fixture.advance(30)
    expect(await dispatcher.dispatchDue()).toBe(0)
    fixture.advance(1)
    await dispatcher.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['k2', 'k1'])
  })

  test('after an unexpected error of an adapter looks the message up first, and the error is logged', async () => {
    fixture.slack.fail('k1', { error: new TypeError('undefined is not a function'), posted: true })
    await fixture.enqueue('k1')
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    expect(fixture.logged.join()).toContain('failed outside its contract')
    fixture.advance(60)
    await dispatcher.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['k1'])
    expect(await fixture.state('k1')).toBe('sent')
  })
})

describe('a workspace that fails', () => {
  const twenty = Array.from({ length: 20 }, (_, number) => `k${number}`)
  const inA2 = (name: string) => ({ ...teams(name), tenant: 'A2' })

  /** Every send to this tenant fails, until `repair`. */
  function failTenant(tenant: string) {
    const tried: string[] = []
    let isFailing = true
    const { send } = fixture.teams
    fixture.teams.send = async (place, message) => {
      if (place.tenant === tenant) {
        tried.push(message.key)
        if (isFailing) throw new PlatformUnavailableError('http_503', 'HTTP 503', 'no')
      }
      return send.call(fixture.teams, place, message)
    }
    return {
      tried,
      repair() {
        isFailing = false
      },
    }
  }

  test('is left alone after a few failures, and the messages of other workspaces are sent', async () => {
    const broken = failTenant('A2')
    for (const key of twenty) await fixture.enqueue(key, { place: inA2(`19:${key}`) })
    for (const key of twenty) await fixture.enqueue(`other ${key}`, { place: teams(`19:${key}`) })
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    expect(fixture.teams.posted).toHaveLength(20)
    const tried = broken.tried.length
    expect(tried).toBeLessThan(20)
    fixture.advance(4)
    await dispatcher.dispatchDue()
    expect(broken.tried).toHaveLength(tried)
  })

  test('gets one trial message after a while, and all the others once that succeeds', async () => {
    const broken = failTenant('A2')
    for (const key of twenty) await fixture.enqueue(key, { place: inA2(`19:${key}`) })
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    const tried = broken.tried.length
    fixture.advance(5)
    await dispatcher.dispatchDue()
    expect(broken.tried).toHaveLength(tried + 1)
    broken.repair()
    for (const seconds of [5, 5, 5]) {
      fixture.advance(seconds)
      await dispatcher.dispatchDue()
    }
    expect(fixture.teams.keys().toSorted()).toEqual(twenty.toSorted())
  })

  test('is not assumed where 10 % of the messages always fail: they delay no other', async () => {
    const keys = Array.from({ length: 100 }, (_, number) => `k${number}`)
    const alwaysFails = (key: string) => key.endsWith('7')
    for (const key of keys) {
      if (alwaysFails(key))
        fixture.slack.fail(key, ...Array.from({ length: 200 }, () => down('no')))
      await fixture.enqueue(key)
    }
    const dispatcher = fixture.dispatcher()
    for (const seconds of [0, 60, 300]) {
      fixture.advance(seconds)
      await dispatcher.dispatchDue()
    }
    expect(fixture.slack.posted).toHaveLength(90)
    await fixture.enqueue('late')
    fixture.advance(300)
    await dispatcher.dispatchDue()
    expect(fixture.slack.keys()).toContain('late')
  })
})

async function waitFor(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5))
}
