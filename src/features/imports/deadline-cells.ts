import { addDays, type CivilDate, civil, dateIn, fullDate, yearOf } from '../../base/dates.ts'
import type { SheetRow } from '../../base/sheets/read-sheet.ts'
import { listOf, quoted } from '../../base/text.ts'
import { type DateOrder, withDayFirst } from '../../domain/deadlines/date-order.ts'
import { type DeadlineEntry, parseDeadlines } from '../../domain/deadlines/deadlines.ts'
import { unreadDateWord } from '../../domain/deadlines/unread-words.ts'
import { monthFigures } from './date-columns.ts'
import type { Draft, HeadingCell, ParseContext } from './formats/sheet-format.ts'

/** Cells of columns that hold dates and nothing else: what is left over beside a date decides whether it is read. */

/**
 * The dates of a cell. What was inferred is noted; a date of which something stays unread has a `problem`.
 * Undefined `column`: the sheet has none such.
 */
export function parseDeadlineCell(
  row: SheetRow,
  column: HeadingCell | undefined,
  frame: Pick<ParseContext, 'asOf' | 'dates'>,
  draft: Draft,
): DeadlineEntry[] {
  if (!column) return []
  const raw = row.cells[column.index] ?? ''
  const entries = deadlinesIn(raw, column, frame)
  const message = inferenceText(raw, entries)
  if (message) draft.corrections.push({ row: row.number, column: column.heading, message })
  return entries
}

/** The dates of a cell's text, without a note. */
export function deadlinesIn(
  raw: string,
  { index }: Pick<HeadingCell, 'index'>,
  { asOf, dates }: Pick<ParseContext, 'asOf' | 'dates'>,
): DeadlineEntry[] {
  const serial = daySerial(raw)
  const entries = serial
    ? parseDeadlines(serial, asOf).map((entry) => ({ ...entry, raw }))
    : parseDeadlines(raw, asOf, dates.orderAt(index))
  const doubtful = dates.hasDoubtfulMonths(index) ? monthFigures(raw) : undefined
  if (doubtful !== undefined) return entries.map((entry) => withDoubt(entry, doubtful))
  return entries.map((entry) => withLeftOver(entry, asOf))
}

/** The text of a date cell in the forms that the parsers of single days know. */
export function dateText(cell: string, order: DateOrder): string {
  return daySerial(cell) ?? (order === 'month first' ? withDayFirst(cell) : cell)
}

const firstDay = civil(1899, 12, 30)
/** 2000 to 2099. */
const [leastSerial, mostSerial] = [36_526, 73_050]

/** Of 2001 to 2099, in milliseconds since 1970, as programs count. */
const [leastMoment, mostMoment] = [978_307_200_000, 4_102_444_800_000]

/**
 * The day of which a cell holds nothing but a number: Excel's 46477 is 31 March 2027, and so is 1806451200000 of programs
 * that count milliseconds; their midnight is Britain's or UTC's.
 */
function daySerial(cell: string): CivilDate | undefined {
  const moment = /^\s*\d{12,13}\s*$/.test(cell) ? Number(cell) : 0
  if (moment >= leastMoment && moment < mostMoment) {
    return dateIn('Europe/London', new Date(moment))
  }
  const number = /^\s*\d{5}(?:\.0+)?\s*$/.test(cell) ? Number(cell) : 0
  return number >= leastSerial && number <= mostSerial ? addDays(firstDay, number) : undefined
}

/** "Dec 31" in a column whose numbers are no years: it is not read. */
function withDoubt(entry: DeadlineEntry, figures: number): DeadlineEntry {
  const problem = `It may be day ${figures} of the month, or the month of ${2000 + figures}.`
  return { ...entry, earliest: null, due: null, precision: 'none', problem }
}

function withLeftOver(entry: DeadlineEntry, asOf: CivilDate): DeadlineEntry {
  const { about, due, problem, recurrence, condition, baseline, doneOn } = entry
  const isRead = problem !== null || recurrence !== null || condition !== null
  if (isRead || baseline || doneOn) return entry
  if (due && hasYearFirst(entry.raw, due, asOf)) {
    const doubt = 'Its year may stand first: as it is read, it is years away.'
    return { ...entry, problem: doubt }
  }
  if (due && startWords.test(entry.raw)) {
    const doubt = 'It says when it begins, and not by when it is due.'
    return { ...entry, due: null, precision: 'none', problem: doubt }
  }
  const isAhead = due !== null && due > asOf
  const word = unreadDateWord(about, { isAhead, isDated: due !== null })
  return word === undefined ? entry : { ...entry, problem: `${quoted(word)} in it was not read.` }
}

/** "From 1 April" is a start. "From 1 April to 30 June" says its end as well. */
const startWords =
  /^\s*(?:from|starting|starts|commencing|commences|beginning|begins|with effect from|w\.?e\.?f\.?)\b(?!.*\b(?:to|until|till?)\b)/i

/** "27/03/31" is 31 March 2027 in some programs; read as 2031 it is years away. */
const hasYearFirst = (raw: string, due: CivilDate, asOf: CivilDate): boolean =>
  /^\s*\d\d[/.-]\d\d[/.-]\d\d\s*$/.test(raw) && Math.abs(yearOf(due) - yearOf(asOf)) > 3

export const yearPattern = /(?:19|20)\d\d|\d[/.-]\d\d?[/.-]\d\d(?!\d)|[a-z]{3}[\s'-]*\d\d(?!\d)/i

/** What the cell does not say in so many words: a year, the end of a period, which of two days counts. */
function inferenceText(raw: string, entries: readonly DeadlineEntry[]): string {
  const dated = entries.flatMap(({ due, problem, ...rest }) =>
    due && !problem ? [{ due, ...rest }] : [],
  )
  const isInferred = dated.some(({ precision, baseline, doneOn }) => {
    return precision === 'range' || baseline || doneOn || !yearPattern.test(raw)
  })
  if (!isInferred) return ''
  const read = dated.map(({ due, baseline, doneOn }) => {
    if (doneOn) return `done on ${fullDate(doneOn)}`
    return `due ${fullDate(due)}${baseline ? `, at first ${fullDate(baseline)}` : ''}`
  })
  return `${quoted(raw.trim())} was read as ${listOf(read)}.`
}
