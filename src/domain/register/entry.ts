import type { CivilDate } from '../../base/dates.ts'
import type { ProjectRef } from '../plan/plan.ts'

/**
 * What a programme's register holds: risks, issues, actions, decisions needed, dependencies and headlines. Plain data;
 * what was said first is never edited. What was said since is a list of reviews, and closing and opening again are rows
 * of their own.
 */
export const entryKinds = ['risk', 'issue', 'action', 'decision', 'dependency', 'headline'] as const
export type EntryKind = (typeof entryKinds)[number]

/** How likely a risk is and how hard it would hit, 1 to 5 each. */
export interface RiskScore {
  readonly likelihood: number
  readonly impact: number
}

export interface RiskDetails {
  readonly kind: 'risk'
  readonly text: string
  readonly mitigation: string | null
  /** Key of a state of the scheme, or 'blank' where it was not rated. */
  readonly state: string
  /** Null where it was rated by a colour alone, or not at all. */
  readonly score: RiskScore | null
  /** When it may come, as written: "within three months". */
  readonly proximity: string | null
  readonly ownerId: string | null
  /** The day to look at it again. */
  readonly reviewOn: CivilDate | null
}

/** A risk that has come. */
export interface IssueDetails {
  readonly kind: 'issue'
  readonly text: string
  /** What is done about it. */
  readonly mitigation: string | null
  readonly state: string
  readonly ownerId: string | null
  readonly reviewOn: CivilDate | null
}

export interface ActionDetails {
  readonly kind: 'action'
  readonly text: string
  /** Null only where its owner was erased. */
  readonly ownerId: string | null
  /** The day by which it is to be done. */
  readonly neededBy: CivilDate | null
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
  /** The present number of a project of the same programme, or a body's name as written. */
  readonly dependsOn: string
  /** The project; null for a body, and where it was written down before projects were kept. */
  readonly dependsOnId: string | null
}

export interface HeadlineDetails {
  readonly kind: 'headline'
  readonly text: string
}

/** An entry's own fields, before it has a number. */
export type EntryDetails =
  | RiskDetails
  | IssueDetails
  | ActionDetails
  | DecisionDetails
  | DependencyDetails
  | HeadlineDetails

export interface Closing {
  /** How it ended: what was decided and by whom, why the risk is gone. */
  readonly outcome: string | null
  readonly byId: string | null
  readonly onDay: CivilDate
}

/** A closed entry was opened again: its closing was too early, or wrong. */
export interface Reopening {
  readonly reason: string
  readonly byId: string | null
  readonly onDay: CivilDate
  /** What it ended. */
  readonly closing: Closing
}

/** All that may change of an entry, each as it stood after a review; null where its kind has none, or nothing was said. */
export interface ReviewedFields {
  readonly mitigation: string | null
  readonly state: string | null
  readonly score: RiskScore | null
  readonly proximity: string | null
  readonly neededBy: CivilDate | null
  readonly ownerId: string | null
  readonly reviewOn: CivilDate | null
}

export interface Review extends ReviewedFields {
  readonly id: string
  /** Why it changed. */
  readonly reason: string | null
  readonly byId: string | null
  readonly onDay: CivilDate
  /** The day on which it was taken back; null while it counts. */
  readonly withdrawnOn: CivilDate | null
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
  /** Oldest first. */
  readonly reviews: readonly Review[]
  /** Oldest first. */
  readonly reopenings: readonly Reopening[]
}

export type Entry = EntryDetails & EntryRecord
export type Risk = RiskDetails & EntryRecord
export type Issue = IssueDetails & EntryRecord
export type ActionEntry = ActionDetails & EntryRecord
export type Decision = DecisionDetails & EntryRecord
export type Dependency = DependencyDetails & EntryRecord
export type Headline = HeadlineDetails & EntryRecord
