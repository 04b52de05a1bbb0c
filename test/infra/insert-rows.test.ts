import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { newId } from '../../src/base/ids.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { insertRows } from '../../src/infra/insert-rows.ts'
import { emptyTables, type FreshDatabase, freshDatabase } from '../support/database.ts'

const now = new Date('2017-02-24T09:00:00.123Z')
const onDay = new Date('2017-02-24T00:00:00Z')

let fresh: FreshDatabase
let workstreamId: string
const programmeId = newId()
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  const { db } = fresh
  await emptyTables(db)
  workstreamId = newId()
  await db.programme.create({ data: { id: programmeId, key: 'P', title: 'P', createdAt: now } })
  const named = { ref: '1', title: 'One', position: 1 }
  await db.workstream.create({ data: { ...named, id: workstreamId, programmeId } })
})

const projects = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ...{
      id: newId(),
      programmeId,
      workstreamId,
      ref: `1.${at}`,
      title: 'It’s "one"\\\n',
      position: at,
    },
    ...{ tags: ['a, b', '{c}'], addedOn: onDay },
  }))

test('many rows into a table that was small when the connection first looked into it are checked by its index', async () => {
  const revision = { field: 'title', source: 'import', onDay, at: now, programmeId }
  const revisionsOf = (inserted: ReturnType<typeof projects>) =>
    inserted.map(({ id }) => ({ ...revision, id: newId(), from: 'a', to: 'b', projectId: id }))
  const rowsRead = await inTransaction(fresh.db, async (tx) => {
    for (const count of [10, 2_500]) {
      const some = projects(count).map((row) => ({ ...row, ref: `${count}.${row.position}` }))
      await insertRows(tx, 'Project', some)
      // As PostgreSQL does by itself after a while: now it knows that the table is small.
      if (count < 100) await tx.$executeRaw`ANALYZE "Project"`
      await insertRows(tx, 'PlanRevision', revisionsOf(some))
    }
    const [read] = await tx.$queryRaw<{ count: bigint }[]>`
      SELECT seq_tup_read AS count FROM pg_stat_xact_user_tables WHERE relname = 'Project'`
    return Number(read?.count)
  })
  expect(rowsRead).toBeLessThan(50_000)
})

test('rows are as Prisma would insert them: lists, days, moments, JSON, nothing, and defaults of the database', async () => {
  const [given] = projects(1)
  const revision = { field: 'title', source: 'import', onDay, at: now, programmeId }
  await inTransaction(fresh.db, async (tx) => {
    await insertRows(tx, 'Project', given ? [given] : [])
    await insertRows(tx, 'PlanRevision', [
      { ...revision, id: newId(), from: null, to: { said: 'a "b"' }, projectId: given?.id ?? '' },
      { ...revision, id: newId(), from: true, to: 'text' },
    ])
  })
  const [project] = await fresh.db.project.findMany()
  expect(project).toMatchObject({ ...given, section: null })
  expect(await fresh.db.planRevision.count({ where: { sequence: { gt: 0 } } })).toBe(2)
  const revisions = await fresh.db.planRevision.findMany({ orderBy: { sequence: 'asc' } })
  expect(revisions.map(({ from, to, projectId, at }) => ({ from, to, projectId, at }))).toEqual([
    { from: null, to: { said: 'a "b"' }, projectId: given?.id, at: now },
    { from: true, to: 'text', projectId: null, at: now },
  ])
})

test('more rows than a statement takes, and none', async () => {
  await inTransaction(fresh.db, async (tx) => {
    await insertRows(tx, 'Project', projects(2_001))
    await insertRows(tx, 'Milestone', [])
  })
  expect(await fresh.db.project.count()).toBe(2_001)
})
