/** Checks of the database for `doctor`. They change nothing. */
import { statfs } from 'node:fs/promises'
import pg from 'pg'
import { clockDiagnostic, type Diagnostic } from '../base/diagnostic.ts'
import { readAppliedMigrations } from './backup/tables.ts'
import { listMigrations } from './migrate.ts'

const subject = 'Database'
/** The tests run on newer versions; this one has every feature that we use. */
const minVersion = 14
const minFreeBytes = 500 * 1024 * 1024

export interface DatabaseDiagnosis {
  readonly diagnostics: readonly Diagnostic[]
  /** Whether all migrations of this version are applied. */
  readonly isMigrated: boolean
}

/** `dataDir`: that of the embedded server; undefined for another. @throws where the database does not answer */
export async function diagnoseDatabase(
  url: string,
  { dataDir, now }: { readonly dataDir: string | undefined; readonly now: () => Date },
): Promise<DatabaseDiagnosis> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'milepost doctor',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{
      version: number
      at: Date
      sync: string
      fsync: string
    }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS version,
         clock_timestamp() AS at, current_setting('synchronous_commit') AS sync,
         current_setting('fsync') AS fsync`,
    )
    const [told] = rows
    if (!told) throw new Error('The database answered with nothing')
    const migrations = await compareMigrations(client)
    const findings = [
      versionDiagnostic(told.version),
      clockDiagnostic(subject, now(), told.at),
      ...durabilityDiagnostics(told),
      migrationDiagnostic(migrations),
      ...(dataDir === undefined ? [] : await diskSpaceDiagnostics(dataDir)),
    ]
    return { diagnostics: findings, isMigrated: migrations.missing.length === 0 }
  } finally {
    await client.end()
  }
}

function versionDiagnostic(version: number): Diagnostic {
  const says = `PostgreSQL ${version} answers.`
  if (version >= minVersion) return { about: subject, state: 'well', says }
  return {
    about: subject,
    state: 'mend',
    says,
    remedy: `Milepost needs PostgreSQL ${minVersion} or newer.`,
  }
}

/** An update that was answered "Saved" has to survive a power cut. */
function durabilityDiagnostics({ sync, fsync }: { sync: string; fsync: string }): Diagnostic[] {
  const off = [sync === 'off' && 'synchronous_commit', fsync === 'off' && 'fsync'].filter(Boolean)
  if (off.length === 0) return []
  const says = `${off.join(' and ')} is off: what was answered “Saved” may be lost in a power cut.`
  return [{ about: subject, state: 'mend', says, remedy: 'Switch it on for this database.' }]
}

interface MigrationComparison {
  readonly known: number
  readonly missing: readonly string[]
  /** What the database has and this version does not know. */
  readonly ahead: readonly string[]
}

async function compareMigrations(client: pg.Client): Promise<MigrationComparison> {
  const applied = await readAppliedMigrations(client)
  const known = await listMigrations()
  return {
    known: known.length,
    missing: known.filter((name) => !applied.includes(name)),
    ahead: applied.filter((name) => !known.includes(name)),
  }
}

function migrationDiagnostic({ known, missing, ahead }: MigrationComparison): Diagnostic {
  if (ahead.length > 0) {
    const says = `Its tables are of a newer version: it has ${ahead.join(', ')}.`
    return {
      about: subject,
      state: 'look',
      says,
      remedy: 'Bring this installation up to that version.',
    }
  }
  if (missing.length > 0) {
    const says = `${missing.length} of ${known} migrations are not applied yet.`
    return {
      about: subject,
      state: 'look',
      says,
      remedy: 'Start Milepost: it applies them by itself.',
    }
  }
  return { about: subject, state: 'well', says: `All ${known} migrations are applied.` }
}

async function diskSpaceDiagnostics(dataDir: string): Promise<Diagnostic[]> {
  const { bavail, bsize } = await statfs(dataDir)
  const room = bavail * bsize
  if (room >= minFreeBytes) return []
  const says = `The disk of ${dataDir} has ${Math.round(room / 1024 / 1024)} MB left.`
  return [{ about: subject, state: 'look', says, remedy: 'Make room before it is full.' }]
}
