/** What grows with the data: leasing due messages, reading a plan with years of updates, and what is made of it. */
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { z } from 'zod'
import { createChartWorker } from '../../src/base/charts/worker.ts'
import { addDays, civilDate } from '../../src/base/dates.ts'
import { loadDigestPlan } from '../../src/domain/digests/audience/load-input.ts'
import { buildChartData, maxTrendRounds } from '../../src/domain/digests/chart-data.ts'
import { loadPlan, loadRecentPlan, programmeById } from '../../src/domain/plan/store.ts'
import { previewDigest } from '../../src/features/digests/approval/preview.ts'
import { paginateDigest } from '../../src/features/digests/rendering/paginate.ts'
import { exportPlan } from '../../src/features/imports/export.ts'
import { composePaper } from '../../src/features/reports/papers/layout.ts'
import { paperLayouts } from '../../src/features/reports/papers/layouts/registry.ts'
import { loadPaperSnapshot } from '../../src/features/reports/papers/snapshot.ts'
import { writePaper } from '../../src/features/reports/papers/write-paper.ts'
import type { Database } from '../../src/infra/db.ts'
import { openStore } from '../../src/infra/open-store.ts'
import { claimDue } from '../../src/outbox/claim-store.ts'
import { runFolder } from '../support/run.ts'
import { askedBy } from './asked.ts'
import { serve } from './child-process.ts'
import type { Timing } from './messages.ts'
import { removeStore } from './remove-store.ts'

const now = new Date('2026-03-02T09:00:00Z')
const today = civilDate('2026-03-02')
const Question = z.object({
  about: z.enum(['claims', 'plan', 'standing', 'digest', 'exported', 'picture', 'asked', 'papers']),
  /** Messages that were sent, and that are due; or projects, and weekly updates of each. */
  of: z.number(),
  and: z.number(),
})

/** Measured so often; the middle one counts. */
const times = 15

async function middleOf(
  work: () => Promise<void>,
  undo: () => Promise<unknown> = async () => {},
): Promise<number> {
  const timings: number[] = []
  for (let time = 0; time < times; time += 1) {
    const began = performance.now()
    await work()
    timings.push(performance.now() - began)
    await undo()
  }
  return timings.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN
}

/** Fills tables with SQL of our own, which may take its time. */
async function filled(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
    await client.query('VACUUM ANALYZE')
    // What was filled in is written out now, and not while something is measured.
    await client.query('CHECKPOINT')
  } finally {
    await client.end()
  }
}

const insertMessages = (count: number, state: string, conversations: number) => `
  INSERT INTO "OutboxMessage" (id, key, kind, platform, tenant, conversation, "placeKind", card, data,
    topics, state, "notBefore", "createdAt")
  SELECT gen_random_uuid(), '${state}:' || n, 'reminder', 'slack', 'T' || n % 5, 'D' || n % ${conversations},
    'direct', 'notice', '{"heading":"Due","lines":["A milestone is due."],"buttons":[]}', '{}', '${state}',
    '2026-03-02T08:59:00Z', '2026-03-02T08:59:00Z'
  FROM generate_series(1, ${count}) n`

async function claims(url: string, db: Database, sent: number, due: number): Promise<number> {
  await filled(url, [
    'TRUNCATE "OutboxMessage" CASCADE',
    insertMessages(sent, 'sent', 5000),
    insertMessages(due, 'waiting', due),
  ])
  return middleOf(
    async () => {
      const all = {
        blockedConversations: [],
        concurrencyLimits: [],
        inFlightIds: [],
        limit: due,
      } as const
      const claimed = await claimDue(db, { now, platforms: ['slack'], ...all })
      if (claimed.length !== due) throw new Error(`Of ${due} due ${claimed.length} were claimed.`)
    },
    () => db.$executeRaw`UPDATE "OutboxMessage" SET state = 'waiting' WHERE state = 'sending'`,
  )
}

const programmeId = '00000000-0000-4000-8000-000000000001'

async function storePlan(url: string, projects: number, weeks: number): Promise<void> {
  const id = (letter: string, n: string) => `md5('${letter}' || ${n})::uuid`
  await filled(url, [
    'TRUNCATE "Programme", "Person" CASCADE',
    `INSERT INTO "Programme" (id, key, title, "createdAt") VALUES ('${programmeId}', 'B', 'Bench', now())`,
    `INSERT INTO "Person" (id, name, "createdAt")
      SELECT ${id('p', 'n')}, 'Person ' || n, now() FROM generate_series(0, 49) n`,
    `INSERT INTO "Workstream" (id, "programmeId", ref, title, position)
      SELECT ${id('w', 'n')}, '${programmeId}', 'W' || n, 'W' || n, n FROM generate_series(0, 9) n`,
    `INSERT INTO "Project" (id, "programmeId", "workstreamId", ref, title, position)
      SELECT ${id('q', 'n')}, '${programmeId}', ${id('w', 'n % 10')}, 'R' || n, 'Project ' || n, n
      FROM generate_series(1, ${projects}) n`,
    `INSERT INTO "ProjectLead" ("projectId", "personId", position)
      SELECT ${id('q', 'n')}, ${id('p', 'n % 50')}, 0 FROM generate_series(1, ${projects}) n`,
    `INSERT INTO "Milestone" (id, "projectId", number, about, raw, "baselineDue", due, precision, "addedOn")
      SELECT gen_random_uuid(), ${id('q', 'n')}, k, 'Milestone ' || k, 'Milestone', day, day, 'day', '2021-01-01'
      FROM generate_series(1, ${projects}) n, generate_series(1, 4) k,
        LATERAL (SELECT '2026-01-01'::date + n % 365 AS day) due`,
    `INSERT INTO "StatusUpdate" (id, "projectId", state, reason, "greenBy", "byId", source, "onDay", at)
      SELECT gen_random_uuid(), ${id('q', 'n')}, (ARRAY['red','amber','green'])[1 + (n + w / 8) % 3],
        'Waiting for two practice leads in week ' || w, '2026-05-01', ${id('p', 'n % 50')}, 'slack',
        '2026-02-27'::date - 7 * w, '2026-02-27T10:00:00Z'::timestamptz - w * interval '7 days'
      FROM generate_series(0, ${weeks - 1}) w, generate_series(1, ${projects}) n`,
  ])
}

