import type { DeadlineEntry } from './deadlines.ts'
import type { Note } from './sheet.ts'

/** A plan as a file tells it: what was understood, what was changed on the way, what needs a person's eye. */
export interface PlanFile {
  readonly workstreams: readonly WorkstreamRow[]
  readonly projects: readonly ProjectRow[]
  readonly understood: Counts
  /** Certain, but not as written: look-alike letters, say. */
  readonly changed: readonly Note[]
  /** Not certain, or not as a plan should be. Kept as it is. */
  readonly attention: readonly Note[]
  /** Cells whose text the plan does not hold: a footer, a column that is no part of a plan. */
  readonly lost: readonly Note[]
}

export interface WorkstreamRow {
  readonly ref: string
  readonly title: string
  readonly row: number
  /** Names or posts, as written. */
  readonly sponsors: readonly string[]
  readonly leads: readonly string[]
}

export interface ProjectRow {
  readonly ref: string
  readonly title: string
  readonly workstreamRef: string
  readonly row: number
  /** Key of a state of the scheme; 'blank' where not rated or not understood. */
  readonly state: string
  readonly rawState: string
  readonly commentary: string
  readonly leads: readonly string[]
  /** In the order of the columns, then of the cell. */
  readonly milestones: readonly MilestoneCell[]
}

/** `column` is the heading over the cell. */
export type MilestoneCell = DeadlineEntry & { readonly row: number; readonly column: string }

export interface Counts {
  readonly workstreams: number
  readonly projects: number
  readonly milestones: number
  readonly withDay: number
  readonly monthOnly: number
  readonly range: number
  readonly undated: number
  /** Projects by state key; 'blank' too. */
  readonly states: Readonly<Record<string, number>>
}
