/**
 * The tick of each minute with many programmes: at rest, and on the morning on which everybody is reminded. The service runs
 * as `npm start` runs it; Slack is a stub in the main process.
 */
import { randomBytes } from 'node:crypto'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import { startService } from '../../src/app/service.ts'
import { systemClock } from '../../src/base/clock.ts'
import type { Log } from '../../src/base/log.ts'
import { configurePlatform } from '../../src/chat/platform-definition.ts'
import { openStore } from '../../src/infra/open-store.ts'
import { slack } from '../../src/platforms/slack/index.ts'
import { movableClock } from '../../src/playground/movable-clock.ts'
import { readSamples } from '../../src/playground/sample.ts'
import { seedSamples } from '../../src/playground/seed.ts'
import { runFolder } from '../support/run.ts'
import { serve } from './child-process.ts'
import type { MorningTick, RestTick, Server } from './messages.ts'
import { removeStore } from './remove-store.ts'
import { lead } from './slack-request.ts'

const Question = z.discriminatedUnion('about', [
  z.object({ about: z.literal('start'), programmes: z.number(), slackUrl: z.string() }),
  z.object({ about: z.literal('rest') }),
  z.object({ about: z.literal('morning') }),
])

const saturday = new Date('2026-02-28T10:00:00Z')
const minuteMs = 60_000
const justBefore = new Date('2026-03-02T08:59:00Z')
const monday = new Date('2026-03-02T09:00:00Z')
/** Programmes that wait or are looked at are due before then, others later. */
const soon = new Date(monday.getTime() + 10 * minuteMs)

const peopleEach = 10
const projectsEach = 50
const weeks = 52

const log: Log = { info: () => {}, warn: console.error, error: console.error }
const open: (() => Promise<void>)[] = []

