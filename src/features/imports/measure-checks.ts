import { fold, quoted } from '../../base/text.ts'
import { contradictionsOf, doubtsOf } from '../../domain/measures/checks.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import { directionOf, type Rated } from '../../domain/measures/rules.ts'
import { readTarget, readValue } from '../../domain/measures/value-parser.ts'
import { sayable, stateByKey } from '../../domain/scheme/schemes.ts'
import { type Columns, type Draft, type Frame, headingOf } from './formats/sheet-format.ts'
import { saysSomething } from './formats/split-cells.ts'
import type { MeasureRow } from './parsed-plan.ts'

/**
 * What of a measure needs a person's eye. What was published and differs from rule 5 of the domain is reported and
 * kept; what cannot be right (a percentage over 100, a target without its unit) has to be accepted.
 */
export function checkMeasure(row: MeasureRow, columns: Columns, frame: Frame, draft: Draft): void {
  const measure = asMeasure(row, frame)
  const target = headingOf(columns, 'target')
  const place = (column: string) => ({ row: row.row, column })
  for (const doubt of doubtsOf(measure)) {
    draft.problems.push({ ...place(target), message: `${quoted(row.title)}: ${doubt}` })
  }
  if (doubtsOf(measure).length === 0 && lacksUnit(row)) {
    const message = `${quoted(row.title)}: the target ${quoted(row.target ?? '')} has no unit. Write it as 65% or 65 days, or accept it as a plain number.`
    draft.problems.push({ ...place(target), message })
  }
  for (const { reading, declared, rated } of contradictionsOf([measure], frame.thresholds)) {
    const { label } = stateByKey(frame.scheme, declared)
    const what = reading ? `${quoted(reading.raw)}` : `the baseline ${quoted(row.baseline ?? '')}`
    const message = `${quoted(row.title)}: ${what} was published as ${label}, but ${ruled(rated, frame)}. Both are kept.`
    draft.attention.push({
      ...place(reading?.period ?? headingOf(columns, 'baselineState')),
      message,
    })
  }
  checkDirections(row, columns, draft)
}

function ruled(rated: Rated, { scheme }: Frame): string {
  if (!rated.computable) return `it cannot be computed: ${rated.reason}`
  const { label } = sayable(scheme).find(({ key }) => key === rated.state) ?? { label: rated.state }
  const { shortfall, against } = rated
  const gap = shortfall > 0 ? `, ${Number(shortfall.toFixed(1))}% short of the ${against}` : ''
  return `the rule gives ${label}${gap}`
}

/** A bare number, where neither the title nor a figure beside it says what is counted. */
function lacksUnit({ title, target, baseline, readings }: MeasureRow): boolean {
  const aim = readTarget(target ?? '')
  if (aim.is !== 'figure' || aim.unit !== '') return false
  const beside = [baseline ?? '', ...readings.map(({ raw }) => raw)].map(readValue)
  if (beside.some((value) => value.computable)) return /^(?:%|percent|proportion)/.test(fold(title))
  return !/\b(?:number|how many|count|total|rate|average|ratio)\b/.test(fold(title))
}

const directions: readonly [RegExp, 'better' | 'same' | 'worse'][] = [
  [/^(?:better|improv(?:ed|ing)|positive)$/, 'better'],
  [/^(?:same|no change|stable|static|unchanged)$|^[→↔➔⇒=]$/, 'same'],
  [/^(?:worse|worsened|worsening|declin(?:ed|ing)|deteriorat(?:ed|ing)|negative)$/, 'worse'],
]

/** Arrows are not compared: some sheets point them up for better, others for more. */
function checkDirections(row: MeasureRow, columns: Columns, draft: Draft): void {
  const inOrder = row.readings.toSorted((a, b) => (a.forDay < b.forDay ? -1 : 1))
  for (const [at, { direction, raw, row: number }] of inOrder.entries()) {
    if (direction === null || !saysSomething(direction)) continue
    const place = { row: number, column: headingOf(columns, 'direction') }
    const said = directions.find(([words]) => words.test(fold(direction)))?.[1]
    const before = at === 0 ? row.baseline : inOrder[at - 1]?.raw
    const computed = before ? directionOf(row, raw, before) : undefined
    if (!said) {
      const rule = computed?.computable ? ` By the rule it is ${computed.direction}.` : ''
      const message = `${quoted(row.title)}: the direction ${quoted(direction)} is kept as written; it is no word for better, same or worse.${rule}`
      draft.attention.push({ ...place, message })
    } else if (computed?.computable && computed.direction !== said) {
      const message = `${quoted(row.title)}: published as ${said}, but ${quoted(raw)} after ${quoted(before ?? '')} is ${computed.direction} by the rule. Both are kept.`
      draft.attention.push({ ...place, message })
    }
  }
}

function asMeasure(row: MeasureRow, { asOf }: Frame): Measure {
  const { readings, ...rest } = row
  const said = readings
    .map(({ raw, declared, period, forDay }) => {
      const saying = { id: '', byId: null, source: 'import', onDay: asOf }
      return { ...saying, raw, declared, period, forDay }
    })
    .toSorted((a, b) => (a.forDay > b.forDay ? -1 : 1))
  return { ...rest, id: '', number: 0, addedOn: asOf, projects: [], outcomes: [], said }
}
