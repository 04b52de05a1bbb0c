import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import pg from 'pg'
import {
  closeDatabase,
  DatabaseUnavailableError,
  inTransaction,
  isDatabaseUnavailable,
  openDatabase,
  type ReadTx,
} from '../../src/infra/db.ts'
import { useDatabase } from '../support/database.ts'

const moment = new Date('2017-02-24T09:00:00Z')

const fresh = useDatabase()

beforeAll(async () => {
  await fresh.db.idempotencyKey.createMany({
    data: ['a', 'b'].map((key) => ({ key, at: moment, reply: { count: 0 } })),
  })
})

test('a handle that only reads has no method that writes', async () => {
  const tx: ReadTx = fresh.db
  expect(await tx.idempotencyKey.count()).toBe(2)
  // The type checker rejects the lines below; none of them runs.
  const writes = [
    // @ts-expect-error
    () => tx.idempotencyKey.create,
    // @ts-expect-error
    () => tx.idempotencyKey.deleteMany,
    // @ts-expect-error
    () => tx.$executeRaw,
    // @ts-expect-error
    () => tx.$transaction,
  ]
  expect(writes).toHaveLength(4)
})

describe('a transaction', () => {
  test('is rolled back when its work throws', async () => {
    const work = inTransaction(fresh.db, async (tx) => {
      await tx.idempotencyKey.create({ data: { key: 'lost', at: moment, reply: {} } })
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    expect(await fresh.db.idempotencyKey.findUnique({ where: { key: 'lost' } })).toBeNull()
  })

  test('begins again after a deadlock', async () => {
    let runs = 0
    let arrived = 0
    let bothHere = () => {}
    const both = new Promise<void>((resolve) => {
      bothHere = resolve
    })
    const lockInOrder = (first: string, second: string) =>
      inTransaction(fresh.db, async (tx) => {
        runs += 1
        await tx.$queryRaw`SELECT 1 FROM "IdempotencyKey" WHERE key = ${first} FOR UPDATE`
        arrived += 1
        if (arrived === 2) bothHere()
        await both
        await tx.$queryRaw`SELECT 1 FROM "IdempotencyKey" WHERE key = ${second} FOR UPDATE`
      })
    await Promise.all([lockInOrder('a', 'b'), lockInOrder('b', 'a')])
    expect(runs).toBe(3)
  })

  test('begins again after a serialization failure, so that no increment is lost', async () => {
    const count = () =>
      inTransaction(
        fresh.db,
        async (tx) => {
          const row = await tx.idempotencyKey.findUniqueOrThrow({ where: { key: 'a' } })
          const before = JSON.parse(JSON.stringify(row.reply)).count
          await tx.idempotencyKey.update({
            where: { key: 'a' },
            data: { reply: { count: before + 1 } },
          })
        },
        { isolation: 'Serializable', retries: 10 },
      )
    await Promise.all([count(), count(), count(), count()])
    const row = await fresh.db.idempotencyKey.findUniqueOrThrow({ where: { key: 'a' } })
    expect(row.reply).toEqual({ count: 4 })
  })
})

describe('a database that is away', () => {
  test('is distinguished from other failures, and named without its password', async () => {
    const opening = openDatabase('postgresql://me:s3cret@127.0.0.1:1/plan', {
      connectTimeoutMs: 500,
    })
    const error = await opening.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(DatabaseUnavailableError)
    expect(isDatabaseUnavailable(error)).toBe(true)
    expect(String(error)).toContain('plan at 127.0.0.1:1')
    expect(String(error)).not.toContain('s3cret')
  })

  test('is not confused with a violated constraint', async () => {
    const twice = fresh.db.idempotencyKey.create({ data: { key: 'a', at: moment, reply: {} } })
    expect(isDatabaseUnavailable(await twice.catch((thrown: unknown) => thrown))).toBe(false)
  })

  test('is not confused with another service that refuses a connection', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    expect(isDatabaseUnavailable(refused)).toBe(false)
  })

  test('is noticed in the middle of a transaction, and the next one works', async () => {
    const cutOff = inTransaction(fresh.db, async (tx) => {
      const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
      await end(fresh.url, row?.pid)
      await tx.idempotencyKey.count()
    })
    const error = await cutOff.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(DatabaseUnavailableError)
    expect(await inTransaction(fresh.db, (tx) => tx.idempotencyKey.count())).toBeGreaterThan(0)
  })

  test('is noticed by a single statement, however Prisma reports it', async () => {
    const slow = fresh.db.$queryRaw`SELECT pg_sleep(20), 'cut me off'`
    const caught = slow.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    await endSleepers(fresh.url)
    expect(isDatabaseUnavailable(await caught)).toBe(true)
  })

  test('is noticed by a statement that finds nobody listening, a raw one too', async () => {
    const { url, close } = await listenInFrontOf(fresh.url)
    const db = await openDatabase(url, { maxConnections: 1 })
    await close()
    const thrown = (error: unknown) => error
    // The first one finds its old connection cut; the others open a new one.
    await db.$queryRaw`SELECT 1`.catch(thrown)
    const raw = await db.$queryRaw`SELECT 1`.catch(thrown)
    const counted = await db.idempotencyKey.count().catch(thrown)
    expect([raw, counted].map(isDatabaseUnavailable)).toEqual([true, true])
    await closeDatabase(db)
  })

  test('ends no process while a connection is taken that nobody listens to yet', async () => {
    const taken = jest.spyOn(pg.Pool.prototype, 'connect')
    const db = await openDatabase(fresh.url)
    const pool = taken.mock.contexts[0]
    taken.mockRestore()
    if (!(pool instanceof pg.Pool)) throw new Error('no pool was opened')
    const client = await pool.connect()
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    await end(fresh.url, rows[0]?.pid)
    await expect(client.query('SELECT 1')).rejects.toThrow(/terminat|not queryable/)
    client.release()
    expect(await db.idempotencyKey.count()).toBeGreaterThan(0)
    await closeDatabase(db)
  })

  test('is also what a pool without a free connection means', async () => {
    const small = await openDatabase(fresh.url, { maxConnections: 1, connectTimeoutMs: 200 })
    const error = await inTransaction(small, async (tx) => {
      await tx.idempotencyKey.count()
      return small.idempotencyKey.count().catch((thrown: unknown) => thrown)
    })
    expect(isDatabaseUnavailable(error)).toBe(true)
    await closeDatabase(small)
  })
})

/** The database at another address, which is gone after `close`. */
async function listenInFrontOf(url: string) {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const there = connect(Number(port), hostname)
    for (const one of [socket, there]) sockets.add(one.on('error', () => {}))
    socket.pipe(there).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const front = new URL(url)
  front.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  front.searchParams.delete('host')
  return {
    url: front.href,
    async close() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}

async function end(url: string, pid: number | undefined): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('SELECT pg_terminate_backend($1, 2000)', [pid])
  await client.end()
}

async function endSleepers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (let ended = 0; ended === 0; ) {
    const { rowCount } = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND query LIKE '%cut me off%' AND pid <> pg_backend_pid()
         AND state = 'active'`,
    )
    ended = rowCount ?? 0
  }
  await client.end()
}
