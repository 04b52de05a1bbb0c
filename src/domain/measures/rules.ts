import { quoted } from '../../base/text.ts'
import { minus, percentOf } from './decimals.ts'
import { effectiveReadings, type Measure, type Polarity, type Reading } from './measure.ts'
import { aimOn } from './staged-target.ts'
import {
  type Limit,
  type ParsedTarget,
  type ParsedValue,
  parseTarget,
  parseValue,
} from './value-parser.ts'

/** Rule 5 of the domain: the RAG of a reading, and its direction of travel. */

/** Shortfall relative to the target in per cent: Green up to, Amber up to, Red beyond. Kept per programme. */
export interface Thresholds {
  readonly green: number
  readonly amber: number
}

/** What a figure of a measure is compared with, as written. */
export type Aim = Pick<Measure, 'polarity' | 'baseline' | 'target'>

export type RagResult =
  | {
      readonly computable: true
      readonly state: 'red' | 'amber' | 'green'
      /** In per cent of what it was compared with; 0 or less where that was reached. */
      readonly shortfall: number
      /** A target that is only a direction compares with the baseline. */
      readonly against: 'target' | 'baseline'
      readonly polarity: Polarity
    }
  /** reason: a clause, "the target, “56 (519)”, holds more than one number". */
  | { readonly computable: false; readonly reason: string }

type Figure = Extract<ParsedValue, { computable: true }>

interface Goal {
  readonly number: number
  readonly unit: string
  /** As written. */
  readonly raw: string
  readonly against: 'target' | 'baseline'
  readonly polarity: Polarity
}

const isBlank = (text: string | null) => text === null || text.trim() === ''
const notComputable = (reason: string) => ({ computable: false, reason }) as const

/** The RAG of a figure as written. Of a target in stages, `aim` is the one in force: aimOn. */
export function computeRag(aim: Aim, raw: string, thresholds: Thresholds): RagResult {
  if (isBlank(aim.target)) return notComputable('no target is set')
  const value = parseValue(raw)
  if (!value.computable) return notComputable(reasonText('the reading', raw, value.reason))
  const goal = goalOf(aim)
  if ('reason' in goal) return notComputable(goal.reason)
  if (value.unit !== goal.unit)
    return notComputable(unitMismatchText(`the ${goal.against}`, goal.raw, raw))
  const gap = gapTo(goal, value.number)
  if (goal.number === 0 && gap > 0 && goal.against === 'baseline') {
    return notComputable('the baseline is 0, and nothing can be a per cent of 0')
  }
  // "No serious incident": one is missed, however few there are.
  const ofNone = gap > 0 ? Number.POSITIVE_INFINITY : 0
  const shortfall = goal.number === 0 ? ofNone : percentOf(gap, Math.abs(goal.number))
  const { green, amber } = thresholds
  const state = shortfall <= green ? 'green' : shortfall <= amber ? 'amber' : 'red'
  return { computable: true, state, shortfall, against: goal.against, polarity: goal.polarity }
}

/** Key of the state that a measure counts with: by the rule; where that cannot be computed, as it was declared. */
export function countedState(measure: Measure, thresholds: Thresholds): string | null {
  const [reading] = effectiveReadings(measure)
  if (!reading) return null
  const result = computeRag(aimOn(measure, reading.forDay), reading.raw, thresholds)
  return result.computable ? result.state : reading.declared
}

/** By how much a figure misses the goal; negative where it is better than the goal. */
function gapTo({ number, polarity }: Goal, figure: number): number {
  if (polarity === 'increase') return minus(number, figure)
  if (polarity === 'decrease') return minus(figure, number)
  return Math.abs(minus(figure, number))
}

