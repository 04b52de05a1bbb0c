/** Fills an empty database from a backup, whole or not at all. */
import pg from 'pg'
import { messageOf, Refusal } from '../../base/errors.ts'
import { listMigrations, migrate } from '../migrate.ts'
import type { BackupSummary } from './backup.ts'
import {
  type BackupHeader,
  type BackupTrailer,
  backupHeader,
  backupTrailer,
  parseRowLine,
} from './backup-format.ts'
import { readLines } from './read-lines.ts'
import { readAppliedMigrations, tablesInOrder } from './tables.ts'

/** How much goes in one statement. */
const maxBatch = { rows: 1_000, characters: 16_000_000 }

export type RunStatement = (sql: string, values: readonly unknown[]) => Promise<unknown>

export interface RestoreOptions {
  /**
   * Runs in the transaction that inserted the rows, before the schema is brought up to this version: for what was true
   * when the backup was written and may not be any more. `at`: when that was.
   */
  readonly afterInsert?: (run: RunStatement, at: string) => Promise<void>
  /** Tables of which no row is inserted; nothing else may refer to them. */
  readonly leaveOut?: readonly string[]
  /** Where the migrations of this version lie. Absent: in prisma/migrations. */
  readonly migrationsFolder?: string
}

/**
 * Makes the database as it was when the backup was written, and then brings its schema up to this version.
 * @throws Refusal, with nothing changed, where the database is not empty, the file is no whole backup, or it was
 * written by a newer version
 */
export async function restoreBackup(
  url: string,
  file: string,
  { afterInsert, leaveOut = [], migrationsFolder: folder }: RestoreOptions = {},
): Promise<BackupSummary> {
  const head = await readHeader(file)
  const known = await listMigrations(folder)
  const newer = head.migrations.filter((name) => !known.includes(name))
  if (newer.length > 0) {
    throw new Refusal(
      `${file} was written by a newer version of Milepost (it has ${newer.join(', ')}). Restore it with that one. Nothing was changed.`,
    )
  }
  await migrate(url, { folder, only: head.migrations })
  const rows = await inOneTransaction(url, async (client) => {
    const inserted = await withDeferredSelfReferences(client, file, () =>
      insertRows(client, file, { head, leaveOut }),
    )
    await afterInsert?.((sql, values) => client.query(sql, [...values]), head.at)
    return inserted
  })
  await migrate(url, { folder })
  return { at: head.at, rows }
}

async function insertRows(
  client: pg.Client,
  file: string,
  { head, leaveOut }: { readonly head: BackupHeader; readonly leaveOut: readonly string[] },
): Promise<BackupTrailer['rows']> {
  const tables = await tablesInOrder(client)
  await assertEmpty(client, tables)
  const has = await readAppliedMigrations(client)
  if (has.join() !== head.migrations.join()) {
    throw new Refusal(
      'This database is empty, and has tables of another version than the backup. Give DATABASE_URL or MILEPOST_DATA_DIR a place where nothing was yet. Nothing was changed.',
    )
  }
  const counted: Record<string, number> = Object.fromEntries(tables.map((name) => [name, 0]))
  let end: BackupTrailer | undefined
  let waiting: Batch = { table: '', rows: [], characters: 0 }
  const put = async () => {
    if (waiting.rows.length > 0) await insertBatch(client, file, waiting)
    waiting = { table: waiting.table, rows: [], characters: 0 }
  }
  let isHeader = true
  for await (const line of linesOf(file)) {
    if (isHeader) {
      isHeader = false
      continue
    }
    const row = parseRowLine(line)
    const trailer = row ? undefined : backupTrailer.safeParse(tryParseJson(line)).data
    if (end || !(row || trailer)) {
      throw incompleteBackupRefusal(file, 'a line of it is none that a backup has')
    }
    if (!row) {
      end = trailer
      continue
    }
    if (row.table !== waiting.table || isFull(waiting)) await put()
    if (!Object.hasOwn(counted, row.table)) {
      throw incompleteBackupRefusal(file, 'it has rows of a table that Milepost does not have')
    }
    waiting.table = row.table
    if (!leaveOut.includes(row.table)) {
      waiting.rows.push(row.json)
      waiting.characters += row.json.length
    }
    counted[row.table] = (counted[row.table] ?? 0) + 1
  }
  await put()
  if (!end) throw incompleteBackupRefusal(file, 'its end is missing')
  const differs = tables.find((name) => (end.rows[name] ?? 0) !== counted[name])
  if (differs) throw incompleteBackupRefusal(file, `rows of ${differs} are missing`)
  await resetSequences(client, tables)
  return counted
}

