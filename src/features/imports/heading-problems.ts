import { Refusal } from '../../base/errors.ts'
import { columnName } from '../../base/sheets/column-name.ts'
import type { Sheet, SheetNote } from '../../base/sheets/read-sheet.ts'
import { fold, listOf, quoted } from '../../base/text.ts'
import type { SheetFormat } from './formats/sheet-format.ts'
import {
  type Candidate,
  type HeadingOptions,
  headingCells,
  mappedMeaning,
  missingColumns,
  requiredColumns,
} from './heading-candidates.ts'

/** What a person has to know or decide about the headings of a sheet. */

/** How a meaning is said in the terminal; in chat there are menus. */
const mapHint = (heading: string, meaning: string) => `: --map "${heading}=${meaning}"`

/** A message for people in chat, who have no terminal. */
export const withoutMapHints = (message: string): string =>
  message.replaceAll(
    /: --(?:(?:map|state|sheet|because) "[^"]*"|blank "[^"]*"(?:,? (?:or )?--\w+ "[^"]*")*|shape tracker|dates day-first or --dates month-first)/g,
    '',
  )

export function notAPlanRefusal(
  { fileName, rows }: Sheet,
  shapes: readonly SheetFormat[],
): Refusal {
  const known = shapes
    .map((one) => {
      const headings = requiredColumns(one).map(([, { heading }]) => heading)
      return `${one.description} has ${listOf(headings)}`
    })
    .join('; ')
  return new Refusal(
    `${fileName} is not a plan that Milepost can read: near row ${rows[0]?.number ?? 1} there are no headings that it knows. ` +
      `${ownHeadingsText(rows)}By its headings, ${known}. Nothing was imported; add the headings and try again.`,
  )
}

/** The row of a file that is most likely its headings: the first of those with the most short texts. */
function ownHeadingsText(rows: Sheet['rows']): string {
  const texts = rows
    .slice(0, 30)
    .map(({ number, cells }) => ({
      number,
      headings: cells.map((cell) => cell.trim()).filter((cell) => /\p{L}/u.test(cell)),
    }))
    .filter(({ headings }) => headings.every((heading) => heading.length <= 60))
  const [best] = texts.toSorted((a, b) => b.headings.length - a.headings.length)
  if (!best || best.headings.length < 2) return ''
  const shown = best.headings.slice(0, headingsShown).map(quoted)
  const more = best.headings.length - shown.length
  return `Row ${best.number} has ${listOf(more > 0 ? [...shown, `${more} more`] : shown)}. `
}

const headingsShown = 12

export function assertRequiredColumns({ fileName }: Sheet, candidate: Candidate): void {
  const missing = missingColumns(candidate)
  const [first] = missing
  if (!first) return
  const headings = listOf(missing.map(([, { heading }]) => heading))
  throw new Refusal(
    `${fileName}, row ${candidate.rows[0]?.number}: the plan has no column headed ${headings}. ` +
      `It was read as ${candidate.sheetFormat.description}. ${ownHeadingsText(candidate.rows)}Nothing was imported; add the heading and try again, or say which column ` +
      `it is${mapHint('Your heading', first[0])}.`,
  )
}

export function expectedColumnProblems({ sheetFormat, columns, rows }: Candidate): SheetNote[] {
  return Object.entries(sheetFormat.columns).flatMap(([meaning, { heading, need }]) => {
    if (need !== 'should' || columns.has(meaning)) return []
    const message =
      `There is no column headed ${heading}. Add it, or say which one it is${mapHint('Your heading', meaning)}. ` +
      'If it is accepted, the plan is imported without it.'
    return [{ row: rows[0]?.number ?? 0, column: heading, message }]
  })
}

export function duplicateColumnProblems({ sheetFormat, columns, row }: Candidate): SheetNote[] {
  return [...columns].flatMap(([meaning, cells]) => {
    const [first] = cells
    const groups = sheetFormat.columns[meaning]?.isRepeatable
      ? [...Map.groupBy(cells, (cell) => fold(`${cell.over} ${cell.heading}`)).values()]
      : [cells]
    return groups.flatMap((group) => {
      if (!first || group.length < 2) return []
      const letters = group.map(({ index }) => columnName(index))
      const message =
        `Columns ${listOf(letters)} mean the same (${meaning}). Remove one, or say ` +
        `what it is${mapHint(`column ${letters.at(-1)}`, 'ignore')}. If it is accepted, ${sheetFormat.columns[meaning]?.isRepeatable ? 'all are' : `only ${letters[0]} is`} read.`
      return [{ row, column: group.at(-1)?.heading ?? '', message }]
    })
  })
}

export function mergedHeadingProblems({ sheetFormat, rows, row }: Candidate): SheetNote[] {
  const [upper] = rows
  if (rows.length < 2 || sheetFormat.hasTwoHeadingRows || !upper) return []
  const message =
    `The headings stand in two rows, ${upper.number} and ${row}, with merged cells. They were read together; look at what ` +
    'each column was taken for. Put all headings into one row, or accept it.'
  return [{ row: upper.number, message }]
}

/** What a person may know better, unless it was said: one line, however many headings there are. */
export function guessedColumnNotes(
  { columns, row, sheetFormat }: Candidate,
  { mapping, savedMapping }: HeadingOptions,
): SheetNote[] {
  const said = { ...savedMapping, ...mapping }
  const guesses = [...columns].flatMap(([meaning, cells]) =>
    cells
      .filter((cell) => sheetFormat.isGuess?.(cell, meaning) && !mappedMeaning(cell, said))
      .map(({ index, heading }) => {
        const title = sheetFormat.columns[meaning]?.heading ?? meaning
        return `column ${columnName(index)} ${quoted(heading)} as ${title}`
      }),
  )
  if (guesses.length === 0) return []
  const message = `Read by a word in the heading: ${listOf(guesses)}. If one is something else, say what it is${mapHint('Its heading', 'ignore')}.`
  return [{ row, message }]
}

export function unreadColumnNotes(
  sheet: Sheet,
  { columns, row, rows, sheetFormat, ignoredColumns }: Candidate,
): SheetNote[] {
  const read = new Set(
    [...columns].flatMap(([meaning, cells]) => {
      return (sheetFormat.columns[meaning]?.isRepeatable ? cells : cells.slice(0, 1)).map(
        ({ index }) => index,
      )
    }),
  )
  const headings = new Map(headingCells(rows).map((cell) => [cell.index, cell.heading]))
  const below = sheet.rows.filter(({ number }) => number > row)
  const widest = below.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  return Array.from({ length: widest }, (_, index) => index)
    .filter((index) => !read.has(index) && !ignoredColumns.includes(index))
    .flatMap((index) => {
      const filled = below.find(({ cells }) => (cells[index] ?? '').trim() !== '')
      if (!filled) return []
      const heading = headings.get(index) ?? ''
      const what = heading === '' ? 'a column without a heading' : `the column "${heading}"`
      const message = `Not read: ${what}, first filled in row ${filled.number}.`
      return [{ row, column: heading, message }]
    })
}
