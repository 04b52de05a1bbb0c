import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Place } from '../../src/base/addresses.ts'
import {
  type PlatformError,
  PlatformUnavailableError,
  RateLimitedError,
  WorkspaceBrokenError,
} from '../../src/chat/port.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { editMessage } from '../../src/outbox/outbox.ts'
import { loadOutages } from '../../src/outbox/workspace-outages.ts'
import { useDatabase } from '../support/database.ts'
import { OutboxFixture, slack, teams, testCard } from './outbox-fixture.ts'

jest.setTimeout(30_000)

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  await database.db.workspaceOutage.deleteMany()
  fixture = new OutboxFixture(database.db)
})

const revoked = () => new WorkspaceBrokenError('token_revoked', 'Slack says token_revoked.')
const hour = 3_600

/** Every call to a platform fails with this where `isRefused` says so, until `repair`. */
function refuse(
  error: () => PlatformError,
  platform: 'slack' | 'teams' = 'slack',
  isRefused: (place: Place) => boolean = () => true,
) {
  const tried: string[] = []
  const fake = fixture[platform]
  const { send, update } = fake
  let isBroken = true
  const check = (place: Place, key: string) => {
    if (!isRefused(place)) return
    tried.push(key)
    if (isBroken) throw error()
  }
  fake.send = async (place, message) => {
    check(place, message.key)
    return send.call(fake, place, message)
  }
  fake.update = async (address, message) => {
    check(address.place, `edit ${message.key}`)
    return update.call(fake, address, message)
  }
  return {
    tried,
    repair() {
      isBroken = false
    },
  }
}

/** Dispatches every so many seconds, for so many times. */
async function run(dispatcher: ReturnType<OutboxFixture['dispatcher']>, times: number, each = 30) {
  for (let count = 0; count < times; count += 1) {
    await dispatcher.dispatchDue()
    fixture.advance(each)
  }
}

const direct = (conversation: string): Place => ({ ...slack(conversation), kind: 'direct' })

