import type { MilestoneCell, ReadingCell, SheetEntryKind } from './parsed-plan.ts'

/** What a file would change. What the file lacks is listed for a person and never deleted. */
export interface PlanDiff {
  readonly added: readonly PlanAddition[]
  readonly changed: readonly PlanChange[]
  readonly missing: readonly MissingItem[]
  /** How many workstreams, projects, milestones and measures are the same in both. */
  readonly unchanged: number
}

/** The field of something that an import which was taken back had added, and that the file has again. */
export const takenBackField = 'place in the plan'

/** `ref` of a milestone is its project's; of a measure its number, empty until it has one; of an entry the sheet's. */
export type PlanAddition =
  | {
      readonly what: 'workstream' | 'project' | 'measure' | SheetEntryKind
      readonly ref: string
      readonly title: string
    }
  | { readonly what: 'outcome' | 'recommendation'; readonly ref: string; readonly title: string }
  | {
      readonly what: 'milestone'
      readonly ref: string
      readonly title: string
      readonly milestone: MilestoneCell
    }
  | {
      readonly what: 'reading'
      readonly ref: string
      /** The measure's. */
      readonly title: string
      readonly reading: ReadingCell
    }

const ofRegister: ReadonlySet<string> = new Set<SheetEntryKind>([
  ...(['risk', 'issue', 'action', 'decision', 'dependency'] as const),
])

/** Whether it stands in the register, and not in the plan. */
export const isOfRegister = ({ what }: { readonly what: string }): boolean => ofRegister.has(what)

export type PlanChange = FieldChange | MilestoneChange | MeasureChange | EntryChange

export interface FieldChange extends ValueChange {
  readonly what: 'workstream' | 'project'
  /** Left out where `ref` tells enough. */
  readonly title?: string
  /** number, workstream, title, state, commentary, sponsors, leads, section, recommendations, outcomes, tags, or an attribute's key. */
  readonly field: string
}

export interface MilestoneChange extends ValueChange {
  readonly what: 'milestone'
  /** `about`: its text, where a row in nearly the same words was taken for it. */
  readonly field: 'about' | 'due' | 'state' | 'done' | typeof takenBackField
  readonly title: string
  /** The stored milestone's number within its project. */
  readonly number: number
  readonly milestone: MilestoneCell
  /** Why it is not rated any more, as whoever imports it said. */
  readonly reason?: string
}

export interface MeasureChange extends ValueChange {
  readonly what: 'measure'
  readonly field: MeasureField
  readonly title: string
  /** Of the file, where it was taken for a measure in nearly its words. */
  readonly row?: number
}

export type MeasureField =
  | ('title' | 'kind' | 'polarity' | 'baseline' | 'baselineState' | 'target' | 'targetOn')
  | ('frequency' | 'method' | 'nextDue' | 'workstreamRef' | 'projects' | 'outcomes')
  | typeof takenBackField

/** `ref`: the entry's number in the register. */
export interface EntryChange extends ValueChange {
  readonly what: SheetEntryKind
  readonly field: EntryField
  readonly title: string
}

export type EntryField =
  | ('mitigation' | 'state' | 'score' | 'proximity' | 'owner' | 'reviewOn' | 'neededBy')
  | ('end' | 'number in the sheet')

export interface ValueChange {
  readonly ref: string
  /** null: no day. */
  readonly from: string | null
  readonly to: string | null
}

export type MissingItem =
  | {
      readonly what: 'workstream' | 'project' | 'measure' | SheetEntryKind
      readonly ref: string
      readonly title: string
    }
  | {
      readonly what: 'milestone'
      readonly ref: string
      readonly title: string
      readonly number: number
    }
