import { Prisma } from './db.ts'

/** A row as JSON has it: its values alone. */
export type JsonRow = readonly unknown[]

/** How rows are written by PostgreSQL and read again. */
export interface JsonRows<Row> {
  /** The row as an array. */
  readonly sql: Prisma.Sql
  readonly rowOf: (values: JsonRow) => Row
}

/**
 * Rows as arrays of their values, in the order of `columns`: objects, which repeat every name, take PostgreSQL more than
 * twice as long to write (docs/performance.md). Days are text in JSON; moments are text, too.
 */
export function jsonRows<Row extends object>(
  columns: {
    readonly [Name in keyof Row]-?: Prisma.Sql
  },
): JsonRows<Row> {
  const names = Object.keys(columns)
  return {
    sql: Prisma.sql`json_build_array(${Prisma.join(Object.values<Prisma.Sql>(columns))})`,
    rowOf: (values) => {
      const row: Record<string, unknown> = {}
      for (const [at, name] of names.entries()) row[name] = values[at]
      return row as Row
    },
  }
}
