import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { writeBackup } from '../../src/infra/backup/backup.ts'
import { restoreBackup } from '../../src/infra/backup/restore.ts'
import { tablesInOrder } from '../../src/infra/backup/tables.ts'
import { markPossiblySent } from '../../src/outbox/after-restore.ts'

/**
 * Backs a database up, restores it as the command line does, into an empty one of the same server, and compares every
 * row of every table. Nothing may be on its way, because the restore leaves that to a person.
 */
export async function compareRestore(
  url: string,
  file: string,
): Promise<{ rows: number; faults: string[] }> {
  await writeBackup(url, file)
  const name = `restored_${randomBytes(4).toString('hex')}`
  await withClient(url, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`))
  const restoredUrl = new URL(url)
  restoredUrl.pathname = `/${name}`
  await restoreBackup(restoredUrl.href, file, { afterInsert: markPossiblySent })
  const before = await withClient(url, readTables)
  const after = await withClient(restoredUrl.href, readTables)
  const faults = [...new Set([...before.keys(), ...after.keys()])].flatMap((table) => {
    const [there, here] = [before.get(table) ?? [], after.get(table) ?? []]
    const differing = there.filter((row, at) => row !== here[at]).length
    if (differing === 0 && there.length === here.length) return []
    return `${table}: ${there.length} rows became ${here.length}, ${differing} of them differ`
  })
  const rows = [...before.values()].reduce((sum, table) => sum + table.length, 0)
  return { rows, faults }
}

/** The rows of each table as text, in an order that depends on nothing but them. */
async function readTables(client: pg.Client): Promise<Map<string, string[]>> {
  const tables = new Map<string, string[]>()
  for (const table of await tablesInOrder(client)) {
    const { rows } = await client.query<{ row: string }>(
      `SELECT to_jsonb(one)::text AS row FROM ${pg.escapeIdentifier(table)} one ORDER BY 1`,
    )
    tables.set(
      table,
      rows.map(({ row }) => row),
    )
  }
  return tables
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
