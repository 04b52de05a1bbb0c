import { execFile } from 'node:child_process'
import { chmod, mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { closeDatabase, openDatabase } from '../../src/infra/db.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { type BreakablePostgres, startBreakablePostgres } from './breakable-postgres.ts'
import { startChatFakes } from './chat-fakes.ts'
import {
  count,
  enqueueSome,
  type KillRun,
  prepare,
  sendSomeUpdates,
  startReplica,
} from './kill-run.ts'
import { faultsOf, settleWithTwo, sumOfCounts } from './kills.ts'
import type { Part, Soak } from './part.ts'
import type { PartResult } from './report.ts'

/** PostgreSQL's data on a small file system of its own, which is filled to its last byte while Milepost works. */
export const fullDisk: Part = { name: 'full-disk', title: 'full disk', share: 0.06, run }

const sizeMb = 320
const rounds = 4
const secondsAtLeast = 8
const secondsAtMost = 60

const runProgram = promisify(execFile)

async function run(soak: Soak): Promise<PartResult> {
  const disk = join(soak.folder, 'disk')
  await mkdir(disk)
  try {
    await runProgram('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=755`, 'tmpfs', disk])
  } catch {
    return {
      done: 'not run: a small file system can be mounted by root on Linux only',
      faults: [],
    }
  }
  try {
    return await fillAndFree(soak, disk)
  } finally {
    await runProgram('umount', [disk])
  }
}

async function fillAndFree(soak: Soak, disk: string): Promise<PartResult> {
  const dataDir = join(disk, 'data')
  await mkdir(dataDir)
  await chmod(dataDir, 0o755)
  const postgres = await startBreakablePostgres(dataDir)
  if ((await stat(postgres.folder)).dev !== (await stat(disk)).dev)
    throw new Error('The database is not on the small file system.')
  await migrate(postgres.url)
  const fakes = await startChatFakes(20)
  const db = await openDatabase(postgres.url, { maxConnections: 3 })
  const options = {
    ...{ databaseUrl: postgres.url, dataDir: soak.folder },
    ...{ slack: fakes.slackConfig, teams: fakes.teamsConfig },
  }
  let crashes = 0
  let refusals = 0
  try {
    const run = await prepare({ fakes, db, random: seededRandom(soak.seed + 3), options })
    for (let round = 0; round < rounds; round += 1) {
      const refusedBefore = run.askedToRepeat
      crashes += await fillOnce(run, postgres, join(disk, 'ballast'))
      if (run.askedToRepeat > refusedBefore) refusals += 1
    }
    await settleWithTwo(run)
    const counts = await count(run)
    return {
      done: `${rounds} times full to the last byte, ${refusals} times with updates refused, ${crashes} times PostgreSQL ended by it and was started again once there was room`,
      ...sumOfCounts([counts]),
      faults: [...run.faults, ...faultsOf(counts)],
    }
  } finally {
    await closeDatabase(db)
    await fakes.close()
    await postgres.close()
  }
}

/** Works on a full disk for some seconds, then makes room. Returns whether PostgreSQL had ended, as 1 or 0. */
async function fillOnce(
  run: KillRun,
  postgres: BreakablePostgres,
  ballast: string,
): Promise<number> {
  const replicas = [startReplica(run), startReplica(run)]
  const urls = await Promise.all(replicas.map(({ url }) => url))
  await enqueueSome(run)
  const filling = fillDisk(ballast)
  const work = enqueueSome(run, 8)
  const answered = urls.map((url) => url && sendSomeUpdates(run, url))
  await filling
  await updateUntilRefused(run, postgres, urls, ballast)
  await rm(ballast)
  const hadEnded = await startIfEnded(postgres)
  await Promise.all([work, ...answered])
  for (const url of urls) if (url) await sendSomeUpdates(run, url)
  const codes = await Promise.all(replicas.map((replica) => replica.stop()))
  if (codes.some((code) => code !== 0)) run.faults.push(`SIGTERM ended with ${codes.join(', ')}`)
  return hadEnded
}

/**
 * Sends updates until PostgreSQL has used up the room inside its own files as well, so that one is refused, or it has
 * ended; for ten seconds in any case, in which what it frees is filled again.
 */
async function updateUntilRefused(
  run: KillRun,
  postgres: BreakablePostgres,
  urls: readonly (string | undefined)[],
  ballast: string,
): Promise<void> {
  const refusedBefore = run.askedToRepeat
  for (let seconds = 0; seconds < secondsAtMost; seconds += 1) {
    await fillDisk(ballast)
    await pause(1_000)
    const isRefused = run.askedToRepeat > refusedBefore || !(await postgres.isRunning())
    if (isRefused && seconds >= secondsAtLeast) return
    if (!isRefused) await Promise.all(urls.map((url) => url && sendSomeUpdates(run, url)))
  }
}

/** Appends to a file until nothing more fits. */
async function fillDisk(ballast: string): Promise<void> {
  const file = await open(ballast, 'a')
  try {
    for (let size = 1 << 20; size >= 1; ) {
      try {
        await file.write(Buffer.alloc(size))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
        size >>= 1
      }
    }
  } finally {
    await file.close()
  }
}

/** As a service manager would: PostgreSQL ends where it cannot write its log. */
async function startIfEnded(postgres: BreakablePostgres): Promise<number> {
  await pause(500)
  if (await postgres.isRunning()) return 0
  await postgres.start()
  return 1
}
