import { formatCsv } from '../../../base/sheets/file-format.ts'
import type { PaperSnapshot } from '../papers/snapshot.ts'
import { dataTables } from './registry.ts'
import type { DataTable, Value } from './table.ts'

export type DataFormat = 'csv' | 'json'

export interface DataFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * A file for each table, and `datapackage.json`, which says of each column what it is and of each table its keys
 * (Data Package and Table Schema, https://specs.frictionlessdata.io).
 */
export function dataFiles(
  snapshot: PaperSnapshot,
  format: DataFormat,
  tables: readonly DataTable[] = dataTables,
): DataFile[] {
  return [
    { name: 'datapackage.json', bytes: jsonBytes(dataPackage(snapshot, format, tables)) },
    ...tables.map((table) => ({
      name: `${table.name}.${format}`,
      bytes: format === 'csv' ? csvOf(table, snapshot) : jsonBytes(recordsOf(table, snapshot)),
    })),
  ]
}

const jsonBytes = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)

function csvOf(table: DataTable, snapshot: PaperSnapshot): Uint8Array {
  const cellOf = (value: Value) => (value === null ? '' : String(value))
  return formatCsv([
    table.columns.map(({ name }) => name),
    ...table.records(snapshot).map((record) => record.map(cellOf)),
  ])
}

function recordsOf(table: DataTable, snapshot: PaperSnapshot): Record<string, Value>[] {
  return table
    .records(snapshot)
    .map((record) =>
      Object.fromEntries(table.columns.map(({ name }, at) => [name, record[at] ?? null])),
    )
}

function dataPackage(
  { plan }: PaperSnapshot,
  format: DataFormat,
  tables: readonly DataTable[],
): object {
  return {
    profile: 'tabular-data-package',
    name: plan.programme.key.toLowerCase(),
    title: `${plan.programme.title} as at ${plan.asAt}`,
    resources: tables.map((table) => ({
      ...{ profile: 'tabular-data-resource', name: table.name, description: table.about },
      ...{ path: `${table.name}.${format}`, format, encoding: 'utf-8' },
      schema: {
        fields: table.columns.map(({ name, type, about }) => ({ name, type, description: about })),
        primaryKey: table.key,
        foreignKeys: table.columns.flatMap(({ name, refersTo }) =>
          refersTo
            ? [{ fields: name, reference: { resource: refersTo, fields: keyOf(refersTo, tables) } }]
            : [],
        ),
        missingValues: [''],
      },
    })),
  }
}

function keyOf(name: string, tables: readonly DataTable[]): string {
  const key = tables.find((table) => table.name === name)?.key[0]
  if (key === undefined) throw new Error(`There is no table "${name}" to refer to.`)
  return key
}