interface Batch {
  table: string
  rows: string[]
  characters: number
}

const isFull = ({ rows, characters }: Batch) =>
  rows.length >= maxBatch.rows || characters >= maxBatch.characters

async function insertBatch(client: pg.Client, file: string, { table, rows }: Batch): Promise<void> {
  const name = pg.escapeIdentifier(table)
  try {
    await client.query(
      `INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1::json)`,
      [`[${rows.join(',')}]`],
    )
  } catch (error) {
    // The message could quote what people wrote, so only PostgreSQL's code is passed on.
    if (!(error instanceof pg.DatabaseError)) throw error
    throw incompleteBackupRefusal(
      file,
      `rows of ${table} cannot be read or do not fit (${error.code})`,
    )
  }
}

/**
 * A row may refer to a later row of its own table, in a later statement: such references are checked at the end. The
 * constraints are made deferrable for this transaction alone.
 */
async function withDeferredSelfReferences<T>(
  client: pg.Client,
  file: string,
  work: () => Promise<T>,
): Promise<T> {
  const { rows: constraints } = await client.query<{ table: string; name: string }>(
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name FROM pg_constraint
     WHERE contype = 'f' AND conrelid = confrelid AND connamespace = 'public'::regnamespace`,
  )
  const alterEach = async (how: string) => {
    for (const { table, name } of constraints) {
      await client.query(`ALTER TABLE ${table} ALTER CONSTRAINT ${name} ${how}`)
    }
  }
  await alterEach('DEFERRABLE INITIALLY DEFERRED')
  const result = await work()
  try {
    await client.query('SET CONSTRAINTS ALL IMMEDIATE')
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    throw incompleteBackupRefusal(
      file,
      `rows of ${error.table} refer to rows that are missing (${error.code})`,
    )
  }
  await alterEach('NOT DEFERRABLE')
  return result
}

/** Lets every sequence go on after the greatest value that was inserted. */
async function resetSequences(client: pg.Client, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `SELECT table_name AS "table", column_name AS "column",
       pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
     FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = ANY($1)
       AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL`,
    [tables],
  )
  for (const { table, column, sequence } of rows) {
    await client.query(
      `SELECT setval($1, coalesce(max(${pg.escapeIdentifier(column)}), 0) + 1, false)
       FROM ${pg.escapeIdentifier(table)}`,
      [sequence],
    )
  }
}

async function assertEmpty(client: pg.Client, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await client.query(`SELECT FROM ${pg.escapeIdentifier(table)} LIMIT 1`)
    if (rows.length > 0) {
      throw new Refusal(
        'There is data in this database already, and a backup is restored into an empty one only. Give DATABASE_URL or MILEPOST_DATA_DIR another place. Nothing was changed.',
      )
    }
  }
}

async function readHeader(file: string): Promise<BackupHeader> {
  for await (const line of linesOf(file)) {
    const read = backupHeader.safeParse(tryParseJson(line))
    if (read.success) return read.data
    break
  }
  throw incompleteBackupRefusal(file, 'it does not begin like one')
}

async function* linesOf(file: string): AsyncGenerator<string> {
  try {
    yield* readLines(file)
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (isFileNotFound(error)) throw new Refusal(`There is no file ${file}. Nothing was changed.`)
    throw incompleteBackupRefusal(file, gunzipErrorText(error))
  }
}

/** zlib's codes begin with Z_; its messages ("incorrect header check") do not help an operator. */
function gunzipErrorText(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('Z_') ? 'it cannot be unpacked to its end' : messageOf(error)
}

function tryParseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function isFileNotFound(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
}

function incompleteBackupRefusal(file: string, why: string): Refusal {
  return new Refusal(`${file} is not a whole backup of Milepost: ${why}. Nothing was changed.`)
}

async function inOneTransaction<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'milepost restore' })
  client.on('error', () => {})
  try {
    await client.connect()
    // PostgreSQL wrote the moments with their zone, so the zone of this session does not matter.
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } finally {
    // Ends the session, and with it what was not committed.
    await client.end()
  }
}
