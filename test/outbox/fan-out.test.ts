import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Place } from '../../src/base/addresses.ts'
import type { OutgoingMessage } from '../../src/chat/port.ts'
import { RateLimitedError } from '../../src/chat/port.ts'
import type { Dispatcher } from '../../src/outbox/dispatcher.ts'
import { nextSlot } from '../../src/outbox/rate-limiter.ts'
import { useDatabase } from '../support/database.ts'
import { platformRateLimits } from '../support/platforms.ts'
import { FakePlatform } from './fake-platform.ts'
import { OutboxFixture } from './outbox-fixture.ts'

// Allows for a loaded machine.
jest.setTimeout(120_000)

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  fixture = new OutboxFixture(database.db)
})

const messageCount = 2_000
const channels = 300
const workspaces = 5
const perWorkspace = messageCount / workspaces
const channelsOfOne = channels / workspaces

/** Answers 429 to every call that exceeds Slack's rate limits. */
class StrictSlack extends FakePlatform {
  refused = 0
  readonly #sent = new Map<string, number[]>()
  readonly #now: () => Date

  constructor(now: () => Date) {
    super('slack')
    this.#now = now
  }

  override async send(place: Place, message: OutgoingMessage) {
    const at = this.#now().getTime()
    const { conversation, workspace } = platformRateLimits.slack
    const inChannel = this.#of(`${place.tenant}/${place.conversation}`)
    const inWorkspace = this.#of(place.tenant)
    if (Math.max(nextSlot(inChannel, conversation), nextSlot(inWorkspace, workspace)) > at) {
      this.refused += 1
      throw new RateLimitedError(1_000)
    }
    inChannel.push(at)
    inWorkspace.push(at)
    return super.send(place, message)
  }

  #of(key: string): number[] {
    const sent = this.#sent.get(key) ?? []
    this.#sent.set(key, sent)
    return sent
  }
}

/**
 * The least number of seconds that the rate limits allow: 200 messages a minute for each workspace, and for the last 200
 * one message a second for each channel.
 */
function leastSeconds(): number {
  const wholeMinutes = Math.floor((perWorkspace - 1) / 200)
  const rounds = Math.floor(((perWorkspace - 1) % 200) / channelsOfOne)
  return 60 * wholeMinutes + rounds
}

async function enqueueAll(): Promise<void> {
  const place = { platform: 'slack', placeKind: 'channel', card: 'good' }
  await database.db.outboxMessage.createMany({
    data: Array.from({ length: messageCount }, (_, count) => ({
      ...place,
      id: crypto.randomUUID(),
      key: `monday:${count}`,
      kind: 'digest',
      tenant: `T${count % workspaces}`,
      conversation: `C${count % channels}`,
      data: { words: `${count}` },
      topics: [],
      notBefore: fixture.now,
      createdAt: fixture.now,
    })),
  })
}

/** Dispatches until nothing is left, moving the clock to the time of each next message. */
async function dispatchAll(dispatcher: Dispatcher): Promise<void> {
  for (;;) {
    const began = fixture.now
    await dispatcher.dispatchDue()
    const next = await dispatcher.nextDue(began)
    if (!next || (await database.db.outboxMessage.count({ where: { state: 'waiting' } })) === 0)
      return
    fixture.now = new Date(Math.max(next.getTime(), began.getTime()))
  }
}

describe('2,000 messages due at the same moment in 300 channels of 5 workspaces', () => {
  test('are sent within 5 % of the least time that the rate limits allow, without a 429', async () => {
    const slack = new StrictSlack(() => fixture.now)
    const platforms = new Map([['slack', slack] as const])
    await enqueueAll()
    const began = fixture.now.getTime()
    await dispatchAll(fixture.dispatcher(['slack'], fixture.clock, { platforms }))
    const seconds = (fixture.now.getTime() - began) / 1_000
    expect(slack.refused).toBe(0)
    expect(new Set(slack.keys()).size).toBe(messageCount)
    expect(slack.posted).toHaveLength(messageCount)
    expect(seconds).toBeGreaterThanOrEqual(leastSeconds())
    expect(seconds).toBeLessThanOrEqual(1.05 * leastSeconds())
  })
})
