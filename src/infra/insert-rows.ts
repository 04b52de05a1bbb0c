import { Prisma, type Tx } from './db.ts'

/** The rows that `createMany` of a model takes. */
type RowOf<Model extends Prisma.ModelName> = Extract<
  Prisma.TypeMap['model'][Model]['operations']['createMany']['args']['data'],
  readonly unknown[]
>[number]

/** A row as JSON: null stands for an empty column of JSON too, where Prisma has a value of its own. */
type PlainRow<Row> = {
  readonly [Column in keyof Row]: Row[Column] extends string | number | boolean | Date | null
    ? Row[Column]
    : unknown
}

/** So many rows make a statement of a megabyte or so. */
const maxRows = 2_000

/** A table that has grown by so many is searched otherwise than one of a few rows. */
const manyRows = 500

/**
 * Inserts many rows in few statements, where Prisma's createMany takes twenty times the processor time
 * (docs/performance.md). A column that no row has takes its default; one that some rows lack is null in those. Moments
 * and days are Dates, as for Prisma.
 */
export async function insertRows<Model extends Prisma.ModelName>(
  tx: Tx,
  model: Model,
  rows: readonly PlainRow<RowOf<Model>>[],
): Promise<void> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  for (let from = 0; from < rows.length; from += maxRows) {
    await insertAsJson(tx, model, columns, rows.slice(from, from + maxRows))
  }
  if (rows.length >= manyRows) await forgetPlans(tx)
}

/**
 * Foreign keys and triggers keep the plan of their look-ups for as long as the connection lasts: one that was made while
 * a table had a few rows reads all of it for each new row, 10,000 rows 10,000 times.
 * Source: https://www.postgresql.org/docs/current/sql-discard.html
 */
async function forgetPlans(tx: Tx): Promise<void> {
  await tx.$executeRaw`DISCARD PLANS`
}

/** Inserts these columns of the rows by one statement. A column that a row lacks is null in it. */
export async function insertAsJson(
  tx: Tx,
  model: Prisma.ModelName,
  columns: readonly string[],
  rows: readonly object[],
): Promise<void> {
  const into = Prisma.raw(`"${model}"`)
  const named = columnList(columns)
  await tx.$executeRaw`
    INSERT INTO ${into} (${named})
    SELECT ${named} FROM json_populate_recordset(NULL::${into}, ${JSON.stringify(rows)}::json)`
}

export const columnList = (columns: readonly string[]): Prisma.Sql =>
  Prisma.raw(columns.map((column) => `"${column}"`).join(', '))
