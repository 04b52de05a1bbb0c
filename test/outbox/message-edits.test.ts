import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import {
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
} from '../../src/chat/port.ts'
import type { AttemptObserver } from '../../src/outbox/attempt.ts'
import { applyEdit } from '../../src/outbox/edit-attempt.ts'
import type { EditClaim } from '../../src/outbox/message-edits.ts'
import { editMessage } from '../../src/outbox/outbox.ts'
import { callTimeoutMs } from '../../src/outbox/send-result.ts'
import { useDatabase } from '../support/database.ts'
import { platformRateLimits } from '../support/platforms.ts'
import { expand, gate, OutboxFixture, slack } from './outbox-fixture.ts'

// Allows for a loaded machine.
jest.setTimeout(30_000)

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  fixture = new OutboxFixture(database.db)
})

const cardWith = (words: string) => ({ name: 'good', data: { words } })
const edit = async (key: string, words: string) =>
  editMessage(database.db, (await fixture.row(key)).id, () => cardWith(words), fixture.now)
const editedData = () => fixture.slack.edits.map(({ card }) => card.data)
const pendingEdits = () => database.db.messageEdit.count()

async function sent(
  key: string,
  more: Parameters<OutboxFixture['enqueue']>[1] = {},
): Promise<void> {
  await fixture.enqueue(key, more)
  await fixture.dispatcher().dispatchDue()
}

describe('a message that is edited', () => {
  test('is edited in place, once, and nothing is posted', async () => {
    await sent('k1', { in: 'C1' })
    await edit('k1', 'corrected')
    const dispatcher = fixture.dispatcher()
    expect(await dispatcher.dispatchDue()).toBe(1)
    expect(await dispatcher.dispatchDue()).toBe(0)
    expect(fixture.slack.edits).toEqual([
      { conversation: 'C1', message: 'm1', card: cardWith('corrected') },
    ])
    expect(fixture.slack.keys()).toEqual(['k1'])
    expect(await pendingEdits()).toBe(0)
  })

  test('gets the last of several edits', async () => {
    await sent('k1')
    await edit('k1', 'first')
    await edit('k1', 'second')
    await fixture.dispatcher().dispatchDue()
    expect(editedData()).toEqual([{ words: 'second' }])
  })

  test('before it is sent is sent with the edit', async () => {
    await fixture.enqueue('k1')
    await edit('k1', 'corrected')
    await fixture.dispatcher().dispatchDue()
    expect(fixture.slack.posted).toMatchObject([{ card: cardWith('corrected') }])
    expect(editedData()).toEqual([])
  })

  test('while it is being sent is edited as soon as it is posted', async () => {
    const [reached, finish] = [gate(), gate()]
    fixture.slack.beforeSend = () => {
      reached.open()
      return finish.opened
    }
    await fixture.enqueue('k1')
    const dispatcher = fixture.dispatcher()
    const run = dispatcher.dispatchDue()
    await reached.opened
    await edit('k1', 'corrected')
    fixture.slack.beforeSend = () => {}
    finish.open()
    await run
    fixture.advance(1)
    await dispatcher.dispatchDue()
    expect(editedData()).toEqual([{ words: 'corrected' }])
  })

  test('keeps an edit that comes during another edit', async () => {
    await sent('k1')
    await edit('k1', 'first')
    const [reached, finish] = [gate(), gate()]
    fixture.slack.beforeSend = () => {
      reached.open()
      return finish.opened
    }
    const dispatcher = fixture.dispatcher()
    const run = dispatcher.dispatchDue()
    await reached.opened
    await edit('k1', 'second')
    fixture.slack.beforeSend = () => {}
    finish.open()
    await run
    fixture.advance(1)
    await dispatcher.dispatchDue()
    expect(editedData()).toEqual([{ words: 'first' }, { words: 'second' }])
    expect(await pendingEdits()).toBe(0)
  })
})

