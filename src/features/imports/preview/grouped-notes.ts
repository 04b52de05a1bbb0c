import type { SheetNote } from '../../../base/sheets/read-sheet.ts'
import { capitalised, plural, quoted } from '../../../base/text.ts'

/** Notes of one kind: they say the same of different rows. */
export interface NoteGroup {
  /** Each once. */
  readonly rows: readonly number[]
  readonly column: string | undefined
  /** The name of another sheet than the plan's. */
  readonly sheet?: string | undefined
  /** Of the first. */
  readonly message: string
}

/** One group for each kind of note, in the order of the rows: numbers and quoted words do not count. */
export function groupNotes(notes: readonly SheetNote[]): NoteGroup[] {
  const groups = groupsOf(notes)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const columns = new Set(group.map(({ column }) => column))
    const rows = [...new Set(group.map(({ row }) => row))]
    const { sheet, message } = first
    return [{ rows, column: columns.size === 1 ? first.column : undefined, sheet, message }]
  })
}

const groupsOf = (notes: readonly SheetNote[]) =>
  Map.groupBy(notes, ({ sheet = '', message }) => `${sheet} ${kindOf(message)}`)

const kindOf = (message: string): string =>
  message
    .replaceAll(/“[^”]*”|"[^"]*"(?: \([^)]*\))?/g, '…')
    .replaceAll(/\d+(?:\.\d+)*/g, '0')
    .replaceAll(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) 0 \w+ 0\b/g, 'day')
    .replace(/ says: .*$/s, '')

/** So many notes of a kind are a line each: a person decides about each of them. */
const listedEach = 4

/** Notes that ask for a decision: one group for each note, and one for a kind of which there are many. */
export function groupQuestions(notes: readonly SheetNote[]): NoteGroup[] {
  const groups = groupsOf(notes)
  return [...groups.values()].flatMap((group) =>
    group.length > listedEach
      ? groupNotes(group)
      : group.map(({ row, column, sheet, message }) => ({ rows: [row], column, sheet, message })),
  )
}

/** Rows that a line names. */
const rowsNamed = 6

/** What stands in a row, for a person who does not count rows; '' for nothing. */
type RowText = (row: number) => string
const noText: RowText = () => ''

/** "Row 3, RAG: 1.2 has no milestone. The same in rows 7, 9 and 4 more (7 in all)." */
export function formatGroup({ rows, column, sheet, message }: NoteGroup, textOf = noText): string {
  const [first = 0, ...others] = rows
  const text = first > 0 && sheet === undefined ? textOf(first) : ''
  const parts = [
    ...(sheet === undefined ? [] : [`sheet ${quoted(sheet)}`]),
    ...(first > 0 ? [`row ${first}`] : []),
    ...(column ? [column] : []),
  ]
  const stands = first > 0 || sheet !== undefined ? parts : ['the file', ...parts]
  const place = capitalised(stands.join(', ')) + (text && ` (${text})`)
  if (others.length === 0) return `${place}: ${message}`
  const named = others.slice(0, rowsNamed).join(', ')
  const more = others.length - rowsNamed
  const rest = more > 0 ? `${named} and ${more.toLocaleString('en-GB')} more` : named
  return `${place}: ${message} The same in ${others.length === 1 ? 'row' : 'rows'} ${rest} (${plural(rows.length, 'row')} in all).`
}
