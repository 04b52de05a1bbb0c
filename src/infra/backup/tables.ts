/** The tables of a backup, in an order in which they can be inserted. */
import type pg from 'pg'

/** The restore applies the migrations, and so records them itself. */
const migrationsTable = '_prisma_migrations'

/** What is worked out again from the other tables: triggers mark what a restore writes. */
const derivedTables = ['ProgrammeLook', 'ProgrammeChange']

/** Names of Milepost's tables that a backup holds, each after those it refers to. */
export async function tablesInOrder(client: pg.ClientBase): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND NOT table_name = ANY ($1)
     ORDER BY table_name`,
    [[migrationsTable, ...derivedTables]],
  )
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `SELECT one.relname AS from, other.relname AS to
     FROM pg_constraint tie
     JOIN pg_class one ON one.oid = tie.conrelid
     JOIN pg_class other ON other.oid = tie.confrelid
     WHERE tie.contype = 'f' AND one.relnamespace = 'public'::regnamespace`,
  )
  const needs = (name: string) =>
    references.filter(({ from, to }) => from === name && to !== name).map(({ to }) => to)
  const ordered = new Set<string>()
  const place = (name: string, path: readonly string[]) => {
    if (path.includes(name)) throw new Error(`The tables ${path.join(', ')} refer to each other`)
    for (const needed of needs(name)) place(needed, [...path, name])
    ordered.add(name)
  }
  for (const { name } of tables) place(name, [])
  return [...ordered]
}

/** The names of the applied migrations, in order; none in a new database. */
export async function readAppliedMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows: found } = await client.query(`SELECT to_regclass('${migrationsTable}') AS there`)
  if (found[0]?.there === null) return []
  const { rows } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM ${migrationsTable}
     WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL ORDER BY migration_name`,
  )
  return rows.map(({ name }) => name)
}
