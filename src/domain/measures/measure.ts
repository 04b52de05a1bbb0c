import type { CivilDate } from '../../base/dates.ts'
import type { ProjectSummary } from '../plan/plan.ts'

/** A measure of a programme as at a day: plain data, worked out from the readings said up to that day. */
export interface Measure {
  readonly id: string
  /** Counts from 1 within the programme. */
  readonly number: number
  readonly title: string
  readonly kind: MeasureKind
  /** Which way the figure should go; null where nobody said. */
  readonly polarity: Polarity | null
  /** As written: "58.4%", "14/month (average)", "N/A". */
  readonly baseline: string | null
  /** Key of the state that was published for the baseline. */
  readonly baselineState: string | null
  /** As written: "65%", "65% (August 2018)", or only a direction: "Increase". */
  readonly target: string | null
  readonly targetOn: CivilDate | null
  /** How often a reading is due, as written: "Quarterly", "Annually (baseline in place)". */
  readonly frequency: string | null
  /** How it is collected, as written. */
  readonly method: string | null
  /** The next day a reading was promised for, as the plan had it. */
  readonly nextDue: CivilDate | null
  readonly addedOn: CivilDate
  readonly projects: readonly ProjectSummary[]
  readonly outcomes: readonly { readonly number: number; readonly text: string }[]
  /** Newest period first; of one period the reading said last first. Nothing that was said is missing. */
  readonly allReadings: readonly Reading[]
}

export type MeasureKind = 'kpi' | 'quality' | 'feedback'
export type Polarity = 'increase' | 'decrease' | 'maintain'

export interface Reading {
  readonly id: string
  /** As written, never altered. */
  readonly raw: string
  /** Key of the state that was published with it; null where none was. */
  readonly declared: string | null
  /** The period it speaks for, as written; null where it speaks for a day. */
  readonly period: string | null
  /** The last day of that period. */
  readonly forDay: CivilDate
  readonly byId: string | null
  readonly source: string
  /** The day it was said. */
  readonly onDay: CivilDate
}

/** The readings that count, newest period first: of one period the one said last, which corrects the others. */
export function effectiveReadings({ allReadings }: Measure): Reading[] {
  return allReadings.filter(({ forDay }, at) => allReadings[at - 1]?.forDay !== forDay)
}
