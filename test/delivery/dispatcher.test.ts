import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { Gone, RateLimited, Rejected, Unavailable } from '../../src/chat/port.ts'
import { leaseMs } from '../../src/delivery/lease.ts'
import { decide } from '../../src/delivery/ledger.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { gate, good, poison, Scene, teams } from './scene.ts'

// A loaded machine is slow, not wrong.
jest.setTimeout(30_000)

let fresh: FreshDatabase
let scene: Scene
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await fresh.db.delivery.deleteMany()
  scene = new Scene(fresh.db)
})

const leaseSeconds = leaseMs / 1_000
const down = (posted: 'no' | 'perhaps') => ({
  error: new Unavailable('HTTP 503', posted),
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
      sentAs: 'm1',
      sentAt: scene.now,
      claim: null,
      claimedUntil: null,
      maybeSince: null,
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
      error: 'its platform is not set up here',
    })
    await scene.dispatcher().dispatchDue()
    expect(await scene.state('k1')).toBe('sent')
  })

  test('nothing of what a card says is logged', async () => {
    await scene.decide('k1')
    await scene.decide('k2', { card: poison })
    await scene.dispatcher().dispatchDue()
    expect(scene.logged).toHaveLength(2)
    expect(scene.logged.join()).not.toContain('a private reason')
  })
})

