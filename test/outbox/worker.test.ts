import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { systemClock } from '../../src/base/clock.ts'
import { PlatformUnavailableError } from '../../src/chat/port.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { type Jobs, startJobs } from '../../src/infra/jobs.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { type OutboxWorker, pollIntervalMs, startOutboxWorker } from '../../src/outbox/worker.ts'
import { useDatabase } from '../support/database.ts'
import { gate, OutboxFixture, slack, testCard, testKind } from './outbox-fixture.ts'

// Allows for a loaded machine.
jest.setTimeout(30_000)

const database = useDatabase()
let jobs: Jobs
let fixture: OutboxFixture
let worker: OutboxWorker
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  fixture = new OutboxFixture(database.db)
  jobs = await startJobs({ url: database.url, log: { warn: () => {}, error: () => {} } })
  const dispatcher = fixture.dispatcher(['slack', 'teams'], systemClock)
  const logLine = (...words: unknown[]) => void fixture.logged.push(JSON.stringify(words))
  const log = { info: logLine, warn: logLine, error: logLine }
  worker = await startOutboxWorker({ jobs, dispatcher, clock: systemClock, log })
})
afterEach(async () => {
  await worker.stop()
  await jobs.stop(false)
})

const enqueueAndWake = (...keys: string[]) => enqueueInAndWake('C1', ...keys)
const enqueueInAndWake = (conversation: string, ...keys: string[]) =>
  inTransaction(database.db, async (tx) => {
    for (const key of keys) {
      const one = { key, kind: testKind, place: slack(conversation), card: testCard }
      await enqueue(tx, one, systemClock.now())
    }
    await worker.wake(tx)
  })

describe('replicas', () => {
  test('a message leased by a dead replica is taken over within 30 seconds', async () => {
    expect(leaseMs + pollIntervalMs).toBeLessThanOrEqual(30_000)
    fixture.now = systemClock.now()
    await fixture.enqueue('k1')
    const leased = { state: 'sending', leaseToken: crypto.randomUUID(), attempts: 1 } as const
    const leaseExpiresAt = new Date(systemClock.now().getTime() + 1_000)
    await database.db.outboxMessage.update({
      where: { key: 'k1' },
      data: { ...leased, leaseExpiresAt, possiblySentAt: fixture.now, firstTriedAt: fixture.now },
    })
    await waitFor(() => fixture.slack.posted.length === 1)
    await worker.stop()
    expect(await fixture.state('k1')).toBe('sent')
  })
})

describe('the outbox worker', () => {
  test('sends a message as soon as its transaction commits', async () => {
    await enqueueAndWake('k1')
    await waitFor(() => fixture.slack.posted.length === 1)
    expect(fixture.slack.keys()).toEqual(['k1'])
  })

  test('sends rate-limited messages later without another wake-up', async () => {
    await enqueueAndWake('k1', 'k2', 'k3')
    await waitFor(() => fixture.slack.posted.length === 3)
    expect(fixture.slack.keys()).toEqual(['k1', 'k2', 'k3'])
  })

  test('sends to one conversation while a call for another is slow', async () => {
    const answer = gate()
    fixture.slack.beforeSend = (key) => (key === 'slow' ? answer.opened : undefined)
    await enqueueInAndWake('C2', 'slow')
    await enqueueAndWake('k1', 'k2', 'k3')
    await waitFor(() => fixture.slack.posted.length === 3)
    expect(fixture.slack.keys()).toEqual(['k1', 'k2', 'k3'])
    answer.open()
    await worker.stop()
    expect(await fixture.state('slow')).toBe('sent')
  })

  test('retries a failed message when its wait is over', async () => {
    fixture.slack.fail('k1', {
      error: new PlatformUnavailableError('http_503', 'HTTP 503', 'no'),
      posted: false,
    })
    await enqueueAndWake('k1')
    await waitFor(() => fixture.slack.posted.length === 1)
    expect((await fixture.row('k1')).attempts).toBe(2)
  })

  test('finds a message that was enqueued without a wake-up within seconds', async () => {
    await enqueueAndWake('before')
    await waitFor(() => fixture.slack.posted.length === 1)
    // Waits until the polls that follow a message are over.
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    fixture.now = systemClock.now()
    await fixture.enqueue('k1')
    await waitFor(() => fixture.slack.posted.length === 2)
    expect(fixture.slack.keys()).toEqual(['before', 'k1'])
  })

  test('extends the lease during a slow call, so that no other sends the message', async () => {
    const answer = gate()
    fixture.slack.beforeSend = () => answer.opened
    await enqueueAndWake('k1')
    await waitFor(async () => (await fixture.state('k1')) === 'sending')
    const { leaseExpiresAt: before } = await fixture.row('k1')
    await waitFor(async () => {
      const { leaseExpiresAt: now } = await fixture.row('k1')
      return Number(now) > Number(before)
    })
    answer.open()
    await worker.stop()
    expect(fixture.slack.keys()).toEqual(['k1'])
  })

  test('does nothing on a wake-up after it stopped', async () => {
    await worker.stop()
    await enqueueAndWake('k1')
    expect(await fixture.state('k1')).toBe('waiting')
    expect(fixture.slack.keys()).toEqual([])
  })
})

async function waitFor(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20))
}
