import { type CivilDate, fullDate } from '../../base/dates.ts'
import type { SheetRow } from '../../base/sheets/read-sheet.ts'
import { latinLetters, quoted } from '../../base/text.ts'
import { dateExpressionAt } from '../../domain/deadlines/date-expression.ts'
import { nearestYear } from '../../domain/deadlines/year-inference.ts'
import { deadlinesIn, yearPattern } from './deadline-cells.ts'
import { type Draft, type ParseContext, type Table, textOf } from './formats/sheet-format.ts'
import type { MilestoneCell } from './parsed-plan.ts'
import { formatCodePoints, parseRating, type Rating } from './rating-parser.ts'

/** Parsers of cells that all formats share. They note what a person should know. */

/** The state in a cell. Notes an unusual spelling, and collects what is unknown; `about` begins the note. */
export function parseState(
  row: SheetRow,
  { columns }: Pick<Table, 'columns'>,
  meaning: string,
  { scheme, stateWords }: ParseContext,
  draft: Draft,
  about?: string,
): Rating {
  const [column] = columns.get(meaning) ?? []
  const raw = column ? (row.cells[column.index] ?? '') : ''
  const rating = parseRating(raw, scheme, stateWords)
  const prefix = about === undefined ? '' : `${about}: `
  const place = { row: row.number, column: column?.heading ?? meaning }
  if (rating.certainty === 'changed') {
    const meaning = rating.isDone && rating.state === scheme.blank ? 'done' : rating.state.label
    const message = `${prefix}${formatCodePoints(raw)} was read as ${meaning}.`
    draft.corrections.push({ ...place, message })
  }
  if (rating.certainty === 'unknown') {
    const fill = row.looks?.[column?.index ?? 0]?.fill
    draft.unknownStates.push({ ...place, raw, fill })
  }
  return rating
}

/** Notes a row that is no part of the plan, with its text. `why` completes "Not read: …". */
export function noteUnreadRow({ number, cells }: SheetRow, why: string, draft: Draft): void {
  const text = cells.find((cell) => cell.trim() !== '')?.trim() ?? ''
  draft.warnings.push({ row: number, message: `Not read: ${why}. It says: ${text}` })
}

/** The day in a cell: of a month or a quarter its first, or its last where something is due. Notes a cell that holds none. */
export function parseDay(
  row: SheetRow,
  { columns }: Pick<Table, 'columns'>,
  meaning: string,
  frame: ParseContext,
  draft: Draft,
  of: 'first' | 'last' = 'first',
): CivilDate | undefined {
  const text = textOf(row, columns, meaning)
  const [column] = columns.get(meaning) ?? []
  if (text === '' || !column) return undefined
  const [entry, second] = deadlinesIn(text, column, frame)
  const place = { row: row.number, column: column.heading }
  const problem = second?.due ? 'It has several days.' : entry?.problem
  if (problem) {
    const message = `${quoted(text)}: ${problem} Put the day right, or accept that it is left out.`
    draft.problems.push({ ...place, message })
    return undefined
  }
  if (!entry?.due) {
    draft.warnings.push({ ...place, message: `No day in ${quoted(text)}.` })
    return undefined
  }
  const day = of === 'last' ? entry.due : (entry.earliest ?? entry.due)
  if (!yearPattern.test(text)) {
    draft.corrections.push({ ...place, message: `${quoted(text)} was read as ${fullDate(day)}.` })
  }
  return day
}

/** Notes dates and "TBC" that contain look-alike letters: "O1 Mar", "ТВС" in Cyrillic. */
export function noteLookalikes(ref: string, milestone: MilestoneCell, draft: Draft): void {
  const { raw, row, column, due } = milestone
  const words = (raw.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, due ? 2 : 1)
  const odd = words.find((word) => latinLetters(word) !== word.toLowerCase() || /^o\d$/i.test(word))
  if (!odd || !(due || latinLetters(odd) === 'tbc')) return
  const meaning = due ? fullDate(due) : 'TBC'
  const message = `${ref}: ${formatCodePoints(words.join(' '))} was read as ${meaning}.`
  draft.corrections.push({ row, column, message })
}

/** The last day of the month that a heading names; undefined for any other heading. */
export function parseMonth(folded: string, asOf: CivilDate): CivilDate | undefined {
  const wording = dateExpressionAt(folded, 0, nearestYear(asOf))
  const whole = wording?.length === folded.length && wording.reading.precision === 'month'
  return whole ? (wording.reading.due ?? undefined) : undefined
}

export const isMonth = (folded: string, asOf: CivilDate) => parseMonth(folded, asOf) !== undefined
