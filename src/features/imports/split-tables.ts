import type { CivilDate } from '../../base/dates.ts'
import type { Sheet, SheetRow } from '../../base/sheets/read-sheet.ts'
import type { Draft, Table } from './formats/sheet-format.ts'
import { type HeadingOptions, type Headings, headingsAt, repeatsHeadings } from './headings.ts'

type TableDraft = Omit<Table, 'rows' | 'title'> & { readonly rows: SheetRow[] }

/**
 * The rows below the headings, grouped by their headings. Repeated headings, as in sheets printed page by page, are
 * skipped; in formats with stacked tables, other headings begin a new table.
 */
export function splitTables(
  sheet: Sheet,
  headings: Headings,
  asOf: CivilDate,
  choices: HeadingOptions,
  draft: Draft,
): Table[] {
  const below = sheet.rows.filter(({ number }) => number > headings.row)
  const first: TableDraft = { row: headings.row, columns: headings.columns, rows: [] }
  const tables = [first]
  let current = first
  for (const [at, row] of below.entries()) {
    if (row.number <= current.row) continue
    const other = headings.sheetFormat.hasStackedTables
      ? headingsAt([row, below[at + 1]], headings, asOf, choices)
      : undefined
    if (other) {
      current = { row: other.row, columns: other.columns, rows: [] }
      tables.push(current)
    } else if (repeatsHeadings(row, { ...headings, ...current })) {
      draft.corrections.push({ row: row.number, message: headingsAgain })
    } else current.rows.push(row)
  }
  if (headings.sheetFormat.hasStackedTables) return withTitles(tables, sheet)
  const isRepeated = draft.corrections.some(({ message }) => message === headingsAgain)
  // Where each group begins with its headings, the line above the first ones names a group too.
  const above = isRepeated && headings.sheetFormat.isFallback ? lineAbove(first, sheet) : undefined
  return tables.map((table) => ({ ...table, title: table === first ? (above ?? null) : null }))
}

const headingsAgain = 'The headings come again here; skipped.'

function lineAbove(table: TableDraft, { rows }: Sheet): string | undefined {
  const above = rows[rows.findIndex(({ number }) => number === table.row) - 1]
  return above && titleCell(above, table)?.text
}

/** The last row of a table is the title of the next one if only its first cell is filled, at the left of the table. */
function withTitles(tables: readonly TableDraft[], sheet: Sheet): Table[] {
  const titles = tables.map((_, at) => {
    const before = tables[at - 1]
    const last = before ? before.rows.at(-1) : rowAbove(tables[0], sheet)
    return last && titleCell(last, before ?? tables[0])
  })
  const [ofSheet, ...ofOthers] = titles
  // A single line above the only table is the title of the report.
  const first = ofSheet && (ofSheet.marked || ofOthers.some((title) => title)) ? ofSheet : undefined
  return tables.map((table, at) => ({
    ...table,
    title: (at === 0 ? first : titles[at])?.text ?? null,
    rows: titles[at + 1] ? table.rows.slice(0, -1) : table.rows,
  }))
}

function rowAbove(table: TableDraft | undefined, { rows }: Sheet): SheetRow | undefined {
  const columns = table?.columns.get('measure')?.[0]
  const at = rows.findIndex(({ number }) => number === table?.row)
  // Of two rows of headings the upper one names the first column.
  const upper = rows[at - 1]?.cells[columns?.index ?? 0]?.trim() === columns?.heading ? at - 1 : at
  return rows[upper - 1]
}

function titleCell(
  { cells }: SheetRow,
  table: Pick<Table, 'columns'> | undefined,
): { text: string; marked: boolean } | undefined {
  const [at = 0, ...others] = [...cells.keys()].filter((index) => cells[index]?.trim())
  const columns = [...(table?.columns.values() ?? [])].flat().map(({ index }) => index)
  const first = cells[at] ?? ''
  if (first.trim() === '' || others.length > 0 || at > Math.min(...columns)) return undefined
  return { text: first.replace(/^[#\s]+/, '').trim(), marked: first.startsWith('#') }
}
