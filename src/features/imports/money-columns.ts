import type { CivilDate } from '../../base/dates.ts'
import { parsePounds } from '../../base/pounds.ts'
import { columnName } from '../../base/sheets/column-name.ts'
import type { Sheet, SheetNote } from '../../base/sheets/read-sheet.ts'
import { fold, quoted } from '../../base/text.ts'
import { parseDeadlines } from '../../domain/deadlines/deadlines.ts'
import type { HeadingCell } from './formats/sheet-format.ts'
import {
  type Candidate,
  type HeadingOptions,
  headingCells,
  mappedMeaning,
} from './heading-candidates.ts'

/** Headings that are days in trackers, and money in sheets of costs: what stands below them decides. */
const bareHeadings = ['forecast', 'actual'] as const

interface ReadColumns {
  readonly found: Candidate
  readonly problems: readonly SheetNote[]
}

/** The headings with those columns as money that hold amounts; one that holds both days and amounts is asked about. */
export function withMoneyColumns(
  found: Candidate,
  { rows }: Sheet,
  asOf: CivilDate,
  choices: HeadingOptions,
): ReadColumns {
  const { sheetFormat } = found
  if (sheetFormat.isOwnExport || sheetFormat.hasNoProjects) return { found, problems: [] }
  const below = rows.filter(({ number }) => number > found.row)
  const headings = headingCells(found.rows)
  const isBesideMoney = found.columns.has('budget')
  let read: ReadColumns = { found, problems: [] }
  for (const key of bareHeadings) {
    const meaning = `project ${key}` in sheetFormat.columns ? `project ${key}` : key
    const cell = headings.find((one) => isBare(one, key, choices))
    const isTaken = read.found.columns.get(meaning)?.some(({ heading }) => fold(heading) !== key)
    if (!cell || isTaken || !sheetFormat.columns[meaning]?.attribute) continue
    const { index, heading } = cell
    const figures = below
      .map(({ cells }) => (cells[index] ?? '').trim())
      .filter((text) => /\d/.test(text))
    const kind = contentsOf(figures, asOf, isBesideMoney)
    if (kind === 'money') {
      read = { ...read, found: withMeaning(read.found, cell, meaning) }
    } else if (kind === 'both') {
      const message = `Under ${quoted(heading)} stand days and amounts. Say which of them it is: --map "${heading}=${key}" or --map "${heading}=${meaning}", or put the others right.`
      const problem = { row: found.row, column: heading, message }
      read = { ...read, problems: [...read.problems, problem] }
    }
  }
  return read
}

/** The word and no more, of which nobody has said what it means. */
const isBare = (cell: HeadingCell, key: string, { mapping, savedMapping }: HeadingOptions) =>
  fold(cell.heading) === key && !mappedMeaning(cell, { ...savedMapping, ...mapping })

/**
 * An amount says so by a sign, a unit, thousands set apart or pence. A plain number may be a year or a day's number in
 * Excel: it is an amount beside others, or beside a budget.
 */
const saysMoney = /£|gbp|\d,\d{3}\b|\d\.\d{2}$|\d\s*(?:k|m|bn|thousand|million|billion)$/i
const isAmount = (cell: string): boolean =>
  parsePounds(cell) !== undefined && !/^20\d\d$/.test(cell)

function contentsOf(
  cells: readonly string[],
  asOf: CivilDate,
  isBesideMoney: boolean,
): 'money' | 'days' | 'both' {
  const amounts = cells.filter(isAmount)
  const isSure = isBesideMoney || amounts.some((cell) => saysMoney.test(cell))
  if (amounts.length === 0 || !isSure) return 'days'
  const others = cells.filter((cell) => !isAmount(cell))
  return others.some((cell) => isDay(cell, asOf)) ? 'both' : 'money'
}

const isDay = (cell: string, asOf: CivilDate): boolean =>
  parseDeadlines(cell, asOf).some(({ due }) => due !== null)

function withMeaning(found: Candidate, cell: HeadingCell, meaning: string): Candidate {
  const column = columnName(cell.index)
  const others = [...found.columns].flatMap(([key, cells]) => {
    const left = cells.filter(({ index }) => index !== cell.index)
    return left.length > 0 ? [[key, left] as const] : []
  })
  return {
    ...found,
    columns: new Map([...others, [meaning, [cell]]]),
    columnMappings: found.columnMappings.map((one) =>
      one.column === column ? { ...one, meaning } : one,
    ),
  }
}
