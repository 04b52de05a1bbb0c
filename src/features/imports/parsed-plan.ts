import type { CivilDate } from '../../base/dates.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import type { DeadlineEntry } from '../../domain/deadlines/deadlines.ts'
import type { MeasureKind, Polarity } from '../../domain/measures/measure.ts'
import type { AttributeValues } from '../../domain/plan/attributes/attribute.ts'
import type { Audience } from '../../domain/programme/audience.ts'
import type { EntryKind, RiskScore } from '../../domain/register/entry.ts'

/** A plan as read from a file, with what was corrected and what a person should look at. */
export interface ParsedPlan extends PlanContents {
  readonly counts: PlanCounts
  /** Certain, but written otherwise: look-alike letters, for example. */
  readonly corrections: readonly SheetNote[]
  /** Uncertain, or not as a plan should be. Kept as written. */
  readonly warnings: readonly SheetNote[]
  /** What cannot be right, each with its place and its remedy. The rest is imported only if a person accepts that. */
  readonly problems: readonly SheetNote[]
  /** Cells whose text did not enter the plan: a footer, a column that is no part of a plan. */
  readonly unreadCells: readonly SheetNote[]
}

/** What a plan contains, whatever the format of its file. A format leaves empty what it does not have. */
export interface PlanContents {
  readonly workstreams: readonly WorkstreamRow[]
  readonly projects: readonly ProjectRow[]
  readonly measures: readonly MeasureRow[]
  /** Texts, each once, in the order of the file. Projects and measures refer to them by text. */
  readonly outcomes: readonly string[]
  readonly recommendations: readonly RecommendationRow[]
  /** Of registers; left out where the file has none. */
  readonly entries?: readonly EntryRow[]
}

/** What the workstream of rows is called of which the sheet names none. */
export const wholePlan = 'Whole plan'

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
  /** The heading above it within its workstream. */
  readonly section?: string
  /** Values of plan attributes, such as its start day; left out where the sheet has none. */
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
  /** Key of the state that the sheet gives the milestone itself; absent where sheets of that format have none. */
  readonly state?: string
  readonly rawState?: string
  /** The due day when it entered the plan, where the file has it. */
  readonly baseline?: CivilDate | null
  readonly doneOn?: CivilDate
  /** It is done, and the sheet does not say when: by `doneOn` at the latest. */
  readonly isDoneDayUnknown?: true
}

/** The kinds of entries that registers in sheets hold. */
export type SheetEntryKind = Exclude<EntryKind, 'headline'>

/** One row of a register. null: the sheet does not say. */
export interface EntryRow {
  readonly kind: SheetEntryKind
  /** As the sheet numbers it: "R-07"; '' where it does not. */
  readonly ref: string
  /** Milepost's own number, where the sheet is an export of the register. */
  readonly number: number | null
  readonly row: number
  /** The name of its sheet, where a workbook has the plan in another one: its rows are none of the plan's. */
  readonly sheet?: string
  readonly text: string
  /** The project that it concerns, by number or title as written. */
  readonly about: string | null
  /** Key of a state of the scheme. */
  readonly state: string | null
  /** What stands in the cell of the rating. */
  readonly rawState: string
  readonly score: RiskScore | null
  readonly mitigation: string | null
  readonly proximity: string | null
  /** A name or a post. */
  readonly owner: string | null
  readonly reviewOn: CivilDate | null
  readonly neededBy: CivilDate | null
  readonly askedOf: string | null
  readonly dependsOn: string | null
  readonly raisedOn: CivilDate | null
  readonly isClosed: boolean | null
  readonly closedOn: CivilDate | null
  readonly outcome: string | null
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
  /** The published direction of travel, as written. */
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
  /** Rows of registers by their kind; left out where there are none. */
  readonly entries?: Readonly<Partial<Record<SheetEntryKind, number>>>
}
