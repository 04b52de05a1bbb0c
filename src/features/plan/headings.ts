import type { CivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { fold, listOf } from '../../base/text.ts'
import { wordingAt } from './deadline-wording.ts'
import { nearestTo } from './deadline-years.ts'
import type { Note, Sheet, SheetRow } from './sheet.ts'

/** Where a plan's columns stand in its sheet, counted from 0. */
export interface Headings {
  readonly row: number
  readonly ref: Column
  readonly title: Column
  readonly state: Column
  readonly commentary: Column
  readonly leads: Column | undefined
  readonly sponsors: Column | undefined
  /** In the order of the sheet, at least one. */
  readonly months: readonly MonthColumn[]
  /** Columns that are not read although they hold something. */
  readonly notes: readonly Note[]
}

export interface Column {
  readonly index: number
  /** As the sheet has it. */
  readonly heading: string
}

export interface MonthColumn extends Column {
  /** The last day of the month. */
  readonly end: CivilDate
}

type Name = 'ref' | 'title' | 'state' | 'commentary' | 'leads' | 'sponsors'

/** The headings of the published W17 sheet first; then what else people write over such a column. */
const names: Readonly<Record<Name, readonly string[]>> = {
  ref: ['ref', 'reference', 'ref no', 'ref.'],
  title: ['workstream detail', 'workstream', 'project', 'detail', 'title'],
  state: ['rag', 'rag rating', 'rag status', 'brag', 'brag rating', 'status'],
  commentary: ['commentary', 'comments', 'comment'],
  leads: ['lead', 'leads', 'lead / leads', 'lead(s)'],
  sponsors: ['sponsor', 'sponsors', 'sponsor(s)'],
}

/** Sheets begin with a title and a date or two; headings further down than this are none. */
const rowsSearched = 30

/** Finds the row of headings and what stands under each. A Refusal names what is missing. */
export function findHeadings(sheet: Sheet, asOf: CivilDate): Headings {
  const candidates = sheet.rows.slice(0, rowsSearched).map((row) => columnsOf(row, asOf))
  const [best] = candidates.toSorted((a, b) => b.found.size - a.found.size)
  if (!best || best.found.size < 2) throw notAPlan(sheet)
  const { row, found, months } = best
  const [ref, title, state, commentary] = (['ref', 'title', 'state', 'commentary'] as const).map(
    (name) => found.get(name),
  )
  if (!ref || !title || !state || !commentary || months.length === 0) throw missing(sheet, best)
  const [leads, sponsors] = [found.get('leads'), found.get('sponsors')]
  const columns = { row: row.number, ref, title, state, commentary, leads, sponsors, months }
  return { ...columns, notes: unread(sheet, best) }
}

/** True for a row that repeats the headings, as sheets printed page by page do. */
export function repeatsHeadings(row: SheetRow, headings: Headings): boolean {
  return [headings.ref, headings.title, headings.state].every(
    ({ index, heading }) => fold(row.cells[index] ?? '') === fold(heading),
  )
}

interface Candidate {
  readonly row: SheetRow
  readonly found: ReadonlyMap<Name, Column>
  readonly months: readonly MonthColumn[]
}

function columnsOf(row: SheetRow, asOf: CivilDate): Candidate {
  const found = new Map<Name, Column>()
  const months: MonthColumn[] = []
  for (const [index, cell] of row.cells.entries()) {
    const [heading, text] = [cell.trim(), fold(cell)]
    const end = monthOf(text, asOf)
    if (end) months.push({ index, heading, end })
    const name = (Object.keys(names) as Name[]).find((key) => names[key].includes(text))
    if (name && !found.has(name)) found.set(name, { index, heading })
  }
  return { row, found, months }
}

function monthOf(text: string, asOf: CivilDate): CivilDate | undefined {
  const wording = wordingAt(text, 0, nearestTo(asOf))
  const wholeMonth = wording?.length === text.length && wording.reading.precision === 'month'
  return wholeMonth ? (wording.reading.due ?? undefined) : undefined
}

function notAPlan({ fileName, rows }: Sheet): Refusal {
  return new Refusal(
    `${fileName} is not a plan that Milepost can read: near row ${rows[0]?.number ?? 1} there are no headings. ` +
      'A plan has the headings REF, WORKSTREAM DETAIL, RAG and COMMENTARY and a column for each month. ' +
      'Nothing was imported; add the headings and try again.',
  )
}

function missing({ fileName }: Sheet, { row, found, months }: Candidate): Refusal {
  const wanted: readonly [Name, string][] = [
    ['ref', 'REF'],
    ['title', 'WORKSTREAM DETAIL'],
    ['state', 'RAG'],
    ['commentary', 'COMMENTARY'],
  ]
  const lacking = wanted.filter(([name]) => !found.has(name)).map(([, heading]) => heading)
  if (months.length === 0) lacking.push('a month (such as March)')
  return new Refusal(
    `${fileName}, row ${row.number}: the plan has no column headed ${listOf(lacking)}. ` +
      'Nothing was imported; add the heading and try again.',
  )
}

function unread(sheet: Sheet, { row, found, months }: Candidate): Note[] {
  const read = new Set([...found.values(), ...months].map(({ index }) => index))
  const below = sheet.rows.filter(({ number }) => number > row.number)
  const widest = below.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  return Array.from({ length: widest }, (_, index) => index)
    .filter((index) => !read.has(index))
    .flatMap((index) => {
      const filled = below.find(({ cells }) => (cells[index] ?? '').trim() !== '')
      if (!filled) return []
      const heading = row.cells[index]?.trim() ?? ''
      const what = heading === '' ? 'a column without a heading' : `the column "${heading}"`
      const message = `Not read: ${what}, first filled in row ${filled.number}.`
      return [{ row: row.number, column: heading, message }]
    })
}
