import type { CivilDate } from '../../base/dates.ts'
import { columnName } from '../../base/sheets/column-name.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { fold, listOf, plural, quoted } from '../../base/text.ts'
import { type DeadlineEntry, parseDeadlines } from '../../domain/deadlines/deadlines.ts'

/** Columns of days that no heading explains: beside the dates that were read they may be the ones that count. */

export interface Contents {
  readonly index: number
  readonly heading: string
  /** The first filled cells. */
  readonly cells: readonly string[]
}

/** Days that tools keep of what they did, of meetings and papers, and first days. */
export const isOfRecord =
  /creat|updat|modif|raised|logged|opened|reported|start|begin|kick|last|export|session|birth|added|entered|review|from|status date|report|meeting|issued|received|sent|visit|inspect|publish|accept|assigned|viewed|text$/

/** What a cell says that is a day, a month or a period and nothing else. */
function daysIn(cell: string, asOf: CivilDate): DeadlineEntry[] {
  const entries = cell.length <= 40 && /\d/.test(cell) ? parseDeadlines(cell, asOf) : []
  return entries.filter(({ due, about }) => due !== null && about === '')
}

export const isDay =
  (asOf: CivilDate) =>
  (cell: string): boolean =>
    daysIn(cell, asOf).length > 0

/** A day or a month: figures such as "2027" alone may be anything. */
const saysDay = (cell: string, asOf: CivilDate): boolean =>
  /\D/.test(cell) &&
  daysIn(cell, asOf).some(({ precision }) => precision === 'day' || precision === 'month')

/**
 * One question for all columns of days; and one for all columns that a period heads, where nothing else says when
 * anything is due: beside dates, the weeks of a chart say the same again.
 */
export function unreadDayProblems(
  unread: readonly Contents[],
  {
    row,
    asOf,
    isUndated,
  }: { readonly row: number; readonly asOf: CivilDate; readonly isUndated: boolean },
): SheetNote[] {
  const open = unread.filter(({ heading, cells }) => {
    return heading !== '' && cells.length > 0 && !isOfRecord.test(fold(heading))
  })
  const byPeriod = open.filter(({ heading }) => isDay(asOf)(heading))
  const ofDays = open.filter(
    (one) => !byPeriod.includes(one) && one.cells.every((cell) => saysDay(cell, asOf)),
  )
  const years = open.filter(({ cells }) => cells.every((cell) => yearAlone.test(cell)))
  const lengths = isUndated ? open.filter(({ heading }) => /^duration\b/i.test(heading)) : []
  return [
    ...years.map((one) => yearProblem(one, row)),
    ...lengths.map((one) => durationProblem(one, row)),
    ...daysProblem(
      ofDays.filter((one) => !years.includes(one)),
      row,
    ),
    ...(isUndated ? periodsProblem(byPeriod, row) : []),
  ]
}

const yearAlone = /^(?:FY ?)?20\d\d(?: ?[/–-] ?(?:20)?\d\d)?$/i

/** "March" in one column and "2027" in the next. */
function yearProblem(one: Contents, row: number): SheetNote {
  const message = `${nameOf(one)} holds years, such as ${quoted(one.cells[0] ?? '')}, and was not read: a month or a quarter beside it is of the nearest year. Write both into one cell, or accept that the years are left out.`
  return { row, column: one.heading, message }
}

function durationProblem(one: Contents, row: number): SheetNote {
  const message = `Nothing says when anything is due but ${nameOf(one)}, such as ${quoted(one.cells[0] ?? '')}. Add a column of the days when it ends, or accept that there are no dates.`
  return { row, column: one.heading, message }
}

function daysProblem(columns: readonly Contents[], row: number): SheetNote[] {
  const [first] = columns
  if (!first) return []
  const names = listOf(columns.map(nameOf))
  const message = `${names} ${columns.length === 1 ? 'holds' : 'hold'} days, such as ${quoted(first.cells[0] ?? '')}, and ${columns.length === 1 ? 'was' : 'were'} not read. Say what such a column is, as deadline, baseline, forecast or actual: --map "${mapName(first)}=deadline", or accept that ${columns.length === 1 ? 'it is' : 'they are'} left out.`
  return [{ row, column: first.heading, message }]
}

function periodsProblem(columns: readonly Contents[], row: number): SheetNote[] {
  const [first] = columns
  if (!first) return []
  const message = `${plural(columns.length, 'column')} headed by a time, from ${nameOf(first)} on, ${columns.length === 1 ? 'was' : 'were'} not read, with ${quoted(first.cells[0] ?? '')} and the like. If they say when something is due, write that as a date in a column of its own; or accept that they are left out.`
  return [{ row, column: first.heading, message }]
}

export const nameOf = (one: Contents): string =>
  one.heading === '' ? `column ${columnName(one.index)}` : quoted(one.heading)
export const mapName = ({ heading, index }: Contents): string =>
  heading || `column ${columnName(index)}`
