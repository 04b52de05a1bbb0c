import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { systemClock } from '../../src/base/clock.ts'
import { newId } from '../../src/base/ids.ts'
import { emptyDatabase } from '../../src/infra/backup/copy.ts'
import { enqueue, type NewOutboxMessage } from '../../src/outbox/outbox.ts'
import { copyInto, copyNotice, notCopied } from '../../src/playground/copy.ts'
import { startPlayground } from '../../src/playground/playground.ts'
import { readSamples } from '../../src/playground/sample.ts'
import { seedSamples } from '../../src/playground/seed.ts'
import { testKind } from '../outbox/outbox-fixture.ts'
import { useDatabase } from '../support/database.ts'

/** `npm start -- --data SOURCE`: real programmes in the playground. */

const real = useDatabase()
const copied = useDatabase()
const log = { info: () => {}, warn: () => {}, error: () => {} }
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milepost-copy-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('a copy has the programmes and their people, and nothing by which a real one is reached', async () => {
  const now = new Date('2026-11-27T14:03:00Z')
  const sample = (await readSamples()).slice(0, 1)
  await seedSamples(real.db, sample, now)
  const { id: programmeId } = await real.db.programme.findFirstOrThrow()
  const office = { platform: 'slack', tenant: 'T0REAL', conversation: 'C0REAL' } as const
  await real.db.subscription.create({
    data: {
      ...{ id: newId(), programmeId, ...office, weekday: 'monday', time: '09:00' },
      ...{ zone: 'Europe/London', createdAt: now },
    },
  })
  const message: NewOutboxMessage = {
    ...{ key: 'k', kind: testKind, place: { ...office, kind: 'channel' } },
    ...{ card: { name: 'notice', data: {} }, notBefore: now, programmeIds: [programmeId] },
  }
  await real.db.$transaction((tx) => enqueue(tx, message, now))

  const copy = await copyInto(copied.url, real.url, folder)
  const playground = await startPlayground({ systemClock, log, db: copied.db, copy })
  const projects = await Promise.all([real, copied].map(({ db }) => db.project.count()))
  expect(projects[1]).toBe(projects[0])
  const names = playground.people.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['Asha Verity', 'Priya Marlowe']))
  const asha = playground.people.find(({ name }) => name === 'Asha Verity')
  const seen = playground.slack.snapshot(asha?.slack?.user ?? '')
  expect(seen.conversations.map(({ name }) => name)).toContain('bcs-board')
  const own = playground.people.flatMap(({ slack, teams }) => [slack?.user, teams?.user])
  const accounts = await copied.db.identity.findMany()
  expect(accounts.map(({ user }) => user).toSorted()).toEqual(own.toSorted())
  expect(await copied.db.subscription.findMany()).toMatchObject([
    { tenant: 'T0MILEPOST', conversation: 'C0COPY0' },
  ])
  expect(await copied.db.outboxMessage.count()).toBe(0)
  expect(copy.of).not.toContain(new URL(real.url).password || '@')
  expect(playground.clock.now().getTime()).toBeGreaterThanOrEqual(copy.at.getTime())
  await playground.close()
  // What it is a copy of is as it was.
  expect(await real.db.outboxMessage.findMany()).toMatchObject([{ state: 'waiting' }])

  await emptyDatabase(copied.url)
  expect(await copied.db.$queryRaw`SELECT to_regclass('"Person"')::text AS person`).toEqual([
    { person: null },
  ])
})

test('no table that names a place in chat is taken over as it is', () => {
  const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
  const tables = schema
    .split(/^model /m)
    .slice(1)
    .filter((model) => /^ {2}(tenant|conversation|conversationId|serviceUrl) /m.test(model))
    .map((model) => model.split(' ')[0] ?? '')
  // Of these the rows stay, with a place of the playground's.
  const moved = ['Question', 'Subscription', 'PaperSchedule']
  expect(tables.filter((name) => !notCopied.includes(name))).toEqual(moved)
})

test('says of what it is a copy, and since when nothing is newer', () => {
  const copy = { of: 'fri.backup', at: new Date('2026-11-27T14:03:00Z') }
  expect(copyNotice(copy)).toBe(
    'A copy of fri.backup as at Fri 27 Nov 2026, 14:03; nothing here goes to anybody.',
  )
})

test('what is no data of Milepost is refused, and the place where it was to go stays as it was', async () => {
  await expect(copyInto(real.url, folder, folder)).rejects.toThrow(
    'is no backup file, no data folder',
  )
  await expect(copyInto(real.url, join(folder, 'none'), folder)).rejects.toThrow('Nothing was')
  expect(await real.db.programme.count()).toBe(1)
})
