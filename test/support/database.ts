/** A database of its own for a test file, copied from the migrated template in a few milliseconds. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll } from '@jest/globals'
import pg from 'pg'
import { z } from 'zod'
import { closeDatabase, type Database, openDatabase } from '../../src/infra/db.ts'
import { databaseUrl, runVariable } from './run.ts'

export interface FreshDatabase {
  db: Database
  url: string
  /** Closes `db` and removes the database: call it in afterAll. */
  drop(): Promise<void>
}

const runSchema = z.object({ server: z.string(), template: z.string() })

/** An empty, migrated database for the tests of a file or a describe: created before all of them, dropped after. */
export function useDatabase(): Pick<FreshDatabase, 'db' | 'url'> {
  let fresh: FreshDatabase | undefined
  const current = () => {
    if (!fresh) throw new Error('There is no database before the tests begin.')
    return fresh
  }
  beforeAll(async () => {
    fresh = await freshDatabase()
  })
  afterAll(() => fresh?.drop())
  return {
    get db() {
      return current().db
    },
    get url() {
      return current().url
    },
  }
}

/** An empty, migrated database, which the caller drops. Tests call useDatabase instead. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { url, drop } = await freshUrl()
  const db = await openDatabase(url, { maxConnections: 5 })
  return {
    db,
    url,
    async drop() {
      await closeDatabase(db)
      await drop()
    },
  }
}

/**
 * Removes every row. TRUNCATE writes new files for all tables and their indexes, which takes twenty times as long as deleting few rows. A
 * superuser may delete them in any order, past the triggers that keep history.
 */
export async function emptyTables(db: Database): Promise<void> {
  await db.$executeRaw`
    DO $$
    DECLARE name text;
    BEGIN
      IF current_setting('is_superuser') = 'off' THEN
        TRUNCATE "Programme", "Person", "IdempotencyKey" CASCADE;
        RETURN;
      END IF;
      SET LOCAL session_replication_role = replica;
      FOR name IN
        SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
      LOOP
        EXECUTE format('DELETE FROM %I', name);
      END LOOP;
    END $$`
}

/** The address of a new database: `migrated`, or with nothing in it. */
export async function freshUrl(
  from: 'migrated' | 'empty' = 'migrated',
): Promise<Omit<FreshDatabase, 'db'>> {
  const run = runSchema.parse(JSON.parse(process.env[runVariable] ?? '{}'))
  const name = `test_${randomBytes(6).toString('hex')}`
  const template = from === 'migrated' ? run.template : 'template0'
  await tell(run.server, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  return {
    url: databaseUrl(run, name),
    drop: () => tell(run.server, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

async function tell(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
