/**
 * `npm run soak`: kills, cuts, repeats and slows everything for a long time, and counts at the counterparts' side.
 * Ends with 1 where anything was lost or doubled. `--minutes 10` bounds it; `--seed 7` repeats its chances.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { closeDatabase, openDatabase } from '../../src/infra/db.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { runBurst } from './burst.ts'
import { type Chance, chanceOf } from './chance.ts'
import { crashStory, emptyTally } from './crash-story.ts'
import { killFirstStart } from './first-starts.ts'
import { count, decideSome, killOnce, prepare, type Soak, settle } from './killing.ts'
import { type Breakable, breakable } from './outages.ts'
import { startService } from './process.ts'
import { openTown, type Town } from './town.ts'

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

function tell(line: string): void {
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  console.log(`${minutes.padStart(6)} min  ${line}`)
}

const folder = await mkdtemp(join(tmpdir(), 'milepost-soak-'))
const server = await breakable(join(folder, 'database'))
try {
  console.log(
    `Seed ${seed}. ${cpus()[0]?.model ?? 'A processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}.`,
  )
  await migrate(server.url)
  await stories(server)
  const town = await openTown(60)
  await firstStarts(town, chanceOf(seed + 1))
  await kills(town, server, chanceOf(seed + 2))
  await town.close()
  await oneBurst(server)
} finally {
  await server.close()
  await rm(folder, { recursive: true, force: true })
}
for (const fault of faults) console.log(`FAULT: ${fault}`)
tell(faults.length === 0 ? 'Nothing was lost, nothing doubled.' : `${faults.length} faults.`)
process.exit(faults.length === 0 ? 0 : 1)

async function stories({ url }: Breakable): Promise<void> {
  const db = await openDatabase(url, { maxConnections: 5 })
  const tally = emptyTally()
  for (
    let story = seed * 10_000;
    tally.crashes < Number(values.crashes) && !isOver(0.3);
    story += 1
  ) {
    await crashStory(db, story, tally)
  }
  await closeDatabase(db)
  faults.push(...tally.faults)
  tell(
    `Crashes at every step, on the fake clock: ${tally.crashes} dispatchers died and ${tally.freezes} froze in ${tally.stories} stories. ` +
      `${tally.deliveries} deliveries: ${tally.posted} stand there once, ${tally.dead} were given up with a reason, ` +
      `${tally.uncertain} in Teams are uncertain (${tally.uncertainAndThere} of them stand there); ${tally.faults.length} faults.`,
  )
}

async function firstStarts(town: Town, chance: Chance): Promise<void> {
  let killed = 0
  let starts = 0
  while (starts < Number(values.kills) / 20 && !isOver(0.4)) {
    try {
      killed += await killFirstStart(town, chance)
    } catch (error) {
      faults.push(String(error))
    }
    starts += 1
  }
  tell(
    `First starts with a database of its own: ${killed} killed, ${starts} then started and stopped well.`,
  )
}

async function kills(town: Town, broken: Breakable, chance: Chance): Promise<void> {
  const db = await openDatabase(broken.url, { maxConnections: 3 })
  const told = {
    ...{ databaseUrl: broken.url, dataDir: folder },
    ...{ slack: town.slackConfig, teams: town.teamsConfig },
  }
  const soak = await prepare({ town, db, chance, told })
  let [cuts, restarts] = [0, 0]
  while (soak.kills < Number(values.kills) && !isOver(0.85)) {
    const isCut = chance.happens(0.15)
    const cutting = isCut ? cutLater(broken, chance) : Promise.resolve(0)
    await killOnce(soak, isCut)
    cuts += await cutting
    if (chance.happens(0.03)) {
      await broken.restart()
      restarts += 1
    }
    if (soak.kills % 25 === 0) await freezeOne(soak)
  }
  const last = [startService(told), startService(told)]
  await settle(soak, last)
  const codes = await Promise.all(last.map((service) => service.stop()))
  if (codes.some((code) => code !== 0)) faults.push(`SIGTERM ended with ${codes.join(' and ')}`)
  await tellCount(soak, cuts, restarts)
  await closeDatabase(db)
}

async function cutLater(broken: Breakable, chance: Chance): Promise<number> {
  await pause(chance.below(2_000))
  return broken.cut()
}

/** Two at once; one stands still for longer than its lease while the other goes on. */
async function freezeOne(soak: Soak): Promise<void> {
  const [living, frozen] = [startService(soak.told), startService(soak.told)]
  await Promise.all([living.url, frozen.url])
  await decideSome(soak)
  frozen.freeze()
  soak.freezes += 1
  await pause(27_000)
  frozen.wake()
  await decideSome(soak)
  await Promise.all([living.stop(), frozen.stop()])
}

async function tellCount(soak: Soak, cuts: number, restarts: number): Promise<void> {
  const counted = await count(soak)
  const { doubled, lost, storedTwice, answeredAndLost } = counted
  faults.push(
    ...doubled.map((key) => `${key} stands there twice`),
    ...lost.map((key) => `${key} was lost`),
    ...storedTwice.map((key) => `${key} was stored twice`),
    ...answeredAndLost.map((key) => `${key} was answered "stored" and is not`),
  )
  tell(
    `kill -9: ${soak.kills} times, ${soak.freezes} frozen for longer than their lease, ${cuts} connections of the database cut (${soak.endedStarts} starts ended by that, in words), PostgreSQL killed ${restarts} times. ` +
      `${counted.decided} deliveries: ${counted.standing} stand there, ${lost.length} lost, ${doubled.length} doubled; ` +
      `${counted.uncertain} in Teams uncertain (${counted.uncertainAndThere} of them stand there). ` +
      `${counted.asked} status updates asked for one to three times, in no order: ${counted.answered} answered “stored”, ${answeredAndLost.length} of them lost, ${storedTwice.length} stored twice.`,
  )
}

async function oneBurst({ url }: Breakable): Promise<void> {
  const db = await openDatabase(url, { maxConnections: 10 })
  const found = await runBurst(db, url)
  await closeDatabase(db)
  if (found.standing !== 2_000) faults.push(`${2_000 - found.standing} of the burst were lost`)
  if (found.doubled > 0) faults.push(`${found.doubled} of the burst stand there twice`)
  const { asked, stored, p99Ms } = found.updates
  if (stored !== asked) faults.push(`${asked - stored} status updates of the burst were lost`)
  const over = (100 * (found.seconds / found.leastSeconds - 1)).toFixed(1)
  tell(
    `A burst of 2,000 over 300 channels in 5 workspaces, in real time: ${found.seconds.toFixed(1)} s, ` +
      `${over} % more than the ${found.leastSeconds} s that the limits ask for; ${found.standing} stand there, ${found.doubled} doubled, ` +
      `${found.calls - found.standing} calls more than messages. In the same minute ${stored} of ${asked} status updates stored, 99 % within ${Math.round(p99Ms)} ms.`,
  )
}
