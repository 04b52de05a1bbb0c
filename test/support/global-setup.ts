/** Before all tests: one PostgreSQL for the whole run, with a migrated database to copy from. */
import { rm } from 'node:fs/promises'
import pg from 'pg'
import { type EmbeddedServer, startEmbedded } from '../../src/infra/embedded.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { atTheEnd } from './global-teardown.ts'
import { databaseUrl, type Run, runFolder, runVariable, sweepKilledRuns } from './run.ts'

export default async function setUp(): Promise<void> {
  await sweepKilledRuns()
  const given = process.env.DATABASE_URL_FOR_TESTS
  const folder = given ? undefined : runFolder(process.pid)
  const embedded = folder ? await startForTests(folder) : undefined
  const run: Run = { server: embedded?.url ?? given ?? '', template: `milepost_${process.pid}` }
  await prepare(run)
  // Jest hands the environment on to its workers.
  process.env[runVariable] = JSON.stringify(run)
  atTheEnd(async () => {
    await dropTemplate(run)
    await embedded?.stop()
    if (folder) await rm(folder, { recursive: true, force: true })
  })
}

/** Longer names of sockets than this are refused, and what is added to the folder's is `/.s.PGSQL.65535`. */
const longestFolder = 90

/** With what only tests may do without, and reached by a socket, which takes half of the processor time of a port. */
async function startForTests(folder: string): Promise<Pick<EmbeddedServer, 'url' | 'stop'>> {
  const first = await startEmbedded(folder)
  const client = new pg.Client({ connectionString: first.url })
  await client.connect()
  // Nobody misses a test's data after a power cut.
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    await client.query(`ALTER SYSTEM SET ${setting} = off`)
  }
  const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
  const sockets = rows[0]?.data_directory ?? ''
  const hasSockets = sockets.startsWith('/') && sockets.length <= longestFolder
  if (hasSockets) await client.query(`ALTER SYSTEM SET unix_socket_directories = '${sockets}'`)
  await client.end()
  await first.stop()
  const { url, stop } = await startEmbedded(folder)
  const address = new URL(url)
  if (hasSockets) address.searchParams.set('host', sockets)
  return { url: address.href, stop }
}

async function prepare(run: Run): Promise<void> {
  const client = new pg.Client({ connectionString: run.server })
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS ${run.template} WITH (FORCE)`)
  await client.query(`CREATE DATABASE ${run.template}`)
  await client.end()
  await migrate(databaseUrl(run, run.template))
}

async function dropTemplate(run: Run): Promise<void> {
  const client = new pg.Client({ connectionString: run.server })
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS ${run.template} WITH (FORCE)`)
  await client.end()
}
