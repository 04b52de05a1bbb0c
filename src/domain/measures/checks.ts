import { quoted } from '../../base/text.ts'
import { effectiveReadings, type Measure, type Reading } from './measure.ts'
import { computeRag, type RagResult, type Thresholds } from './rules.ts'
import { aimOn } from './staged-target.ts'
import { type ParsedValue, parseTarget, parseValue } from './value-parser.ts'

/** What somebody should look at before the board does. */

/** A published state that differs from the rule's. */
export interface RagMismatch {
  readonly measure: Measure
  /** Null: it is the state of the baseline. */
  readonly reading: Reading | null
  /** Key of the published state. */
  readonly declared: string
  readonly rated: RagResult
}

/** "N/A" for a value that cannot be computed is no contradiction; a colour is. */
const ragKeys = ['red', 'amber', 'green']

/**
 * Where the published state of a reading or a baseline is not the one of rule 5, or cannot be computed at all.
 * Neither overrules the other: the programme office sees both.
 */
export function ragMismatches(measures: readonly Measure[], thresholds: Thresholds): RagMismatch[] {
  return measures.flatMap((measure) => {
    const { baseline, baselineState, target } = measure
    // Where the target is a direction, readings are compared with the baseline, and the baseline is not rated.
    const aimsHigher = parseTarget(target ?? '').kind !== 'direction'
    const published = [
      { reading: null, raw: baseline, declared: aimsHigher ? baselineState : null },
      ...effectiveReadings(measure).map((reading) => ({ reading, ...reading })),
    ]
    return published.flatMap(({ reading, raw, declared }): RagMismatch[] => {
      if (raw === null || declared === null) return []
      const aim = aimOn(measure, reading?.forDay ?? null)
      const rated = computeRag(aim, raw, thresholds)
      const agrees = rated.computable ? rated.state === declared : !ragKeys.includes(declared)
      return agrees ? [] : [{ measure, reading, declared, rated }]
    })
  })
}

interface Figure {
  readonly what: string
  readonly raw: string
  readonly value: ParsedValue
}

/** What cannot be right about the figures of a measure, each with its remedy. */
export function implausibleFigures(measure: Measure): string[] {
  const { baseline } = measure
  const { target } = aimOn(measure, null)
  const aim: Figure[] =
    target === null ? [] : [{ what: 'The target', raw: target, value: targetValue(target) }]
  const figures: Figure[] = effectiveReadings(measure).map(({ raw }) =>
    toFigure('The reading', raw),
  )
  if (baseline !== null) figures.push(toFigure('The baseline', baseline))
  const isPercentage = aim.some(({ value }) => value.computable && value.unit === '%')
  const bareTexts = figures
    .filter(({ value }) => isPercentage && value.computable && value.unit === '')
    .map(
      ({ what, raw }) =>
        `${what} ${quoted(raw)} has no %, and the target ${quoted(target ?? '')} has one. If it is ${raw}%, say it again as that.`,
    )
  const over = [...[...aim, ...figures].filter(isOver100).map(over100Text), ...bareTexts]
  const [bare] = aim.filter(({ value }) => value.computable && value.unit === '')
  const beside = figures.find(({ value }) => value.computable && value.unit !== '')
  if (!bare || !beside) return over
  const { raw } = bare
  return [
    ...over,
    `The target ${quoted(raw)} has no unit, and ${quoted(beside.raw)} has one. Give the target its unit.`,
  ]
}

const toFigure = (what: string, raw: string): Figure => ({ what, raw, value: parseValue(raw) })
const isOver100 = ({ value }: Figure) =>
  value.computable && value.unit === '%' && value.number > 100
const over100Text = ({ what, raw }: Figure) =>
  `${what} ${quoted(raw)} is over 100%. If that is a slip, say it again as it should be.`

function targetValue(target: string): ParsedValue {
  const read = parseTarget(target)
  if (read.kind === 'figure') return { computable: true, number: read.number, unit: read.unit }
  return { computable: false, reason: 'is no figure' }
}
