import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import type { ProgrammeSettings } from '../../domain/programme/setting.ts'
import type { BlankAnswers, BlankRating } from './blank-ratings.ts'
import type { ParsedPlan } from './parsed-plan.ts'
import type { StateWords } from './rating-parser.ts'

/** A sheet as the gates of ratings look at it, and what they say of it. */

/** For a person. */
export interface GateRemarks {
  /** What stays as it is, and what waits for a second person. */
  readonly notes: readonly SheetNote[]
  /** Questions that nobody has answered yet. */
  readonly problems: readonly SheetNote[]
  /** Reds and Ambers whose cells are empty in the sheet. */
  readonly blanks: readonly BlankRating[]
}

export interface GatedFile extends Pick<ParsedPlan, 'projects'> {
  /** It is an export of the plan, so that whoever changed it saw what the leads said. */
  readonly knowsPlan: boolean
  /** It has a column for the states of projects. */
  readonly ratesProjects: boolean
  readonly stateWords: StateWords
  readonly answers: BlankAnswers
}

/** How a programme works now. */
export interface GateContext {
  readonly settings: ProgrammeSettings
  readonly file: GatedFile
}
