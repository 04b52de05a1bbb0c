import { Prisma, type ReadTx } from '../../infra/db.ts'
import type { PersonRef } from './find-person.ts'

/** Everything stored about one person, for a subject access request. */
export interface PersonData {
  readonly person: string
  readonly at: string
  /** Rows by table, as stored: about them, written by them, and sent to them. */
  readonly rows: Readonly<Record<string, readonly unknown[]>>
}

interface PersonColumn {
  readonly table: string
  readonly column: string
}

/**
 * The columns that refer to a person, found by their names, so that a table added later is not forgotten. A test checks
 * that every column that refers to a person has one of these names.
 */
export async function personColumns(tx: ReadTx): Promise<PersonColumn[]> {
  return tx.$queryRaw<PersonColumn[]>`
    SELECT table_name AS "table", column_name AS "column"
    FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'uuid'
      AND (column_name IN ('personId', 'onBehalfOfId', 'byId', 'deputyId', 'receiverId', 'memberId', 'ownerId') OR column_name ~ '[a-z]ById$')
    ORDER BY table_name, column_name`
}

/** Reads every row that refers to a person. */
export async function exportPersonData(
  tx: ReadTx,
  person: PersonRef,
  now: Date,
): Promise<PersonData> {
  const rows: Record<string, unknown[]> = {
    Person: await selectPersonRows(tx, 'Person', ['id'], person.id),
  }
  const byTable = Map.groupBy(await personColumns(tx), ({ table }) => table)
  for (const [table, columns] of byTable) {
    const found = await selectPersonRows(
      tx,
      table,
      columns.map(({ column }) => column),
      person.id,
    )
    if (found.length > 0) rows[table] = found
  }
  return { person: person.name, at: now.toISOString(), rows }
}

async function selectPersonRows(
  tx: ReadTx,
  table: string,
  columns: readonly string[],
  id: string,
): Promise<unknown[]> {
  // The names come from the schema itself, never from input.
  const name = Prisma.raw(`"${table}"`)
  const isTheirs = Prisma.join(
    columns.map((column) => Prisma.sql`one.${Prisma.raw(`"${column}"`)} = ${id}::uuid`),
    ' OR ',
  )
  const rows = await tx.$queryRaw<{ row: unknown }[]>`
    SELECT to_jsonb(one) AS row FROM ${name} one WHERE ${isTheirs}`
  return rows.map(({ row }) => row)
}
