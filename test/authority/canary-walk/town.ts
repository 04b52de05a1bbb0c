import pino from 'pino'
import { createPlatformRegistry } from '../../../src/app/platform-registry.ts'
import { type Service, startService } from '../../../src/app/service.ts'
import type { ChatIdentity } from '../../../src/base/addresses.ts'
import type { Language } from '../../../src/base/language.ts'
import type { Database } from '../../../src/infra/db.ts'
import { freshDatabase } from '../../support/database.ts'
import { type StoredPerson, storePerson } from '../../support/programme.ts'
import { storeThings } from '../matrix/programmes.ts'
import { type StoredThings, today } from '../matrix/things.ts'
import { type ChatDouble, createChatDouble } from './chat-double.ts'

/** Somebody who writes to Milepost. */
export interface Walker {
  readonly name: string
  readonly identity: ChatIdentity
  /** Undefined for an account that nobody linked. */
  readonly personId: string | undefined
  /** Canaries of the programmes that they are in now. */
  readonly isIn: Set<string>
  /** Of those that they are or were in: what is stored about them may tell of it. */
  readonly wasIn: ReadonlySet<string>
  readonly language: Language
}

/** The whole service on a database of its own, two programmes, and people in one, in both or in none. */
export interface Town {
  readonly db: Database
  readonly milepost: Service
  readonly chat: ChatDouble
  readonly programmes: readonly [StoredThings, StoredThings]
  readonly walkers: readonly Walker[]
  /** Some read Welsh, whatever they chose since. */
  resetLanguages(): Promise<void>
  /** Lines of the log since the last call. */
  takeLog(): string[]
  now(): Date
  moveOn(minutes: number): void
  /** Says and sends what is due. */
  runJobs(): Promise<void>
  close(): Promise<void>
}

export async function openTown(random: () => number): Promise<Town> {
  const { db, url, drop } = await freshDatabase()
  const programmes = [
    await storeThings(db, 'Kestrel', 'C1'),
    await storeThings(db, 'Puffin', 'C2'),
  ] as const
  const walkers = await gatherWalkers(db, programmes)
  let moment = new Date(`${today}T12:00:00Z`)
  const lines: string[] = []
  const resetLanguages = async () => {
    for (const { personId: id, language } of walkers)
      if (id) await db.person.update({ where: { id }, data: { language } })
  }
  await resetLanguages()
  const chat = createChatDouble()
  const milepost = await startService({
    store: { db, url, close: async () => {} },
    clock: { now: () => new Date(moment) },
    random,
    log: pino({ level: 'debug' }, { write: (line) => void lines.push(line) }),
    ...{ host: '127.0.0.1', port: 0, command: '/rag', keepMessagesDays: 730 },
    platforms: [chat.platform],
    registry: createPlatformRegistry([chat.definition]),
    // The picture of a chart is what would be drawn.
    chartWorker: {
      render: async (data) => new TextEncoder().encode(JSON.stringify(data)),
      stop: async () => {},
    },
  })
  return {
    ...{ db, milepost, chat, programmes, walkers, resetLanguages },
    takeLog: () => lines.splice(0),
    now: () => moment,
    moveOn: (minutes) => {
      moment = new Date(moment.getTime() + minutes * 60_000)
    },
    runJobs: async () => {
      await milepost.tick()
      await milepost.drain()
    },
    close: async () => {
      await milepost.stop()
      await drop()
    },
  }
}

/** One of the office and the leads, so that people write to readers of the other language. */
const readsWelsh = /Colleague|Ada|Lead/

async function gatherWalkers(
  db: Database,
  programmes: readonly [StoredThings, StoredThings],
): Promise<Walker[]> {
  const walker = ({ id, name, identity }: StoredPerson, ...isIn: string[]): Walker => ({
    ...{ name, identity, personId: id, isIn: new Set(isIn), wasIn: new Set(isIn) },
    language: readsWelsh.test(name) ? 'cy' : 'en',
  })
  const [north, south] = programmes.map(({ things }) => things.canary)
  const ada = await storePerson(db, 'Ada Bridge', 'U-ada')
  const ben = await storePerson(db, 'Ben Bridge', 'U-ben')
  const stranger = await storePerson(db, 'Nobody Special', 'U-stranger')
  await joinBoth(db, programmes, { lead: ada, office: ben })
  return [
    ...programmes.flatMap(({ things, members }) =>
      Object.values(members).map((member) => walker(member, things.canary)),
    ),
    walker(ada, north ?? '', south ?? ''),
    walker(ben, north ?? '', south ?? ''),
    walker(stranger),
    {
      ...{
        name: 'unknown',
        language: 'en',
        personId: undefined,
        isIn: new Set(),
        wasIn: new Set(),
      },
      identity: { platform: 'slack', tenant: 'T1', user: 'U-unknown' },
    },
  ]
}

/** One leads a project in the first and reads in the second; one reads in the first and is in the office of the second. */
async function joinBoth(
  db: Database,
  [north, south]: readonly [StoredThings, StoredThings],
  { lead, office }: { readonly lead: StoredPerson; readonly office: StoredPerson },
): Promise<void> {
  const membership = (
    { things }: StoredThings,
    person: StoredPerson,
    role: 'lead' | 'viewer' | 'programme_office',
  ) => ({ programmeId: things.programme, personId: person.id, role })
  await db.membership.createMany({
    data: [
      membership(north, lead, 'lead'),
      membership(south, lead, 'viewer'),
      membership(north, office, 'viewer'),
      membership(south, office, 'programme_office'),
    ],
  })
  await db.projectLead.create({
    data: { projectId: north.things.project, personId: lead.id, position: 9 },
  })
}
