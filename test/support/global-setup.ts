/** Before all tests: one PostgreSQL for the whole run, with a migrated database to copy from. */
import { rm } from 'node:fs/promises'
import pg from 'pg'
import { startEmbedded } from '../../src/infra/embedded.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { atTheEnd } from './global-teardown.ts'
import { databaseUrl, type Run, runFolder, runVariable, sweepKilledRuns } from './run.ts'

export default async function setUp(): Promise<void> {
  await sweepKilledRuns()
  const given = process.env.DATABASE_URL_FOR_TESTS
  const folder = given ? undefined : runFolder(process.pid)
  const embedded = folder ? await startEmbedded(folder) : undefined
  const run: Run = { server: embedded?.url ?? given ?? '', template: `milepost_${process.pid}` }
  await prepare(run, embedded !== undefined)
  // Jest hands the environment on to its workers.
  process.env[runVariable] = JSON.stringify(run)
  atTheEnd(async () => {
    await dropTemplate(run)
    await embedded?.stop()
    if (folder) await rm(folder, { recursive: true, force: true })
  })
}

async function prepare(run: Run, ours: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: run.server })
  await client.connect()
  if (ours) {
    // Nobody misses a test's data after a power cut.
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      await client.query(`ALTER SYSTEM SET ${setting} = off`)
    }
    await client.query('SELECT pg_reload_conf()')
  }
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