describe('one failing recipient holds back nobody else', () => {
  const twenty = Array.from({ length: 20 }, (_, number) => `k${number}`)
  const others = twenty.filter((key) => key !== 'k7').toSorted()

  test('gone: dead with the reason, the other 19 are sent, and it is never tried again', async () => {
    scene.slack.fail('k7', { error: new Gone('The channel is archived.'), posted: false })
    for (const key of twenty) await scene.decide(key)
    const dispatcher = scene.dispatcher()
    expect(await dispatcher.dispatchDue()).toBe(20)
    expect(scene.slack.keys().toSorted()).toEqual(others)
    expect(await scene.row('k7')).toMatchObject({
      state: 'dead',
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
      error: 'its card cannot be drawn from its data (TypeError)',
    })
    expect(scene.slack.keys()).toEqual(['next'])
  })

  test('a message that the platform refuses is dead, and what follows is sent', async () => {
    scene.slack.fail('bad', { error: new Rejected('msg_too_long'), posted: false })
    await scene.decide('bad', { in: 'C1' })
    await scene.decide('next', { in: 'C1' })
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    scene.pass(1)
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toEqual(['next'])
    expect(await scene.row('bad')).toMatchObject({ state: 'dead', error: 'msg_too_long' })
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
      maybeSince: null,
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
    scene.slack.fail('k1', { error: new RateLimited(30_000), posted: false })
    await scene.decide('k1')
    await scene.decide('k2')
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toEqual(['k2'])
    expect((await scene.row('k1')).attempts).toBe(0)
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

describe('an answer that got lost', () => {
  test('Slack is asked, once the message had time to arrive, and it stands there once', async () => {
    scene.slack.fail('k1', down('perhaps'))
    await scene.decide('k1')
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    scene.pass(30)
    expect(await dispatcher.dispatchDue()).toBe(0)
    scene.pass(1)
    await dispatcher.dispatchDue()
    expect(scene.slack.looked).toEqual(['k1'])
    expect(scene.slack.keys()).toEqual(['k1'])
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', sentAs: 'm1', error: null })
  })

  test('where Slack does not have it, it is sent', async () => {
    scene.slack.fail('k1', { error: new Unavailable('timeout', 'perhaps'), posted: false })
    await scene.decide('k1')
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    scene.pass(31)
    await dispatcher.dispatchDue()
    expect(scene.slack.looked).toEqual(['k1'])
    expect(scene.slack.keys()).toEqual(['k1'])
  })

  test('in a thread it is looked for in the thread', async () => {
    scene.slack.fail('more', down('perhaps'))
    await scene.decide('root', { in: 'C1' })
    await scene.decide('more', { in: 'C1', afterKey: 'root' })
    const dispatcher = scene.dispatcher()
    for (const seconds of [0, 1, 60]) {
      scene.pass(seconds)
      await dispatcher.dispatchDue()
    }
    expect(scene.slack.keys()).toEqual(['root', 'more'])
    expect(await scene.state('more')).toBe('sent')
  })

  test('on Teams, where nobody can look, it is uncertain and never sent again', async () => {
    scene.teams.fail('k1', down('perhaps'))
    await scene.decide('k1', { place: teams('19:a') })
    const dispatcher = scene.dispatcher()
    for (const seconds of [0, 60, 86_400]) {
      scene.pass(seconds)
      await dispatcher.dispatchDue()
    }
    expect(scene.teams.keys()).toEqual(['k1'])
    expect(await scene.state('k1')).toBe('uncertain')
  })
})

describe('where a programme would rather read it twice than not at all', () => {
  const repeating = () =>
    scene.dispatcher(undefined, undefined, { onUncertain: async () => 'again' })

  test('what may have got lost in Teams is sent once more, and says so', async () => {
    scene.teams.fail('k1', down('perhaps'))
    await scene.decide('k1', { place: teams('19:a') })
    for (const seconds of [0, 60]) {
      scene.pass(seconds)
      await repeating().dispatchDue()
    }
    expect(scene.teams.posted).toMatchObject([
      { key: 'k1', again: false },
      { key: 'k1', again: true },
    ])
    expect(await scene.state('k1')).toBe('sent')
  })

  test('but not a third time', async () => {
    scene.teams.fail('k1', down('perhaps'), down('perhaps'))
    await scene.decide('k1', { place: teams('19:a') })
    for (const seconds of [0, 60, 60]) {
      scene.pass(seconds)
      await repeating().dispatchDue()
    }
    expect(scene.teams.posted).toHaveLength(2)
    expect(await scene.state('k1')).toBe('uncertain')
  })
})

describe('a process that dies between the post and the note of it', () => {
  /**
   * The message stands there, and the process that sent it does nothing more until the test is over. The answer lets
   * it end then: left alone, it would give up a minute later, in the middle of some other test.
   */
  async function dieAfterPosting(platform: 'slack' | 'teams'): Promise<() => Promise<unknown>> {
    const [posted, over] = [gate(), gate()]
    scene[platform].after = () => {
      posted.open()
      return over.opened
    }
    const run = scene.dispatcher().dispatchDue()
    await posted.opened
    scene[platform].after = () => {}
    return () => {
      over.open()
      return run
    }
  }

  test('on Slack the message is found, and stands there once', async () => {
    await scene.decide('k1')
    const bury = await dieAfterPosting('slack')
    const another = scene.dispatcher()
    expect(await another.dispatchDue()).toBe(0)
    scene.pass(leaseSeconds)
    expect(await another.dispatchDue()).toBe(1)
    expect(scene.slack.keys()).toEqual(['k1'])
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', sentAs: 'm1', attempts: 2 })
    await bury()
  })

  test('on Teams it is uncertain, and what follows in the conversation goes on', async () => {
    await scene.decide('k1', { place: teams('19:a') })
    await scene.decide('k2', { place: teams('19:a') })
    const bury = await dieAfterPosting('teams')
    const another = scene.dispatcher()
    expect(await another.dispatchDue()).toBe(0)
    scene.pass(leaseSeconds)
    await another.dispatchDue()
    expect(scene.teams.keys()).toEqual(['k1', 'k2'])
    expect(await scene.row('k1')).toMatchObject({
      state: 'uncertain',
      error: 'nobody can look whether it was posted',
    })
    await bury()
  })
})

describe('a process that freezes and wakes late', () => {
  test('does not touch what another noted meanwhile', async () => {
    await scene.decide('k1')
    const [posted, wake] = [gate(), gate()]
    scene.slack.after = () => {
      posted.open()
      return wake.opened
    }
    const frozen = scene.dispatcher().dispatchDue()
    await posted.opened
    scene.pass(leaseSeconds)
    await scene.dispatcher().dispatchDue()
    const noted = await scene.row('k1')
    expect(noted.state).toBe('sent')
    scene.pass(60)
    wake.open()
    await frozen
    expect(await scene.row('k1')).toEqual(noted)
    expect(scene.logged.join()).toContain('another dispatcher took it over')
  })

  test('takes nothing over from itself where the clock stepped forward', async () => {
    const [reached, finish] = [gate(), gate()]
    scene.slack.before = (key) => {
      if (key !== 'k1') return undefined
      reached.open()
      return finish.opened
    }
    await scene.decide('k1')
    const dispatcher = scene.dispatcher()
    const run = dispatcher.dispatchDue()
    await reached.opened
    scene.pass(leaseSeconds)
    await scene.decide('k2')
    const again = dispatcher.dispatchDue()
    await until(() => scene.slack.keys().includes('k2'))
    expect(await scene.row('k1')).toMatchObject({ state: 'sending', attempts: 1 })
    finish.open()
    await Promise.all([run, again])
    expect(scene.slack.keys()).toEqual(['k2', 'k1'])
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', attempts: 1 })
  })

  test('does not take it out of the hands of whoever has it by then', async () => {
    await scene.decide('k1')
    const [reached, wake, working, finish] = [gate(), gate(), gate(), gate()]
    scene.slack.before = () => {
      reached.open()
      return wake.opened
    }
    scene.slack.fail('k1', down('no'))
    const frozen = scene.dispatcher().dispatchDue()
    await reached.opened
    scene.pass(leaseSeconds)
    scene.slack.before = () => {
      working.open()
      return finish.opened
    }
    const another = scene.dispatcher().dispatchDue()
    await working.opened
    wake.open()
    await frozen
    expect(await scene.row('k1')).toMatchObject({ state: 'sending', attempts: 2 })
    finish.open()
    await another
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', attempts: 2 })
    expect(scene.slack.keys()).toEqual(['k1'])
  })

  test('on Teams, its late answer makes certain what another had to call uncertain', async () => {
    await scene.decide('k1', { place: teams('19:a') })
    const [posted, wake] = [gate(), gate()]
    scene.teams.after = () => {
      posted.open()
      return wake.opened
    }
    const frozen = scene.dispatcher().dispatchDue()
    await posted.opened
    scene.pass(leaseSeconds)
    await scene.dispatcher().dispatchDue()
    expect(await scene.state('k1')).toBe('uncertain')
    wake.open()
    await frozen
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', sentAs: 'm1' })
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
        if (isBroken) throw new Unavailable('HTTP 503', 'no')
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

describe('order', () => {
  test('what one conversation is told, it is told in the order of decision', async () => {
    const keys = ['c', 'a', 'd', 'b']
    await inTransaction(fresh.db, async (tx) => {
      for (const key of keys) {
        await decide(tx, { key, kind: 'test', place: teams('19:a'), card: good }, scene.now)
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
    scene.teams.fail('dead', { error: new Gone('The channel is deleted.'), posted: false })
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

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5))
}
