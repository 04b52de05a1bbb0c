import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import {
  MessageRejectedError,
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
} from '../../src/chat/port.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { gate, poison, Scene, teams } from './scene.ts'

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

describe('one failing recipient holds back nobody else', () => {
  const twenty = Array.from({ length: 20 }, (_, number) => `k${number}`)
  const others = twenty.filter((key) => key !== 'k7').toSorted()

  test('gone: dead with the reason, the other 19 are sent, and it is never tried again', async () => {
    scene.slack.fail('k7', {
      error: new RecipientGoneError('is_archived', 'The channel is archived.'),
      posted: false,
    })
    for (const key of twenty) await scene.decide(key)
    const dispatcher = scene.dispatcher()
    expect(await dispatcher.dispatchDue()).toBe(20)
    expect(scene.slack.keys().toSorted()).toEqual(others)
    expect(await scene.row('k7')).toMatchObject({
      state: 'dead',
      errorCode: 'slack:is_archived',
      error: 'The channel is archived.',
    })
    scene.pass(3_600)
    expect(await dispatcher.dispatchDue()).toBe(0)
  })

  test('a card that cannot be drawn is dead, and what follows in its conversation is sent', async () => {
    await scene.decide('bad', { in: 'C1', card: poison })
    await scene.decide('next', { in: 'C1' })
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    scene.pass(1)
    await dispatcher.dispatchDue()
    expect(await scene.row('bad')).toMatchObject({
      state: 'dead',
      errorCode: 'card_invalid',
      error: 'its card cannot be drawn from its data (TypeError)',
    })
    expect(scene.slack.keys()).toEqual(['next'])
  })

  test('a message that the platform refuses is dead, and what follows is sent', async () => {
    scene.slack.fail('bad', {
      error: new MessageRejectedError('msg_too_long', 'msg_too_long'),
      posted: false,
    })
    await scene.decide('bad', { in: 'C1' })
    await scene.decide('next', { in: 'C1' })
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    scene.pass(1)
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toEqual(['next'])
    expect(await scene.row('bad')).toMatchObject({
      state: 'dead',
      errorCode: 'slack:msg_too_long',
      error: 'msg_too_long',
    })
  })

  test('one that does not answer takes up one lane', async () => {
    const slow = gate()
    scene.slack.before = (key) => (key === 'k7' ? slow.opened : undefined)
    for (const key of twenty) await scene.decide(key)
    const run = scene.dispatcher().dispatchDue()
    await until(() => scene.slack.posted.length === 19)
    expect(await scene.state('k7')).toBe('sending')
    slow.open()
    expect(await run).toBe(20)
  })
})

describe('trying again', () => {
  test('down: later, and later still', async () => {
    scene.slack.fail('k1', down('no'), down('no'))
    await scene.decide('k1')
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    expect(await scene.row('k1')).toMatchObject({
      state: 'waiting',
      attempts: 1,
      notBefore: new Date('2017-02-27T09:00:01Z'),
      possiblySentAt: null,
      errorCode: 'slack:http_503',
      error: 'HTTP 503',
    })
    expect(await dispatcher.dispatchDue()).toBe(0)
    scene.pass(1)
    expect(await dispatcher.dispatchDue()).toBe(1)
    expect((await scene.row('k1')).notBefore).toEqual(new Date('2017-02-27T09:00:03Z'))
    scene.pass(2)
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toEqual(['k1'])
    expect(scene.slack.looked).toEqual([])
  })

  test('told to wait 30 s: not a moment sooner, and the others are not held', async () => {
    scene.slack.fail('k1', { error: new RateLimitedError(30_000), posted: false })
    await scene.decide('k1')
    await scene.decide('k2')
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toEqual(['k2'])
    expect(await scene.row('k1')).toMatchObject({
      attempts: 0,
      errorCode: 'slack:http_429',
      error: 'the platform asked to wait 30 s',
    })
    scene.pass(30)
    expect(await dispatcher.dispatchDue()).toBe(0)
    scene.pass(1)
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toEqual(['k2', 'k1'])
  })

  test('a fault of an adapter counts as perhaps posted, and is logged', async () => {
    scene.slack.fail('k1', { error: new TypeError('undefined is not a function'), posted: true })
    await scene.decide('k1')
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    expect(scene.logged.join()).toContain('failed outside its contract')
    scene.pass(60)
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toEqual(['k1'])
    expect(await scene.state('k1')).toBe('sent')
  })
})

describe('a workspace that fails', () => {
  const twenty = Array.from({ length: 20 }, (_, number) => `k${number}`)
  const inA2 = (name: string) => ({ ...teams(name), tenant: 'A2' })

  /** Every send there fails, until it is mended. */
  function breakTenant(tenant: string) {
    const tried: string[] = []
    let isBroken = true
    const { send } = scene.teams
    scene.teams.send = async (place, message) => {
      if (place.tenant === tenant) {
        tried.push(message.key)
        if (isBroken) throw new PlatformUnavailableError('http_503', 'HTTP 503', 'no')
      }
      return send.call(scene.teams, place, message)
    }
    return {
      tried,
      mend() {
        isBroken = false
      },
    }
  }

  test('is left alone after a few, its deliveries keep their attempts, and the others go on', async () => {
    const broken = breakTenant('A2')
    for (const key of twenty) await scene.decide(key, { place: inA2(`19:${key}`) })
    for (const key of twenty) await scene.decide(`other ${key}`, { place: teams(`19:${key}`) })
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    expect(scene.teams.posted).toHaveLength(20)
    const tried = broken.tried.length
    expect(tried).toBeLessThan(20)
    scene.pass(4)
    await dispatcher.dispatchDue()
    expect(broken.tried).toHaveLength(tried)
  })

  test('is tried with one after a while, and all follow once that is answered', async () => {
    const broken = breakTenant('A2')
    for (const key of twenty) await scene.decide(key, { place: inA2(`19:${key}`) })
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    const tried = broken.tried.length
    scene.pass(5)
    await dispatcher.dispatchDue()
    expect(broken.tried).toHaveLength(tried + 1)
    broken.mend()
    for (const seconds of [5, 5, 5]) {
      scene.pass(seconds)
      await dispatcher.dispatchDue()
    }
    expect(scene.teams.keys().toSorted()).toEqual(twenty.toSorted())
  })

  test('is not what 10 % of poisonous deliveries make of it: they hold back nobody', async () => {
    const keys = Array.from({ length: 100 }, (_, number) => `k${number}`)
    const poisonous = (key: string) => key.endsWith('7')
    for (const key of keys) {
      if (poisonous(key)) scene.slack.fail(key, ...Array.from({ length: 200 }, () => down('no')))
      await scene.decide(key)
    }
    const dispatcher = scene.dispatcher()
    for (const seconds of [0, 60, 300]) {
      scene.pass(seconds)
      await dispatcher.dispatchDue()
    }
    expect(scene.slack.posted).toHaveLength(90)
    await scene.decide('late')
    scene.pass(300)
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toContain('late')
  })
})

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5))
}
