/**
 * `npm run bench`: what a stored update costs, from Slack beside a bare Bolt app that only acknowledges and from Teams
 * beside a bare CloudAdapter that only answers; what grows with the data; the tick of each minute with many programmes; a warm start; and the slowest texts for what reads people's words. Both of a pair answer in one
 * run, in turn, so that whatever else the machine does meets both. `npm run bench -- slack teams amounts ticks starts parsers`
 * chooses, and `npm run bench -- drawing` draws docs/pictures/cost.svg. Loopback only, some minutes, and nothing is left behind, also after Ctrl-C.
 */
import { cpus, loadavg, platform } from 'node:os'
import { systemClock } from '../../src/base/clock.ts'
import { dateIn, fullDate } from '../../src/base/dates.ts'
import { messageOf } from '../../src/base/errors.ts'
import { type Child, startChild } from './child-process.ts'
import { drawingOf } from './drawing.ts'
import { comparison, type Level, measuredOf, short, table } from './figures.ts'
import { type Done, Server, Timing } from './messages.ts'
import { morningOf } from './mornings.ts'
import { worstTexts } from './parsers.ts'
import { inTurn, sideOf } from './rounds.ts'
import { stored } from './slack-request.ts'
import { memoryOptions } from './start-script.ts'
import { starts } from './starts.ts'

const levels = [1, 16, 64]
/** However slow the machine is, it ends. */
const longestMs = 15 * 60_000

const children: Child[] = []

const optionsOfStart = await memoryOptions()

/** Starts a part with the memory of `npm start`. It is put away at the end whatever happens. */
function start(file: string): Child {
  const child = startChild(file, optionsOfStart)
  children.push(child)
  return child
}

interface Pair {
  readonly platform: 'slack' | 'teams'
  readonly bare: { readonly file: string; readonly name: string; readonly expectedText: string }
}

const pairs: readonly Pair[] = [
  { platform: 'slack', bare: { file: 'bare-bolt.ts', name: 'bare Bolt', expectedText: '' } },
  {
    platform: 'teams',
    bare: { file: 'bare-cloud-adapter.ts', name: 'bare CloudAdapter', expectedText: 'echo' },
  },
]

async function requests(chosen: readonly Pair[]): Promise<void> {
  const load = start('load-generator.ts')
  const milepostChild = start('milepost.ts')
  for (const { platform, bare } of chosen) {
    const bareChild = start(bare.file)
    const bareServer = await bareChild.ask({ about: 'server' }, Server)
    const server = await milepostChild.ask({ about: platform }, Server)
    console.log(`${machine(server)}\n`)
    const measured: Level[] = []
    for (const atOnce of levels) {
      const done: Record<'bare' | 'milepost', Done[]> = { bare: [], milepost: [] }
      const [ofBare = [], ofMilepost = []] = await inTurn(
        [
          sideOf({
            ...{ load, server: bareServer, child: bareChild, stores: false },
            expectedText: bare.expectedText,
            note: (each) => void done.bare.push(each),
          }),
          sideOf({
            ...{ load, server, child: milepostChild, expectedText: stored, stores: true },
            note: (each) => void done.milepost.push(each),
          }),
        ],
        atOnce,
      )
      // The first round of each only warmed up.
      measured.push({
        atOnce,
        bare: measuredOf(ofBare, done.bare.slice(1)),
        milepost: measuredOf(ofMilepost, done.milepost.slice(1)),
      })
    }
    const answered = measured.reduce((all, { milepost }) => all + milepost.answered, 0)
    console.log(`${comparison(measured, bare.name)}\n`)
    console.log(
      `Each of Milepost's ${answered.toLocaleString('en-GB')} answers said what was stored, and as many updates are stored.\n`,
    )
    await bareChild.end()
  }
  await milepostChild.end()
}

/** What is measured of growing data: messages that were sent and that are due; projects and their weekly updates. */
const amountsMeasured = [
  ['claims', 10_000, 200, 'lease 200 due messages, beside 10,000 sent'],
  ['claims', 1_000_000, 200, 'lease 200 due messages, beside 1,000,000 sent'],
  ['claims', 1_000_000, 10_000, 'lease 10,000 due messages, beside 1,000,000 sent'],
  ['plan', 30, 52, 'read a plan of 30 projects with a year of weekly updates'],
  ['plan', 100, 260, 'read a plan of 100 projects with five years of weekly updates'],
  ['plan', 1000, 260, 'read a plan of 1,000 projects with five years of weekly updates'],
  ['standing', 1000, 1, 'read how 1,000 projects stand, with one update each'],
  ['standing', 1000, 260, 'the same with five years of weekly updates'],
  ['standing', 5000, 260, 'read how 5,000 projects stand, with five years of weekly updates'],
  ['asked', 500, 1, 'answer `/rag` to the lead of ten of 500 projects, with one update each'],
  ['asked', 500, 520, 'the same with ten years of weekly updates'],
  ['digest', 500, 1, 'read, compose and fit a digest of 500 projects, with one update each'],
  ['digest', 500, 260, 'the same with five years of weekly updates'],
  [
    'digest',
    5000,
    52,
    'read, compose and fit a digest of 5,000 projects, a year of weekly updates',
  ],
  ['exported', 500, 520, 'export a plan of 500 projects with ten years of weekly updates'],
  ['papers', 500, 52, 'load and write the slowest paper of 500 projects and 2,000 milestones'],
  ['picture', 500, 1, 'draw the picture of a digest of 500 projects, with eleven rounds before it'],
] as const

/** `ONLY=digest,exported npm run bench -- amounts` measures these alone. */
async function amounts(): Promise<void> {
  const child = start('amounts.ts')
  const rows: string[][] = []
  const only = process.env.ONLY?.split(',')
  const chosen = amountsMeasured.filter(([about]) => only?.includes(about) ?? true)
  for (const [about, of, and, words] of chosen) {
    const { milliseconds } = await child.ask({ about, of, and }, Timing)
    rows.push([short(milliseconds), words])
  }
  await child.end()
  console.log(`${table(['ms', 'to'], rows)}\n`)
}

async function drawing(): Promise<void> {
  const child = start('amounts.ts')
  const file = new URL('../../docs/pictures/cost.svg', import.meta.url)
  console.log(`${await drawingOf(child, file)}\n`)
  await child.end()
}

/** `npm run bench -- ticks`: `PROGRAMMES=1000` measures that many. */
async function ticks(): Promise<void> {
  const child = start('ticks.ts')
  console.log(`${await morningOf(child, Number(process.env.PROGRAMMES ?? 200))}\n`)
}

async function warmStarts(): Promise<void> {
  const rows: string[][] = []
  for (const as of ['the playground', 'Slack by HTTP'] as const)
    for (const { seconds, megabytes } of await starts(as))
      rows.push([as, short(seconds), megabytes === undefined ? 'not told here' : short(megabytes)])
  console.log(
    `${table(['with', 'warm start to ready, s', 'memory at rest, MB (PostgreSQL apart)'], rows)}\n`,
  )
}

async function bench(): Promise<void> {
  const named = process.argv.slice(2)
  const isChosen = (what: string) => named.length === 0 || named.includes(what)
  const chosen = pairs.filter(({ platform }) => isChosen(platform))
  if (chosen.length > 0) await requests(chosen)
  if (isChosen('amounts')) await amounts()
  // Only where it is asked for: it writes a file.
  if (named.includes('drawing')) await drawing()
  if (isChosen('ticks')) await ticks()
  if (isChosen('starts')) await warmStarts()
  if (isChosen('parsers')) console.log(`${worstTexts()}\n`)
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
