import type { CivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import {
  columnName,
  type Sheet,
  type SheetNote,
  type SheetRow,
} from '../../base/sheets/read-sheet.ts'
import { fold, listOf, nearest, quoted } from '../../base/text.ts'
import { withAttributeColumns } from './attribute-cells.ts'
import {
  type Columns,
  type HeadingCell,
  mapColumnsByName,
  type SheetFormat,
} from './formats/sheet-format.ts'
import { type ImportRegistries, importRegistries } from './registries.ts'

/** What headings mean, as a person said: heading (or "column F") → the name of a column, or 'ignore'. */
export type HeadingMapping = Readonly<Record<string, string>>

/** The shape of a sheet, and where its headings stand. */
export interface Headings {
  readonly sheetFormat: SheetFormat
  /** The row of the headings; the lower one of two. */
  readonly row: number
  readonly columns: Columns
  /** Columns that a person said not to read, from 0. */
  readonly ignoredColumns: readonly number[]
  /** What each heading was taken for: what a person can correct, and what is remembered. */
  readonly columnMappings: readonly ColumnMapping[]
  readonly notes: readonly SheetNote[]
  readonly problems: readonly SheetNote[]
}

export interface ColumnMapping {
  readonly column: string
  readonly heading: string
  /** Of two rows of headings, what the upper one has over it. */
  readonly over?: string
  /** null: not read. */
  readonly meaning: string | null
}

export interface HeadingOptions {
  /** The key of a shape; left out: the one whose headings fit best. */
  readonly shape?: string | undefined
  /** Said now. */
  readonly mapping?: HeadingMapping | undefined
  /** Remembered from before. */
  readonly savedMapping?: HeadingMapping | undefined
  /** Left out: the formats and attributes of Milepost. */
  readonly registries?: ImportRegistries | undefined
}

/** Sheets begin with a title and a date or two; headings further down than this are none. */
const rowsSearched = 30

/**
 * Finds the shape of a sheet, the row (or two) of headings and what stands under each.
 * @throws Refusal that names what is missing and how to say what a heading means.
 */
export function findHeadings(
  sheet: Sheet,
  asOf: CivilDate,
  choices: HeadingOptions = {},
): Headings {
  const shapes = sheetFormatsFor(choices)
  validateMapping(shapes, choices.mapping ?? {})
  const rows = sheet.rows.slice(0, rowsSearched)
  const candidates = shapes.flatMap((shape) =>
    rows.flatMap((row, at) => {
      return candidatesAt(shape, row, rows[at + 1], asOf, choices)
    }),
  )
  // Of equals the first: a single row before two, a row further up before one below.
  const [best] = candidates.toSorted((a, b) => b.score - a.score)
  if (!best || best.columns.size < 2) throw notAPlanRefusal(sheet, shapes)
  assertRequiredColumns(sheet, best)
  assertHeadingsExist(sheet, best, choices.mapping ?? {})
  return {
    ...best,
    notes: unreadColumnNotes(sheet, best),
    problems: [
      ...expectedColumnProblems(best),
      ...duplicateColumnProblems(best),
      ...mergedHeadingProblems(best),
    ],
  }
}

/** The headings of another table further down, or undefined where the row holds none. */
export function headingsAt(
  [row, next]: readonly [SheetRow, SheetRow | undefined],
  { sheetFormat }: Headings,
  asOf: CivilDate,
  choices: HeadingOptions,
): Pick<Headings, 'row' | 'columns'> | undefined {
  const candidates = candidatesAt(sheetFormat, row, next, asOf, choices)
  const [best] = candidates.toSorted((a, b) => b.score - a.score)
  if (!best || best.columns.size < 3 || missingColumns(best).length > 0) return undefined
  // Where the lower of two rows says as much alone, the upper one is the last row of the table above.
  const lower = best.rows.length > 1 && next && candidateOf(sheetFormat, [next], asOf, choices)
  return lower && lower.columns.size >= best.columns.size ? undefined : best
}

/** True for a row that repeats the headings, as sheets printed page by page do. */
export function repeatsHeadings(row: SheetRow, { sheetFormat, columns }: Headings): boolean {
  const needed = [...columns].filter(([meaning]) => sheetFormat.columns[meaning]?.need === 'must')
  return needed
    .flatMap(([, [first]]) => (first ? [first] : []))
    .every(({ index, heading }) => fold(row.cells[index] ?? '') === fold(heading))
}

interface Candidate extends Omit<Headings, 'notes' | 'problems'> {
  readonly rows: readonly SheetRow[]
  readonly score: number
}

/** The headings that begin in a row: it alone, and it together with the next. */
function candidatesAt(
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
  return next && !isTitle ? [alone, candidateOf(shape, [row, next], asOf, choices)] : [alone]
}

function candidateOf(
  shape: SheetFormat,
  rows: readonly SheetRow[],
  asOf: CivilDate,
  { mapping = {}, savedMapping = {} }: HeadingOptions,
): Candidate {
  const cells = headingCells(rows)
  const placed = shape.mapColumns?.(cells, asOf) ?? mapColumnsByName(shape.columns, cells, asOf)
  const meanings = cells.map((cell, at) => {
    const said = mappedMeaning(cell, mapping) ?? mappedMeaning(cell, savedMapping)
    return said === 'ignore' || (said && said in shape.columns) ? said : placed[at]
  })
  const columns = new Map<string, HeadingCell[]>()
  for (const [at, cell] of cells.entries()) {
    const meaning = meanings[at]
    if (!meaning || meaning === 'ignore') continue
    columns.set(meaning, [...(columns.get(meaning) ?? []), cell])
  }
  const must = [...columns.keys()].filter((key) => shape.columns[key]?.need === 'must').length
  const complete = must === requiredColumns(shape).length
  // A second row counts only where it says more than the first alone, and is not the first row of the plan.
  const score = columns.size * 10 + must + (complete ? 5 : 0) - (rows.length - 1) * 9
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

/** Of two rows the lower names the column where it says anything, and the upper one stretches over what is merged. */
function headingCells(rows: readonly SheetRow[]): HeadingCell[] {
  const [upper, lower] = rows
  const width = Math.max(...rows.map(({ cells }) => cells.length))
  let over = ''
  return Array.from({ length: width }, (_, index): HeadingCell => {
    const [above, below] = [upper, lower].map((row) => row?.cells[index]?.trim() ?? '')
    if (above) over = above
    if (!lower || !below) return { index, heading: above ?? '', over: '' }
    return { index, heading: below, over }
  }).filter(({ heading }) => heading !== '')
}

function mappedMeaning(
  { heading, index }: HeadingCell,
  mapping: HeadingMapping,
): string | undefined {
  const wanted = [fold(heading), `column ${columnName(index).toLowerCase()}`]
  return Object.entries(mapping).find(([said]) => wanted.includes(fold(said)))?.[1]
}

const requiredColumns = ({ columns }: SheetFormat) =>
  Object.entries(columns).filter(([, { need }]) => need === 'must')

function missingColumns({ sheetFormat, columns }: Pick<Candidate, 'sheetFormat' | 'columns'>) {
  return requiredColumns(sheetFormat).filter(([meaning]) => !columns.has(meaning))
}

/** Every format, or the one that was asked for. @throws Refusal where there is none of that key. */
function sheetFormatsFor({ shape, registries = importRegistries }: HeadingOptions): SheetFormat[] {
  const all = registries.formats.map((format) => {
    return withAttributeColumns(format, registries.attributes)
  })
  const wanted = shape === undefined ? all : all.filter(({ key }) => key === fold(shape))
  if (wanted.length > 0) return wanted
  throw new Refusal(
    `There is no shape ${quoted(shape ?? '')}. There are: ${all.map(({ key }) => key).join(', ')}. Nothing was imported.`,
  )
}

function validateMapping(shapes: readonly SheetFormat[], mapping: HeadingMapping): void {
  const known = [...new Set(shapes.flatMap((shape) => Object.keys(shape.columns))), 'ignore']
  for (const [heading, meaning] of Object.entries(mapping)) {
    if (known.includes(meaning)) continue
    const near = nearest(meaning, known)
    throw new Refusal(
      `${quoted(`${heading}=${meaning}`)}: no column is called ${quoted(meaning)}. ` +
        `${near ? `Did you mean ${near}?` : `There are: ${known.join(', ')}.`} Nothing was imported.`,
    )
  }
}

function assertHeadingsExist(
  sheet: Sheet,
  { rows, columnMappings }: Candidate,
  said: HeadingMapping,
): void {
  const cells = headingCells(rows)
  for (const heading of Object.keys(said)) {
    if (cells.some((cell) => mappedMeaning(cell, { [heading]: 'x' }))) continue
    const headings = columnMappings.map((one) => one.heading)
    throw new Refusal(
      `${sheet.fileName}, row ${rows[0]?.number}: no column is headed ${quoted(heading)}. ` +
        `The headings are: ${headings.map(quoted).join(', ')}. Nothing was imported.`,
    )
  }
}

function notAPlanRefusal({ fileName, rows }: Sheet, shapes: readonly SheetFormat[]): Refusal {
  const known = shapes
    .map((one) => {
      const headings = requiredColumns(one).map(([, { heading }]) => heading)
      return `${one.description} has ${listOf(headings)}`
    })
    .join('; ')
  return new Refusal(
    `${fileName} is not a plan that Milepost can read: near row ${rows[0]?.number ?? 1} there are no headings. ` +
      `By its headings, ${known}. Nothing was imported; add the headings and try again.`,
  )
}

function assertRequiredColumns({ fileName }: Sheet, candidate: Candidate): void {
  const missing = missingColumns(candidate)
  const [first] = missing
  if (!first) return
  const headings = listOf(missing.map(([, { heading }]) => heading))
  throw new Refusal(
    `${fileName}, row ${candidate.rows[0]?.number}: the plan has no column headed ${headings}. ` +
      `It was read as ${candidate.sheetFormat.description}. Nothing was imported; add the heading and try again, or say which column ` +
      `it is: --map "Your heading=${first[0]}".`,
  )
}

function expectedColumnProblems({ sheetFormat, columns, rows }: Candidate): SheetNote[] {
  return Object.entries(sheetFormat.columns).flatMap(([meaning, { heading, need }]) => {
    if (need !== 'should' || columns.has(meaning)) return []
    const message =
      `There is no column headed ${heading}. Add it, or say which one it is: --map "Your heading=${meaning}". ` +
      'If it is accepted, the plan is imported without it.'
    return [{ row: rows[0]?.number ?? 0, column: heading, message }]
  })
}

function duplicateColumnProblems({ sheetFormat, columns, row }: Candidate): SheetNote[] {
  return [...columns].flatMap(([meaning, cells]) => {
    const [first] = cells
    const groups = sheetFormat.columns[meaning]?.isRepeatable
      ? [...Map.groupBy(cells, (cell) => fold(`${cell.over} ${cell.heading}`)).values()]
      : [cells]
    return groups.flatMap((group) => {
      if (!first || group.length < 2) return []
      const letters = group.map(({ index }) => columnName(index))
      const message =
        `Columns ${listOf(letters)} mean the same (${meaning}). Remove one, or say what it is: ` +
        `--map "column ${letters.at(-1)}=ignore". If it is accepted, ${sheetFormat.columns[meaning]?.isRepeatable ? 'all are' : `only ${letters[0]} is`} read.`
      return [{ row, column: group.at(-1)?.heading ?? '', message }]
    })
  })
}

function mergedHeadingProblems({ sheetFormat, rows, row }: Candidate): SheetNote[] {
  const [upper] = rows
  if (rows.length < 2 || sheetFormat.hasTwoHeadingRows || !upper) return []
  const message =
    `The headings stand in two rows, ${upper.number} and ${row}, with merged cells. They were read together; look at what ` +
    'each column was taken for. Put all headings into one row, or accept it.'
  return [{ row: upper.number, message }]
}

function unreadColumnNotes(
  sheet: Sheet,
  { columns, row, rows, sheetFormat, ignoredColumns }: Candidate,
): SheetNote[] {
  const read = new Set(
    [...columns].flatMap(([meaning, cells]) => {
      return (sheetFormat.columns[meaning]?.isRepeatable ? cells : cells.slice(0, 1)).map(
        ({ index }) => index,
      )
    }),
  )
  const headings = new Map(headingCells(rows).map((cell) => [cell.index, cell.heading]))
  const below = sheet.rows.filter(({ number }) => number > row)
  const widest = below.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  return Array.from({ length: widest }, (_, index) => index)
    .filter((index) => !read.has(index) && !ignoredColumns.includes(index))
    .flatMap((index) => {
      const filled = below.find(({ cells }) => (cells[index] ?? '').trim() !== '')
      if (!filled) return []
      const heading = headings.get(index) ?? ''
      const what = heading === '' ? 'a column without a heading' : `the column "${heading}"`
      const message = `Not read: ${what}, first filled in row ${filled.number}.`
      return [{ row, column: heading, message }]
    })
}
