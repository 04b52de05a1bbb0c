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
