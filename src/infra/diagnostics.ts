/** Looks at the database without changing it: for `doctor`. */
import { statfs } from 'node:fs/promises'
import pg from 'pg'
import { clockFinding, type Finding } from '../base/diagnostic.ts'
import { migrationsOf } from './backup/tables.ts'
import { migrationNames } from './migrate.ts'

const about = 'Database'
/** The oldest version that the tests have been run on is newer; this one has all that we use. */
const oldest = 14
const roomNeeded = 500 * 1024 * 1024

export interface DatabaseChecked {
  readonly findings: readonly Finding[]
  /** All the tables of this version are there. */
  readonly ready: boolean
}

/** `dataDir`: of the embedded server, undefined for another. Throws where the database cannot be asked. */
export async function checkDatabase(
  url: string,
  { dataDir, now }: { readonly dataDir: string | undefined; readonly now: () => Date },
): Promise<DatabaseChecked> {
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
    const migrations = await compared(client)
    const findings = [
      versionFinding(told.version),
      clockFinding(about, now(), told.at),
      ...durability(told),
      migrationFinding(migrations),
      ...(dataDir === undefined ? [] : await roomFinding(dataDir)),
    ]
    return { findings, ready: migrations.missing.length === 0 }
  } finally {
    await client.end()
  }
}

function versionFinding(version: number): Finding {
  const says = `PostgreSQL ${version} answers.`
  if (version >= oldest) return { about, state: 'well', says }
  return { about, state: 'mend', says, remedy: `Milepost needs PostgreSQL ${oldest} or newer.` }
}

/** What was answered "Stored" has to survive a power cut. */
function durability({ sync, fsync }: { sync: string; fsync: string }): Finding[] {
  const off = [sync === 'off' && 'synchronous_commit', fsync === 'off' && 'fsync'].filter(Boolean)
  if (off.length === 0) return []
  const says = `${off.join(' and ')} is off: what was answered “Stored” may be lost in a power cut.`
  return [{ about, state: 'mend', says, remedy: 'Switch it on for this database.' }]
}

interface Compared {
  readonly known: number
  readonly missing: readonly string[]
  /** What the database has and this version does not know. */
  readonly ahead: readonly string[]
}

async function compared(client: pg.Client): Promise<Compared> {
  const applied = await migrationsOf(client)
  const known = await migrationNames()
  return {
    known: known.length,
    missing: known.filter((name) => !applied.includes(name)),
    ahead: applied.filter((name) => !known.includes(name)),
  }
}

function migrationFinding({ known, missing, ahead }: Compared): Finding {
  if (ahead.length > 0) {
    const says = `Its tables are of a newer version: it has ${ahead.join(', ')}.`
    return { about, state: 'look', says, remedy: 'Bring this installation up to that version.' }
  }
  if (missing.length > 0) {
    const says = `${missing.length} of ${known} migrations are not applied yet.`
    return { about, state: 'look', says, remedy: 'Start Milepost: it applies them by itself.' }
  }
  return { about, state: 'well', says: `All ${known} migrations are applied.` }
}

async function roomFinding(dataDir: string): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(dataDir)
  const room = bavail * bsize
  if (room >= roomNeeded) return []
  const says = `The disk of ${dataDir} has ${Math.round(room / 1024 / 1024)} MB left.`
  return [{ about, state: 'look', says, remedy: 'Make room before it is full.' }]
}
