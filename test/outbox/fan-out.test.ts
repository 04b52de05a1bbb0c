import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Place } from '../../src/base/addresses.ts'
import type { OutgoingMessage } from '../../src/chat/port.ts'
import { RateLimitedError } from '../../src/chat/port.ts'
import type { Dispatcher } from '../../src/outbox/dispatcher.ts'
import { nextSlot } from '../../src/outbox/rate-limiter.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { platformRateLimits } from '../support/platforms.ts'
import { FakePlatform } from './fake-platform.ts'
import { Scene } from './scene.ts'

// A loaded machine is slow, not wrong.
jest.setTimeout(120_000)

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

const deliveries = 2_000
const channels = 300
const workspaces = 5
const perWorkspace = deliveries / workspaces
const channelsOfOne = channels / workspaces

/** Answers 429 to whatever comes sooner than Slack's limits allow. */
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
 * Seconds that the limits ask for at the least: a workspace's 200 a minute, and of the last 200 as many rounds through
 * its channels as they need at one message a second each.
 */
function leastSeconds(): number {
  const wholeMinutes = Math.floor((perWorkspace - 1) / 200)
  const rounds = Math.floor(((perWorkspace - 1) % 200) / channelsOfOne)
  return 60 * wholeMinutes + rounds
}

async function decideAll(): Promise<void> {
  const place = { platform: 'slack', placeKind: 'channel', card: 'good' }
  await fresh.db.outboxMessage.createMany({
    data: Array.from({ length: deliveries }, (_, count) => ({
      ...place,
      id: crypto.randomUUID(),
      key: `monday:${count}`,
      kind: 'digest',
      tenant: `T${count % workspaces}`,
      conversation: `C${count % channels}`,
      data: { words: `${count}` },
      topics: [],
      notBefore: scene.now,
      createdAt: scene.now,
    })),
  })
}

/** Dispatches, and moves the clock to each moment at which there is more to do, until nothing is left. */
async function dispatchAll(dispatcher: Dispatcher): Promise<void> {
  for (;;) {
    const began = scene.now
    await dispatcher.dispatchDue()
    const next = await dispatcher.nextDue(began)
    if (!next || (await fresh.db.outboxMessage.count({ where: { state: 'waiting' } })) === 0) return
    scene.now = new Date(Math.max(next.getTime(), began.getTime()))
  }
}

describe('2,000 deliveries on a Monday at 09:00, over 300 channels in 5 workspaces', () => {
  test('take within 5 % of the least time that the limits allow, and provoke no 429', async () => {
    const slack = new StrictSlack(() => scene.now)
    const platforms = new Map([['slack', slack] as const])
    await decideAll()
    const began = scene.now.getTime()
    await dispatchAll(scene.dispatcher(['slack'], scene.clock, { platforms }))
    const seconds = (scene.now.getTime() - began) / 1_000
    expect(slack.refused).toBe(0)
    expect(new Set(slack.keys()).size).toBe(deliveries)
    expect(slack.posted).toHaveLength(deliveries)
    expect(seconds).toBeGreaterThanOrEqual(leastSeconds())
    expect(seconds).toBeLessThanOrEqual(1.05 * leastSeconds())
  })
})