/** Programmes that nobody is in twice. Each person leads five projects, and a milestone of each is due on Monday. */
async function fill(url: string, programmes: number): Promise<void> {
  const id = (letter: string, ...parts: string[]) =>
    `md5('${letter}' || ${parts.join(" || '/' || ")})::uuid`
  const all = `generate_series(1, ${programmes}) p`
  const projects = `${all}, generate_series(0, ${projectsEach - 1}) n`
  const people = `${all}, generate_series(0, ${peopleEach - 1}) n`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // What the triggers mark is marked at the end for all.
    await client.query('SET session_replication_role = replica')
    for (const statement of [
      `INSERT INTO "Programme" (id, key, title, "createdAt") SELECT ${id('a', 'p')}, 'B' || p, 'Bench ' || p, now() FROM ${all}`,
      `INSERT INTO "Person" (id, name, zone, "createdAt")
        SELECT ${id('p', 'p', 'n')}, 'Person ' || p || '-' || n, 'Europe/London', now() FROM ${people}`,
      `INSERT INTO "Identity" (platform, tenant, "user", "personId", "conversationId")
        SELECT 'slack', '${lead.team}', 'U' || p || 'N' || n, ${id('p', 'p', 'n')}, 'D' || p || 'N' || n FROM ${people}`,
      `INSERT INTO "Membership" ("programmeId", "personId", role)
        SELECT ${id('a', 'p')}, ${id('p', 'p', 'n')}, (CASE n WHEN 0 THEN 'programme_office' ELSE 'lead' END)::"Role" FROM ${people}`,
      `INSERT INTO "Workstream" (id, "programmeId", ref, title, position)
        SELECT ${id('w', 'p', 'n')}, ${id('a', 'p')}, 'W' || n, 'W' || n, n FROM ${all}, generate_series(0, 4) n`,
      `INSERT INTO "Project" (id, "programmeId", "workstreamId", ref, title, position)
        SELECT ${id('q', 'p', 'n')}, ${id('a', 'p')}, ${id('w', 'p', 'n % 5')}, 'R' || n, 'Project ' || n, n FROM ${projects}`,
      `INSERT INTO "ProjectLead" ("projectId", "personId", position)
        SELECT ${id('q', 'p', 'n')}, ${id('p', 'p', `n % ${peopleEach}`)}, 0 FROM ${projects}`,
      `INSERT INTO "Milestone" (id, "projectId", number, about, raw, "baselineDue", due, precision, "addedOn")
        SELECT gen_random_uuid(), ${id('q', 'p', 'n')}, k, 'Milestone ' || k, 'Milestone', day, day, 'day', '2025-01-01'
        FROM ${projects}, generate_series(0, 2) k, LATERAL (SELECT '2026-03-02'::date + 60 * k AS day) due`,
      `INSERT INTO "StatusUpdate" (id, "projectId", state, reason, "greenBy", criteria, "byId", source, "onDay", at)
        SELECT gen_random_uuid(), ${id('q', 'p', 'n')}, (ARRAY['red','amber','green'])[1 + (n + w / 8) % 3],
          'Waiting for two practice leads in week ' || w, '2026-05-01', '{}', ${id('p', 'p', `n % ${peopleEach}`)},
          'slack', '2026-02-27'::date - 7 * w, '2026-02-27T10:00:00Z'::timestamptz - w * interval '7 days'
        FROM generate_series(0, ${weeks - 1}) w, ${projects}`,
      `INSERT INTO "ProgrammeLook" ("programmeId", work, "nextAt", "lookedAt")
        SELECT id, work, 'epoch', 'epoch' FROM "Programme", unnest(ARRAY['reminders', 'digests']) work ON CONFLICT DO NOTHING`,
      'VACUUM ANALYZE',
    ])
      await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Counts the statements of Milepost's own connections; those of the job engine are its own. */
function countStatements(): () => number {
  let count = 0
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function counted(this: pg.Client & Named, ...asked: never[]) {
    if (this.connectionParameters.application_name === 'milepost') count += 1
    return Reflect.apply(query, this, asked)
  } as typeof query
  return () => {
    const before = count
    count = 0
    return before
  }
}

interface Named {
  readonly connectionParameters: { readonly application_name: string }
}

async function start(programmes: number, slackUrl: string) {
  const statements = countStatements()
  const folder = runFolder(process.pid)
  open.push(() => removeStore(folder))
  const store = await openStore({ dataDir: folder })
  open.push(store.close)
  const clock = movableClock(saturday, systemClock)
  await seedSamples(store.db, (await readSamples()).slice(0, 1), clock.now())
  await fill(store.url, programmes)
  const signingSecret = randomBytes(24).toString('hex')
  const config = { mode: 'http', signingSecret, botToken: 'xoxb-bench', apiUrl: slackUrl } as const
  const service = await startService({
    ...{ store, clock, random: Math.random, log, host: '127.0.0.1', port: 0 },
    ...{ command: lead.command, keepMessagesDays: 730 },
    platforms: [configurePlatform(slack, config)],
  })
  open.push(service.stop)
  const server: Server = { platform: 'slack', url: `${service.url}/slack/events`, signingSecret }
  return { server, service, clock, statements, db: store.db }
}

type Running = Awaited<ReturnType<typeof start>>

/** After ticks in which everything was looked at once. */
async function rest({ service, clock, statements }: Running): Promise<RestTick> {
  await service.tick()
  const timings: number[] = []
  let counted = 0
  for (let minute = 1; minute <= 7; minute += 1) {
    // Storing a thousand programmes has taken minutes of this clock.
    clock.moveTo(new Date(clock.now().getTime() + minuteMs))
    statements()
    const began = performance.now()
    await service.tick()
    timings.push(performance.now() - began)
    counted = statements()
  }
  return { milliseconds: timings.toSorted((a, b) => a - b)[3] ?? Number.NaN, statements: counted }
}

/** How long the event loop does not go round, at most: by the clock, and in processor time of its thread. */
function watchLoop(): () => { readonly blockedMs: number; readonly longestRoundMs: number } {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  let longestRoundMs = 0
  let last = process.threadCpuUsage()
  const rounds = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last)
    last = process.threadCpuUsage()
    longestRoundMs = Math.max(longestRoundMs, (user + system) / 1000)
  }, 1)
  return () => {
    delay.disable()
    clearInterval(rounds)
    return { blockedMs: delay.max / 1e6, longestRoundMs }
  }
}

async function morning({ service, clock, db }: Running): Promise<MorningTick> {
  clock.moveTo(justBefore)
  await service.tick()
  clock.moveTo(monday)
  let megabytes = 0
  const memory = setInterval(() => {
    megabytes = Math.max(megabytes, process.memoryUsage().rss / 1024 ** 2)
  }, 100)
  const longest = watchLoop()
  const began = performance.now()
  await service.tick()
  // The job's own tick of this minute may have taken some of the programmes.
  const isLookedAt = async () =>
    (await db.programmeLook.count({ where: { nextAt: { lte: soon } } })) === 0
  while (!(await isLookedAt())) await setTimeout(50)
  const seconds = (performance.now() - began) / 1000
  const { blockedMs, longestRoundMs } = longest()
  clearInterval(memory)
  const enqueued = await db.outboxMessage.count({ where: { kind: 'reminder' } })
  return { seconds, enqueued, blockedMs, longestRoundMs, megabytes }
}

let running: Running | undefined

await serve(async () => ({
  answer: async (question) => {
    const asked = Question.parse(question)
    if (asked.about === 'start') {
      running = await start(asked.programmes, asked.slackUrl)
      return running.server
    }
    if (!running) throw new Error('It is started first.')
    return asked.about === 'rest' ? rest(running) : morning(running)
  },
  stop: async () => {
    for (const close of open.toReversed()) await close()
  },
}))
