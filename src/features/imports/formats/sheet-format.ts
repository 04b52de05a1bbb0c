import type { CivilDate } from '../../../base/dates.ts'
import type { SheetNote, SheetRow } from '../../../base/sheets/read-sheet.ts'
import { fold } from '../../../base/text.ts'
import type { Thresholds } from '../../../domain/measures/rules.ts'
import type { Scheme } from '../../../domain/scheme/schemes.ts'
import type { DateColumns } from '../date-columns.ts'
import type { EntryRow, PlanContents } from '../parsed-plan.ts'
import type { StateWords, UnknownState } from '../rating-parser.ts'

/**
 * One way in which programme offices keep a plan in a sheet. To add one: a file here with its columns and its `parse`,
 * one line in index.ts, a sample and a table test. Finding the headings, the mapping, numbering, the attributes of
 * projects, comparing with the plan and saving are the same for all.
 */
export interface SheetFormat {
  /** What people type after --shape. */
  readonly key: string
  /** Ends the sentence "This is …". */
  readonly description: string
  /** By their meaning: the name people type in a mapping. */
  readonly columns: Readonly<Record<string, ColumnDefinition>>
  /** Where a heading's meaning depends on its neighbours. Left out: by the names of the columns alone. */
  readonly mapColumns?: (cells: readonly HeadingCell[], asOf: CivilDate) => (string | undefined)[]
  /** A heading was taken for that by a word in it, or by its neighbours: a person may know better. */
  readonly isGuess?: (cell: HeadingCell, meaning: string) => boolean
  /** Meanings whose cells do not bear them out, by all rows below the headings: their columns are not read. */
  readonly doubtfulColumns?: (columns: Columns, rows: readonly SheetRow[]) => readonly string[]
  /** Its rows are measures alone: no column of it is an attribute of a project. */
  readonly hasNoProjects?: boolean
  /** Sheets of this format usually have two rows of headings. */
  readonly hasTwoHeadingRows?: boolean
  /** Several tables with their own headings may be stacked. */
  readonly hasStackedTables?: boolean
  /** Its states are of milestones: it says none of a project. */
  readonly ratesMilestones?: boolean
  /** It knows the headings of the others too: it is taken where it fits clearly better than they. */
  readonly isFallback?: boolean
  /** Its rows are entries of the register, and no part of a plan. */
  readonly isRegister?: boolean
  /** Our own export: nothing is guessed. */
  readonly isOwnExport?: boolean
  /** We write sheets of this format: in a CSV, formulas are escaped. */
  readonly isExportable?: boolean
  /** Fills in the draft. @throws Refusal where the rows give no plan at all */
  parse(tables: readonly Table[], frame: ParseContext, draft: Draft): void
}

export interface ColumnDefinition {
  /** As messages name it. */
  readonly heading: string
  /** Headings that mean it, folded. */
  readonly aliases: readonly string[]
  /** Recognises headings by their form: a month, for example. */
  readonly matches?: (folded: string, asOf: CivilDate) => boolean
  /**
   * must: without it there is no plan. should: a person has to accept that it is missing. usual: it tells the format from
   * others, and its lack is nothing to ask about.
   */
  readonly need: 'must' | 'should' | 'usual' | 'may'
  /** Its cells hold dates, and the order of their numbers is one for the whole column. */
  readonly isDate?: boolean
  /** Several columns may mean it. */
  readonly isRepeatable?: boolean
  /** The key of the project's attribute that it holds. */
  readonly attribute?: string
}

export interface HeadingCell {
  /** From 0. */
  readonly index: number
  /** As the sheet has it. */
  readonly heading: string
  /** The heading above it, where there are two rows of headings; '' otherwise. */
  readonly over: string
}

export type Columns = ReadonlyMap<string, readonly HeadingCell[]>