describe('a workspace whose token is revoked', () => {
  test('keeps its messages waiting for days, and takes nobody for gone', async () => {
    const keys = Array.from({ length: 20 }, (_, at) => `k${at}`)
    for (const key of keys) await fixture.enqueue(key, { place: direct(`D-${key}`) })
    const { tried, repair } = refuse(revoked)
    const dispatcher = fixture.dispatcher()
    await run(dispatcher, 60, hour)
    const rows = await fixture.db.outboxMessage.findMany()
    expect(rows.filter(({ state, gone }) => state !== 'waiting' || gone)).toEqual([])
    expect(tried.length).toBeGreaterThan(60)
    repair()
    await run(dispatcher, 10)
    expect(fixture.slack.keys().toSorted()).toEqual(keys.toSorted())
  })

  test('is tried by one message a minute, of all replicas together, and another each time', async () => {
    for (let at = 0; at < 20; at += 1) await fixture.enqueue(`k${at}`)
    const { tried } = refuse(revoked)
    const replicas = [fixture.dispatcher(), fixture.dispatcher(), fixture.dispatcher()]
    await replicas[0]?.dispatchDue()
    tried.length = 0
    for (let second = 0; second < 600; second += 10) {
      fixture.advance(10)
      await Promise.all(replicas.map((replica) => replica.dispatchDue()))
    }
    expect(tried).toHaveLength(10)
    // Picked at random: that ten picks of twenty give so few happens once in a million runs.
    expect(new Set(tried).size).toBeGreaterThan(2)
  })

  test('is known to a process that has just started', async () => {
    await fixture.enqueue('k1')
    const { tried } = refuse(revoked)
    await fixture.dispatcher().dispatchDue()
    expect(tried).toEqual(['k1'])
    fixture.advance(30)
    await fixture.enqueue('k2')
    await fixture.dispatcher().dispatchDue()
    expect(tried).toEqual(['k1'])
    expect(await loadOutages(fixture.db)).toMatchObject([
      { platform: 'slack', tenant: 'T1', errorCode: 'slack:token_revoked' },
    ])
  })

  test('says when it is to be tried, and is no outage any more once a message was taken', async () => {
    await fixture.enqueue('k1')
    const { repair } = refuse(revoked)
    const dispatcher = fixture.dispatcher()
    const began = fixture.now
    await dispatcher.dispatchDue()
    const afterRateLimit = new Date(began.getTime() + 2_000)
    expect(await dispatcher.nextDue(afterRateLimit)).toEqual(new Date(began.getTime() + 60_000))
    repair()
    fixture.advance(60)
    await dispatcher.dispatchDue()
    expect(await fixture.state('k1')).toBe('sent')
    expect(await loadOutages(fixture.db)).toEqual([])
  })

  test('delays no other workspace', async () => {
    refuse(revoked, 'slack', ({ tenant }) => tenant === 'T1')
    await fixture.enqueue('broken')
    await fixture.enqueue('other', { place: { ...slack('C9'), tenant: 'T2' } })
    await fixture.enqueue('teams', { place: teams('19:c') })
    await fixture.dispatcher().dispatchDue()
    expect(fixture.slack.keys()).toEqual(['other'])
    expect(fixture.teams.keys()).toEqual(['teams'])
  })

  test('or that takes Milepost away while a digest goes out, keeps the rest of it with the reason; another gets all of its own', async () => {
    const gone = () => new WorkspaceBrokenError('app_not_installed', 'It was taken away.')
    const elsewhere = { ...slack('C9'), tenant: 'T2' }
    const dispatcher = fixture.dispatcher()
    await fixture.enqueue('digest 1')
    await dispatcher.dispatchDue()
    const { repair } = refuse(gone, 'slack', ({ tenant }) => tenant === 'T1')
    for (const part of [2, 3]) await fixture.enqueue(`digest ${part}`)
    for (const part of [1, 2, 3]) await fixture.enqueue(`other ${part}`, { place: elsewhere })
    await run(dispatcher, 6, 5)
    expect(fixture.slack.keys().toSorted()).toEqual(['digest 1', 'other 1', 'other 2', 'other 3'])
    expect(await loadOutages(fixture.db)).toMatchObject([
      { tenant: 'T1', errorCode: 'slack:app_not_installed' },
    ])
    expect(await fixture.state('digest 2')).toBe('waiting')
    // Installed again: each part once, in its order.
    repair()
    await run(dispatcher, 6)
    const toThem = fixture.slack.keys().filter((key) => key.startsWith('digest'))
    expect(toThem).toEqual(['digest 1', 'digest 2', 'digest 3'])
  })

  test('keeps edits waiting too, and they are made after it', async () => {
    await fixture.enqueue('k1')
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    const { repair } = refuse(revoked)
    const { id } = await fixture.row('k1')
    await inTransaction(fixture.db, (tx) => editMessage(tx, id, () => testCard, fixture.now))
    await run(dispatcher, 48, hour)
    expect(fixture.slack.edits).toEqual([])
    repair()
    await run(dispatcher, 4)
    expect(fixture.slack.edits).toHaveLength(1)
  })

  test('a message that was perhaps sent before is looked for after it', async () => {
    const broken = new PlatformUnavailableError('ECONNRESET', 'reset', 'perhaps')
    fixture.slack.fail('k1', { error: broken, posted: true })
    await fixture.enqueue('k1')
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    const { find } = fixture.slack
    fixture.slack.find = async () => {
      throw revoked()
    }
    await run(dispatcher, 48, hour)
    expect(await fixture.row('k1')).toMatchObject({ state: 'waiting' })
    fixture.slack.find = find
    await run(dispatcher, 4)
    expect(await fixture.state('k1')).toBe('sent')
    expect(fixture.slack.keys()).toEqual(['k1'])
  })

  test('a message that is no longer true takes no turn from those that are', async () => {
    const { tried, repair } = refuse(revoked)
    for (let at = 0; at < 20; at += 1) await fixture.enqueue(`k${at}`)
    await fixture.dispatcher().dispatchDue()
    repair()
    tried.length = 0
    fixture.advance(60)
    const dispatcher = fixture.dispatcher(['slack'], fixture.clock, {
      revalidate: async ({ key }) => (key === 'k19' ? 'unchanged' : { dropReason: 'it was over' }),
    })
    await dispatcher.dispatchDue()
    await run(dispatcher, 2)
    expect(tried).toEqual(['k19'])
    expect(await fixture.state('k19')).toBe('sent')
    expect(await fixture.state('k3')).toBe('dropped')
  })

  test('a day of other failures begins anew after it', async () => {
    const down = new PlatformUnavailableError('http_503', 'HTTP 503', 'no')
    await fixture.enqueue('k1')
    const { repair } = refuse(revoked)
    const dispatcher = fixture.dispatcher()
    await run(dispatcher, 48, hour)
    repair()
    fixture.slack.fail('k1', { error: down, posted: false })
    await run(dispatcher, 1)
    expect(await fixture.row('k1')).toMatchObject({ state: 'waiting', error: 'HTTP 503' })
  })
})

