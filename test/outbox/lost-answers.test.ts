import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import { PlatformUnavailableError } from '../../src/chat/port.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import { useDatabase } from '../support/database.ts'
import { gate, OutboxFixture, teams } from './outbox-fixture.ts'

// Allows for a loaded machine.
jest.setTimeout(30_000)

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  fixture = new OutboxFixture(database.db)
})

const leaseSeconds = leaseMs / 1_000
const down = (posted: 'no' | 'perhaps') => ({
  error: new PlatformUnavailableError('http_503', 'HTTP 503', posted),
  posted: posted === 'perhaps',
})

describe('after a call whose result is unknown', () => {
  test('in Slack the message is looked up once it had time to arrive, and is posted once', async () => {
    fixture.slack.fail('k1', down('perhaps'))
    await fixture.enqueue('k1')
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    fixture.advance(30)
    expect(await dispatcher.dispatchDue()).toBe(0)
    fixture.advance(1)
    await dispatcher.dispatchDue()
    expect(fixture.slack.lookups).toEqual(['k1'])
    expect(fixture.slack.keys()).toEqual(['k1'])
    expect(await fixture.row('k1')).toMatchObject({ state: 'sent', messageId: 'm1', error: null })
  })

  test('in Slack a message that is not found is sent', async () => {
    fixture.slack.fail('k1', {
      error: new PlatformUnavailableError('timeout', 'no answer', 'perhaps'),
      posted: false,
    })
    await fixture.enqueue('k1')
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    fixture.advance(31)
    await dispatcher.dispatchDue()
    expect(fixture.slack.lookups).toEqual(['k1'])
    expect(fixture.slack.keys()).toEqual(['k1'])
  })

  test('a reply is looked up in its thread', async () => {
    fixture.slack.fail('more', down('perhaps'))
    await fixture.enqueue('root', { in: 'C1' })
    await fixture.enqueue('more', { in: 'C1', afterKey: 'root' })
    const dispatcher = fixture.dispatcher()
    for (const seconds of [0, 1, 60]) {
      fixture.advance(seconds)
      await dispatcher.dispatchDue()
    }
    expect(fixture.slack.keys()).toEqual(['root', 'more'])
    expect(await fixture.state('more')).toBe('sent')
  })

  test('in Teams, which has no lookup, the message becomes uncertain and is not sent again', async () => {
    fixture.teams.fail('k1', down('perhaps'))
    await fixture.enqueue('k1', { place: teams('19:a') })
    const dispatcher = fixture.dispatcher()
    for (const seconds of [0, 60, 86_400]) {
      fixture.advance(seconds)
      await dispatcher.dispatchDue()
    }
    expect(fixture.teams.keys()).toEqual(['k1'])
    expect(await fixture.state('k1')).toBe('uncertain')
  })
})

describe('with the policy to resend possibly sent messages', () => {
  const resending = () =>
    fixture.dispatcher(undefined, undefined, { resendPolicy: async () => 'again' })

  test('a possibly sent message in Teams is sent once more, marked as a repeat', async () => {
    fixture.teams.fail('k1', down('perhaps'))
    await fixture.enqueue('k1', { place: teams('19:a') })
    for (const seconds of [0, 60]) {
      fixture.advance(seconds)
      await resending().dispatchDue()
    }
    expect(fixture.teams.posted).toMatchObject([
      { key: 'k1', isResend: false },
      { key: 'k1', isResend: true },
    ])
    expect(await fixture.state('k1')).toBe('sent')
  })

  test('it is not sent a third time', async () => {
    fixture.teams.fail('k1', down('perhaps'), down('perhaps'))
    await fixture.enqueue('k1', { place: teams('19:a') })
    for (const seconds of [0, 60, 60]) {
      fixture.advance(seconds)
      await resending().dispatchDue()
    }
    expect(fixture.teams.posted).toHaveLength(2)
    expect(await fixture.state('k1')).toBe('uncertain')
  })
})

