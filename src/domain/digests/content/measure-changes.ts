import { fullDate } from '../../../base/dates.ts'
import { formatPeriod } from '../../measures/format.ts'
import { effectiveReadings, type Measure, type Reading } from '../../measures/measure.ts'
import { countedState, directionOf, previousFigure } from '../../measures/rules.ts'
import { thresholdsSetting } from '../../measures/settings.ts'
import { aimOn, stageOn } from '../../measures/staged-target.ts'
import { rag, stateByKey } from '../../scheme/schemes.ts'
import type { DigestContent } from './content.ts'
import type { DigestInput } from './digest-input.ts'
import type { MeasureEntry } from './measure-entries.ts'

type MeasureChanges = Pick<DigestContent, 'measures' | 'notMoving'>

/**
 * Every measure with its colour and direction, beside the projects that it serves; and the projects that are as they
 * should be while a measure of theirs is not Green and did not get better.
 */
export function composeMeasureChanges({
  plan,
  previous,
  measures = [],
}: DigestInput): MeasureChanges {
  const live = new Map(plan.projects.map(({ id, ref, title }) => [id, { id, ref, title }]))
  const then = new Map(previous?.snapshot.measures.map((one) => [one.id, one]))
  const thresholds = thresholdsSetting.of(plan.programme.settings)
  const entries = measures.map((measure): MeasureEntry => {
    const [reading] = effectiveReadings(measure)
    const before = then.get(measure.id)
    const state = countedState(measure, thresholds)
    const direction = directionNow(measure)
    const isSameReading = before?.readingId === (reading?.id ?? null)
    const isTurned = isSameReading && before?.aim !== aimText(measure) && direction !== null
    return {
      measureId: measure.id,
      ...{ number: measure.number, title: measure.title, kind: measure.kind },
      ...{ state, was: before?.state ?? null, target: targetText(measure, reading ?? null) },
      isByAim: before?.state !== state && isSameReading,
      direction,
      directionWas:
        isTurned && before?.direction !== direction ? (before?.direction ?? null) : null,
      reading: reading?.raw ?? null,
      period: reading ? formatPeriod(reading) : null,
      projects: measure.projects.flatMap(({ id }) => live.get(id) ?? []),
    }
  })
  return {
    measures: entries,
    notMoving: entries.filter(isNotMoving).map(({ measureId }) => measureId),
  }
}

/** What the next digest compares with. */
export function measureSnapshots({
  plan,
  measures = [],
}: DigestInput): DigestContent['snapshot']['measures'] {
  const thresholds = thresholdsSetting.of(plan.programme.settings)
  return measures.map((measure) => {
    const [reading] = effectiveReadings(measure)
    return {
      id: measure.id,
      state: countedState(measure, thresholds),
      readingId: reading?.id ?? null,
      direction: directionNow(measure),
      aim: aimText(measure),
    }
  })
}

/** As written; of a target in stages, the one that the reading is compared with: "90% by Thu 31 Dec 2026". */
function targetText(measure: Measure, reading: Reading | null): string | null {
  const stage = stageOn(measure, reading?.forDay ?? null)
  return stage ? `${stage.raw} by ${fullDate(stage.on)}` : measure.target
}

/** Which way the figure should go and to what, for the day of the reading that is told. */
function aimText(measure: Measure): string {
  const [reading] = effectiveReadings(measure)
  const { polarity, target } = reading ? aimOn(measure, reading.forDay) : measure
  return [polarity, target].filter(Boolean).join(' to ')
}

function directionNow(measure: Measure): MeasureEntry['direction'] {
  const [reading] = effectiveReadings(measure)
  const before = reading && previousFigure(measure, reading)
  const moved = before && directionOf(aimOn(measure, reading.forDay), reading.raw, before.raw)
  return moved?.computable ? moved.direction : null
}

/** Not Green, and the same or worse than before. */
function isNotMoving({ state, direction }: MeasureEntry): boolean {
  const isShort = state !== null && !stateByKey(rag, state).good
  return isShort && (direction === 'same' || direction === 'worse')
}
