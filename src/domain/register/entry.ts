import type { CivilDate } from '../../base/dates.ts'
import type { ProjectRef } from '../plan/plan.ts'

/**
 * What a programme's register holds: risks, decisions needed, dependencies and headlines. Plain data; an entry is
 * never edited, and its closing is a row of its own.
 */
export const entryKinds = ['risk', 'decision', 'dependency', 'headline'] as const
export type EntryKind = (typeof entryKinds)[number]

export interface RiskDetails {
  readonly kind: 'risk'
  readonly text: string
  readonly mitigation: string | null
  /** Key of a state of the scheme, or 'blank' where it was not rated. */
  readonly state: string
}

export interface DecisionDetails {
  readonly kind: 'decision'
  readonly text: string
  /** Who is to decide, as written. */
  readonly askedOf: string | null
  readonly neededBy: CivilDate | null
}

/** The entry's project waits for another project, or for a body outside the programme. */
export interface DependencyDetails {
  readonly kind: 'dependency'
  /** Why it waits; '' where no reason was given. */
  readonly text: string
  /** The number of a project of the same programme, or a body's name as written. */
  readonly dependsOn: string
}

export interface HeadlineDetails {
  readonly kind: 'headline'
  readonly text: string
}

/** An entry's own fields, before it has a number. */
export type EntryDetails = RiskDetails | DecisionDetails | DependencyDetails | HeadlineDetails

export interface Closing {
  /** How it ended: what was decided and by whom, why the risk is gone. */
  readonly outcome: string | null
  readonly byId: string | null
  readonly onDay: CivilDate
}

export interface EntryRecord {
  readonly id: string
  /** Counts from 1 within its kind in the programme, and is never given twice: "risk 3". */
  readonly number: number
  /** Null: it concerns the whole programme. */
  readonly project: ProjectRef | null
  readonly byId: string | null
  readonly source: string
  /** The day it was opened. */
  readonly onDay: CivilDate
  readonly closing: Closing | null
}

export type Entry = EntryDetails & EntryRecord
export type Risk = RiskDetails & EntryRecord
export type Decision = DecisionDetails & EntryRecord
export type Dependency = DependencyDetails & EntryRecord
export type Headline = HeadlineDetails & EntryRecord
