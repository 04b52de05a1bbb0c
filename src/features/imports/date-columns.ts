import { type CivilDate, yearOf } from '../../base/dates.ts'
import type { SheetNote, SheetRow } from '../../base/sheets/read-sheet.ts'
import { fold, plural, quoted } from '../../base/text.ts'
import {
  addEvidence,
  ambiguousDates,
  type DateOrder,
  type OrderEvidence,
  orderEvidence,
  orderOf,
} from '../../domain/deadlines/date-order.ts'
import type { Draft, Table } from './formats/sheet-format.ts'

/** How the dates of each column are written, by what stands in the whole of it: never cell by cell. */
export interface DateColumns {
  /** By the column's index. */
  orderAt(index: number): DateOrder
  /** Whether "Mar 27" may be a day there: some month of the column has a number that is no year of this plan. */
  hasDoubtfulMonths(index: number): boolean
}

/** For a text that stands in no column. */
export const anyColumn: DateColumns = {
  orderAt: () => 'day first',
  hasDoubtfulMonths: () => false,
}

/** In characters. A longer cell is a text that mentions a date. */
const maxDateLength = 80

/** `chosen`: what a person said for the whole sheet; it decides what the cells leave open. */
export function readDateColumns(
  rows: readonly SheetRow[],
  asOf: CivilDate,
  chosen?: DateOrder,
): DateColumns {
  const columns = cellsByColumn(rows)
  const evidence = columns.map((cells) => orderEvidence(cells))
  const orders = evidence.map((own, at) => orderAmong(own, evidence, at, chosen))
  const doubtful = columns.map((cells) => hasFarMonth(cells, asOf))
  return {
    orderAt: (index) => orders[index] ?? 'day first',
    hasDoubtfulMonths: (index) => doubtful[index] ?? false,
  }
}

/** The column's own evidence; without any, that of the others. One that contradicts itself stays unclear. */
function orderAmong(
  own: OrderEvidence,
  all: readonly OrderEvidence[],
  at: number,
  chosen: DateOrder | undefined,
): DateOrder {
  const order = orderOf(own)
  if (order !== 'unclear') return order
  if (chosen) return chosen
  if (own.dayFirst > 0) return 'unclear'
  return orderOf(addEvidence(all.filter((_, index) => index !== at)))
}

function cellsByColumn(rows: readonly SheetRow[]): string[][] {
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  return Array.from({ length: width }, (_, index) =>
    rows.flatMap(({ cells }) => {
      const cell = cells[index] ?? ''
      return cell.length <= maxDateLength && /\d/.test(cell) ? [cell] : []
    }),
  )
}

const monthAndFigures =
  /^(?:(?:by|end|end of|before)\s+)?(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s-]+'?(?<figures>\d\d)$/
/** A plan looks a few years ahead: what says "Apr 30" in 2026 hardly means 2030. */
const nearYears = 3

/** The two numbers of "Apr 30", which may be a day or a year; undefined where they can only be a year. */
export function monthFigures(cell: string): number | undefined {
  const { figures, month = '' } = monthAndFigures.exec(fold(cell))?.groups ?? {}
  const longest = month === 'feb' ? 29 : /^(?:apr|jun|sep|nov)$/.test(month) ? 30 : 31
  const number = Number(figures)
  return figures !== undefined && number >= 1 && number <= longest ? number : undefined
}

function hasFarMonth(cells: readonly string[], asOf: CivilDate): boolean {
  return cells.some((cell) => {
    const figures = monthFigures(cell)
    return figures !== undefined && Math.abs(2000 + figures - yearOf(asOf)) > nearYears
  })
}

/** One question for each column of dates whose order nothing tells, and one remark where it is not the British one. */
export function noteDateOrders(
  { columns, rows, row }: Table,
  meanings: readonly string[],
  { orderAt }: DateColumns,
  draft: Draft,
): void {
  for (const meaning of meanings) {
    for (const { index, heading } of columns.get(meaning) ?? []) {
      const place = { row, column: heading }
      const order = orderAt(index)
      if (order === 'unclear') draft.problems.push(...unclearOrder(rows, index, place))
      else if (order === 'month first') draft.corrections.push(...monthFirst(rows, index, place))
    }
  }
}

type Place = Pick<SheetNote, 'row' | 'column'>

const rowsNamed = 5

function unclearOrder(rows: readonly SheetRow[], index: number, place: Place): SheetNote[] {
  const doubtful = rows.flatMap(({ number, cells }) => {
    const [date] = ambiguousDates(cells[index] ?? '')
    return date === undefined ? [] : [{ number, date }]
  })
  const [first] = doubtful
  if (!first) return []
  const named = doubtful.slice(0, rowsNamed).map(({ number }) => number)
  const others = doubtful.length - named.length
  const message =
    `${quoted(first.date)} (${named.length === 1 ? 'row' : 'rows'} ${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}) ` +
    'may have the day first or the month first, and the sheet does not tell which. ' +
    'Say which: --dates day-first or --dates month-first. If it is accepted, the day is read first.'
  return [{ ...place, message }]
}

function monthFirst(rows: readonly SheetRow[], index: number, place: Place): SheetNote[] {
  const dated = rows.filter(({ cells }) => {
    const { dayFirst, monthFirst: month, either } = orderEvidence([cells[index] ?? ''])
    return dayFirst + month + either > 0
  })
  const [first] = dated
  if (!first) return []
  const example = quoted((first.cells[index] ?? '').trim())
  const message = `${plural(dated.length, 'date')} such as ${example} (row ${first.number}) ${dated.length === 1 ? 'was' : 'were'} read with the month first.`
  return [{ ...place, message }]
}
