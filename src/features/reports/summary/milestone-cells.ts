import { type CivilDate, daysBetween, monthOf, yearOf } from '../../../base/dates.ts'
import { fold } from '../../../base/text.ts'
import { deliveryState, type Milestone } from '../../../domain/plan/plan.ts'
import type { Month } from './months.ts'

/** Where a milestone stands: in the column of a month, or in none. */
export type MilestonePlacement = 'first' | 'second' | 'later' | 'done before'

/**
 * In the month it is due in. What is late stands in the first, and so does what has no date, unless the plan had it
 * under the second. What is due later, and what was done before, has no column.
 */
export function placementOf(
  milestone: Milestone,
  [first, second]: readonly [Month, Month],
  asAt: CivilDate,
): MilestonePlacement {
  const { due, heading } = milestone
  if (due === null) return fold(heading ?? '') === fold(second.name) ? 'second' : 'first'
  if (due > second.last) return 'later'
  if (due >= second.first) return 'second'
  const isDone = deliveryState(milestone, asAt) === 'completed'
  return isDone && due < first.first ? 'done before' : 'first'
}

/**
 * A milestone as its cell says it: in the words of the plan, where these still say its date; else with the date it
 * has now, as W17 writes it: "31 Mar - Website populated".
 */
export function entryText(milestone: Milestone, asAt: CivilDate): string {
  const { raw, about, due, moves } = milestone
  if (moves.length === 0 && containsWords(raw, about)) return raw.trim()
  const when = moves.length === 0 ? raw.trim() : due ? formatDay(due, asAt) : 'TBC'
  return about === '' ? when : `${when} - ${about}`
}

/** Whether a text has all the words of another: "Scoping 20 Apr for the board" those of "Scoping for the board". */
function containsWords(text: string, words: string): boolean {
  const present = new Set(wordsOf(text))
  return wordsOf(words).every((word) => present.has(word))
}

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
/** A day without its year is read as the nearest: within half a year, and with something to spare. */
const nearDays = 150

function formatDay(day: CivilDate, asAt: CivilDate): string {
  const short = `${day.slice(8)} ${months[monthOf(day) - 1]}`
  return Math.abs(daysBetween(asAt, day)) <= nearDays ? short : `${short} ${yearOf(day)}`
}
