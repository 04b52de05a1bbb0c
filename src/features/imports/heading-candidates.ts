import type { CivilDate } from '../../base/dates.ts'
import { columnName } from '../../base/sheets/column-name.ts'
import type { SheetNote, SheetRow } from '../../base/sheets/read-sheet.ts'
import { fold, shorten } from '../../base/text.ts'
import {
  type Columns,
  type HeadingCell,
  mapColumnsByName,
  type SheetFormat,
} from './formats/sheet-format.ts'
import type { ImportRegistries } from './registries.ts'

/** What headings mean, as a person stated: heading (or "column F") → the name of a column, or 'ignore'. */
export type HeadingMapping = Readonly<Record<string, string>>

/** The format of a sheet, and where its headings are. */
export interface Headings {
  readonly sheetFormat: SheetFormat
  /** The row of the headings; the lower one of two. */
  readonly row: number
  readonly columns: Columns
  /** Columns that a person chose not to import, from 0. */
  readonly ignoredColumns: readonly number[]
  /** What each heading was taken for. A person can correct it, and it is remembered. */
  readonly columnMappings: readonly ColumnMapping[]
  readonly notes: readonly SheetNote[]
  readonly problems: readonly SheetNote[]
}

export interface ColumnMapping {
  readonly column: string
  readonly heading: string
  /** The heading above it, where there are two rows of headings. */
  readonly over?: string
  /** null: not read. */
  readonly meaning: string | null
}

export interface HeadingOptions {
  /** The key of a format; left out: the one whose headings fit best. */
  readonly shape?: string | undefined
  /** Stated with this import. */
  readonly mapping?: HeadingMapping | undefined
  /** Remembered from earlier imports. */
  readonly savedMapping?: HeadingMapping | undefined
  /** Left out: the formats and attributes of Milepost. */
  readonly registries?: ImportRegistries | undefined
}

export interface Candidate extends Omit<Headings, 'notes' | 'problems'> {
  readonly rows: readonly SheetRow[]
  readonly score: number
}

/** The headings that a row may be, alone and together with the next row. */
export function candidatesAt(
  shape: SheetFormat,
  row: SheetRow,
  next: SheetRow | undefined,
  asOf: CivilDate,
  choices: HeadingOptions,
): Candidate[] {
  const alone = candidateOf(shape, [row], asOf, choices)
  const [, ...rest] = row.cells
  // A row with nothing but its first cell is a title above the headings.
  const isTitle = rest.every((cell) => cell.trim() === '')
  return next && !isTitle && isBelowMerged(row, next)
    ? [alone, candidateOf(shape, [row, next], asOf, choices)]
    : [alone]
}

/** Of two rows of headings, cells of the upper one span several of the lower; a row of the plan has a heading over each. */
function isBelowMerged({ cells: upper }: SheetRow, { cells: lower }: SheetRow): boolean {
  return lower.some((cell, at) => {
    const over = headingIn(upper[at])
    return cell.trim() !== '' && (over === '' || (at > 0 && over === headingIn(upper[at - 1])))
  })
}

export function candidateOf(
  shape: SheetFormat,
  rows: readonly SheetRow[],
  asOf: CivilDate,
  { mapping = {}, savedMapping = {} }: HeadingOptions,
): Candidate {
  const cells = headingCells(rows)
  const placed = placeColumns(shape, cells, asOf)
  const meanings = cells.map((cell, at) => {
    const mapped = mappedMeaning(cell, mapping) ?? mappedMeaning(cell, savedMapping)
    return mapped === 'ignore' || (mapped && mapped in shape.columns) ? mapped : placed[at]
  })
  const columns = new Map<string, HeadingCell[]>()
  for (const [at, cell] of cells.entries()) {
    const meaning = meanings[at]
    if (!meaning || meaning === 'ignore') continue
    columns.set(meaning, [...(columns.get(meaning) ?? []), cell])
  }
  const must = [...columns.keys()].filter((key) => shape.columns[key]?.need === 'must').length
  const complete = must === requiredColumns(shape).length
  const expected = Object.entries(shape.columns).filter(([meaning, { need }]) => {
    return (need === 'should' || need === 'usual') && !columns.has(meaning)
  }).length
  const repeated = [...columns].filter(([meaning, cells]) => {
    return cells.length > 1 && !shape.columns[meaning]?.isRepeatable
  }).length
  // A second row counts only where it adds columns to the first, so that it is not the first row of the plan.
  const score =
    columns.size * 10 +
    must +
    (complete ? 5 : -40) -
    expected * 8 -
    repeated * 5 -
    (rows.length - 1) * 9 -
    (shape.isFallback ? 9 : 0)
  return {
    sheetFormat: shape,
    rows,
    row: rows.at(-1)?.number ?? 0,
    columns,
    ignoredColumns: cells.filter((_, at) => meanings[at] === 'ignore').map(({ index }) => index),
    columnMappings: cells.map(({ index, heading, over }, at) => ({
      column: columnName(index),
      heading,
      ...(over === '' ? {} : { over }),
      meaning: meanings[at] ?? null,
    })),
    score,
  }
}

/** A format that places its own columns leaves those of a project's attributes to their names. */
function placeColumns(shape: SheetFormat, cells: readonly HeadingCell[], asOf: CivilDate) {
  const named = mapColumnsByName(shape.columns, cells, asOf)
  const placed = shape.mapColumns?.(cells, asOf)
  if (!placed) return named
  const taken = new Set(placed)
  return placed.map((meaning, at) => {
    const byName = named[at]
    return meaning ?? (shape.isFallback && !taken.has(byName) ? byName : undefined)
  })
}

/** In characters. A row of the plan is tried as a row of headings too, with cells of any length. */
const maxHeadingLength = 300

export const headingIn = (cell: string | undefined) => shorten(cell?.trim() ?? '', maxHeadingLength)

/** Of two rows, the lower names a column unless it is blank there; the upper spans merged cells. */
export function headingCells(rows: readonly SheetRow[]): HeadingCell[] {
  const [upper, lower] = rows
  const width = Math.max(...rows.map(({ cells }) => cells.length))
  let over = ''
  return Array.from({ length: width }, (_, index): HeadingCell => {
    const [above, below] = [upper, lower].map((row) => headingIn(row?.cells[index]))
    if (above) over = above
    if (!lower || !below) return { index, heading: above ?? '', over: '' }
    return { index, heading: below, over }
  }).filter(({ heading }) => heading !== '')
}

export function mappedMeaning(
  { heading, index }: HeadingCell,
  mapping: HeadingMapping,
): string | undefined {
  const names = [fold(heading), `column ${columnName(index).toLowerCase()}`]
  return Object.entries(mapping).find(([name]) => names.includes(fold(name)))?.[1]
}

export const requiredColumns = ({ columns }: SheetFormat) =>
  Object.entries(columns).filter(([, { need }]) => need === 'must')

export function missingColumns({
  sheetFormat,
  columns,
}: Pick<Candidate, 'sheetFormat' | 'columns'>) {
  return requiredColumns(sheetFormat).filter(([meaning]) => !columns.has(meaning))
}