describe('after a process died between posting and recording', () => {
  /**
   * Posts the message, and keeps its process from doing anything more. The returned function lets the process end at the
   * end of the test; otherwise it would time out a minute later, during another test.
   */
  async function dieAfterPosting(platform: 'slack' | 'teams'): Promise<() => Promise<unknown>> {
    const [posted, over] = [gate(), gate()]
    fixture[platform].afterSend = () => {
      posted.open()
      return over.opened
    }
    const dying = fixture.dispatcher()
    const run = dying.dispatchDue()
    await posted.opened
    fixture[platform].afterSend = () => {}
    // A dead process claims nothing more, while a run that only waits would.
    const stopped = dying.stop()
    return () => {
      over.open()
      return Promise.all([run, stopped])
    }
  }

  test('in Slack the message is found, and is posted once', async () => {
    await fixture.enqueue('k1')
    const letEnd = await dieAfterPosting('slack')
    const another = fixture.dispatcher()
    expect(await another.dispatchDue()).toBe(0)
    fixture.advance(leaseSeconds)
    expect(await another.dispatchDue()).toBe(1)
    expect(fixture.slack.keys()).toEqual(['k1'])
    expect(await fixture.row('k1')).toMatchObject({ state: 'sent', messageId: 'm1', attempts: 2 })
    await letEnd()
  })

  test('in Teams the message becomes uncertain, and the next of the conversation is sent', async () => {
    await fixture.enqueue('k1', { place: teams('19:a') })
    await fixture.enqueue('k2', { place: teams('19:a') })
    const letEnd = await dieAfterPosting('teams')
    const another = fixture.dispatcher()
    expect(await another.dispatchDue()).toBe(0)
    fixture.advance(leaseSeconds)
    await another.dispatchDue()
    expect(fixture.teams.keys()).toEqual(['k1', 'k2'])
    expect(await fixture.row('k1')).toMatchObject({
      state: 'uncertain',
      errorCode: 'lookup_impossible',
      error: 'nobody can look whether it was posted',
    })
    await letEnd()
  })
})

describe('a process that was frozen past its lease', () => {
  test('does not change the result that another process recorded', async () => {
    await fixture.enqueue('k1')
    const [posted, wake] = [gate(), gate()]
    fixture.slack.afterSend = () => {
      posted.open()
      return wake.opened
    }
    const frozen = fixture.dispatcher().dispatchDue()
    await posted.opened
    fixture.advance(leaseSeconds)
    await fixture.dispatcher().dispatchDue()
    const recorded = await fixture.row('k1')
    expect(recorded.state).toBe('sent')
    fixture.advance(60)
    wake.open()
    await frozen
    expect(await fixture.row('k1')).toEqual(recorded)
    expect(fixture.logged.join()).toContain('another dispatcher took it over')
  })

  test('does not take over its own message where the clock jumped forward', async () => {
    const [reached, finish] = [gate(), gate()]
    fixture.slack.beforeSend = (key) => {
      if (key !== 'k1') return undefined
      reached.open()
      return finish.opened
    }
    await fixture.enqueue('k1')
    const dispatcher = fixture.dispatcher()
    const run = dispatcher.dispatchDue()
    await reached.opened
    fixture.advance(leaseSeconds)
    await fixture.enqueue('k2')
    const again = dispatcher.dispatchDue()
    await waitFor(() => fixture.slack.keys().includes('k2'))
    expect(await fixture.row('k1')).toMatchObject({ state: 'sending', attempts: 1 })
    finish.open()
    await Promise.all([run, again])
    expect(fixture.slack.keys()).toEqual(['k2', 'k1'])
    expect(await fixture.row('k1')).toMatchObject({ state: 'sent', attempts: 1 })
  })

  test('does not release the lease of the process that took the message over', async () => {
    await fixture.enqueue('k1')
    const [reached, wake, working, finish] = [gate(), gate(), gate(), gate()]
    fixture.slack.beforeSend = () => {
      reached.open()
      return wake.opened
    }
    fixture.slack.fail('k1', down('no'))
    const frozen = fixture.dispatcher().dispatchDue()
    await reached.opened
    fixture.advance(leaseSeconds)
    fixture.slack.beforeSend = () => {
      working.open()
      return finish.opened
    }
    const another = fixture.dispatcher().dispatchDue()
    await working.opened
    wake.open()
    await frozen
    expect(await fixture.row('k1')).toMatchObject({ state: 'sending', attempts: 2 })
    finish.open()
    await another
    expect(await fixture.row('k1')).toMatchObject({ state: 'sent', attempts: 2 })
    expect(fixture.slack.keys()).toEqual(['k1'])
  })

  test('in Teams, its late result turns a message from uncertain to sent', async () => {
    await fixture.enqueue('k1', { place: teams('19:a') })
    const [posted, wake] = [gate(), gate()]
    fixture.teams.afterSend = () => {
      posted.open()
      return wake.opened
    }
    const frozen = fixture.dispatcher().dispatchDue()
    await posted.opened
    fixture.advance(leaseSeconds)
    await fixture.dispatcher().dispatchDue()
    expect(await fixture.state('k1')).toBe('uncertain')
    wake.open()
    await frozen
    expect(await fixture.row('k1')).toMatchObject({ state: 'sent', messageId: 'm1' })
  })
})

async function waitFor(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5))
}
