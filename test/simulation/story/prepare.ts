import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { platforms } from '../../../src/app/platforms.ts'
import type { ChatIdentity, Place } from '../../../src/base/addresses.ts'
import { createRouter } from '../../../src/chat/router.ts'
import { resolveActorIn } from '../../../src/domain/people/identity-store.ts'
import { closeDatabase, type Database, openDatabase } from '../../../src/infra/db.ts'
import { readSamples } from '../../../src/playground/sample.ts'
import { seedSamples } from '../../../src/playground/seed.ts'
import { type Prepared, tellCalmly } from './story.ts'
import { serviceUrl, teamsChannel, tenantId } from './wire.ts'

/** The Friday on which the programme is loaded. */
const friday = new Date('2026-02-27T10:00:00Z')

/** Loads the sample programme into an empty database, with a weekly digest in a channel of each platform. */
export async function prepareStories(url: string): Promise<Prepared> {
  const [sample] = await readSamples()
  if (!sample) throw new Error('There is no sample programme.')
  const db = await openDatabase(url, { maxConnections: 2 })
  try {
    await seedSamples(db, [sample], friday)
    const slack = { platform: 'slack', tenant: 'T0MILEPOST' } as const
    const teams = { platform: 'teams', tenant: tenantId } as const
    await postDigestIn(
      db,
      { ...slack, user: 'U0PRIYA' },
      { ...slack, conversation: 'C0BOARD', kind: 'channel' },
    )
    await postDigestIn(
      db,
      { ...teams, user: 'a1000000-0000-4000-8000-000000000001' },
      { ...teams, conversation: teamsChannel, kind: 'channel', serviceUrl },
    )
  } finally {
    await closeDatabase(db)
  }
  return { sample, dueKeys: await onCopy(url, (copy) => tellCalmly(copy, sample)) }
}

async function postDigestIn(db: Database, office: ChatIdentity, place: Place): Promise<void> {
  const handle = createRouter({
    ...{ db, clock: { now: () => friday }, commands: buildCommandRegistry().commands },
    prefix: (platform) => platforms.commandPrefix(platform, '/rag'),
    ...{
      platformTitle: platforms.title,
      resolveActor: resolveActorIn,
      redraw: async () => undefined,
    },
    countNotifyingRequest: async () => {},
    onError(error) {
      throw error
    },
  })
  const input = { by: 'text', text: 'digest here weekly monday 09:00' } as const
  const { card } = await handle({
    key: `digest ${place.conversation}`,
    actor: office,
    place,
    input,
  })
  if (!JSON.stringify(card).includes('Saved'))
    throw new Error(`The digest was not set up: ${JSON.stringify(card)}`)
}

/** Runs `work` on a copy of a database that nobody is connected to, and removes the copy. */
export async function onCopy<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const from = new URL(url)
  const admin = new URL(url)
  admin.pathname = '/postgres'
  const copy = new URL(url)
  copy.pathname = `/story_${randomBytes(6).toString('hex')}`
  const name = copy.pathname.slice(1)
  await run(admin.href, `CREATE DATABASE ${name} TEMPLATE ${from.pathname.slice(1)}`)
  const db = await openDatabase(copy.href, { maxConnections: 3 })
  try {
    return await work(db)
  } finally {
    await closeDatabase(db)
    await run(admin.href, `DROP DATABASE ${name} WITH (FORCE)`)
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
