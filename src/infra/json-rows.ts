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
 * twice as long to write (docs/performance.md). Days are text in JSON; moments are text, too. `true`: the column of that
 * name in what the query calls `alias`.
 */
export function jsonRows<Row extends object>(
  alias: string,
  columns: {
    readonly [Name in keyof Row]-?: Prisma.Sql | true
  },
): JsonRows<Row> {
  const names = Object.keys(columns)
  const sqls = Object.entries<Prisma.Sql | true>(columns).map(([name, value]) =>
    value === true ? Prisma.raw(`${alias}."${name}"`) : value,
  )
  return {
    sql: Prisma.sql`json_build_array(${Prisma.join(sqls)})`,
    rowOf: (values) => {
      const row: Record<string, unknown> = {}
      for (const [at, name] of names.entries()) row[name] = values[at]
      return row as Row
    },
  }
}