function goalOf({ polarity, baseline, target }: Aim): Goal | { readonly reason: string } {
  const read = parseTarget(target ?? '')
  if (read.kind === 'unknown')
    return { reason: reasonText('the target', target ?? '', read.reason) }
  const way = resolvePolarity(polarity, read)
  if (typeof way !== 'string') return way
  if (read.kind === 'figure') {
    return {
      number: read.number,
      unit: read.unit,
      raw: target ?? '',
      against: 'target',
      polarity: way,
    }
  }
  const from = parseValue(baseline ?? '')
  if (from.computable) {
    return { ...from, raw: baseline ?? '', against: 'baseline', polarity: way }
  }
  const why = isBlank(baseline) ? 'there is none' : reasonText('that', baseline ?? '', from.reason)
  return { reason: `the target is a direction, so the baseline counts, and ${why}` }
}

const limitPolarity: Readonly<Record<Limit, Polarity>> = { least: 'increase', most: 'decrease' }

/** Which way the figure should go: as the measure says, as the target says, or unknown where they differ. */
function resolvePolarity(
  polarity: Polarity | null,
  target: ParsedTarget,
): Polarity | { readonly reason: string } {
  const ofTarget =
    target.kind === 'direction'
      ? target.polarity
      : target.kind === 'figure' && target.limit
        ? limitPolarity[target.limit]
        : undefined
  if (polarity && ofTarget && polarity !== ofTarget) {
    return {
      reason: `the figure should ${polarity}, but the target, as written, is to ${ofTarget} it`,
    }
  }
  return polarity ?? ofTarget ?? { reason: 'nobody said which way the figure should go' }
}

function reasonText(what: string, raw: string, reason: string): string {
  return raw.trim() === '' ? `${what} ${reason}` : `${what}, ${quoted(raw)}, ${reason}`
}

function unitMismatchText(what: string, raw: string, reading: string): string {
  return `${what}, ${quoted(raw)}, and the reading, ${quoted(reading)}, are not in the same unit`
}

export type DirectionResult =
  | { readonly computable: true; readonly direction: 'better' | 'same' | 'worse' }
  | { readonly computable: false; readonly reason: string }

/**
 * Better, same or worse than the period before, after polarity: a fall is better where the figure should fall.
 * To maintain, better is nearer to the target (where that is no figure, to the baseline).
 */
export function directionOf(aim: Aim, now: string, before: string): DirectionResult {
  const [current, previous] = [parseValue(now), parseValue(before)]
  if (!current.computable) return notComputable(reasonText('the reading', now, current.reason))
  if (!previous.computable)
    return notComputable(reasonText('the one before', before, previous.reason))
  if (current.unit !== previous.unit)
    return notComputable(unitMismatchText('the one before', before, now))
  const gain = gainOf(aim, current, previous)
  if (typeof gain !== 'number') return notComputable(gain.reason)
  return { computable: true, direction: gain > 0 ? 'better' : gain < 0 ? 'worse' : 'same' }
}

function gainOf(aim: Aim, now: Figure, then: Figure): number | { readonly reason: string } {
  const way = resolvePolarity(aim.polarity, parseTarget(aim.target ?? ''))
  if (way === 'increase') return minus(now.number, then.number)
  if (way === 'decrease') return minus(then.number, now.number)
  if (typeof way !== 'string') return way
  const goal = goalOf(aim)
  if ('reason' in goal) return goal
  if (goal.unit !== now.unit) return { reason: `${goal.against} and readings differ in their unit` }
  return minus(gapTo(goal, then.number), gapTo(goal, now.number))
}

/** What a reading is compared with: the one of the period before, or the baseline; null where there is neither. */
export interface PreviousFigure {
  readonly raw: string
  /** Null: it is the baseline. */
  readonly reading: Reading | null
}

export function previousFigure(measure: Measure, reading: Reading): PreviousFigure | null {
  const earlier = effectiveReadings(measure).find(({ forDay }) => forDay < reading.forDay)
  if (earlier) return { raw: earlier.raw, reading: earlier }
  const { baseline } = measure
  return baseline === null || isBlank(baseline) ? null : { raw: baseline, reading: null }
}
