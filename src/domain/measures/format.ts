import { type CivilDate, fullDate } from '../../base/dates.ts'
import { listOf, quoted } from '../../base/text.ts'
import { formatState, rag, stateByKey } from '../scheme/schemes.ts'
import { isOverdue, nextReadingDue } from './frequency.ts'
import type { Measure, Polarity, Reading } from './measure.ts'
import { computeRag, directionOf, previousFigure, type Thresholds } from './rules.ts'
import { aimOn, lacksYears, stageOn, stagesOf } from './staged-target.ts'
import { targetDayOf } from './value-parser.ts'

/** "September 2018", or the day of a reading without a period. */
export function formatPeriod({ period, forDay }: Pick<Reading, 'period' | 'forDay'>): string {
  return period ?? fullDate(forDay)
}

/** "65%, by Sun 31 Mar 2019"; a day that the target already contains is not repeated. Of stages, each with its day. */
export function formatTarget(measure: Measure): string {
  const { target, targetOn } = measure
  if (target === null) return 'none set'
  const stages = stagesOf(measure).map(({ raw, on }) => `${raw} by ${fullDate(on)}`)
  if (stages.length > 0) return listOf(stages)
  if (lacksYears(measure)) return `${target} (without a year, its days are not known)`
  return targetOn && !targetDayOf(target) ? `${target}, by ${fullDate(targetOn)}` : target
}

/** The RAG of a reading in a word and a shape, and where it comes from. */
export interface RagText {
  readonly state: string
  /** How far from the target, or why it cannot be computed. A sentence without its full stop. */
  readonly detail: string
}

/** Shows the declared RAG beside the computed one, never instead of it. */
export function formatRag(measure: Measure, reading: Reading, thresholds: Thresholds): RagText {
  const aim = aimOn(measure, reading.forDay)
  const rated = computeRag(aim, reading.raw, thresholds)
  const declared = reading.declared === null ? null : formatState(stateByKey(rag, reading.declared))
  if (!rated.computable) {
    return declared
      ? { state: `${declared} as declared`, detail: `not computable by the rule: ${rated.reason}` }
      : { state: '○ RAG not computable', detail: rated.reason }
  }
  const state = formatState(stateByKey(rag, rated.state))
  const detail = distanceText(aim, rated, stageDayText(measure, reading))
  return !declared || declared === state
    ? { state, detail }
    : { state: `${state} by the rule, ${declared} as declared`, detail }
}

const shortfallTexts: Readonly<Record<Polarity, string>> = {
  increase: 'short of',
  decrease: 'over',
  maintain: 'away from',
}

interface ComputedRag {
  readonly shortfall: number
  readonly against: 'target' | 'baseline'
  readonly polarity: Polarity
}

/** " by Thu 31 Dec 2026", of the stage that a reading is compared with; '' for a target without stages. */
function stageDayText(measure: Measure, { forDay }: Reading): string {
  const stage = stageOn(measure, forDay)
  return stage ? ` by ${fullDate(stage.on)}` : ''
}

function distanceText(
  aim: Measure,
  { shortfall, against, polarity }: ComputedRag,
  stageDay: string,
): string {
  const isTarget = against === 'target'
  const what = `the ${against} of ${quoted((isTarget ? aim.target : aim.baseline) ?? '')}${isTarget ? stageDay : ''}`
  if (shortfall === Number.POSITIVE_INFINITY) return `${shortfallTexts[polarity]} ${what}`
  if (shortfall > 0) return `${formatPercent(shortfall)} ${shortfallTexts[polarity]} ${what}`
  return against === 'target' ? `${what} is reached` : `no worse than ${what}`
}

const formatPercent = (number: number) =>
  `${number.toLocaleString('en-GB', { maximumFractionDigits: 2 })}%`

/** A word with its arrow, never the arrow alone. */
export const directionTexts = {
  better: '↑ better',
  same: '→ the same',
  worse: '↓ worse',
} as const

/** "↑ better than March 2018 (58.4%)": after polarity. */
export function formatDirection(measure: Measure, reading: Reading): string {
  const before = previousFigure(measure, reading)
  if (!before) return 'no earlier reading to compare with'
  const moved = directionOf(aimOn(measure, reading.forDay), reading.raw, before.raw)
  if (!moved.computable) return `not computable: ${moved.reason}`
  const then = before.reading ? formatPeriod(before.reading) : 'the baseline'
  const joint = moved.direction === 'same' ? 'as' : 'than'
  return `${directionTexts[moved.direction]} ${joint} ${then} (${before.raw})`
}

/** When the next reading is due; overdue ones say since when. */
export function formatNextReadingDue(measure: Measure, today: CivilDate): string {
  const due = nextReadingDue(measure)
  if (!due) return 'no day known for the next reading'
  return `${isOverdue(measure, today) ? 'reading overdue since' : 'next reading due'} ${fullDate(due)}`
}