describe('an edit that fails', () => {
  test('is retried with growing pauses, also after a call whose result is unknown', async () => {
    const down = (posted: boolean) => ({
      error: new PlatformUnavailableError('http_503', 'HTTP 503', posted ? 'perhaps' : 'no'),
      posted,
    })
    await sent('k1')
    fixture.slack.fail('edit k1', down(false), down(true))
    await edit('k1', 'corrected')
    const dispatcher = fixture.dispatcher()
    for (const seconds of [0, 1, 2]) {
      fixture.advance(seconds)
      await dispatcher.dispatchDue()
    }
    expect(editedData()).toEqual([{ words: 'corrected' }, { words: 'corrected' }])
    expect(fixture.slack.keys()).toEqual(['k1'])
    expect(await pendingEdits()).toBe(0)
  })

  test('waits as long as the platform asks', async () => {
    await sent('k1')
    fixture.slack.fail('edit k1', { error: new RateLimitedError(30_000), posted: false })
    await edit('k1', 'corrected')
    const dispatcher = fixture.dispatcher()
    for (const seconds of [0, 30]) {
      fixture.advance(seconds)
      await dispatcher.dispatchDue()
    }
    expect(editedData()).toEqual([])
    fixture.advance(1)
    await dispatcher.dispatchDue()
    expect(editedData()).toHaveLength(1)
  })

  test('is given up and logged where the message is gone, and the message stays sent', async () => {
    await sent('k1')
    fixture.slack.fail('edit k1', {
      error: new RecipientGoneError('message_not_found', 'message_not_found'),
      posted: false,
    })
    await edit('k1', 'corrected')
    await fixture.dispatcher().dispatchDue()
    expect(await pendingEdits()).toBe(0)
    expect(await fixture.state('k1')).toBe('sent')
    expect(fixture.logged.join()).toContain('Its message stays as it was: message_not_found')
  })

  test('delays no new message of the same conversation', async () => {
    await sent('k1', { in: 'C1' })
    fixture.slack.fail('edit k1', { error: new RateLimitedError(60_000), posted: false })
    await edit('k1', 'corrected')
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    await fixture.enqueue('k2', { in: 'C1' })
    fixture.advance(1)
    await dispatcher.dispatchDue()
    expect(fixture.slack.keys()).toEqual(['k1', 'k2'])
  })
})

describe('edits by several dispatchers', () => {
  test('are made once, by one of them', async () => {
    for (const key of ['k1', 'k2', 'k3']) await sent(key)
    for (const key of ['k1', 'k2', 'k3']) await edit(key, 'corrected')
    await Promise.all([1, 2, 3].map(() => fixture.dispatcher().dispatchDue()))
    expect(fixture.slack.edits.map(({ conversation }) => conversation).toSorted()).toEqual([
      'C-k1',
      'C-k2',
      'C-k3',
    ])
  })

  test('are not made by a process whose lease expires during the call', async () => {
    const parts = {
      db: database.db,
      platforms: new Map([['slack', fixture.slack] as const]),
      clock: fixture.clock,
      random: () => 0.5,
      log: { info() {}, warn() {}, error() {} },
      expand,
    }
    const claim: EditClaim = {
      id: 'd1',
      lease: { token: 'c1', expiresAt: new Date(fixture.now.getTime() + callTimeoutMs - 1) },
      key: 'k1',
      kind: 'test',
      isResend: false,
      address: { place: slack('C1'), messageId: 'm1' },
      personId: undefined,
      place: slack('C1'),
      parseCard: () => cardWith('first'),
      pictureId: null,
      version: 1,
      attempts: 1,
      firstTriedAt: fixture.now,
      lastFailure: { code: null, at: fixture.now },
    }
    const observer: AttemptObserver = { onSending() {}, onResult: (result) => result }
    expect(await applyEdit(parts, claim, observer)).toMatchObject({ state: 'waiting' })
    expect(editedData()).toEqual([])
  })

  test('respect Slack’s limit of 50 a minute in a workspace', async () => {
    for (let number = 0; number < 52; number += 1) {
      await fixture.enqueue(`k${number}`)
    }
    await fixture.dispatcher().dispatchDue()
    fixture.advance(60)
    for (let number = 0; number < 52; number += 1) await edit(`k${number}`, 'corrected')
    const dispatcher = fixture.dispatcher()
    await dispatcher.dispatchDue()
    expect(fixture.slack.edits).toHaveLength(platformRateLimits.slack.edits[0]?.messages ?? 0)
    fixture.advance(60)
    await dispatcher.dispatchDue()
    expect(fixture.slack.edits).toHaveLength(52)
  })
})
