import { quoted } from '../../base/text.ts'
import { type Measure, type Reading, readingsOf } from './measure.ts'
import { type Rated, rate, type Thresholds } from './rules.ts'
import { readTarget, readValue, type Value } from './value-parser.ts'

/** What somebody should look at before a board does. */

/** A state that was published and that the rule does not give. */
export interface Contradiction {
  readonly measure: Measure
  /** Null: it stands with the baseline. */
  readonly reading: Reading | null
  /** Key of the published state. */
  readonly declared: string
  readonly rated: Rated
}

/** "N/A" beside what cannot be computed is no contradiction; a colour is. */
const ratings = ['red', 'amber', 'green']

/**
 * Where the published state of a reading or a baseline is not the one of rule 5, or cannot be computed at all.
 * Neither overrules the other: the programme office sees both.
 */
export function contradictionsOf(
  measures: readonly Measure[],
  thresholds: Thresholds,
): Contradiction[] {
  return measures.flatMap((measure) => {
    const { baseline, baselineState, target } = measure
    // Where the target is a direction, the baseline is what readings are held against, not what is rated.
    const aimsHigher = readTarget(target ?? '').is !== 'direction'
    const published = [
      { reading: null, raw: baseline, declared: aimsHigher ? baselineState : null },
      ...readingsOf(measure).map((reading) => ({ reading, ...reading })),
    ]
    return published.flatMap(({ reading, raw, declared }): Contradiction[] => {
      if (raw === null || declared === null) return []
      const rated = rate(measure, raw, thresholds)
      const agrees = rated.computable ? rated.state === declared : !ratings.includes(declared)
      return agrees ? [] : [{ measure, reading, declared, rated }]
    })
  })
}

interface Figure {
  readonly what: string
  readonly raw: string
  readonly value: Value
}

/** What cannot be right about the figures of a measure, each with its remedy. */
export function doubtsOf(measure: Measure): string[] {
  const { baseline, target } = measure
  const aim: Figure[] =
    target === null ? [] : [{ what: 'The target', raw: target, value: aimedAt(target) }]
  const figures: Figure[] = readingsOf(measure).map(({ raw }) => figure('The reading', raw))
  if (baseline !== null) figures.push(figure('The baseline', baseline))
  const over = [...aim, ...figures].filter(isOver100).map(over100)
  const [bare] = aim.filter(({ value }) => value.computable && value.unit === '')
  const beside = figures.find(({ value }) => value.computable && value.unit !== '')
  if (!bare || !beside) return over
  const { raw } = bare
  return [
    ...over,
    `The target ${quoted(raw)} has no unit, and ${quoted(beside.raw)} has one. Give the target its unit.`,
  ]
}

const figure = (what: string, raw: string): Figure => ({ what, raw, value: readValue(raw) })
const isOver100 = ({ value }: Figure) =>
  value.computable && value.unit === '%' && value.number > 100
const over100 = ({ what, raw }: Figure) =>
  `${what} ${quoted(raw)} is over 100%. If that is a slip, say it again as it should be.`

function aimedAt(target: string): Value {
  const read = readTarget(target)
  if (read.is === 'figure') return { computable: true, number: read.number, unit: read.unit }
  return { computable: false, reason: 'is no figure' }
}
