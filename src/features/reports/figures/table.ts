import type { PaperSnapshot } from '../papers/snapshot.ts'

/** Figures for other programs: one table for each kind of thing, with keys, and a schema that says what each column is. */

export type Value = string | number | boolean | null

/** The types of a Table Schema. https://specs.frictionlessdata.io/table-schema/ */
export type ColumnType = 'string' | 'integer' | 'boolean' | 'date' | 'datetime'

export interface Column<Row> {
  readonly name: string
  readonly type: ColumnType
  readonly about: string
  /** The table whose key it holds. */
  readonly refersTo?: string
  of(row: Row, snapshot: PaperSnapshot): Value
}

export interface DataTable {
  readonly name: string
  readonly about: string
  /** The columns that tell one row from every other. */
  readonly key: readonly string[]
  readonly columns: readonly Omit<Column<never>, 'of'>[]
  /** In the order of the columns. */
  records(snapshot: PaperSnapshot): Value[][]
}

interface TableDefinition<Row> extends Pick<DataTable, 'name' | 'about' | 'key'> {
  readonly columns: readonly Column<Row>[]
  rowsOf(snapshot: PaperSnapshot): readonly Row[]
}

export function defineTable<Row>(definition: TableDefinition<Row>): DataTable {
  const { name, about, key, columns, rowsOf } = definition
  return {
    ...{ name, about, key },
    columns: columns.map(({ of: _, ...described }) => described),
    records: (snapshot) =>
      rowsOf(snapshot).map((row) => columns.map((column) => column.of(row, snapshot))),
  }
}
