/** Writes the whole database into one file, as at one moment, while the service goes on working. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { partialFileFor } from '../partial-file.ts'
import { type BackupHeader, type BackupTrailer, formatRowLine } from './backup-format.ts'
import { readAppliedMigrations, tablesInOrder } from './tables.ts'

/** How many rows are in memory at once. */
const batchSize = 1_000

export interface BackupSummary {
  readonly at: string
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>
}

/**
 * Writes the backup to a temporary file and moves it to `file` when it is whole. Only the owner may read it, because it
 * contains names and what people wrote.
 * @throws the error of the database or the disk; `file` is then unchanged
 */
export async function writeBackup(url: string, file: string): Promise<BackupSummary> {
  const client = new pg.Client({ connectionString: url, application_name: 'milepost backup' })
  client.on('error', () => {})
  const partial = partialFileFor(file)
  const summary: { at: string; rows: Record<string, number> } = { at: '', rows: {} }
  try {
    await client.connect()
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await pipeline(
      Readable.from(backupLines(client, summary)),
      createGzip(),
      createWriteStream(partial.path, {
        mode: partial.options.mode,
        flags: partial.options.flag,
        flush: true,
      }),
    )
    await client.query('COMMIT')
    await rename(partial.path, file)
    return summary
  } finally {
    await client.end()
    await rm(partial.path, { force: true })
  }
}

async function* backupLines(
  client: pg.Client,
  summary: { at: string; rows: Record<string, number> },
): AsyncGenerator<string> {
  const { rows } = await client.query<{ at: Date }>('SELECT now() AS at')
  summary.at = rows[0]?.at.toISOString() ?? ''
  const migrations = await readAppliedMigrations(client)
  if (migrations.length === 0) throw new Error('there is nothing of Milepost in this database')
  const head: BackupHeader = { milepost: 'backup', format: 1, at: summary.at, migrations }
  yield `${JSON.stringify(head)}\n`
  for (const table of await tablesInOrder(client)) {
    summary.rows[table] = 0
    for await (const json of readRows(client, table)) {
      summary.rows[table] += 1
      yield formatRowLine({ table, json })
    }
  }
  const end: BackupTrailer = { rows: summary.rows }
  yield `${JSON.stringify(end)}\n`
}

async function* readRows(client: pg.Client, table: string): AsyncGenerator<string> {
  await client.query(
    `DECLARE backup CURSOR FOR
     SELECT row_to_json(one)::text AS json FROM ${pg.escapeIdentifier(table)} one`,
  )
  for (;;) {
    const { rows } = await client.query<{ json: string }>(`FETCH ${batchSize} FROM backup`)
    for (const { json } of rows) yield json
    if (rows.length < batchSize) break
  }
  await client.query('CLOSE backup')
}
