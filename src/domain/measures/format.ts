import { type CivilDate, fullDate } from '../../base/dates.ts'
import { quoted } from '../../base/text.ts'
import { rag, shown, stateByKey } from '../scheme/schemes.ts'
import { isOverdue, nextReadingDue } from './frequency.ts'
import type { Measure, Polarity, Reading } from './measure.ts'
import { directionOf, periodBefore, rate, type Thresholds } from './rules.ts'
import { targetDayOf } from './value-parser.ts'

/** "September 2018", or the day where a reading speaks for one. */
export function periodInWords({ period, forDay }: Pick<Reading, 'period' | 'forDay'>): string {
  return period ?? fullDate(forDay)
}

/** "65%, by Sun 31 Mar 2019"; a day that stands in the target already is not said twice. */
export function targetInWords({ target, targetOn }: Measure): string {
  if (target === null) return 'none set'
  return targetOn && !targetDayOf(target) ? `${target}, by ${fullDate(targetOn)}` : target
}

/** The RAG of a reading in a word and a shape, and where it comes from. */
export interface RagInWords {
  readonly state: string
  /** How far from the target, or why it cannot be computed. A sentence without its full stop. */
  readonly detail: string
}

/** What was declared stands beside what the rule gives, never instead of it. */
export function ragInWords(measure: Measure, reading: Reading, thresholds: Thresholds): RagInWords {
  const rated = rate(measure, reading.raw, thresholds)
  const declared = reading.declared === null ? null : shown(stateByKey(rag, reading.declared))
  if (!rated.computable) {
    return declared
      ? { state: `${declared} as declared`, detail: `not computable by the rule: ${rated.reason}` }
      : { state: '○ RAG not computable', detail: rated.reason }
  }
  const state = shown(stateByKey(rag, rated.state))
  const detail = distance(measure, rated)
  return !declared || declared === state
    ? { state, detail }
    : { state: `${state} by the rule, ${declared} as declared`, detail }
}

const misses: Readonly<Record<Polarity, string>> = {
  increase: 'short of',
  decrease: 'over',
  maintain: 'away from',
}

interface Computed {
  readonly shortfall: number
  readonly against: 'target' | 'baseline'
  readonly polarity: Polarity
}

function distance(measure: Measure, { shortfall, against, polarity }: Computed): string {
  const what = `the ${against} of ${quoted((against === 'target' ? measure.target : measure.baseline) ?? '')}`
  if (shortfall > 0) return `${percent(shortfall)} ${misses[polarity]} ${what}`
  return against === 'target' ? `${what} is reached` : `no worse than ${what}`
}

const percent = (number: number) =>
  `${number.toLocaleString('en-GB', { maximumFractionDigits: 2 })}%`

const arrows = { better: '↑ better than', same: '→ the same as', worse: '↓ worse than' } as const

/** "↑ better than March 2018 (58.4%)": after polarity, a word with its arrow, never the arrow alone. */
export function directionInWords(measure: Measure, reading: Reading): string {
  const before = periodBefore(measure, reading)
  if (!before) return 'no earlier reading to compare with'
  const moved = directionOf(measure, reading.raw, before.raw)
  if (!moved.computable) return `not computable: ${moved.reason}`
  const then = before.reading ? periodInWords(before.reading) : 'the baseline'
  return `${arrows[moved.direction]} ${then} (${before.raw})`
}

/** When the next reading is due; overdue ones say since when. */
export function dueInWords(measure: Measure, today: CivilDate): string {
  const due = nextReadingDue(measure)
  if (!due) return 'no day known for the next reading'
  return `${isOverdue(measure, today) ? 'reading overdue since' : 'next reading due'} ${fullDate(due)}`
}
