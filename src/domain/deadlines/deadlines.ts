import type { CivilDate } from '../../base/dates.ts'
import { collapseWhitespace, latinLetters, plural } from '../../base/text.ts'
import { type AmendedDate, parseAmendedDate } from './amended-date.ts'
import { type Clause, splitClauses } from './clauses.ts'
import { type DeadlineConditions, parseConditions } from './conditions.ts'
import { dateExpressionsIn } from './date-expression.ts'
import { type DateOrder, withDayFirst } from './date-order.ts'
import { type ParsedDate, undated } from './grammar.ts'
import { type Segment, splitSegments } from './segments.ts'
import { nearestYear } from './year-inference.ts'

export { parseChatDate as readDate } from './parse-chat-date.ts'

/** One dated thing said in a cell of a plan. */
export interface DeadlineEntry extends ParsedDate, DeadlineConditions {
  /** The part of the cell, unaltered: the raws of a cell put together are the cell. */
  readonly raw: string
  /** What is to happen, without the date. Empty where the cell holds a date alone. */
  readonly about: string
  /** The day it had at first, where the cell says that it was changed. */
  readonly baseline?: CivilDate | null
  /** Where the cell says that it is done. */
  readonly doneOn?: CivilDate
}

/** In characters: as many as a typed line may have. A sheet's cell may have more, but nobody puts so many dates in one. */
const maxCellLength = 4_000

/**
 * Reads a cell of a plan (rule 7 of the domain): one entry for each thing that has its own date, in their order.
 * - dates before their texts: "13 Mar - … 21 Mar - …"
 * - dates behind them: "Scoping Nov 19. Implementation Jan 20", "Local Offer - 30th September 2018 Survey - end March 2019"
 * - lettered parts: "a) 31st May 2018 b) 1st June 2018"; lines and bullets
 * - lists, one occurrence each: "Jul 20 / Oct 20 / Jan 21"
 *
 * A year that is not written is the one nearest to `asOf`. What cannot be read is kept, undated; a date that cannot
 * be is kept and `problem` says why, and so is a cell that is too long. A cell without a letter or a digit ("·") holds none.
 * `order`: of dates in figures; what is unclear is read day first, and the caller asks.
 */
export function parseDeadlines(
  cell: string,
  asOf: CivilDate,
  order: DateOrder = 'day first',
): DeadlineEntry[] {
  if (cell.length > maxCellLength) return [unreadEntry(cell)]
  const latin = latinLetters(cell)
  if (!hasLetterOrDigit(latin)) return []
  const text = order === 'month first' ? withDayFirst(latin) : latin
  const amended = parseAmendedDate(text, asOf)
  if (amended) return [amendedEntry(cell, amended)]
  const rule = nearestYear(asOf)
  return splitClauses(text).flatMap((part) => {
    const body = text.slice(part.bodyStart, part.end)
    const written = cell.slice(part.bodyStart, part.end)
    const slices = splitSegments(body, written, dateExpressionsIn(body, rule))
    return slices.flatMap((slice, index) => entriesOf(cell, text, part, slice, index === 0))
  })
}

function amendedEntry(raw: string, { reading, aboutEnd = 0, ...rest }: AmendedDate): DeadlineEntry {
  const about = trimJoiners(collapseWhitespace(raw.slice(0, aboutEnd)))
  return { raw, about, ...reading, recurrence: null, condition: null, ...rest }
}

function unreadEntry(cell: string): DeadlineEntry {
  const length = plural(cell.length, 'character')
  const problem = `It has ${length}, and dates are read in ${plural(maxCellLength, 'character')} at most.`
  const about = collapseWhitespace(cell)
  return { ...undated, raw: cell, about, problem, recurrence: null, condition: null }
}

/** One entry, or one for each date of a list. The first of a part begins with the part's label. */
function entriesOf(
  cell: string,
  text: string,
  { start, bodyStart }: Clause,
  slice: Segment,
  first: boolean,
): DeadlineEntry[] {
  const from = first ? start : bodyStart + slice.start
  const dateAt = bodyStart + slice.dateAt
  const end = bodyStart + slice.end
  const around: [number, number][] = [
    [bodyStart + slice.start, dateAt],
    [bodyStart + slice.textAt, end],
  ]
  const [before = '', after = ''] = around.map((bounds) => cell.slice(...bounds))
  const label = first ? cell.slice(start, bodyStart) : ''
  const about = [label, trimJoiners(before), after]
    .map(collapseWhitespace)
    .filter(hasLetterOrDigit)
    .join(' ')
  const remarks = parseConditions(
    around.map((bounds) => text.slice(...bounds)),
    [before, after],
  )
  const occurrences = [
    { offset: 0, reading: slice.wording?.reading ?? undated },
    ...(slice.wording?.furtherDates ?? []),
  ]
  return occurrences.map(({ reading }, index) => {
    const [here, next] = [occurrences[index], occurrences[index + 1]]
    const rawFrom = index === 0 || !here ? from : dateAt + here.offset
    const raw = cell.slice(rawFrom, next ? dateAt + next.offset : end)
    return { raw, about, ...reading, ...remarks }
  })
}

/** Without the signs that join a text to its date. */
function trimJoiners(text: string): string {
  return text.replace(/^[\s:;,*\p{Pd}]+|(?<![\s:,\p{Pd}])[\s:,\p{Pd}]+$/gu, '')
}

function hasLetterOrDigit(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}
