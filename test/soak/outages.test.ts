import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { closeDatabase, type Database, openDatabase } from '../../src/infra/db.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import { OutboxFixture, teams } from '../outbox/outbox-fixture.ts'
import { type BreakablePostgres, startBreakablePostgres } from './breakable-postgres.ts'

// Allows for a loaded machine.
jest.setTimeout(120_000)

let folder: string
let server: BreakablePostgres
let db: Database
let fixture: OutboxFixture
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milepost-outages-'))
  server = await startBreakablePostgres(folder)
  await migrate(server.url)
  db = await openDatabase(server.url, { maxConnections: 5, connectTimeoutMs: 1_000 })
  fixture = new OutboxFixture(db)
})
afterAll(async () => {
  await closeDatabase(db)
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

test('cut connections and a restart of PostgreSQL lose and duplicate nothing', async () => {
  const keys = Array.from({ length: 60 }, (_, number) => `k${number}`)
  for (const [number, key] of keys.entries()) {
    await fixture.enqueue(key, number % 3 === 0 ? { place: teams(`19:${key}`) } : {})
  }
  for (const platform of [fixture.slack, fixture.teams]) {
    platform.beforeSend = () => pause(20)
    platform.afterSend = () => pause(20)
  }
  const dispatchers = [fixture.dispatcher(), fixture.dispatcher()]
  const running = Promise.all(dispatchers.map((each) => each.dispatchDue().catch(() => 0)))
  let cut = 0
  for (let times = 0; times < 6; times += 1) {
    await pause(15)
    cut += await server.cut()
  }
  await server.restart()
  await running
  for (let rounds = 0; rounds < 20; rounds += 1) {
    fixture.advance(2 + leaseMs / 1_000)
    for (const each of dispatchers) await each.dispatchDue().catch(() => 0)
  }
  expect(cut).toBeGreaterThan(0)
  const posted = [...fixture.slack.keys(), ...fixture.teams.keys()]
  expect(new Set(posted).size).toBe(posted.length)
  const rows = await db.outboxMessage.findMany({
    select: { key: true, state: true, platform: true },
  })
  const unposted = rows.filter(({ key }) => !posted.includes(key))
  expect(
    unposted.filter(({ state, platform }) => state !== 'uncertain' || platform === 'slack'),
  ).toEqual([])
  expect(rows.filter(({ state }) => state !== 'sent' && state !== 'uncertain')).toEqual([])
  // The result of a send during the outage is recorded once the database is back, so it does not stay uncertain.
  expect(rows.filter(({ key, state }) => state === 'uncertain' && posted.includes(key))).toEqual([])
})
