import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { PlatformUnavailableError } from '../../src/chat/port.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { gate, Scene, teams } from './scene.ts'

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

const leaseSeconds = leaseMs / 1_000
const down = (posted: 'no' | 'perhaps') => ({
  error: new PlatformUnavailableError('http_503', 'HTTP 503', posted),
  posted: posted === 'perhaps',
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
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', messageId: 'm1', error: null })
  })

  test('where Slack does not have it, it is sent', async () => {
    scene.slack.fail('k1', {
      error: new PlatformUnavailableError('timeout', 'no answer', 'perhaps'),
      posted: false,
    })
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
    scene.dispatcher(undefined, undefined, { resendPolicy: async () => 'again' })

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
    const dying = scene.dispatcher()
    const run = dying.dispatchDue()
    await posted.opened
    scene[platform].after = () => {}
    // The dead take nothing more in hand, while a run that only waits would look again.
    const stopped = dying.stop()
    return () => {
      over.open()
      return Promise.all([run, stopped])
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
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', messageId: 'm1', attempts: 2 })
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
      errorCode: 'lookup_impossible',
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
    expect(await scene.row('k1')).toMatchObject({ state: 'sent', messageId: 'm1' })
  })
})

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5))
}
