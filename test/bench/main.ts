/**
 * `npm run bench`: what a slash command costs through signature check, database write and answer, beside a bare
 * Bolt app that only acknowledges it. Both answer in one run, in turn, so that whatever else the machine does meets
 * both. Loopback only, about a minute, and nothing is left behind, also after Ctrl-C.
 */
import { cpus, loadavg, platform } from 'node:os'
import { systemClock } from '../../src/base/clock.ts'
import { dateIn, fullDate } from '../../src/base/dates.ts'
import { messageOf } from '../../src/base/errors.ts'
import { type Child, startChild } from './child.ts'
import { comparison, figuresOf, type Level, processorTime } from './figures.ts'
import { type Done, Server } from './messages.ts'
import { bareSide, inTurn, milepostSide } from './rounds.ts'

const levels = [1, 16, 64]
/** However slow the machine is, it ends. */
const longestMs = 5 * 60_000

const children: Child[] = []

/** Starts a part, which is put away at the end whatever happens. */
function start(file: string): Child {
  const child = startChild(file)
  children.push(child)
  return child
}

async function bench(): Promise<void> {
  const load = start('load.ts')
  const bareChild = start('bare.ts')
  const milepostChild = start('milepost.ts')
  const bareServer = await bareChild.ask({ about: 'server' }, Server)
  const milepostServer = await milepostChild.ask({ about: 'server' }, Server)
  console.log(`${machine(milepostServer)}\n`)

  let done: Done[] = []
  const bare = bareSide(load, bareServer)
  const milepost = milepostSide(load, milepostServer, milepostChild, (each) => done.push(each))
  const measured: Level[] = []
  for (const atOnce of levels) {
    done = []
    const [ofBare = [], ofMilepost = []] = await inTurn([bare, milepost], atOnce)
    const [_warmUp, ...counted] = done
    measured.push({
      atOnce,
      bare: figuresOf(ofBare),
      milepost: figuresOf(ofMilepost),
      done: counted,
    })
  }
  const answered = measured.flatMap((level) => level.done).reduce((all, one) => all + one.stored, 0)
  console.log(`${comparison(measured)}\n`)
  console.log(`${processorTime(measured)}\n`)
  console.log(
    `Each of Milepost's ${answered.toLocaleString('en-GB')} answers said what was stored, and as many updates are stored.`,
  )
}

function machine({ database }: Server): string {
  const [first] = cpus()
  const [lastMinute = 0] = loadavg()
  return [
    `${first?.model ?? platform()}, ${cpus().length} cores`,
    `Node ${process.version}`,
    database,
    fullDate(dateIn('UTC', systemClock.now())),
    `load average before: ${lastMinute.toFixed(1)}`,
  ].join(' · ')
}

let leaving = false

/** Only the first reason counts: putting the parts away makes others. */
async function leave(trouble?: string): Promise<void> {
  if (leaving) return
  leaving = true
  if (trouble) console.error(trouble)
  await Promise.all(children.map((child) => child.end()))
  process.exit(trouble ? 1 : 0)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void leave('Stopped: putting everything away.'))
}
setTimeout(() => void leave('This takes too long: the machine is too busy.'), longestMs)
await bench().then(
  () => leave(),
  (error: unknown) => leave(messageOf(error)),
)