/** Headings and the rows below them. */
export interface Table {
  /** The row of the headings; the lower one of two. */
  readonly row: number
  readonly columns: Columns
  readonly rows: readonly SheetRow[]
  /** The one line above the headings of a stacked table: "EET opportunities". */
  readonly title: string | null
}

export interface ParseContext {
  readonly fileName: string
  /** Of a workbook's sheet; '' for a text file. */
  readonly sheetName: string
  readonly asOf: CivilDate
  readonly scheme: Scheme
  readonly thresholds: Thresholds
  readonly dates: DateColumns
  readonly stateWords: StateWords
}

type MutableLists<T> = {
  readonly [Key in keyof T]: T[Key] extends readonly (infer One)[] ? One[] : never
}

/** What a format has parsed so far. */
export interface Draft extends MutableLists<Omit<PlanContents, 'entries'>> {
  readonly entries: EntryRow[]
  readonly corrections: SheetNote[]
  readonly warnings: SheetNote[]
  readonly problems: SheetNote[]
  readonly unknownStates: UnknownState[]
  /** Which numbers we generated because the sheet has none: they are matched against the saved plan. */
  readonly generatedRefs: {
    workstreams: boolean
    projects: boolean
    /** Numbers of workstreams that the sheet does not have. */
    readonly ofWorkstreams: Set<string>
  }
}

export function newDraft(): Draft {
  return {
    workstreams: [],
    projects: [],
    measures: [],
    outcomes: [],
    recommendations: [],
    entries: [],
    corrections: [],
    warnings: [],
    problems: [],
    unknownStates: [],
    generatedRefs: { workstreams: false, projects: false, ofWorkstreams: new Set() },
  }
}

/** The text of a row under the first column of that meaning, as written; '' where there is no such column. */
export function cellOf(row: SheetRow, columns: Columns, meaning: string): string {
  const [column] = columns.get(meaning) ?? []
  return column ? (row.cells[column.index] ?? '') : ''
}

/** The text of `cellOf`, trimmed. */
export function textOf(row: SheetRow, columns: Columns, meaning: string): string {
  return cellOf(row, columns, meaning).trim()
}

/** The row with that text in a column, which may be one behind its last. */
export function withCell(row: SheetRow, index: number, text: string): SheetRow {
  const cells = Array.from({ length: Math.max(row.cells.length, index + 1) }, (_, at) =>
    at === index ? text : (row.cells[at] ?? ''),
  )
  return { ...row, cells }
}

/** The cells of a row that hold something. */
export const filledIn = (cells: readonly string[]): string[] =>
  cells.filter((cell) => cell.trim() !== '')

/** The heading of a column as the sheet has it, for messages. */
export function headingOf(columns: Columns, meaning: string): string {
  return columns.get(meaning)?.[0]?.heading ?? meaning
}

/** What each heading means by the names of the format's columns. */
export function mapColumnsByName(
  columns: SheetFormat['columns'],
  cells: readonly HeadingCell[],
  asOf: CivilDate,
): (string | undefined)[] {
  return cells.map(({ heading, over }) => {
    const both = over === '' ? [heading] : [heading, `${over} ${heading}`]
    const texts = both.flatMap(headingForms)
    const names = texts.map(stripHeadingMarks)
    const found = Object.entries(columns).find(
      ([, { aliases, matches }]) =>
        names.some((name) => aliases.includes(name)) || texts.some((text) => matches?.(text, asOf)),
    )
    return found?.[0]
  })
}

/** A heading folded, and where a program gave it, as words too: "task_name", "PlannedDate", "OWNER_NAME". */
export function headingForms(heading: string): string[] {
  const words = heading
    .replaceAll('_', ' ')
    .replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})/g, ' ')
  return [...new Set([fold(heading), fold(words)])].filter((text) => text !== '')
}

/** "RAG:", "Action (s)" and "* Owner" are headings like any other. */
function stripHeadingMarks(text: string): string {
  return text.replace(/^[*\s]+|[\s:*.]+$/g, '')
}
