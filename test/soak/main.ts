/**
 * `npm run soak`: kills processes and databases, breaks connections, fills disks, steps clocks and repeats requests for
 * a long time, and counts what reached the platforms. Prints a table, and exits with 1 where a message or an update was
 * lost, doubled or left without an answer.
 *
 * `--minutes 10` limits the time, `--kills`, `--crashes` and `--seeds` the amounts; `--only kills,restore` runs some
 * parts; `--seed 7` repeats a run's random choices. What runs in one process does the same again with the same seed;
 * processes and databases of their own keep their own time.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Part, Soak } from './part.ts'
import { parts } from './parts.ts'
import { type FinishedPart, type PartResult, tableOf } from './report.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '600' },
    crashes: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '1000' },
    seeds: { type: 'string', default: '5000' },
    lanes: { type: 'string', default: '2' },
    only: { type: 'string', default: parts.map(({ name }) => name).join() },
    seed: { type: 'string', default: String(1 + Math.floor(Math.random() * 1_000_000)) },
  },
})
const began = performance.now()
const minutesSince = (start: number) => (performance.now() - start) / 60_000
const folder = await mkdtemp(join(tmpdir(), 'milepost-soak-'))
await chmod(folder, 0o755)
// As `npm start` does: what is compiled once is not compiled again at each of the many starts.
process.env.NODE_COMPILE_CACHE ??= join(folder, 'compiled')
const wanted = values.only.split(',').map(partNamed)
console.log(
  `Seed ${values.seed}. ${cpus()[0]?.model ?? 'A processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}.`,
)
const finished: FinishedPart[] = []
try {
  for (const part of wanted) finished.push(await runPart(part))
} finally {
  await rm(folder, { recursive: true, force: true })
}
const faults = finished.flatMap(({ title, faults }) => faults.map((fault) => `${title}: ${fault}`))
console.log(`\n${tableOf(finished)}\n`)
for (const fault of faults) console.log(`FAULT: ${fault}`)
console.log(
  `${faults.length === 0 ? 'Nothing was lost, doubled or left without an answer' : `${faults.length} faults`}, in ${minutesSince(began).toFixed(0)} minutes, with seed ${values.seed}.`,
)
process.exit(faults.length === 0 ? 0 : 1)

function partNamed(name: string): Part {
  const part = parts.find((each) => each.name === name)
  if (part) return part
  throw new Error(`--only knows ${parts.map((each) => each.name).join(', ')}, and no "${name}".`)
}

/** A part that breaks off counts as a fault, and the others run all the same. */
async function runPart({ name, title, share, run }: Part): Promise<FinishedPart> {
  const start = performance.now()
  const note = (line: string) =>
    console.log(`${minutesSince(began).toFixed(1).padStart(6)} min  ${title}: ${line}`)
  const soak: Soak = {
    seed: Number(values.seed),
    amounts: {
      kills: Number(values.kills),
      crashes: Number(values.crashes),
      seeds: Number(values.seeds),
    },
    lanes: Number(values.lanes),
    folder: await mkdtemp(join(folder, `${name}-`)),
    isOver: () => minutesSince(start) > share * Number(values.minutes),
    note,
  }
  await chmod(soak.folder, 0o755)
  const result = await run(soak).catch(
    (error: unknown): PartResult => ({ done: 'broke off', faults: [reasonOf(error)] }),
  )
  note(`${result.done}; ${result.faults.length} faults`)
  for (const fault of result.faults) note(`FAULT: ${fault}`)
  return { ...result, title, minutes: minutesSince(start) }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
