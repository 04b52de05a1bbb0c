import type { CivilDate } from '../../base/dates.ts'
import { latinLetters } from '../../base/text.ts'
import { type Part, partsOf } from './clauses.ts'
import { type Remarks, remarksIn } from './conditions.ts'
import { wordingAt } from './date-expression.ts'
import { type Reading, undated } from './grammar.ts'
import { type Slice, slicesOf } from './segments.ts'
import { nearestTo } from './year-inference.ts'

export { readDate } from './parse-chat-date.ts'

/** One dated thing said in a cell of a plan. */
export interface DeadlineEntry extends Reading, Remarks {
  /** The part of the cell, unaltered: the raws of a cell put together are the cell. */
  readonly raw: string
  /** What is to happen, without the date. Empty where the cell holds a date alone. */
  readonly about: string
}

/**
 * Reads a cell of a plan (rule 7 of the domain): one entry for each thing that has its own date, in their order.
 * - dates before their texts: "13 Mar - … 21 Mar - …"
 * - dates behind them: "Scoping Nov 19. Implementation Jan 20", "Local Offer - 30th September 2018 Survey - end March 2019"
 * - lettered parts: "a) 31st May 2018 b) 1st June 2018"; lines and bullets
 * - lists, one occurrence each: "Jul 20 / Oct 20 / Jan 21"
 *
 * A year that is not written is the one nearest to `asOf`. What cannot be read is kept, undated; a date that cannot
 * be is kept and `problem` says why. A cell without a letter or a digit ("·") holds none.
 */
export function readDeadlines(cell: string, asOf: CivilDate): DeadlineEntry[] {
  const text = latinLetters(cell)
  if (!saysSomething(text)) return []
  const rule = nearestTo(asOf)
  return partsOf(text).flatMap((part) => {
    const body = text.slice(part.bodyAt, part.end)
    const slices = slicesOf(body, cell.slice(part.bodyAt, part.end), (at) =>
      wordingAt(body, at, rule),
    )
    return slices.flatMap((slice, index) => entriesOf(cell, text, part, slice, index === 0))
  })
}

/** One entry, or one for each date of a list. The first of a part begins with the part's label. */
function entriesOf(
  cell: string,
  text: string,
  { start, bodyAt }: Part,
  slice: Slice,
  first: boolean,
): DeadlineEntry[] {
  const from = first ? start : bodyAt + slice.start
  const dateAt = bodyAt + slice.dateAt
  const end = bodyAt + slice.end
  const around: [number, number][] = [
    [bodyAt + slice.start, dateAt],
    [bodyAt + slice.textAt, end],
  ]
  const [before = '', after = ''] = around.map((bounds) => cell.slice(...bounds))
  const label = first ? cell.slice(start, bodyAt) : ''
  const about = [label, trimmed(before), after].map(tidy).filter(saysSomething).join(' ')
  const remarks = remarksIn(
    around.map((bounds) => text.slice(...bounds)),
    [before, after],
  )
  const occurrences = [
    { offset: 0, reading: slice.wording?.reading ?? undated },
    ...(slice.wording?.later ?? []),
  ]
  return occurrences.map(({ reading }, index) => {
    const [here, next] = [occurrences[index], occurrences[index + 1]]
    const rawFrom = index === 0 || !here ? from : dateAt + here.offset
    const raw = cell.slice(rawFrom, next ? dateAt + next.offset : end)
    return { raw, about, ...reading, ...remarks }
  })
}

/** Without the signs that join a text to its date. */
function trimmed(text: string): string {
  return text.replace(/^[\s:;,*\p{Pd}]+|[\s:,\p{Pd}]+$/gu, '')
}

function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
