import type { SheetNote, SheetRow } from '../../base/sheets/read-sheet.ts'
import { plural, quoted } from '../../base/text.ts'
import { ambiguousDates, orderEvidence } from '../../domain/deadlines/date-order.ts'
import type { DateColumns } from './date-columns.ts'
import type { Draft, Table } from './formats/sheet-format.ts'

/** What a person is told of the order of day and month in a sheet, and asked. */

/** One question for each column of dates whose order nothing tells, and one remark where it is not the British one. */
export function noteDateOrders(
  { columns, rows, row }: Table,
  meanings: readonly string[],
  { orderAt }: DateColumns,
  draft: Draft,
  { isWorkbook }: { readonly isWorkbook: boolean },
): void {
  for (const meaning of meanings) {
    for (const { index, heading } of columns.get(meaning) ?? []) {
      const place = { row, column: heading }
      const order = orderAt(index)
      if (order === 'unclear') draft.problems.push(...unclearOrder(rows, index, place))
      else if (isWorkbook) draft.problems.push(...turnedDates(rows, index, place))
      if (order === 'month first') draft.corrections.push(...monthFirst(rows, index, place))
    }
  }
}

/** Whether a column of dates has some that may be two days. */
export const asksForDateOrder = (
  tables: readonly Table[],
  meanings: readonly string[],
  { orderAt }: DateColumns,
): boolean =>
  tables.some(({ columns, rows }) =>
    meanings
      .flatMap((meaning) => columns.get(meaning) ?? [])
      .some(({ index }) => {
        const isOpen = orderAt(index) === 'unclear'
        return isOpen && rows.some(({ cells }) => ambiguousDates(cells[index] ?? '').length > 0)
      }),
  )

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

/**
 * Excel makes days of "04/03/2027" in its own order and leaves "31/03/2027" as text where that is not its order: beside
 * dates that it could not read, those that it could may have day and month exchanged.
 */
function turnedDates(rows: readonly SheetRow[], index: number, place: Place): SheetNote[] {
  const cells = rows.map(({ cells }) => (cells[index] ?? '').trim())
  const days = cells.filter((cell) => /^\d{4}-\d\d-\d\d$/.test(cell))
  const { dayFirst, monthFirst: month, either } = orderEvidence(cells)
  const isSuspect = days.length > 0 && days.every((day) => Number(day.slice(8)) <= 12)
  if (!isSuspect || dayFirst + month === 0 || either > 0) return []
  const texts = plural(dayFirst + month, 'date')
  const message =
    `${texts} of this column ${dayFirst + month === 1 ? 'is' : 'are'} text, and in each of the ${plural(days.length, 'other')} the day may be the month, ` +
    `as in ${days[0]}: Excel may have read them in the other order. Look at them, write all as dates, or accept them as they are.`
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
