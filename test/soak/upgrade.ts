import { execFile } from 'node:child_process'
import { cp, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { closeDatabase, openDatabase } from '../../src/infra/db.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { type BreakablePostgres, startBreakablePostgres } from './breakable-postgres.ts'
import { type ChatFakes, startChatFakes } from './chat-fakes.ts'
import { count, killRound, sendSomeUpdates, startKillRun } from './kill-run.ts'
import { faultsOf, settleWithTwo, sumOfCounts } from './kills.ts'
import type { Part, Soak } from './part.ts'
import type { PartResult } from './report.ts'
import { startService, thisVersion } from './service-process.ts'

/**
 * The last release begins a database, then runs beside this version on it, as during an upgrade of one replica after the
 * other; both are killed at random moments.
 */
export const upgrade: Part = { name: 'upgrade', title: 'upgrade', share: 0.06, run }

/** The tag of the release; it is read from git, with the packages that are installed now. */
const release = 'v0.2.0'

const runProgram = promisify(execFile)

async function run(soak: Soak): Promise<PartResult> {
  const old = join(soak.folder, release)
  if (!(await checkOut(old))) {
    return { done: `not run: there is no ${release} in the git of this folder`, faults: [] }
  }
  const postgres = await startBreakablePostgres(join(soak.folder, 'database'))
  const fakes = await startChatFakes(20)
  try {
    return await runBoth(soak, old, postgres, fakes)
  } finally {
    await fakes.close()
    await postgres.close()
  }
}

/** False where git does not know the release. */
async function checkOut(folder: string): Promise<boolean> {
  await mkdir(folder)
  const tar = join(folder, 'release.tar')
  const archive = ['-C', thisVersion, 'archive', '--output', tar, release]
  const isThere = await runProgram('git', archive).then(
    () => true,
    () => false,
  )
  if (!isThere) return false
  await runProgram('tar', ['-xf', tar, '-C', folder])
  await symlink(join(thisVersion, 'node_modules'), join(folder, 'node_modules'))
  // Prisma's client of the release's schema is written by the generator that is installed now.
  for (const file of ['prisma/generate.ts', 'package.json']) {
    await cp(join(thisVersion, file), join(folder, file))
  }
  await runProgram(process.execPath, ['prisma/generate.ts'], { cwd: folder })
  return true
}

async function runBoth(
  soak: Soak,
  old: string,
  postgres: BreakablePostgres,
  fakes: ChatFakes,
): Promise<PartResult> {
  const options = {
    ...{ databaseUrl: postgres.url, dataDir: soak.folder },
    ...{ slack: fakes.slackConfig, teams: fakes.teamsConfig },
  }
  const random = seededRandom(soak.seed + 4)
  const alone = startService(options, old)
  const url = await alone.url
  if (!url) throw new Error(`${release} does not start with the packages that are installed now.`)
  await seedWith(old, postgres.url)
  const db = await openDatabase(postgres.url, { maxConnections: 3 })
  try {
    const run = startKillRun({ fakes, db, random, options, versions: [old, thisVersion] })
    await sendSomeUpdates(run, url)
    const beside = startService(options)
    const newUrl = await beside.url
    if (!newUrl) throw new Error(`This version does not start beside ${release}.`)
    for (let times = 0; times < 3; times += 1) {
      await Promise.all([url, newUrl].map((each) => sendSomeUpdates(run, each)))
    }
    await Promise.all([alone.stop(), beside.stop()])
    const rounds = Math.ceil(soak.amounts.kills / 50)
    for (let round = 0; round < rounds && !soak.isOver(); round += 1) {
      await killRound(run, 2 + random.below(3), postgres)
    }
    await settleWithTwo(run)
    const counts = await count(run)
    return {
      done: `${release} and this version side by side, ${run.kills} of their processes and ${run.postgresKills} PostgreSQL servers killed`,
      ...sumOfCounts([counts]),
      faults: [...run.faults, ...faultsOf(counts)],
    }
  } finally {
    await closeDatabase(db)
  }
}

/** Loads the sample programme by the code of the release, which knows its own tables. */
async function seedWith(root: string, url: string): Promise<void> {
  const script = `
    import { openDatabase, closeDatabase } from './src/infra/db.ts'
    import { readSamples } from './src/playground/sample.ts'
    import { seedSamples } from './src/playground/seed.ts'
    const db = await openDatabase(process.argv[1])
    await seedSamples(db, (await readSamples()).slice(0, 1), new Date())
    await closeDatabase(db)`
  await runProgram(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module-typescript',
      '--eval',
      script,
      url,
    ],
    { cwd: root },
  )
}
