import { type CivilDate, yearOf } from '../../base/dates.ts'
import type { SheetRow } from '../../base/sheets/read-sheet.ts'
import { fold } from '../../base/text.ts'
import {
  addEvidence,
  type DateOrder,
  type OrderEvidence,
  orderEvidence,
  orderOf,
} from '../../domain/deadlines/date-order.ts'

/** How the dates of each column are written, by what stands in the whole of it: never cell by cell. */
export interface DateColumns {
  /** By the column's index. */
  orderAt(index: number): DateOrder
  /** Whether "Mar 27" may be a day there: some month of the column has a number that is no year of this plan. */
  hasDoubtfulMonths(index: number): boolean
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
  /(?:^|[\s(])(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s-]+(?<figures>\d\d)$/
/** A plan looks a few years ahead: what says "Apr 30" in 2026 hardly means 2030. */
const nearYears = 3

/** The two numbers of "Apr 30", which may be a day or a year; undefined where they can only be a year: "Apr '30". */
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
