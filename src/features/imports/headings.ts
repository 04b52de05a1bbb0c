import type { CivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import type { Sheet, SheetRow } from '../../base/sheets/read-sheet.ts'
import { fold, nearest, quoted } from '../../base/text.ts'
import { withAttributeColumns } from './attribute-cells.ts'
import type { SheetFormat } from './formats/sheet-format.ts'
import {
  type Candidate,
  candidateOf,
  candidatesAt,
  type HeadingMapping,
  type HeadingOptions,
  type Headings,
  headingCells,
  headingIn,
  mappedMeaning,
  missingColumns,
  requiredColumns,
} from './heading-candidates.ts'
import {
  assertRequiredColumns,
  duplicateColumnProblems,
  expectedColumnProblems,
  guessedColumnNotes,
  mergedHeadingProblems,
  notAPlanRefusal,
  unreadColumnNotes,
} from './heading-problems.ts'
import { withMoneyColumns } from './money-columns.ts'
import { assertNoOtherLog } from './other-logs.ts'
import { isRegister } from './register-sheets.ts'
import { importRegistries } from './registries.ts'

export type {
  ColumnMapping,
  HeadingMapping,
  HeadingOptions,
  Headings,
} from './heading-candidates.ts'

/** Sheets may begin with a title and a date or two; headings are not looked for further down. */
const rowsSearched = 30

/**
 * Finds the format of a sheet, its row (or two) of headings and what each column means.
 * @throws Refusal that names what is missing and how to say what a heading means.
 */
export function findHeadings(
  sheet: Sheet,
  asOf: CivilDate,
  choices: HeadingOptions = {},
): Headings {
  assertNoOtherLog(sheet, choices.shape)
  const shapes = sheetFormatsFor(choices, sheet)
  validateMapping(shapes, choices.mapping ?? {})
  const found = bestCandidate(sheet, shapes, asOf, choices)
  if (!found || found.columns.size < 2) throw notAPlanRefusal(sheet, shapes)
  const sure = withoutDoubtfulColumns(found, sheet, choices)
  const { found: best, problems } = withMoneyColumns(sure, sheet, asOf, choices)
  assertRequiredColumns(sheet, best)
  assertHeadingsExist(sheet, best, choices.mapping ?? {})
  return {
    ...best,
    notes: [...guessedColumnNotes(best, choices), ...unreadColumnNotes(sheet, best)],
    problems: [
      ...expectedColumnProblems(best),
      ...duplicateColumnProblems(best),
      ...mergedHeadingProblems(best),
      ...problems,
    ],
  }
}

function bestCandidate(
  { rows: all }: Sheet,
  shapes: readonly SheetFormat[],
  asOf: CivilDate,
  choices: HeadingOptions,
): Candidate | undefined {
  const rows = all.slice(0, rowsSearched)
  const candidates = shapes.flatMap((shape) =>
    rows.flatMap((row, at) => {
      const isLine = row.cells.filter((cell) => cell.trim() !== '').length < 2
      return isLine ? [] : candidatesAt(shape, row, rows[at + 1], asOf, choices)
    }),
  )
  // Among equals the first wins: one row before two, an upper row before a lower one.
  const [best] = candidates.toSorted((a, b) => b.score - a.score)
  return best && (withLowerHeadings(best, candidates) ?? best)
}

/**
 * The same headings with the row below them, where that names parts of what stands above ("Q1" to "Q4" below "2026/27")
 * and is no row of the plan: what a plan must have is empty in it.
 */
function withLowerHeadings(
  best: Candidate,
  candidates: readonly Candidate[],
): Candidate | undefined {
  if (best.rows.length > 1) return undefined
  const both = candidates.find(({ sheetFormat, rows }) => {
    return sheetFormat === best.sheetFormat && rows.length > 1 && rows[0] === best.rows[0]
  })
  const lower = both?.rows.at(-1)
  const needed = requiredColumns(best.sheetFormat).filter(([, { isRepeatable }]) => !isRepeatable)
  const isOfPlan = needed.some(([meaning]) =>
    best.columns.get(meaning)?.some(({ index }) => (lower?.cells[index] ?? '').trim() !== ''),
  )
  return both && !isOfPlan && columnsRead(both) > columnsRead(best) ? both : undefined
}

const columnsRead = ({ columnMappings }: Candidate): number =>
  columnMappings.filter(({ meaning }) => meaning !== null).length

/** What a person said of a column holds, whatever stands in it. */
function withoutDoubtfulColumns(
  found: Candidate,
  { rows }: Sheet,
  { mapping = {}, savedMapping = {} }: HeadingOptions,
): Candidate {
  const said = [...Object.values(mapping), ...Object.values(savedMapping)]
  const below = rows.filter(({ number }) => number > found.row)
  const doubtful = found.sheetFormat.doubtfulColumns?.(found.columns, below) ?? []
  const unread = doubtful.filter((meaning) => !said.includes(meaning))
  if (unread.length === 0) return found
  return {
    ...found,
    columns: new Map([...found.columns].filter(([meaning]) => !unread.includes(meaning))),
    columnMappings: found.columnMappings.map((one) =>
      unread.includes(one.meaning ?? '') ? { ...one, meaning: null } : one,
    ),
  }
}

/** What the headings most likely are, complete or not, for a person to correct. @throws Refusal for an unknown shape */
export function guessHeadings(
  sheet: Sheet,
  asOf: CivilDate,
  choices: HeadingOptions = {},
): Omit<Headings, 'notes' | 'problems'> | undefined {
  return bestCandidate(sheet, sheetFormatsFor(choices, sheet), asOf, choices)
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
  // Where the lower row alone names as many columns, the upper one is the last row of the table above.
  const lower = best.rows.length > 1 && next && candidateOf(sheetFormat, [next], asOf, choices)
  return lower && lower.columns.size >= best.columns.size ? undefined : best
}

/** True for a row that repeats the headings, as sheets printed page by page do. */
export function repeatsHeadings(row: SheetRow, { sheetFormat, columns }: Headings): boolean {
  const needed = [...columns].filter(([meaning]) => sheetFormat.columns[meaning]?.need === 'must')
  return needed
    .flatMap(([, [first]]) => (first ? [first] : []))
    .every(({ index, heading }) => fold(headingIn(row.cells[index])) === fold(heading))
}

/**
 * The formats that the sheet may have, or the one that was asked for: a register is never read as projects, nor a plan as
 * a register. @throws Refusal where there is none of that key
 */
function sheetFormatsFor(
  { shape, registries = importRegistries }: HeadingOptions,
  sheet: Sheet,
): SheetFormat[] {
  const all = registries.formats.map((format) => {
    return withAttributeColumns(format, registries.attributes)
  })
  const ofRegister = isRegister(sheet)
  const found =
    shape === undefined
      ? all.filter((format) => (format.isRegister ?? false) === ofRegister)
      : all.filter(({ key }) => key === fold(shape))
  if (found.length > 0) return found
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
  mapping: HeadingMapping,
): void {
  const cells = headingCells(rows)
  for (const heading of Object.keys(mapping)) {
    if (cells.some((cell) => mappedMeaning(cell, { [heading]: 'x' }))) continue
    const headings = columnMappings.map((one) => one.heading)
    throw new Refusal(
      `${sheet.fileName}, row ${rows[0]?.number}: no column is headed ${quoted(heading)}. ` +
        `The headings are: ${headings.map(quoted).join(', ')}. Nothing was imported.`,
    )
  }
}
