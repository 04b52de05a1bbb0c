import type { Nation } from '../../base/bank-holidays.ts'
import type { CivilDate } from '../../base/dates.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import type { builtInSchemes } from '../../domain/scheme/schemes.ts'
import type { PlanDiff } from './diff-types.ts'
import type { ColumnMapping, HeadingMapping } from './headings.ts'
import type { PlanCounts } from './parsed-plan.ts'
import type { ColumnView } from './preview/column-views.ts'
import type { SheetAnswers } from './settings.ts'

export interface ImportRequest {
  readonly bytes: Uint8Array
  readonly fileName: string
  /** Created by its first import. */
  readonly programme: {
    readonly key: string
    readonly title?: string | undefined
    readonly zone?: string | undefined
    /** The scheme of a new programme; left out: what the sheet's heading or its states say, else RAG. */
    readonly scheme?: keyof typeof builtInSchemes | undefined
    /** Whose bank holidays a new programme keeps. */
    readonly calendar?: Nation | undefined
  }
  readonly asOf: CivilDate
  /** Reports what would happen and changes nothing. */
  readonly dryRun: boolean
  /** The name of a workbook's sheet; left out: the one that fits best. */
  readonly sheet?: string | undefined
  /** The key of a sheet format; left out: the one whose headings fit best. */
  readonly shape?: string | undefined
  /** Corrections of what headings mean; remembered for the programme. */
  readonly mapping?: HeadingMapping | undefined
  /** To what the sheet leaves open; remembered for the programme. */
  readonly answers?: Partial<SheetAnswers> | undefined
  /** A person has seen the problems: import the rest. */
  readonly accept?: boolean | undefined
  /** Who imports it; left out: the terminal. */
  readonly byId?: string | undefined
  /** Numbers of rows that are new, although the plan has something in nearly their words. */
  readonly newRows?: readonly number[] | undefined
  /** Numbers of rows that are read as if the sheet did not have them. */
  readonly leftOutRows?: readonly number[] | undefined
  /** The same of registers beside the plan, by the names of their sheets. */
  readonly leftOutOfSheets?: Readonly<Record<string, readonly number[]>> | undefined
  /** Hears of each step as it ends: a sheet of ten thousand rows takes a while. */
  readonly onStep?: ((step: ImportStep) => void) | undefined
}

/** What an import has done so far: the rows below the headings read, or the plan compared with them. */
export type ImportStep =
  | { readonly step: 'read'; readonly rows: number }
  | { readonly step: 'compared'; readonly differences: number }

/** What an import understood and did, for people and for programs. Printed as JSON and kept: keys stay. */
export interface ImportResult {
  readonly programme: string
  readonly asOf: CivilDate
  readonly file: string
  readonly dryRun: boolean
  /** Whether anything was saved. */
  readonly stored: boolean
  /** The key of the sheet format, and its description. */
  readonly shape: string
  readonly what: string
  /** It has a column of states, and they are of milestones: the programme rates these, be it all blank. */
  readonly ratesMilestones: boolean
  /** What each heading was taken for. */
  readonly mapping: readonly ColumnMapping[]
  /** How the first different cells of each column were read. */
  readonly columns: readonly ColumnView[]
  readonly scheme: string
  readonly understood: PlanCounts
  readonly changed: readonly SheetNote[]
  readonly attention: readonly SheetNote[]
  /** What cannot be right; nothing is saved until it is corrected or accepted. */
  readonly problems: readonly SheetNote[]
  /** Cells whose text did not enter the plan. */
  readonly lost: readonly SheetNote[]
  readonly difference: PlanDiff
  /** Reds and Ambers of the plan whose cells are empty in the sheet: whether each stays is asked (--blank). */
  readonly blankRatings: readonly BlankRatingView[]
  /** Names the import, to be taken back; absent where nothing was saved. */
  readonly importId?: string | undefined
}

/** `state`: as people call it. */
export interface BlankRatingView {
  readonly item: string
  readonly title: string
  readonly row: number
  readonly state: string
}