/** With all that was ever said. */
async function plan(url: string, db: Database, projects: number, weeks: number): Promise<number> {
  await storePlan(url, projects, weeks)
  return middleOf(async () => {
    const { projects: read } = await loadPlan(db, programmeId, today)
    const updates = read.reduce((sum, one) => sum + one.updates.length, 0)
    if (updates !== projects * weeks) throw new Error(`Of the updates ${updates} were read.`)
  })
}

/** As it stands today. */
async function standing(
  url: string,
  db: Database,
  projects: number,
  weeks: number,
): Promise<number> {
  await storePlan(url, projects, weeks)
  return middleOf(async () => {
    const { projects: read } = await loadRecentPlan(db, programmeId, today)
    if (read.some(({ updates }) => updates.length !== 1)) throw new Error('Not one update of each.')
  })
}

/** From what is stored to the messages that would be posted. */
async function digest(url: string, db: Database, projects: number, weeks: number): Promise<number> {
  await storePlan(url, projects, weeks)
  return middleOf(async () => {
    const content = await previewDigest(db, await loadDigestPlan(db, programmeId, today))
    if (paginateDigest(content, '/rag').length < 2) throw new Error('The digest has no thread.')
  })
}

/** What a lead of ten projects, in a programme of 500, is answered when they type the command alone. */
async function asked(url: string, db: Database, projects: number, weeks: number): Promise<number> {
  await storePlan(url, projects, weeks)
  const lead = { platform: 'slack', tenant: 'T1', user: 'U1' } as const
  const person = await db.person.findFirstOrThrow({ where: { name: 'Person 1' } })
  await db.identity.create({ data: { ...lead, personId: person.id } })
  await db.membership.create({ data: { programmeId, personId: person.id, role: 'lead' } })
  const ask = askedBy(db, lead, now)
  await ask('', 'Project 1')
  return middleOf(() => ask('', 'Project 1'))
}

/** The picture of a digest with the rounds before it, once its thread has loaded what it draws with. */
async function picture(
  url: string,
  db: Database,
  projects: number,
  weeks: number,
): Promise<number> {
  await storePlan(url, projects, weeks)
  const content = await previewDigest(db, await loadDigestPlan(db, programmeId, today))
  const before = Array.from({ length: maxTrendRounds - 1 }, (_, round) => ({
    ...content,
    asAt: addDays(today, 7 * (round - maxTrendRounds)),
  }))
  const data = buildChartData(content, before)
  if (!data) throw new Error('The digest has no picture.')
  const worker = createChartWorker()
  try {
    await worker.render(data)
    return await middleOf(async () => void (await worker.render(data)))
  } finally {
    await worker.stop()
  }
}

/** From what is stored to the workbook. */
async function exported(
  url: string,
  db: Database,
  projects: number,
  weeks: number,
): Promise<number> {
  await storePlan(url, projects, weeks)
  const programme = await programmeById(db, programmeId)
  return middleOf(async () => {
    const bytes = await exportPlan(db, programme, today, 'plan.xlsx')
    if (bytes.length < projects) throw new Error('The export is empty.')
  })
}

/** The slowest paper of any layout as Word and PDF, from what is stored to its bytes; each once. */
async function papers(url: string, db: Database, projects: number, weeks: number): Promise<number> {
  await storePlan(url, projects, weeks)
  const programme = await programmeById(db, programmeId)
  const subjects: Readonly<Record<string, string>> = { highlight: 'W1' }
  const timings: number[] = []
  // The plan of the bench has no recommendation, about which the inspection pack is.
  for (const layout of paperLayouts.filter(({ key }) => key !== 'inspection')) {
    for (const format of ['docx', 'pdf'] as const) {
      const began = performance.now()
      const asked = { programme, today, asAt: today, reader: 'board', layout } as const
      const snapshot = await loadPaperSnapshot(db, asked)
      const paper = composePaper(layout, snapshot, subjects[layout.key])
      await writePaper(paper, format, now)
      timings.push(performance.now() - began)
    }
  }
  return Math.max(...timings)
}

await serve(async () => {
  const folder = runFolder(process.pid)
  const store = await openStore({ dataDir: folder })
  const measures = { claims, plan, standing, digest, exported, picture, asked, papers }
  return {
    answer: async (question): Promise<Timing> => {
      const { about, of, and } = Question.parse(question)
      return { milliseconds: await measures[about](store.url, store.db, of, and) }
    },
    stop: async () => {
      await store.close()
      await removeStore(folder)
    },
  }
})
