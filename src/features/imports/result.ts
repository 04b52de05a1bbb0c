import type { Nation } from '../../base/bank-holidays.ts'
import type { CivilDate } from '../../base/dates.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import type { PlanDiff } from './diff-types.ts'
import type { ColumnMapping, HeadingMapping } from './headings.ts'
import type { PlanCounts } from './parsed-plan.ts'

export interface ImportRequest {
  readonly bytes: Uint8Array
  readonly fileName: string
  /** Made with its first import. */
  readonly programme: {
    readonly key: string
    readonly title?: string | undefined
    readonly zone?: string | undefined
    /** How a new programme says where things stand; left out: BRAG where the sheet's heading says so, else RAG. */
    readonly scheme?: 'rag' | 'brag' | 'delivery' | undefined
    /** Whose bank holidays count, where it is new. */
    readonly calendar?: Nation | undefined
  }
  readonly asOf: CivilDate
  /** Tells what would happen and changes nothing. */
  readonly dryRun: boolean
  /** The key of a shape; left out: the one whose headings fit best. */
  readonly shape?: string | undefined
  /** Corrections of what headings mean; remembered for the programme. */
  readonly mapping?: HeadingMapping | undefined
  /** Problems were seen: import the rest. */
  readonly accept?: boolean | undefined
}

/** What an import understood and did, for people and for programs. */
export interface ImportResult {
  readonly programme: string
  readonly asOf: CivilDate
  readonly file: string
  readonly dryRun: boolean
  /** Whether anything was stored. */
  readonly stored: boolean
  /** The key of the shape, and what it is in words. */
  readonly shape: string
  readonly what: string
  /** What each heading was taken for. */
  readonly mapping: readonly ColumnMapping[]
  readonly scheme: string
  readonly understood: PlanCounts
  readonly changed: readonly SheetNote[]
  readonly attention: readonly SheetNote[]
  /** What cannot be right; nothing is stored until it is put right or accepted. */
  readonly problems: readonly SheetNote[]
  /** Cells whose text the plan does not hold; empty where nothing is lost. */
  readonly lost: readonly SheetNote[]
  readonly difference: PlanDiff
}
