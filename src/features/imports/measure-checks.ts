import { fold, quoted } from '../../base/text.ts'
import { implausibleFigures, ragMismatches } from '../../domain/measures/checks.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import { directionOf, type RagResult } from '../../domain/measures/rules.ts'
import { aimOn } from '../../domain/measures/staged-target.ts'
import { parseTarget, parseValue } from '../../domain/measures/value-parser.ts'
import { allStates, stateByKey } from '../../domain/scheme/schemes.ts'
import { type Columns, type Draft, headingOf, type ParseContext } from './formats/sheet-format.ts'
import { hasContent } from './formats/split-cells.ts'
import type { MeasureRow } from './parsed-plan.ts'

/**
 * Reports what a person should look at in a measure. A published RAG that differs from rule 5 of the domain is a warning
 * and kept; what cannot be right (a percentage over 100, a target without its unit) has to be accepted.
 */
export function checkMeasure(
  row: MeasureRow,
  columns: Columns,
  frame: ParseContext,
  draft: Draft,
): void {
  const measure = toMeasure(row, frame)
  const target = headingOf(columns, 'target')
  const place = (column: string) => ({ row: row.row, column })
  for (const doubt of implausibleFigures(measure)) {
    draft.problems.push({ ...place(target), message: `${quoted(row.title)}: ${doubt}` })
  }
  if (implausibleFigures(measure).length === 0 && lacksUnit(row)) {
    const message = `${quoted(row.title)}: the target ${quoted(row.target ?? '')} has no unit. Write it as 65% or 65 days, or accept it as a plain number.`
    draft.problems.push({ ...place(target), message })
  }
  for (const { reading, declared, rated } of ragMismatches([measure], frame.thresholds)) {
    const { label } = stateByKey(frame.scheme, declared)
    const what = reading ? `${quoted(reading.raw)}` : `the baseline ${quoted(row.baseline ?? '')}`
    const message = `${quoted(row.title)}: ${what} was published as ${label}, but ${ruleResultText(rated, frame)}. Both are kept.`
    draft.warnings.push({
      ...place(reading?.period ?? headingOf(columns, 'baselineState')),
      message,
    })
  }
  checkDirections(row, columns, draft)
}

function ruleResultText(rated: RagResult, { scheme }: ParseContext): string {
  if (!rated.computable) return `it cannot be computed: ${rated.reason}`
  const { label } = allStates(scheme).find(({ key }) => key === rated.state) ?? {
    label: rated.state,
  }
  const { shortfall, against } = rated
  if (shortfall === Number.POSITIVE_INFINITY) return `the rule gives ${label}, as 0 is missed`
  const gap = shortfall > 0 ? `, ${Number(shortfall.toFixed(1))}% short of the ${against}` : ''
  return `the rule gives ${label}${gap}`
}

/** A bare number, where neither the title nor another figure tells what is counted. */
function lacksUnit({ title, target, baseline, readings }: MeasureRow): boolean {
  const aim = parseTarget(target ?? '')
  if (aim.kind !== 'figure' || aim.unit !== '') return false
  const beside = [baseline ?? '', ...readings.map(({ raw }) => raw)].map(parseValue)
  if (beside.some((value) => value.computable)) return /^(?:%|percent|proportion)/.test(fold(title))
  return !/\b(?:number|how many|count|total|rate|average|ratio)\b/.test(fold(title))
}

const directionWords: readonly [RegExp, 'better' | 'same' | 'worse'][] = [
  [/^(?:better|improv(?:ed|ing)|positive)$/, 'better'],
  [/^(?:same|no change|stable|static|unchanged)$|^[→↔➔⇒=]$/, 'same'],
  [/^(?:worse|worsened|worsening|declin(?:ed|ing)|deteriorat(?:ed|ing)|negative)$/, 'worse'],
]

/** Arrows are not compared: some sheets point them up for better, others for more. */
function checkDirections(row: MeasureRow, columns: Columns, draft: Draft): void {
  const inOrder = row.readings.toSorted((a, b) => (a.forDay < b.forDay ? -1 : 1))
  for (const [at, { direction, raw, forDay, row: number }] of inOrder.entries()) {
    if (direction === null || !hasContent(direction)) continue
    const place = { row: number, column: headingOf(columns, 'direction') }
    const published = directionWords.find(([words]) => words.test(fold(direction)))?.[1]
    const before = at === 0 ? row.baseline : inOrder[at - 1]?.raw
    const computed = before ? directionOf(aimOn(row, forDay), raw, before) : undefined
    if (!published) {
      const rule = computed?.computable ? ` By the rule it is ${computed.direction}.` : ''
      const message = `${quoted(row.title)}: the direction ${quoted(direction)} is kept as written; it is no word for better, same or worse.${rule}`
      draft.warnings.push({ ...place, message })
    } else if (computed?.computable && computed.direction !== published) {
      const message = `${quoted(row.title)}: published as ${published}, but ${quoted(raw)} after ${quoted(before ?? '')} is ${computed.direction} by the rule. Both are kept.`
      draft.warnings.push({ ...place, message })
    }
  }
}

function toMeasure(row: MeasureRow, { asOf }: ParseContext): Measure {
  const { readings, ...rest } = row
  const allReadings = readings
    .map(({ raw, declared, period, forDay }) => {
      const provenance = { id: '', byId: null, source: 'import', onDay: asOf }
      return { ...provenance, raw, declared, period, forDay }
    })
    .toSorted((a, b) => (a.forDay > b.forDay ? -1 : 1))
  return {
    ...rest,
    id: '',
    number: 0,
    addedOn: asOf,
    projects: [],
    outcomes: [],
    allReadings,
  }
}
