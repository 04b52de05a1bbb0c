import type { SheetNote } from '../../../base/sheets/read-sheet.ts'
import type { ImportResult } from '../result.ts'
import { countByKind } from './effect-lines.ts'
import { groupNotes } from './grouped-notes.ts'

/** Notes of one kind, for programs: what the first says, and of how many rows the kind is. */
export interface NoteKind {
  readonly message: string
  readonly column: string | null
  /** null: the plan's. */
  readonly sheet: string | null
  readonly count: number
  /** The first of them. */
  readonly rows: readonly number[]
}

/** A result in a few lines, whatever the size of its sheet. */
export interface ResultSummary {
  readonly problems: readonly NoteKind[]
  readonly attention: readonly NoteKind[]
  readonly changed: readonly NoteKind[]
  readonly lost: readonly NoteKind[]
  /** "2 workstreams, 47 projects"; '' for nothing. */
  readonly added: string
  readonly different: string
  readonly missing: string
}

/** Of many rows, the first few tell what the kind is. */
const rowsNamed = 20

/** The result as programs print it, with its summary first: the lists behind it have a line for each row. */
export function withKinds(result: ImportResult): { summary: ResultSummary } & ImportResult {
  const { problems, attention, changed, lost, difference } = result
  return {
    summary: {
      problems: kinds(problems),
      attention: kinds(attention),
      changed: kinds(changed),
      lost: kinds(lost),
      added: countByKind(difference.added),
      different: countByKind(difference.changed),
      missing: countByKind(difference.missing),
    },
    ...result,
  }
}

const kinds = (notes: readonly SheetNote[]): NoteKind[] =>
  groupNotes(notes).map(({ message, column = null, sheet = null, rows }) => ({
    ...{ message, column, sheet, count: rows.length },
    rows: rows.slice(0, rowsNamed),
  }))
