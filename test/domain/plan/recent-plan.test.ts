import { expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { loadPlan, loadRecentPlan } from '../../../src/domain/plan/store.ts'
import { type Database, inTransaction, Prisma, queryRows, type Tx } from '../../../src/infra/db.ts'
import { useDatabase } from '../../support/database.ts'
import { storeProgramme } from '../../support/programme.ts'

const database = useDatabase()

const today = civilDate('2017-02-27')
/** In the test of growth: so many projects, and the weekly updates of each. */
const projectCount = 40
const weeks = { few: 8, many: 300 }

async function aProgramme(db: Database, key: string, updatesEach: number) {
  const refs = Array.from({ length: projectCount }, (_, at) => `${at + 1}`)
  const programmeId = await storeProgramme(db, {
    key,
    projects: refs.map((ref) => ({ ref, title: `Project ${ref}` })),
  })
  await db.$executeRaw`
    INSERT INTO "StatusUpdate" (id, "projectId", state, criteria, source, "onDay", at)
    SELECT gen_random_uuid(), p.id, (ARRAY['red','amber','green'])[1 + w % 3], '{}', 'slack',
      '2017-02-27'::date - 7 * w, '2017-02-27T10:00:00Z'::timestamptz - w * interval '7 days'
    FROM "Project" p, generate_series(0, ${updatesEach - 1}::int) w
    WHERE p."programmeId" = ${programmeId}::uuid`
  return programmeId
}

/** How many rows of the updates a piece of work reads, from the table or by an index, as PostgreSQL counts them. */
async function updatesReadBy(db: Database, work: (tx: Tx) => Promise<unknown>): Promise<number> {
  return inTransaction(db, async (tx) => {
    const before = await updatesRead(tx)
    await work(tx)
    return (await updatesRead(tx)) - before
  })
}

/** By this connection so far; PostgreSQL passes such counts on, and begins anew, only between transactions. */
async function updatesRead(tx: Tx): Promise<number> {
  const [row] = await queryRows<{ rows: number }>(
    tx,
    Prisma.sql`
    SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables
    WHERE relname = 'StatusUpdate'`,
  )
  if (!row) throw new Error('PostgreSQL does not count the rows of the updates.')
  return row.rows
}

test('how a plan stands is read from as many rows after years of updates as after weeks', async () => {
  const { db } = database
  const young = await aProgramme(db, 'YOUNG', weeks.few)
  const old = await aProgramme(db, 'OLD', weeks.many)
  await db.$executeRaw`ANALYZE "StatusUpdate"`
  const readOf = (id: string) => updatesReadBy(db, (tx) => loadRecentPlan(tx, id, today))
  const rows = await readOf(old)
  expect(rows).toBe(await readOf(young))
  expect(rows).toBeLessThanOrEqual(2 * projectCount)
  const all = await updatesReadBy(db, (tx) => loadPlan(tx, old, today))
  expect(all).toBeGreaterThanOrEqual(projectCount * weeks.many)
})

test('of a project there is what counted on the day, and what was said since, counting or not', async () => {
  const { db } = database
  const programmeId = await storeProgramme(db, {
    key: 'WORDS',
    projects: [{ ref: '1', title: 'One' }],
  })
  const { id: projectId } = await db.project.findFirstOrThrow({ where: { programmeId } })
  const update = (onDay: string, state: string, more = {}) => ({
    ...{ id: newId(), projectId, state, source: 'slack' },
    ...{ onDay: new Date(onDay), at: new Date(`${onDay}T10:00:00Z`), ...more },
  })
  await db.statusUpdate.createMany({
    data: [
      update('2017-01-02', 'amber'),
      update('2017-01-09', 'red'),
      update('2017-01-16', 'green', { toConfirm: true }),
      // Taken back today: it still stood before.
      update('2017-01-23', 'amber', { withdrawnOn: new Date(today), withdrawnAt: new Date() }),
      update('2017-02-06', 'green', { toConfirm: true }),
    ],
  })
  const saidOn = async (asAt: string, since?: string) => {
    const day = since === undefined ? undefined : civilDate(since)
    const { projects } = await loadRecentPlan(db, programmeId, civilDate(asAt), day)
    return projects.flatMap(({ updates }) => updates.map(({ onDay }) => onDay.slice(5)))
  }
  expect(await saidOn('2017-02-27')).toEqual(['02-06', '01-16', '01-09'])
  expect(await saidOn('2017-02-26')).toEqual(['02-06', '01-23'])
  expect(await saidOn('2017-02-27', '2017-01-08')).toEqual(['02-06', '01-16', '01-09', '01-02'])
  expect(await saidOn('2017-02-27', '2017-01-01')).toEqual(['02-06', '01-16', '01-09', '01-02'])
  expect(await saidOn('2017-01-05')).toEqual(['01-02'])
})
