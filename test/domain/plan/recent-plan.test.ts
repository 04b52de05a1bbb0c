import { expect, test } from '@jest/globals'
import { addDays, civilDate, toDbDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { latestTicks } from '../../../src/domain/plan/plan.ts'
import { loadPlan, loadRecentPlan, loadRecentProject } from '../../../src/domain/plan/store.ts'
import { ratingContextOf, ratingOf, wasRatedBefore } from '../../../src/domain/status/rating.ts'
import { type Database, inTransaction, Prisma, queryRows, type Tx } from '../../../src/infra/db.ts'
import { useDatabase } from '../../support/database.ts'
import { storePerson, storeProgramme } from '../../support/programme.ts'
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts'

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

/** Projects of which people said whatever came to their minds, some of it to be confirmed or taken back later. */
async function randomHistories(db: Database, key: string): Promise<string> {
  const refs = Array.from({ length: projectCount }, (_, at) => `${at + 1}`)
  const programmeId = await storeProgramme(db, {
    key,
    projects: refs.map((ref) => ({
      ref,
      title: `Project ${ref}`,
      milestones: [['Adverts out', '2017-02-10']] as const,
    })),
  })
  const by = await storePerson(db, 'Priya Marlowe', 'U1')
  const random = seededRandom(7)
  const include = { milestones: true }
  const projects = await db.project.findMany({ where: { programmeId }, include })
  for (const [nth, { id, milestones }] of projects.entries()) {
    const updates = randomUpdates(random, id, nth % 4 === 0 ? rated : [...rated, ...unrated])
    await db.statusUpdate.createMany({ data: updates })
    const confirmed = updates.filter(({ toConfirm }) => toConfirm && random.happens(0.6))
    await db.confirmation.createMany({
      data: confirmed.map(({ id: updateId, onDay, at }) => ({
        ...{ id: newId(), updateId, byId: by.id, source: 'slack', onDay, at },
      })),
    })
    const at = new Date('2017-01-20')
    await db.milestoneRating.createMany({
      data: (nth % 5 === 1 ? milestones : []).map(({ id: milestoneId }) => ({
        ...{ id: newId(), milestoneId, state: 'amber', raw: '', source: 'slack', onDay: at, at },
      })),
    })
  }
  return programmeId
}

const rated = ['red', 'amber', 'green']
const unrated = ['blank', 'not-applicable', 'not-yet-available']

/** Up to 24 within seven weeks, oldest first; some take effect when they are confirmed, some stand for three days. */
function randomUpdates(random: SeededRandom, projectId: string, states: readonly string[]) {
  const days = Array.from({ length: random.below(24) }, () => random.below(50))
  return days
    .toSorted((one, other) => one - other)
    .map((day, at) => {
      const onDay = addDays(civilDate('2017-01-02'), day)
      return {
        ...{ id: newId(), projectId, source: 'slack', onDay: toDbDate(onDay) },
        at: new Date(toDbDate(onDay).getTime() + at * 60_000),
        state: states[random.below(states.length)] ?? 'red',
        toConfirm: random.happens(0.25),
        derived: random.happens(0.2) ? 'red' : null,
        withdrawnOn: random.happens(0.15) ? toDbDate(addDays(onDay, 3)) : null,
      }
    })
}

test('what was read tells of every project what its whole history tells', async () => {
  const { db } = database
  const programmeId = await randomHistories(db, 'RANDOM')
  const found = { projects: 0, lastRated: 0, wasRated: 0, ticks: 0, past: 0 }
  for (const asAt of ['2017-01-16', '2017-02-06', '2017-02-27'].map(civilDate)) {
    const whole = await loadPlan(db, programmeId, asAt)
    const context = ratingContextOf(whole)
    for (const before of [0, 9]) {
      const { projects } = await loadRecentPlan(db, programmeId, asAt, addDays(asAt, -before))
      for (const [nth, project] of whole.projects.entries()) {
        const recent = projects[nth]
        if (!recent) throw new Error(`Project ${project.ref} was not read`)
        const rating = ratingOf(project, context)
        expect(ratingOf(recent, context)).toEqual(rating)
        expect(wasRatedBefore(recent, context)).toBe(wasRatedBefore(project, context))
        expect(latestTicks(recent)).toEqual(latestTicks(project))
        const from = recent.past?.from ?? ''
        expect(recent.updates).toEqual(project.updates.filter(({ onDay }) => onDay >= from))
        found.projects += 1
        found.past += recent.past ? 1 : 0
        found.lastRated += rating.lastRated ? 1 : 0
        found.wasRated += wasRatedBefore(project, context) ? 1 : 0
        found.ticks += latestTicks(project) ? 1 : 0
      }
    }
  }
  const whole = await loadPlan(db, programmeId, today)
  for (const project of whole.projects.slice(0, 12)) {
    const recent = await loadRecentProject(db, project.id, today, 4)
    expect(recent.updates.slice(0, 4)).toEqual(project.updates.slice(0, 4))
    const context = ratingContextOf(whole)
    expect(ratingOf(recent, context)).toEqual(ratingOf(project, context))
  }
  // Else nothing of this would mean anything.
  for (const count of Object.values(found)) expect(count).toBeGreaterThan(30)
})