describe('a message that is refused alone, while its workspace takes others', () => {
  const disabled = () => new WorkspaceBrokenError('BotDisabledByAdmin', 'Teams: disabled', true)
  const toAsha = () => fixture.enqueue('asha', { place: { ...teams('19:asha'), kind: 'direct' } })

  test('is to somebody who cannot be reached, where the platform answers alike for both', async () => {
    refuse(disabled, 'teams', ({ conversation }) => conversation === '19:asha')
    await toAsha()
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    for (let at = 0; at < 5; at += 1) await fixture.enqueue(`k${at}`, { place: teams(`19:${at}`) })
    await run(dispatcher, 20)
    expect(fixture.teams.keys()).toHaveLength(5)
    expect(await fixture.row('asha')).toMatchObject({
      state: 'dead',
      gone: true,
      errorCode: 'teams:BotDisabledByAdmin',
    })
  })

  test('is tried for a day otherwise, and takes nobody for gone', async () => {
    refuse(revoked, 'teams', ({ conversation }) => conversation === '19:asha')
    await toAsha()
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    for (let at = 0; at < 5; at += 1) await fixture.enqueue(`k${at}`, { place: teams(`19:${at}`) })
    await run(dispatcher, 160, 600)
    expect(fixture.teams.keys()).toHaveLength(5)
    expect(await fixture.row('asha')).toMatchObject({ state: 'dead', gone: false })
  })
})

describe('a platform that asks to wait', () => {
  test('for 31 years is asked again within the hour, by the message and by all others', async () => {
    const forever = () => new RateLimitedError(999_999_999_000)
    const { repair } = refuse(forever)
    for (let at = 0; at < 10; at += 1) await fixture.enqueue(`k${at}`)
    const dispatcher = fixture.dispatcher()
    const began = fixture.now
    await dispatcher.dispatchDue()
    expect(await fixture.row('k0')).toMatchObject({
      error: 'the platform asked to wait 999999999 s, and is asked again after an hour',
    })
    const next = await dispatcher.nextDue(began)
    expect(next?.getTime()).toBeLessThanOrEqual(began.getTime() + 3_602_000)
    repair()
    await run(dispatcher, 3, hour)
    expect(fixture.slack.keys()).toHaveLength(10)
  })

  test('for no time is not asked each second, and the message is given up after a day', async () => {
    const { tried } = refuse(() => new RateLimitedError(0))
    await fixture.enqueue('k1')
    const dispatcher = fixture.dispatcher()
    const end = fixture.now.getTime() + 25 * hour * 1_000
    while (fixture.now.getTime() < end) {
      const began = fixture.now
      await dispatcher.dispatchDue()
      const next = await dispatcher.nextDue(began)
      fixture.now = new Date(Math.max(next?.getTime() ?? end, began.getTime() + 1_000))
    }
    expect(tried.length).toBeLessThan(500)
    expect(await fixture.row('k1')).toMatchObject({ state: 'dead', errorCode: 'gave_up' })
  })
})
