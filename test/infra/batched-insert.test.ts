import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../src/base/ids.ts'
import { batchedInsert } from '../../src/infra/batched-insert.ts'
import { closeDatabase, inTransaction, openDatabase, Prisma } from '../../src/infra/db.ts'
import { claimKey, loadReply } from '../../src/infra/idempotency-keys.ts'
import { emptyTables, type FreshDatabase, freshDatabase } from '../support/database.ts'

const now = new Date('2017-02-24T09:00:00Z')
const flags = batchedInsert('MilestoneFlag', [
  ...['id', 'milestoneId', 'atRisk', 'reason', 'source', 'onDay', 'at'],
])

let fresh: FreshDatabase
let milestoneId: string
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  const { db } = fresh
  await emptyTables(db)
  const [programmeId, workstreamId, projectId] = [newId(), newId(), newId()]
  milestoneId = newId()
  const named = { ref: '1', title: 'One', position: 1 }
  await db.programme.create({ data: { id: programmeId, key: 'P', title: 'P', createdAt: now } })
  await db.workstream.create({ data: { ...named, id: workstreamId, programmeId } })
  await db.project.create({ data: { ...named, id: projectId, programmeId, workstreamId } })
  await db.milestone.create({
    data: {
      ...{ id: milestoneId, projectId, number: 1, about: 'Open', raw: 'Open' },
      ...{ precision: 'none', addedOn: now },
    },
  })
})

const flag = (reason: string, milestone = milestoneId) => ({
  ...{ id: newId(), milestoneId: milestone, atRisk: true, reason },
  ...{ source: 'slack', onDay: '2017-02-24', at: now },
})
const request = (key: string, row = flag(key)) => ({ key, at: now, reply: { said: key }, row })
const kept = async () =>
  (await fresh.db.milestoneFlag.findMany({ orderBy: { reason: 'asc' } })).map((one) => one.reason)

describe('a request that appends', () => {
  test('is kept with its answer and its row', async () => {
    expect(await flags.insertOnce(fresh.db, request('A'))).toBe(true)
    expect(await loadReply(fresh.db, 'A')).toEqual({ said: 'A' })
    expect(await fresh.db.milestoneFlag.findFirst()).toMatchObject({
      ...{ milestoneId, reason: 'A', atRisk: true, byId: null, at: now },
      onDay: new Date('2017-02-24T00:00:00Z'),
    })
  })

  test('counts once, however often it comes, also at the same moment', async () => {
    const first = await Promise.all([
      flags.insertOnce(fresh.db, request('A', flag('first'))),
      flags.insertOnce(fresh.db, request('A', flag('second'))),
    ])
    expect(first).toEqual([true, false])
    expect(await flags.insertOnce(fresh.db, request('A', flag('third')))).toBe(false)
    expect(await kept()).toEqual(['first'])
  })

  test('that comes with a repeated one is kept all the same', async () => {
    await flags.insertOnce(fresh.db, request('A'))
    const both = ['A', 'B'].map((key) => flags.insertOnce(fresh.db, request(key)))
    expect(await Promise.all(both)).toEqual([false, true])
    expect(await kept()).toEqual(['A', 'B'])
  })

  test('fails alone, and leaves nothing: its neighbours are kept', async () => {
    const outcomes = await Promise.allSettled([
      flags.insertOnce(fresh.db, request('A')),
      flags.insertOnce(fresh.db, request('B', flag('B', newId()))),
      flags.insertOnce(fresh.db, request('C')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await kept()).toEqual(['A', 'C'])
    expect(await fresh.db.idempotencyKey.findUnique({ where: { key: 'B' } })).toBeNull()
  })

  test('waits for its twin in another transaction, and counts where that one kept nothing', async () => {
    const undone = new Error('undone')
    let taking: Promise<boolean> | undefined
    const twin = inTransaction(fresh.db, async (tx) => {
      await claimKey(tx, 'A', now)
      taking = flags.insertOnce(fresh.db, request('A'))
      await new Promise((done) => setTimeout(done, 50))
      expect(await kept()).toEqual([])
      throw undone
    })
    await expect(twin).rejects.toBe(undone)
    expect(await taking).toBe(true)
    expect(await kept()).toEqual(['A'])
  })

  test('of which nobody knows whether it was kept says that the database is away, and counts once when it is asked again', async () => {
    const other = await openDatabase(fresh.url, { maxConnections: 1 })
    const [session] = await other.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
    // The row of the milestone is held, so that the statement is under way when its connection is cut.
    await inTransaction(fresh.db, async (tx) => {
      await tx.$queryRaw(
        Prisma.sql`SELECT 1 FROM "Milestone" WHERE id = ${milestoneId}::uuid FOR UPDATE`,
      )
      const taking = flags.insertOnce(other, request('A'))
      taking.catch(() => {})
      await new Promise((done) => setTimeout(done, 100))
      await tx.$queryRaw`SELECT pg_terminate_backend(${session?.pid}::int)::text`
      await expect(taking).rejects.toMatchObject({ name: 'DatabaseUnavailableError' })
    })
    expect(await flags.insertOnce(other, request('A'))).toBe(true)
    expect(await kept()).toEqual(['A'])
    await closeDatabase(other)
  })
})

test('a row is appended in a transaction of the caller, and goes with it', async () => {
  await expect(
    inTransaction(fresh.db, async (tx) => {
      await Promise.all(['A', 'B'].map((reason) => flags.insert(tx, flag(reason))))
      expect(await tx.milestoneFlag.count()).toBe(2)
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect(await kept()).toEqual([])
})
