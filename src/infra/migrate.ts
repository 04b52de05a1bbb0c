/**
 * Brings the database up to this version's schema when Milepost starts, without Prisma's downloaded
 * engine, and so that `prisma migrate deploy` agrees with it: same table, same checksums, same lock.
 *
 * Each migration.sql runs whole in one transaction with its record, so a failed one leaves nothing.
 * Old and new versions run side by side while replicas are replaced: a database that is ahead of this version is used
 * unchanged, with a warning. So a migration may only add; what an older version still reads or writes is removed one
 * release later.
 */
import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/** The advisory lock that Prisma takes for the same purpose. */
const prismaLockId = 72_707_369
const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

export interface MigrationResult {
  /** The names of the migrations that were applied now. */
  applied: string[]
  /** The names of the database's migrations that this version does not have: it is the older one. */
  ahead: string[]
}

interface Migration {
  name: string
  sql: string
  checksum: string
}

/** The database and this version do not fit, or a migration failed: the message says which and why. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

export interface MigrateOptions {
  readonly folder?: string | undefined
  /** Only these: for a backup that an older version wrote. */
  readonly only?: readonly string[]
}

/** The names of the migrations that this version has, in their order. */
export async function listMigrations(folder = migrationsFolder): Promise<string[]> {
  return (await readMigrations(folder)).map(({ name }) => name)
}

/** Applies missing migrations. A second process that starts meanwhile waits, and finds them applied. */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<MigrationResult> {
  const { folder = migrationsFolder, only } = options
  const all = await readMigrations(folder)
  const migrations = only ? all.filter(({ name }) => only.includes(name)) : all
  const client = new pg.Client({
    connectionString: url,
    application_name: 'milepost migrate',
    connectionTimeoutMillis: 10_000,
  })
  // A lost connection fails the running statement, which reports it.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT pg_advisory_lock($1)', [prismaLockId])
    return await applyMissing(client, migrations)
  } finally {
    // Ends the session and with it the lock.
    await client.end()
  }
}

async function applyMissing(client: pg.Client, migrations: Migration[]): Promise<MigrationResult> {
  await client.query(migrationsTable)
  const recorded = await readAppliedChecksums(client)
  const known = new Set(migrations.map(({ name }) => name))
  const missing = migrations.filter(({ name }) => !recorded.has(name))
  const ahead = [...recorded.keys()].filter((name) => !known.has(name))
  assertUnchanged(migrations, recorded)
  if (ahead.length > 0 && missing.length > 0) {
    throw new MigrationError(
      `The database has ${ahead.join(', ')}, which this version does not know, and lacks ` +
        `${missing.map(({ name }) => name).join(', ')}. They come from different versions: ` +
        'start the version that belongs to this database. Nothing was changed.',
    )
  }
  for (const migration of missing) await applyMigration(client, migration)
  return { applied: missing.map(({ name }) => name), ahead }
}

/** The checksums of the applied migrations, by name. */
async function readAppliedChecksums(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  )
  const broken = rows.find(({ finished }) => !finished)
  if (broken) {
    throw new MigrationError(
      `Migration ${broken.name} was begun by another tool and did not finish. ` +
        'Mend it with "prisma migrate resolve", then start again.',
    )
  }
  return new Map(rows.map(({ name, checksum }) => [name, checksum]))
}

function assertUnchanged(migrations: Migration[], recorded: Map<string, string>): void {
  const changed = migrations.find(({ name, checksum }) => {
    const applied = recorded.get(name)
    return applied !== undefined && applied !== checksum
  })
  if (changed) {
    throw new MigrationError(
      `Migration ${changed.name} was changed after it was applied to this database. ` +
        'Put its file back as it was, and write the change as a new migration. Nothing was changed.',
    )
  }
}

async function applyMigration(
  client: pg.Client,
  { name, sql, checksum }: Migration,
): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    await client.query('ROLLBACK')
    throw new MigrationError(
      `Migration ${name} failed: ${error.message}. Nothing of it was kept; the database is as it was.`,
      { cause: error },
    )
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const text = await readFile(join(folder, name, 'migration.sql'), 'utf8')
      // A checkout on Windows may have turned the line ends; Prisma takes both for the same file.
      const sql = text.replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** Prisma's own table: schema-engine/connectors/sql-schema-connector, sql_migration_persistence.rs */
const migrationsTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`
