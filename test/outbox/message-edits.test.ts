import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import {
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
} from '../../src/chat/port.ts'
import { applyEdit } from '../../src/outbox/edit-attempt.ts'
import type { EditClaim } from '../../src/outbox/message-edits.ts'
import { editMessage } from '../../src/outbox/outbox.ts'
import { callTimeoutMs } from '../../src/outbox/send-result.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { platformRateLimits } from '../support/platforms.ts'
import { expand, gate, Scene, slack } from './scene.ts'

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

const saying = (words: string) => ({ name: 'good', data: { words } })
const change = async (key: string, words: string) =>
  editMessage(fresh.db, (await scene.row(key)).id, saying(words), scene.now)
const shown = () => scene.slack.changed.map(({ card }) => card.data)
const left = () => fresh.db.messageEdit.count()

async function sent(key: string, more: Parameters<Scene['decide']>[1] = {}): Promise<void> {
  await scene.decide(key, more)
  await scene.dispatcher().dispatchDue()
}

describe('a message that is to show something else', () => {
  test('is changed in place, once, and nothing is posted', async () => {
    await sent('k1', { in: 'C1' })
    await change('k1', 'corrected')
    const dispatcher = scene.dispatcher()
    expect(await dispatcher.dispatchDue()).toBe(1)
    expect(await dispatcher.dispatchDue()).toBe(0)
    expect(scene.slack.changed).toEqual([
      { conversation: 'C1', message: 'm1', card: saying('corrected') },
    ])
    expect(scene.slack.keys()).toEqual(['k1'])
    expect(await left()).toBe(0)
  })

  test('of several changes shows the last', async () => {
    await sent('k1')
    await change('k1', 'first')
    await change('k1', 'second')
    await scene.dispatcher().dispatchDue()
    expect(shown()).toEqual([{ words: 'second' }])
  })

  test('that is not sent yet is sent as it is now', async () => {
    await scene.decide('k1')
    await change('k1', 'corrected')
    await scene.dispatcher().dispatchDue()
    expect(scene.slack.posted).toMatchObject([{ card: saying('corrected') }])
    expect(shown()).toEqual([])
  })

  test('that is just being sent is changed as soon as it stands there', async () => {
    const [reached, finish] = [gate(), gate()]
    scene.slack.before = () => {
      reached.open()
      return finish.opened
    }
    await scene.decide('k1')
    const dispatcher = scene.dispatcher()
    const run = dispatcher.dispatchDue()
    await reached.opened
    await change('k1', 'corrected')
    scene.slack.before = () => {}
    finish.open()
    await run
    scene.pass(1)
    await dispatcher.dispatchDue()
    expect(shown()).toEqual([{ words: 'corrected' }])
  })

  test('a change that comes while it is being changed is not lost', async () => {
    await sent('k1')
    await change('k1', 'first')
    const [reached, finish] = [gate(), gate()]
    scene.slack.before = () => {
      reached.open()
      return finish.opened
    }
    const dispatcher = scene.dispatcher()
    const run = dispatcher.dispatchDue()
    await reached.opened
    await change('k1', 'second')
    scene.slack.before = () => {}
    finish.open()
    await run
    scene.pass(1)
    await dispatcher.dispatchDue()
    expect(shown()).toEqual([{ words: 'first' }, { words: 'second' }])
    expect(await left()).toBe(0)
  })
})

describe('a change that fails', () => {
  test('is tried again with growing pauses, and is made once more where its answer was lost', async () => {
    const down = (posted: boolean) => ({
      error: new PlatformUnavailableError('http_503', 'HTTP 503', posted ? 'perhaps' : 'no'),
      posted,
    })
    await sent('k1')
    scene.slack.fail('change k1', down(false), down(true))
    await change('k1', 'corrected')
    const dispatcher = scene.dispatcher()
    for (const seconds of [0, 1, 2]) {
      scene.pass(seconds)
      await dispatcher.dispatchDue()
    }
    expect(shown()).toEqual([{ words: 'corrected' }, { words: 'corrected' }])
    expect(scene.slack.keys()).toEqual(['k1'])
    expect(await left()).toBe(0)
  })

  test('waits as long as the platform asks', async () => {
    await sent('k1')
    scene.slack.fail('change k1', { error: new RateLimitedError(30_000), posted: false })
    await change('k1', 'corrected')
    const dispatcher = scene.dispatcher()
    for (const seconds of [0, 30]) {
      scene.pass(seconds)
      await dispatcher.dispatchDue()
    }
    expect(shown()).toEqual([])
    scene.pass(1)
    await dispatcher.dispatchDue()
    expect(shown()).toHaveLength(1)
  })

  test('is given up where the message is gone, with a line in the log; the ledger says sent', async () => {
    await sent('k1')
    scene.slack.fail('change k1', {
      error: new RecipientGoneError('message_not_found', 'message_not_found'),
      posted: false,
    })
    await change('k1', 'corrected')
    await scene.dispatcher().dispatchDue()
    expect(await left()).toBe(0)
    expect(await scene.state('k1')).toBe('sent')
    expect(scene.logged.join()).toContain('Its message stays as it was: message_not_found')
  })

  test('holds back nothing that is to be said in the same conversation', async () => {
    await sent('k1', { in: 'C1' })
    scene.slack.fail('change k1', { error: new RateLimitedError(60_000), posted: false })
    await change('k1', 'corrected')
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    await scene.decide('k2', { in: 'C1' })
    scene.pass(1)
    await dispatcher.dispatchDue()
    expect(scene.slack.keys()).toEqual(['k1', 'k2'])
  })
})

describe('changes beside other dispatchers', () => {
  test('are made once, however many look', async () => {
    for (const key of ['k1', 'k2', 'k3']) await sent(key)
    for (const key of ['k1', 'k2', 'k3']) await change(key, 'corrected')
    await Promise.all([1, 2, 3].map(() => scene.dispatcher().dispatchDue()))
    expect(scene.slack.changed.map(({ conversation }) => conversation).toSorted()).toEqual([
      'C-k1',
      'C-k2',
      'C-k3',
    ])
  })

  test('a process that froze does not undo a later change', async () => {
    const parts = {
      db: fresh.db,
      platforms: new Map([['slack', scene.slack] as const]),
      clock: scene.clock,
      random: () => 0.5,
      log: { info() {}, warn() {}, error() {} },
      expand,
    }
    const claim: EditClaim = {
      id: 'd1',
      lease: { token: 'c1', expiresAt: new Date(scene.now.getTime() + callTimeoutMs - 1) },
      key: 'k1',
      kind: 'test',
      isResend: false,
      address: { place: slack('C1'), messageId: 'm1' },
      parseCard: () => saying('first'),
      pictureId: null,
      version: 1,
      attempts: 1,
      firstTriedAt: scene.now,
    }
    const watch = { onSending() {}, onResult() {} }
    expect(await applyEdit(parts, claim, watch)).toMatchObject({ state: 'waiting' })
    expect(shown()).toEqual([])
  })

  test('keep the pace of Slack: 50 a minute in a workspace', async () => {
    for (let number = 0; number < 52; number += 1) {
      await scene.decide(`k${number}`)
    }
    await scene.dispatcher().dispatchDue()
    scene.pass(60)
    for (let number = 0; number < 52; number += 1) await change(`k${number}`, 'corrected')
    const dispatcher = scene.dispatcher()
    await dispatcher.dispatchDue()
    expect(scene.slack.changed).toHaveLength(platformRateLimits.slack.edits[0]?.messages ?? 0)
    scene.pass(60)
    await dispatcher.dispatchDue()
    expect(scene.slack.changed).toHaveLength(52)
  })
})
