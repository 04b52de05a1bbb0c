/**
 * `npm run soak`: kills processes, cuts connections, repeats requests and slows calls for a long time, and counts what
 * reached the platforms. Exits with 1 if a message or an update was lost or duplicated. `--minutes 10` limits the time;
 * `--seed 7` repeats a run's random choices.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { closeDatabase, openDatabase } from '../../src/infra/db.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts'
import { type BreakablePostgres, startBreakablePostgres } from './breakable-postgres.ts'
import { runBurst } from './burst.ts'
import { type ChatFakes, startChatFakes } from './chat-fakes.ts'
import { emptyTally, runCrashScenario } from './crash-scenario.ts'
import { killFirstStart } from './first-starts.ts'
import { count, enqueueSome, type KillRun, killOnce, prepare, settle } from './kill-run.ts'
import { startService } from './service-process.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '600' },
    crashes: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(1 + Math.floor(Math.random() * 1_000_000)) },
  },
})
const allowedMs = Number(values.minutes) * 60_000
const seed = Number(values.seed)
const began = performance.now()
/** Whether this share of the time is used up. */
const isOver = (share: number) => performance.now() - began > share * allowedMs
const faults: string[] = []

function report(line: string): void {
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  console.log(`${minutes.padStart(6)} min  ${line}`)
}

const folder = await mkdtemp(join(tmpdir(), 'milepost-soak-'))
const server = await startBreakablePostgres(join(folder, 'database'))
try {
  console.log(
    `Seed ${seed}. ${cpus()[0]?.model ?? 'A processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}.`,
  )
  await migrate(server.url)
  await scenarios(server)
  const fakes = await startChatFakes(60)
  await firstStarts(fakes, seededRandom(seed + 1))
  await kills(fakes, server, seededRandom(seed + 2))
  await fakes.close()
  await sendBurst(server)
} finally {
  await server.close()
  await rm(folder, { recursive: true, force: true })
}
for (const fault of faults) console.log(`FAULT: ${fault}`)
report(faults.length === 0 ? 'Nothing was lost or duplicated.' : `${faults.length} faults.`)
process.exit(faults.length === 0 ? 0 : 1)

async function scenarios({ url }: BreakablePostgres): Promise<void> {
  const db = await openDatabase(url, { maxConnections: 5 })
  const tally = emptyTally()
  for (
    let scenario = seed * 10_000;
    tally.crashes < Number(values.crashes) && !isOver(0.3);
    scenario += 1
  ) {
    await runCrashScenario(db, scenario, tally)
  }
  await closeDatabase(db)
  faults.push(...tally.faults)
  report(
    `Crashes at every step, on a fake clock: ${tally.crashes} dispatchers crashed and ${tally.freezes} froze in ${tally.scenarios} scenarios. ` +
      `${tally.messages} messages: ${tally.posted} posted once, ${tally.dead} given up with a reason, ` +
      `${tally.uncertain} in Teams possibly sent (${tally.uncertainAndPosted} of them posted); ${tally.faults.length} faults.`,
  )
}

async function firstStarts(fakes: ChatFakes, random: SeededRandom): Promise<void> {
  let killed = 0
  let starts = 0
  while (starts < Number(values.kills) / 20 && !isOver(0.4)) {
    try {
      killed += await killFirstStart(fakes, random)
    } catch (error) {
      faults.push(String(error))
    }
    starts += 1
  }
  report(
    `First starts with an embedded database: ${killed} killed, ${starts} then started and stopped cleanly.`,
  )
}

async function kills(
  fakes: ChatFakes,
  postgres: BreakablePostgres,
  random: SeededRandom,
): Promise<void> {
  const db = await openDatabase(postgres.url, { maxConnections: 3 })
  const options = {
    ...{ databaseUrl: postgres.url, dataDir: folder },
    ...{ slack: fakes.slackConfig, teams: fakes.teamsConfig },
  }
  const run = await prepare({ fakes, db, random, options })
  let [cuts, restarts] = [0, 0]
  while (run.kills < Number(values.kills) && !isOver(0.85)) {
    const isCut = random.happens(0.15)
    const cutting = isCut ? cutLater(postgres, random) : Promise.resolve(0)
    await killOnce(run, isCut)
    cuts += await cutting
    if (random.happens(0.03)) {
      await postgres.restart()
      restarts += 1
    }
    if (run.kills % 25 === 0) await freezeOne(run)
  }
  const last = [startService(options), startService(options)]
  await settle(run, last)
  const codes = await Promise.all(last.map((service) => service.stop()))
  if (codes.some((code) => code !== 0)) faults.push(`SIGTERM ended with ${codes.join(' and ')}`)
  await reportCounts(run, cuts, restarts)
  await closeDatabase(db)
}

async function cutLater(postgres: BreakablePostgres, random: SeededRandom): Promise<number> {
  await pause(random.below(2_000))
  return postgres.cut()
}

/** Runs two services; one freezes for longer than its lease while the other goes on. */
async function freezeOne(run: KillRun): Promise<void> {
  const [living, frozen] = [startService(run.options), startService(run.options)]
  await Promise.all([living.url, frozen.url])
  await enqueueSome(run)
  frozen.freeze()
  run.freezes += 1
  await pause(27_000)
  frozen.wake()
  await enqueueSome(run)
  await Promise.all([living.stop(), frozen.stop()])
}

async function reportCounts(run: KillRun, cuts: number, restarts: number): Promise<void> {
  const counts = await count(run)
  const { duplicated, lost, savedTwice, acknowledgedAndLost } = counts
  faults.push(
    ...duplicated.map((key) => `${key} was posted twice`),
    ...lost.map((key) => `${key} was lost`),
    ...savedTwice.map((key) => `${key} was saved twice`),
    ...acknowledgedAndLost.map((key) => `${key} was answered "Saved" and is not`),
  )
  report(
    `kill -9: ${run.kills} times, ${run.freezes} frozen for longer than their lease, ${cuts} connections of the database cut (${run.abortedStarts} starts ended by that), PostgreSQL killed ${restarts} times. ` +
      `${counts.enqueued} messages: ${counts.posted} posted, ${lost.length} lost, ${duplicated.length} duplicated; ` +
      `${counts.uncertain} in Teams possibly sent (${counts.uncertainAndPosted} of them posted). ` +
      `${counts.updatesSent} status updates sent one to three times, in random order: ${counts.updatesAcknowledged} answered “Saved”, ${acknowledgedAndLost.length} of them lost, ${savedTwice.length} saved twice.`,
  )
}

async function sendBurst({ url }: BreakablePostgres): Promise<void> {
  const db = await openDatabase(url, { maxConnections: 10 })
  const result = await runBurst(db, url)
  await closeDatabase(db)
  if (result.posted !== 2_000) faults.push(`${2_000 - result.posted} of the burst were lost`)
  if (result.duplicated > 0) faults.push(`${result.duplicated} of the burst were posted twice`)
  const { sent, saved, p99Ms } = result.updates
  if (saved !== sent) faults.push(`${sent - saved} status updates of the burst were lost`)
  const over = (100 * (result.seconds / result.leastSeconds - 1)).toFixed(1)
  report(
    `A burst of 2,000 messages to 300 channels in 5 workspaces, in real time: ${result.seconds.toFixed(1)} s, ` +
      `${over} % more than the ${result.leastSeconds} s that the rate limits need; ${result.posted} posted, ${result.duplicated} duplicated, ` +
      `${result.calls - result.posted} calls more than messages. In the same minute ${saved} of ${sent} status updates saved, 99 % within ${Math.round(p99Ms)} ms.`,
  )
}
