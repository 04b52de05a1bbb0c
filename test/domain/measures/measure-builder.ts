import { civilDate } from '../../../src/base/dates.ts'
import type { Measure } from '../../../src/domain/measures/measure.ts'

type Dates = 'targetOn' | 'nextDue' | 'addedOn' | 'allReadings'

/** A measure for a test, written down as far as the test cares. */
export interface MeasureSketch extends Partial<Omit<Measure, Dates>> {
  readonly targetOn?: string
  readonly nextDue?: string
  readonly addedOn?: string
  /** Newest period first. */
  readonly readings?: readonly {
    readonly raw: string
    readonly forDay: string
    readonly declared?: string | null
    readonly period?: string
  }[]
}

export function aMeasure({ readings = [], ...sketch }: MeasureSketch): Measure {
  const { targetOn, nextDue, addedOn } = sketch
  return {
    id: `measure-${sketch.number ?? 1}`,
    number: 1,
    title: 'Audits graded good or better',
    kind: 'kpi',
    polarity: 'increase',
    baseline: null,
    baselineState: null,
    target: null,
    frequency: null,
    method: null,
    projects: [],
    outcomes: [],
    ...sketch,
    targetOn: targetOn ? civilDate(targetOn) : null,
    nextDue: nextDue ? civilDate(nextDue) : null,
    addedOn: civilDate(addedOn ?? '2017-01-02'),
    allReadings: readings.map((reading, at) => ({
      id: `reading-${at}`,
      declared: null,
      period: null,
      byId: null,
      source: 'test',
      ...reading,
      forDay: civilDate(reading.forDay),
      onDay: civilDate(reading.forDay),
    })),
  }
}
