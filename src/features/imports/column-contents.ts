import type { CivilDate } from '../../base/dates.ts'
import { columnIndex } from '../../base/sheets/column-name.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { fold, listOf, plural, quoted, shorten } from '../../base/text.ts'
import type { Scheme } from '../../domain/scheme/schemes.ts'
import { stateOfFill } from './cell-looks.ts'
import type { HeadingCell, Table } from './formats/sheet-format.ts'
import type { Headings } from './headings.ts'
import { parseRating, type StateWords } from './rating-parser.ts'
import {
  type Contents,
  isDay,
  isOfRecord,
  mapName,
  nameOf,
  unreadDayProblems,
} from './unread-days.ts'

/** What stands in a column decides with its heading what the column is: where the two disagree, a person is asked. */

/** So many cells tell what a column holds; fewer tell nothing. */
const [fewestCells, mostCells] = [3, 60]
const leastShare = 0.8

export function contentProblems(
  { columns, columnMappings, row, sheetFormat }: Headings,
  tables: readonly Table[],
  { asOf, scheme, stateWords }: { asOf: CivilDate; scheme: Scheme; stateWords: StateWords },
): SheetNote[] {
  if (sheetFormat.isOwnExport || sheetFormat.hasNoProjects) return []
  const rows = tables.flatMap((table) => table.rows)
  const contentsAt = (index: number, heading: string): Contents => {
    const cells = rows.map(({ cells }) => (cells[index] ?? '').trim()).filter((text) => text !== '')
    return { index, heading, cells: cells.slice(0, mostCells) }
  }
  const note = ({ heading }: Contents, message: string) => ({ row, column: heading, message })
  const unread = columnMappings.flatMap(({ column, heading, meaning }) =>
    meaning === null ? [contentsAt(columnIndex(column), heading)] : [],
  )
  const isRating = (cell: string) => {
    const { certainty, isDone } = parseRating(cell, scheme, stateWords)
    return certainty !== 'unknown' && !isDone
  }
  const lacks = (...meanings: readonly string[]) => meanings.every((one) => !columns.has(one))
  const isUndated = lacks(
    ...['deadline', 'forecast', 'baseline', 'actual', 'date', 'milestone', 'month'],
  )
  const dates = isUndated
    ? unread.find((one) => !isOfRecord.test(fold(one.heading)) && holds(one, isDay(asOf)))
    : undefined
  const states = lacks('state', 'status', 'percent')
    ? unread.find((one) => holds(one, isRating) || holds(one, saysWhetherOver))
    : undefined
  const mistaken = (
    cell: HeadingCell | undefined,
    question: (examples: string, heading: string) => string,
    is: (cell: string) => boolean = isAnswerOrFigure,
  ) => {
    const contents = cell && contentsAt(cell.index, cell.heading)
    if (!contents || !holds(contents, is)) return []
    return [note(contents, question(examplesOf(contents), cell.heading))]
  }
  return [
    ...(sheetFormat.isFallback && lacks(...planMeanings)
      ? [
          {
            row,
            message:
              'It has no column of dates, owners or states: it may be a list of something else. Say what its columns are, or accept that its rows are tasks.',
          },
        ]
      : []),
    ...mistaken(
      columns.get('workstream')?.[0],
      (examples, heading) =>
        `What stands under ${quoted(heading)} names no parts of a plan: ${examples}. Say what it is: --map "${heading}=ignore", or accept that these are the workstreams.`,
      (cell) => truth.test(fold(cell)),
    ),
    ...mistaken(
      columns.get('title')?.[0],
      (examples, heading) =>
        `What stands under ${quoted(heading)} names no tasks: ${examples}. Say which column does: --map "Your heading=title", or accept that these are the titles.`,
    ),
    ...mistaken(
      columns.get('leads')?.[0],
      (examples, heading) =>
        `What stands under ${quoted(heading)} names nobody: ${examples}. Say what it is: --map "${heading}=ignore", or accept that these are the owners.`,
    ),
    ...(dates
      ? [
          note(
            dates,
            `No column says when anything is due, and ${nameOf(dates)} holds days: ${examplesOf(dates)}. Say whether it is that: --map "${mapName(dates)}=deadline", or accept that it is left out.`,
          ),
        ]
      : []),
    ...(lacks('percent', 'actual') ? unread.flatMap((one) => doneProblem(one, row)) : []),
    ...blankStateProblem(tables, columns.get('state')?.[0], unread),
    ...(lacks('state', 'status') ? colourProblem(tables, scheme, row) : []),
    ...(dates ? [] : unreadDayProblems(unread, { row, asOf, isUndated })),
    ...(states
      ? [
          note(
            states,
            `No column says where things stand, and ${nameOf(states)} holds states: ${examplesOf(states)}. Say whether it is that: --map "${mapName(states)}=state", or accept that it is left out.`,
          ),
        ]
      : []),
  ]
}

