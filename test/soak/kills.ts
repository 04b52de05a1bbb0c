import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { closeDatabase, openDatabase } from '../../src/infra/db.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { startBreakablePostgres } from './breakable-postgres.ts'
import { startChatFakes } from './chat-fakes.ts'
import { compareRestore } from './compare-restore.ts'
import {
  count,
  enqueueSome,
  type KillRun,
  type KillRunCounts,
  killRound,
  prepare,
  settle,
  startReplica,
} from './kill-run.ts'
import type { Part, Soak } from './part.ts'
import type { MessageCounts, PartResult, UpdateCounts } from './report.ts'

/** Two to four replicas and their PostgreSQL are killed at random moments, again and again. */
export const kills: Part = { name: 'kills', title: 'kill -9', share: 0.4, run: runLanes }

/** Kills between two freezes of half a minute. */
const killsBetweenFreezes = 100

async function runLanes(soak: Soak): Promise<PartResult> {
  const lanes = await Promise.all(
    Array.from({ length: soak.lanes }, (_, lane) => runLane(soak, lane)),
  )
  const sum = (of: (lane: (typeof lanes)[number]) => number) =>
    lanes.reduce((total, lane) => total + of(lane), 0)
  const of = (what: 'kills' | 'postgresKills' | 'freezes' | 'cuts' | 'abortedStarts') =>
    sum(({ run }) => run[what]).toLocaleString('en-GB')
  return {
    done:
      `${of('kills')} processes and ${of('postgresKills')} PostgreSQL servers killed, ${of('freezes')} processes frozen, ` +
      `${of('cuts')} connections cut, ${of('abortedStarts')} starts ended because the database was away; ` +
      `${sum(({ rows }) => rows).toLocaleString('en-GB')} rows backed up, restored and compared`,
    ...sumOfCounts(lanes.map(({ counts }) => counts)),
    faults: lanes.flatMap(({ faults }) => faults),
  }
}

async function runLane(soak: Soak, lane: number) {
  const folder = join(soak.folder, `lane-${lane}`)
  const postgres = await startBreakablePostgres(folder)
  const fakes = await startChatFakes(60)
  await migrate(postgres.url)
  const db = await openDatabase(postgres.url, { maxConnections: 3 })
  const random = seededRandom(soak.seed + 1_000 * (lane + 1))
  const options = {
    ...{ databaseUrl: postgres.url, dataDir: folder },
    ...{ slack: fakes.slackConfig, teams: fakes.teamsConfig },
  }
  try {
    const run = await prepare({ fakes, db, random, options })
    let frozenAt = 0
    for (;;) {
      const killed = run.kills + run.postgresKills
      if (killed >= soak.amounts.kills / soak.lanes || soak.isOver()) break
      if (killed - frozenAt >= killsBetweenFreezes) {
        await freezeSome(run)
        frozenAt = killed
        soak.note(`lane ${lane}: ${killed} kills`)
      }
      await killRound(run, 2 + random.below(3), postgres)
    }
    await settleWithTwo(run)
    const counts = await count(run)
    const restored = await compareRestore(postgres.url, join(soak.folder, `lane-${lane}.backup`))
    const faults = [...run.faults, ...faultsOf(counts), ...restored.faults]
    return { run, counts, rows: restored.rows, faults }
  } finally {
    await closeDatabase(db)
    await fakes.close()
    await postgres.close()
  }
}

/** Runs three replicas; two freeze for longer than their lease while the third goes on, then one wakes and one is killed. */
async function freezeSome(run: KillRun): Promise<void> {
  const [living, waking, dying] = [startReplica(run), startReplica(run), startReplica(run)]
  await Promise.all([living.url, waking.url, dying.url])
  await enqueueSome(run)
  for (const frozen of [waking, dying]) frozen.freeze()
  run.freezes += 2
  await pause(leaseMs + 2_000)
  waking.wake()
  await dying.kill()
  run.kills += 1
  await enqueueSome(run)
  await stopAll(run, [living, waking])
}

/** Lets two replicas finish whatever is left. */
export async function settleWithTwo(run: KillRun): Promise<void> {
  const last = [startReplica(run), startReplica(run)]
  await settle(run, last)
  await stopAll(run, last)
}

async function stopAll(run: KillRun, services: ReturnType<typeof startReplica>[]): Promise<void> {
  const codes = await Promise.all(services.map((service) => service.stop()))
  if (codes.some((code) => code !== 0)) run.faults.push(`SIGTERM ended with ${codes.join(', ')}`)
}

export function faultsOf(counts: KillRunCounts): string[] {
  const { duplicated, lost, savedTwice, acknowledgedAndLost } = counts
  const unanswered = counts.updatesSent - counts.updatesAcknowledged
  return [
    ...duplicated.map((key) => `${key} was posted twice`),
    ...lost.map((key) => `${key} was lost`),
    ...savedTwice.map((key) => `${key} was saved twice`),
    ...acknowledgedAndLost.map((key) => `${key} was answered "Saved" and is not`),
    ...(unanswered > 0 ? [`${unanswered} updates were never answered "Saved"`] : []),
  ]
}

export function sumOfCounts(counts: readonly KillRunCounts[]): {
  messages: MessageCounts
  updates: UpdateCounts
} {
  const sum = (of: (one: KillRunCounts) => number) =>
    counts.reduce((total, one) => total + of(one), 0)
  return {
    messages: {
      enqueued: sum(({ enqueued }) => enqueued),
      posted: sum(({ posted }) => posted),
      lost: sum(({ lost }) => lost.length),
      doubled: sum(({ duplicated }) => duplicated.length),
      givenUp: 0,
      possiblySent: sum(({ uncertain }) => uncertain),
    },
    updates: {
      sent: sum(({ updatesSent }) => updatesSent),
      answeredSaved: sum(({ updatesAcknowledged }) => updatesAcknowledged),
      lost: sum(({ acknowledgedAndLost }) => acknowledgedAndLost.length),
      savedTwice: sum(({ savedTwice }) => savedTwice.length),
      askedToRepeat: sum(({ askedToRepeat }) => askedToRepeat),
    },
  }
}
