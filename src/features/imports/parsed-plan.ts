import type { CivilDate } from '../../base/dates.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import type { DeadlineEntry } from '../../domain/deadlines/deadlines.ts'
import type { MeasureKind, Polarity } from '../../domain/measures/measure.ts'
import type { AttributeValues } from '../../domain/plan/attributes/attribute.ts'
import type { Audience } from '../../domain/programme/audience.ts'

/** A plan as a file tells it: what was understood, what was changed on the way, what needs a person's eye. */
export interface ParsedPlan extends PlanContents {
  readonly counts: PlanCounts
  /** Certain, but not as written: look-alike letters, say. */
  readonly corrections: readonly SheetNote[]
  /** Not certain, or not as a plan should be. Kept as it is. */
  readonly warnings: readonly SheetNote[]
  /** What cannot be right. Each names its place and its remedy; the rest is imported only if a person says so. */
  readonly problems: readonly SheetNote[]
  /** Cells whose text the plan does not hold: a footer, a column that is no part of a plan. */
  readonly unreadCells: readonly SheetNote[]
}

/** What a plan holds, whatever the shape of its file. A shape fills in what it has and leaves the rest empty. */
export interface PlanContents {
  readonly workstreams: readonly WorkstreamRow[]
  readonly projects: readonly ProjectRow[]
  readonly measures: readonly MeasureRow[]
  /** Texts, each once, in the order of the file: projects and measures name them by text. */
  readonly outcomes: readonly string[]
  readonly recommendations: readonly RecommendationRow[]
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
  /** The heading under which it stands within its workstream. */
  readonly section?: string
  /** Its start day and the like; left out where the sheet says none. */
  readonly attributes?: AttributeValues
  /** Key of a state of the scheme; 'blank' where not rated or not understood. */
  readonly state: string
  readonly rawState: string
  readonly commentary: string
  /** For whom the commentary is; absent: as the programme says. */
  readonly audience?: Audience
  readonly tags?: readonly string[]
  readonly leads: readonly string[]
  /** Numbers of recommendations: "2", "3". */
  readonly recommendations: readonly string[]
  readonly outcomes: readonly string[]
  /** In the order of the columns, then of the cell. */
  readonly milestones: readonly MilestoneCell[]
}

/** `column` is the heading over the cell. */
export interface MilestoneCell extends DeadlineEntry {
  readonly row: number
  readonly column: string
  /** Key of the state that the sheet gives the milestone itself; absent where sheets of its shape have none. */
  readonly state?: string
  readonly rawState?: string
  /** The day it had when it entered the plan, where the file knows. */
  readonly baseline?: CivilDate | null
  readonly doneOn?: CivilDate
}

export interface RecommendationRow {
  readonly ref: string
  readonly text: string | null
}

/** Texts are as written; null where the sheet has none. */
export interface MeasureRow {
  readonly title: string
  readonly row: number
  readonly kind: MeasureKind
  readonly polarity: Polarity | null
  readonly baseline: string | null
  readonly baselineState: string | null
  readonly target: string | null
  readonly targetOn: CivilDate | null
  readonly frequency: string | null
  readonly method: string | null
  readonly nextDue: CivilDate | null
  readonly workstreamRef: string | null
  /** Refs of projects. */
  readonly projects: readonly string[]
  readonly outcomes: readonly string[]
  readonly readings: readonly ReadingCell[]
}

export interface ReadingCell {
  readonly row: number
  readonly column: string
  readonly raw: string
  /** Key of the state that was published with it. */
  readonly declared: string | null
  /** As published, as written. */
  readonly direction: string | null
  readonly period: string | null
  /** The last day of the period. */
  readonly forDay: CivilDate
}

export interface PlanCounts {
  readonly workstreams: number
  readonly projects: number
  readonly milestones: number
  readonly withDay: number
  readonly monthOnly: number
  readonly range: number
  readonly undated: number
  /** Projects by state key; 'blank' too. */
  readonly states: Readonly<Record<string, number>>
  readonly measures: number
  readonly readings: number
  readonly outcomes: number
  readonly recommendations: number
}