/** "Delivered: Yes, No, Partly": whether a row is done, under a heading that nothing knows. */
function doneProblem(one: Contents, row: number): SheetNote[] {
  const isDone = /\b(?:deliver|achiev|complet|done|finish|implement|met)/.test(fold(one.heading))
  if (!isDone || one.cells.length === 0 || !one.cells.every(isAnswer)) return []
  const message = `${nameOf(one)} holds ${examplesOf(one)}, and was not read. Say whether it tells that a row is done: --map "${mapName(one)}=percent", or accept that it is left out.`
  return [{ row, column: one.heading, message }]
}

const isAnswer = (cell: string) =>
  /^(?:yes|no|[ynx]|true|false|part(?:ly|ially)?|ongoing|not yet|[✓✔☑✅✗✘])$/.test(fold(cell))

/** "RAG Oct: Red, RAG Nov: blank": whether it is still so is not known. */
function blankStateProblem(
  tables: readonly Table[],
  state: HeadingCell | undefined,
  unread: readonly Contents[],
): SheetNote[] {
  const others = unread.filter(({ heading }) => /\bb?rag\b/i.test(heading))
  if (!state || others.length === 0) return []
  const textAt = (cells: readonly string[], { index }: { index: number }) => cells[index]?.trim()
  const rows = tables.flatMap((table) => table.rows)
  const blank = rows.filter(({ cells }) => {
    return !textAt(cells, state) && others.some((one) => textAt(cells, one))
  })
  const [first] = blank
  if (!first) return []
  const column = state.heading
  const message = `${quoted(column)} is empty in ${plural(blank.length, 'row')}, of which the first is ${first.number}, and ${listOf(others.map(nameOf))} beside it ${others.length === 1 ? 'is' : 'are'} not. Fill it in, or accept that those are not rated.`
  return [{ row: first.number, column, message }]
}

/** Rows in the colours of states, where no column says them. */
function colourProblem(tables: readonly Table[], scheme: Scheme, row: number): SheetNote[] {
  const states = tables.flatMap(({ rows, columns }) => {
    const [title] = columns.get('title') ?? []
    return rows.flatMap(({ looks }) => {
      const fill = title && looks?.[title.index]?.fill
      return (fill && stateOfFill(fill, scheme)?.label) || []
    })
  })
  const labels = [...new Set(states)]
  if (labels.length < 2) return []
  const message = `Rows are coloured as ${listOf(labels)}, and no column says where things stand. Add a column RAG with the words, or accept that nothing is rated.`
  return [{ row, message }]
}

/** A plan of tasks says one of these. */
const planMeanings = [
  ...['deadline', 'forecast', 'baseline', 'actual', 'leads', 'state', 'status', 'percent'],
] as const

const holds = ({ cells }: Contents, is: (cell: string) => boolean): boolean =>
  cells.length >= fewestCells && cells.filter(is).length >= cells.length * leastShare

const truth = /^(?:true|false|yes|no|[yn])$/
/** True and false, the letters of a RACI matrix, a number, a serial or a day in figures. */
const answerOrFigure = /^(?:true|false|yes|no|[yn]|[raci](?:[/, ]+[raci])*|[£$€]?[\d.,:/-]+ ?%?)$/
const isAnswerOrFigure = (cell: string) => cell.length < 40 && answerOrFigure.test(fold(cell))
const saysWhetherOver = (cell: string) => overWords.test(fold(cell))
const overWords = /^(?:open|closed?|completed?|done|in progress|ongoing|outstanding|not started)$/

const examplesOf = ({ cells }: Contents): string =>
  listOf([...new Set(cells)].slice(0, 3).map((cell) => quoted(shorten(cell, 30))))
