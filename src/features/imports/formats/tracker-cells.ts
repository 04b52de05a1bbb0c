import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, fold } from '../../../base/text.ts'
import { parseState } from '../cell-parsers.ts'
import { parseRating } from '../rating-parser.ts'
import type { RowContext } from './draft-linker.ts'
import { cellOf, type Table, textOf, withCell } from './sheet-format.ts'

/** Cells of trackers whose meaning depends on their neighbours. */

export const rawStateOf = (row: SheetRow, { columns }: Table): string =>
  cellOf(row, columns, 'state') || cellOf(row, columns, 'status')

/** Where a tracker says that work goes on, and nothing of how it goes. */
const progressWords =
  /^(?:not started|to ?do|open|new|backlog|planned|pending|in progress|in-progress|ongoing|started|active|doing|in review|working on it|selected for development|draft|scheduled|no)$/

/** By its RAG; without one, by the status, of which words for progress are no rating. */
export function stateOf(
  row: SheetRow,
  { table, frame, draft }: Pick<RowContext, 'table' | 'frame' | 'draft'>,
) {
  const { columns } = table
  const status = textOf(row, columns, 'status')
  const ofStatus = parseRating(status, frame.scheme, frame.stateWords)
  const isComplete = ofStatus.isDone || completeWords.test(fold(textOf(row, columns, 'percent')))
  if (textOf(row, columns, 'state') !== '') {
    const rating = parseState(row, table, 'state', frame, draft)
    return { state: rating.state, isDone: rating.isDone || isComplete }
  }
  const isProgress = isPercentage(status) || progressWords.test(fold(status.replaceAll('_', ' ')))
  if (isProgress && ofStatus.certainty === 'unknown') {
    return { state: frame.scheme.blank, isDone: isComplete || /^100 ?%$/.test(status) }
  }
  const rating = parseState(row, table, 'status', frame, draft)
  return { state: rating.state, isDone: rating.isDone || isComplete }
}

/**
 * The table with "1" as 100 % where the column of percentages holds shares: none is above 1, as spreadsheets keep per
 * cents that nobody formatted.
 */
export function withSharesAsPercent(table: Table): Table {
  const [column] = table.columns.get('percent') ?? []
  if (!column) return table
  const textAt = ({ cells }: SheetRow) => (cells[column.index] ?? '').trim()
  const filled = table.rows.map(textAt).filter((text) => text !== '')
  const areShares = filled.every((text) => /^(?:0?\.\d+|[01](?:\.0+)?)$/.test(text))
  if (!areShares) return table
  const rows = table.rows.map((row) => {
    const isWhole = /^1(?:\.0+)?$/.test(textAt(row))
    return isWhole ? withCell(row, column.index, '100%') : row
  })
  return { ...table, rows }
}

const completeWords = /^(?:100(?:\.0+)? ?%?|yes|y|true|x|done|completed?|[✓✔☑✅])$/

const isPercentage = (text: string): boolean => /^\d{1,3}(?:\.\d+)? ?%?$/.test(text)

export const tagsOf = (cell: string): string[] =>
  cell
    .split(/[;,]/)
    .map(collapseWhitespace)
    .filter((tag) => tag !== '' && !/^(?:none|n\/a|-)$/i.test(tag))
