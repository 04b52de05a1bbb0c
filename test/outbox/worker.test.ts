import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest,
  test,
} from '@jest/globals'
import { systemClock } from '../../src/base/clock.ts'
import { PlatformUnavailableError } from '../../src/chat/port.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { type Jobs, startJobs } from '../../src/infra/jobs.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { type OutboxWorker, pollIntervalMs, startOutboxWorker } from '../../src/outbox/worker.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { gate, good, Scene, slack, testKind } from './scene.ts'

// A loaded machine is slow, not wrong.
jest.setTimeout(30_000)

let fresh: FreshDatabase
let jobs: Jobs
let scene: Scene
let delivery: OutboxWorker

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await fresh.db.outboxMessage.deleteMany()
  scene = new Scene(fresh.db)
  jobs = await startJobs({ url: fresh.url, log: { warn: () => {}, error: () => {} } })
  const dispatcher = scene.dispatcher(['slack', 'teams'], systemClock)
  const note = (...words: unknown[]) => void scene.logged.push(JSON.stringify(words))
  const log = { info: note, warn: note, error: note }
  delivery = await startOutboxWorker({ jobs, dispatcher, clock: systemClock, log })
})
afterEach(async () => {
  await delivery.stop()
  await jobs.stop(false)
})

const decideAndWake = (...keys: string[]) => decideInAndWake('C1', ...keys)
const decideInAndWake = (conversation: string, ...keys: string[]) =>
  inTransaction(fresh.db, async (tx) => {
    for (const key of keys) {
      const one = { key, kind: testKind, place: slack(conversation), card: good }
      await enqueue(tx, one, systemClock.now())
    }
    await delivery.wake(tx)
  })

describe('replicas', () => {
  test("what a dead replica had in hand is in another's within 30 seconds", async () => {
    expect(leaseMs + pollIntervalMs).toBeLessThanOrEqual(30_000)
    scene.now = systemClock.now()
    await scene.decide('k1')
    const died = { state: 'sending', leaseToken: crypto.randomUUID(), attempts: 1 } as const
    const leaseExpiresAt = new Date(systemClock.now().getTime() + 1_000)
    await fresh.db.outboxMessage.update({
      where: { key: 'k1' },
      data: { ...died, leaseExpiresAt, possiblySentAt: scene.now, firstTriedAt: scene.now },
    })
    await until(() => scene.slack.posted.length === 1)
    await delivery.stop()
    expect(await scene.state('k1')).toBe('sent')
  })
})

describe('the ledger keeps moving', () => {
  test('what is decided is sent as soon as its transaction commits', async () => {
    await decideAndWake('k1')
    await until(() => scene.slack.posted.length === 1)
    expect(scene.slack.keys()).toEqual(['k1'])
  })

  test('paced deliveries follow by themselves, without another wake-up', async () => {
    await decideAndWake('k1', 'k2', 'k3')
    await until(() => scene.slack.posted.length === 3)
    expect(scene.slack.keys()).toEqual(['k1', 'k2', 'k3'])
  })

  test('also while another recipient is slow to answer', async () => {
    const answer = gate()
    scene.slack.before = (key) => (key === 'slow' ? answer.opened : undefined)
    await decideInAndWake('C2', 'slow')
    await decideAndWake('k1', 'k2', 'k3')
    await until(() => scene.slack.posted.length === 3)
    expect(scene.slack.keys()).toEqual(['k1', 'k2', 'k3'])
    answer.open()
    await delivery.stop()
    expect(await scene.state('slow')).toBe('sent')
  })

  test('what failed is tried again by itself when its wait is over', async () => {
    scene.slack.fail('k1', {
      error: new PlatformUnavailableError('http_503', 'HTTP 503', 'no'),
      posted: false,
    })
    await decideAndWake('k1')
    await until(() => scene.slack.posted.length === 1)
    expect((await scene.row('k1')).attempts).toBe(2)
  })

  test('what was decided without a wake-up, or while nobody ran, is found within seconds', async () => {
    await decideAndWake('before')
    await until(() => scene.slack.posted.length === 1)
    // Until the looks that follow a message are over.
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    scene.now = systemClock.now()
    await scene.decide('k1')
    await until(() => scene.slack.posted.length === 2)
    expect(scene.slack.keys()).toEqual(['before', 'k1'])
  })

  test('what takes its recipient long stays in hand, and nobody else sends it', async () => {
    const answer = gate()
    scene.slack.before = () => answer.opened
    await decideAndWake('k1')
    await until(async () => (await scene.state('k1')) === 'sending')
    const { leaseExpiresAt: before } = await scene.row('k1')
    await until(async () => {
      const { leaseExpiresAt: now } = await scene.row('k1')
      return Number(now) > Number(before)
    })
    answer.open()
    await delivery.stop()
    expect(scene.slack.keys()).toEqual(['k1'])
  })

  test('after stopping, a wake-up changes nothing', async () => {
    await delivery.stop()
    await decideAndWake('k1')
    expect(await scene.state('k1')).toBe('waiting')
    expect(scene.slack.keys()).toEqual([])
  })
})

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20))
}
