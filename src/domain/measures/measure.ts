import type { CivilDate } from '../../base/dates.ts'
import type { ProjectRef } from '../plan/plan.ts'

/** A measure of a programme as at a day: plain data, with the readings recorded up to that day. */
export interface Measure {
  readonly id: string
  /** Counts from 1 within the programme. */
  readonly number: number
  readonly title: string
  readonly kind: MeasureKind
  /** Which way the figure should go; null where it is not known. */
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
  readonly projects: readonly ProjectRef[]
  readonly outcomes: readonly { readonly number: number; readonly text: string }[]
  /** Every reading ever recorded, newest period first; within a period, the latest first. */
  readonly allReadings: readonly Reading[]
}

export const measureKinds = ['kpi', 'quality', 'feedback'] as const
export type MeasureKind = (typeof measureKinds)[number]

export const polarities = ['increase', 'decrease', 'maintain'] as const
export type Polarity = (typeof polarities)[number]

export interface Reading {
  readonly id: string
  /** As written, never altered. */
  readonly raw: string
  /** Key of the state that was published with it; null where none was. */
  readonly declared: string | null
  /** The period it covers, as written; null where it is for a day. */
  readonly period: string | null
  /** The last day of that period. */
  readonly forDay: CivilDate
  readonly byId: string | null
  readonly source: string
  /** The day it was recorded. */
  readonly onDay: CivilDate
}

/** The readings that count, newest period first: the latest of each period, which corrects the others. */
export function effectiveReadings({ allReadings }: Measure): Reading[] {
  return allReadings.filter(({ forDay }, at) => allReadings[at - 1]?.forDay !== forDay)
}
