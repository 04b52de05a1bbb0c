import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { inTransaction } from '../../src/infra/db.ts'
import { deadLetterQueue, type Jobs, startJobs } from '../../src/infra/jobs.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

interface Order {
  id: string
}

const said: string[] = []
const log = {
  warn: (_: object, message: string) => void said.push(message),
  error: (_: object, message: string) => void said.push(message),
}

let fresh: FreshDatabase
let here: Jobs
let there: Jobs
beforeAll(async () => {
  fresh = await freshDatabase()
  here = await startJobs({ url: fresh.url, log })
  there = await startJobs({ url: fresh.url, log })
}, 20_000)
afterAll(async () => {
  await Promise.all([here.stop(false), there.stop(false)])
  await fresh.drop()
})

describe('a job', () => {
  test('begins within half a second of being sent', async () => {
    const queue = await here.queue<Order>('prompt')
    const { done, handle } = waiting(1)
    await queue.work(handle)
    await pause(200)
    const sent = performance.now()
    await queue.send(undefined, { id: 'a' })
    await done
    expect(performance.now() - sent).toBeLessThan(500)
  })

  test('sent in a transaction runs when it commits, and not before', async () => {
    const queue = await here.queue<Order>('committed')
    const { done, handle, seen } = waiting(1)
    await queue.work(handle)
    await inTransaction(fresh.db, async (tx) => {
      await queue.send(tx, { id: 'kept' })
      await pause(300)
      expect(seen).toEqual([])
    })
    await done
    expect(seen).toEqual(['kept'])
  })

  test('sent in a transaction that rolls back never runs', async () => {
    const queue = await here.queue<Order>('rolled-back')
    const { done, handle, seen } = waiting(1)
    await queue.work(handle)
    const undone = inTransaction(fresh.db, async (tx) => {
      await queue.send(tx, { id: 'lost' })
      throw new Error('no')
    })
    await expect(undone).rejects.toThrow('no')
    await queue.send(undefined, { id: 'after it' })
    await done
    expect(seen).toEqual(['after it'])
  })

  test('runs once where two replicas work', async () => {
    const ids = Array.from({ length: 20 }, (_, number) => `n${number}`)
    const { done, handle, seen } = waiting(ids.length)
    const [ours, theirs] = await Promise.all([here.queue<Order>('two'), there.queue<Order>('two')])
    await ours.work(handle, { concurrency: 2 })
    await theirs.work(handle, { concurrency: 2 })
    for (const id of ids) await ours.send(undefined, { id })
    await done
    await pause(200)
    expect(seen.toSorted()).toEqual(ids.toSorted())
  }, 15_000)

  test('with the key of a waiting one is not added', async () => {
    const queue = await here.queue<Order>('keyed')
    await queue.send(undefined, { id: 'first' }, { singletonKey: 'same' })
    await queue.send(undefined, { id: 'second' }, { singletonKey: 'same' })
    await queue.send(undefined, { id: 'other' })
    const { done, handle, seen } = waiting(2)
    await queue.work(handle)
    await done
    await pause(100)
    expect(seen.toSorted()).toEqual(['first', 'other'])
  })

  test('waits for its start time', async () => {
    const queue = await here.queue<Order>('later')
    const { done, handle } = waiting(1)
    await queue.work(handle)
    const sent = performance.now()
    const [row] = await fresh.db.$queryRaw<
      { startAfter: Date }[]
    >`SELECT now() + interval '1 second' AS "startAfter"`
    await queue.send(undefined, { id: 'later' }, row)
    await done
    expect(performance.now() - sent).toBeGreaterThan(950)
  })

  test('that fails is retried, and after the last try kept as a dead letter', async () => {
    const queue = await here.queue<Order>('failing', { retryLimit: 1, retryDelaySeconds: 1 })
    const id = randomUUID()
    let tries = 0
    await queue.work(async () => {
      tries += 1
      throw new Error('no luck')
    })
    await queue.send(undefined, { id })
    await until(async () => (await deadLettersOf(id)) === 1)
    expect(tries).toBe(2)
    expect(said).toContain('A job failed and will be tried again')
    expect(said).toContain('A job failed and was given up')
  }, 15_000)
})

test('the minute tick runs on one of two replicas', async () => {
  let ticks = 0
  const tick = async () => {
    ticks += 1
  }
  await here.everyMinute('tick', tick)
  await there.everyMinute('tick', tick)
  // pg-boss sends the minute that began last as soon as it knows of the schedule.
  await until(async () => ticks > 0)
  await pause(300)
  expect(ticks).toBe(1)
}, 20_000)

test('a graceful stop waits for the running job, and starts no other', async () => {
  const jobs = await startJobs({ url: fresh.url, log })
  const queue = await jobs.queue<Order>('stopping')
  const seen: string[] = []
  let begun = () => {}
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve
  })
  await queue.send(undefined, { id: 'in hand' })
  await queue.work(async ({ id }) => {
    begun()
    await pause(700)
    seen.push(id)
  })
  await hasBegun
  const elsewhere = await here.queue<Order>('stopping')
  await elsewhere.send(undefined, { id: 'the next' })
  await jobs.stop(true)
  expect(seen).toEqual(['in hand'])
})

async function deadLettersOf(id: string): Promise<number> {
  const rows = await fresh.db.$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE name = ${deadLetterQueue} AND data->>'id' = ${id}`
  return rows.length
}

/** A handler that records ids, and a promise that resolves when it has seen `count` of them. */
function waiting(count: number) {
  const seen: string[] = []
  let resolve = () => {}
  const done = new Promise<void>((fulfil) => {
    resolve = fulfil
  })
  const handle = async ({ id }: Order) => {
    seen.push(id)
    if (seen.length === count) resolve()
  }
  return { seen, done, handle }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50)
}
