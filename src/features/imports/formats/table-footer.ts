import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { fold } from '../../../base/text.ts'
import { noteUnreadRow } from '../cell-parsers.ts'
import { type Draft, filledIn, type Table } from './sheet-format.ts'

/** What programs write directly below a table. */
const footerWords =
  /^(?:(?:printed|exported|generated|downloaded|last updated|last saved)(?: (?:on|by|from|at)\b|:)|page \d|©)/

/**
 * The table without the lines below it: a last row of one filled cell, set off by a blank row or in the words of a footer.
 * Read as a task, it would be a project that nobody planned.
 */
export function withoutFooter(table: Table, draft: Draft): Table {
  const { rows } = table
  const footer = rows.findLastIndex(({ cells }) => filledIn(cells).length > 1) + 1
  const isSetOff = rows.slice(footer).some((row, at) => isFooter(row, rows[footer + at - 1]))
  if (footer === 0 || !isSetOff) return table
  for (const row of rows.slice(footer)) {
    noteUnreadRow(row, 'the row stands below the table', draft)
  }
  return { ...table, rows: rows.slice(0, footer) }
}

function isFooter({ number, cells }: SheetRow, above: SheetRow | undefined): boolean {
  const [text = ''] = filledIn(cells)
  return (above !== undefined && number > above.number + 1) || footerWords.test(fold(text))
}
