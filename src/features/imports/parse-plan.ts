import type { CivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { unescapeFormula } from '../../base/sheets/formula-text.ts'
import type { Sheet, SheetNote } from '../../base/sheets/read-sheet.ts'
import { fold } from '../../base/text.ts'
import type { Thresholds } from '../../domain/measures/rules.ts'
import { thresholdsSetting } from '../../domain/measures/settings.ts'
import { noSettings } from '../../domain/programme/setting.ts'
import type { Scheme } from '../../domain/scheme/schemes.ts'
import { parseAttributes } from './attribute-cells.ts'
import { withoutStruckRows, withStatesOfFills } from './cell-looks.ts'
import { headingNotes, keepCellNotes } from './cell-notes.ts'
import { contentProblems } from './column-contents.ts'
import { readDateColumns } from './date-columns.ts'
import { asksForDateOrder, noteDateOrders } from './date-order-notes.ts'
import { type Draft, headingOf, newDraft } from './formats/sheet-format.ts'
import { findHeadings, type HeadingOptions, type Headings } from './headings.ts'
import type { EntryRow, ParsedPlan, PlanContents, PlanCounts } from './parsed-plan.ts'
import type { StateWords } from './rating-parser.ts'
import { importRegistries } from './registries.ts'
import {
  resolveProjectLinks,
  resolveRefs,
  type StoredRefs,
  yieldToGivenRefs,
} from './resolve-refs.ts'
import type { SheetAnswers } from './settings.ts'
import { findKey, type SheetKey } from './sheet-key.ts'
import { splitTables } from './split-tables.ts'
import { askUnknownStates, parseStateWords, unknownWords } from './state-words.ts'
import { isExampleRow } from './template/template-rows.ts'
import { findUnreadCells } from './unread-cells.ts'
import { validatePlan } from './validate.ts'

export type {
  MilestoneCell,
  ParsedPlan as PlanFile,
  PlanCounts as Counts,
  ProjectRow,
  WorkstreamRow,
} from './parsed-plan.ts'

export interface ParseOptions extends HeadingOptions {
  /** The saved plan, so that a row without a number gets the one it had. */
  readonly storedPlan?: StoredRefs
  readonly thresholds?: Thresholds
  /** Rows that are none of the saved ones in other words. */
  readonly newRows?: readonly number[] | undefined
  readonly answers?: SheetAnswers | undefined
  /** Other sheets of the workbook, which hold the key of its signs. */
  readonly keySheets?: readonly Sheet[]
}

export interface OpenQuestions {
  /** Words in columns of states that were not understood, each once. */
  readonly states: readonly string[]
  /** Nothing tells whether the day or the month comes first. */
  readonly isDateOrderOpen: boolean
}

/** A parsed file, and the headings it was read by. */
export interface PlanParseResult extends ParsedPlan {
  readonly headings: Headings
  /** What a person can answer. */
  readonly open: OpenQuestions
  /** What was answered about words for states. */
  readonly stateWords: StateWords
}

/**
 * Parses a plan in any of the formats. A missing year is the one nearest to `asOf`.
 * @throws Refusal, by row, where the whole file cannot be a plan: no headings, no rows, a workstream missing.
 */
export function parsePlan(
  sheet: Sheet,
  asOf: CivilDate,
  scheme: Scheme,
  how: ParseOptions = {},
): PlanParseResult {
  const headings = findHeadings(sheet, asOf, how)
  const draft = newDraft()
  draft.warnings.push(...sheet.notes, ...headings.notes)
  draft.problems.push(...(sheet.questions ?? []), ...headings.problems)
  const text =
    headings.sheetFormat.isExportable && sheet.format === 'csv' ? unescapeFormulas(sheet) : sheet
  const key = headings.sheetFormat.isOwnExport ? noKey : findKey(text, how.keySheets ?? [], scheme)
  draft.corrections.push(...key.notes)
  const keyless = { ...text, rows: text.rows.filter(({ number }) => !key.rows.includes(number)) }
  const counted = withoutStruckRows(withoutExamples(keyless, headings, draft), headings, draft)
  const tables = splitTables(counted, headings, asOf, how, draft).map((table) =>
    withStatesOfFills(table, 'state', scheme, draft),
  )
  const thresholds = how.thresholds ?? thresholdsSetting.of(noSettings)
  const answered = parseStateWords(how.answers?.states ?? {}, scheme)
  const stateWords = { ...key.words, ...answered }
  const dates = readDateColumns(
    tables.flatMap(({ rows }) => rows),
    asOf,
    how.answers?.dates,
  )
  const { fileName, name: sheetName = '' } = sheet
  const context = { fileName, sheetName, asOf, scheme, thresholds, dates, stateWords }
  const isDateOrderOpen = asksForDateOrder(tables, dateMeanings(headings), dates)
  for (const table of tables)
    noteDateOrders(table, dateMeanings(headings), dates, draft, {
      isWorkbook: sheet.format === 'xlsx',
    })
  draft.problems.push(...contentProblems(headings, tables, context))
  headings.sheetFormat.parse(tables, context, draft)
  askUnknownStates(scheme, draft)
  if (!headings.sheetFormat.isOwnExport) {
    keepCellNotes(tables, draft)
    draft.warnings.push(...headingNotes(sheet.rows, headings.row))
  }
  const { attributes } = how.registries ?? importRegistries
  parseAttributes(tables, headings.sheetFormat, context, draft, attributes)
  if (!headings.sheetFormat.isOwnExport) addTitleTags(draft)
  yieldToGivenRefs(draft)
  if (how.storedPlan) {
    resolveRefs(draft, how.storedPlan, how.newRows)
    resolveProjectLinks(draft, how.storedPlan, headingOf(headings.columns, 'project'))
  }
  validatePlan(sheet, headings, asOf, draft)
  const { workstreams, projects, measures, outcomes, recommendations, entries } = draft
  const plan = { workstreams, projects, measures, outcomes, recommendations }
  const contents: PlanContents = headings.sheetFormat.isRegister ? { ...plan, entries } : plan
  return {
    ...contents,
    headings,
    stateWords,
    open: { states: unknownWords(draft), isDateOrderOpen },
    counts: countsOf(contents, scheme),
    corrections: sortByRow(draft.corrections),
    warnings: sortByRow(draft.warnings),
    problems: sortByRow(draft.problems),
    unreadCells: findUnreadCells(contents, headings, tables),
  }
}

const noKey: SheetKey = { words: {}, rows: [], notes: [] }

const dateMeanings = ({ sheetFormat: { columns, isOwnExport } }: Headings): string[] =>
  isOwnExport ? [] : Object.keys(columns).filter((meaning) => columns[meaning]?.isDate)

/** "(Ofsted Project)" behind a title: the project has that tag. The title stays as it is written. */
const titleTag = /\((?<tag>\p{Lu}[\p{L}&' -]{1,28}?) [Pp]roject\)\s*$/u

function addTitleTags({ projects }: Draft): void {
  for (const [at, project] of projects.entries()) {
    const tag = titleTag.exec(project.title)?.groups?.tag
    const { tags = [] } = project
    if (tag && !tags.some((one) => fold(one) === fold(tag))) {
      projects[at] = { ...project, tags: [...tags, tag] }
    }
  }
}

/** Without the example rows of the template. @throws Refusal where there are no others */
function withoutExamples(sheet: Sheet, { row }: Headings, draft: Draft): Sheet {
  const examples = sheet.rows.filter(isExampleRow)
  const rows = sheet.rows.filter((one) => !examples.includes(one))
  if (examples.length > 0 && !rows.some(({ number }) => number > row)) {
    throw new Refusal(
      `${sheet.fileName} is the blank template: there is nothing in it but its example rows. Nothing was imported. Fill in rows of your own and try again.`,
    )
  }
  const message = 'An example row of the template; left out.'
  draft.warnings.push(...examples.map(({ number }) => ({ row: number, message })))
  return { ...sheet, rows }
}

function unescapeFormulas(sheet: Sheet): Sheet {
  const rows = sheet.rows.map(({ number, cells }) => ({
    number,
    cells: cells.map(unescapeFormula),
  }))
  return { ...sheet, rows }
}

export function countsOf(contents: PlanContents, scheme: Scheme): PlanCounts {
  const { workstreams, projects, measures, outcomes, recommendations } = contents
  const milestones = projects.flatMap((project) => project.milestones)
  const of = (wanted: string) => milestones.filter(({ precision }) => precision === wanted).length
  const usedStates = new Set(projects.map(({ state }) => state))
  const states = [
    ...scheme.states,
    ...scheme.specials.filter(({ key }) => usedStates.has(key)),
    scheme.blank,
  ]
  return {
    workstreams: workstreams.length,
    projects: projects.length,
    milestones: milestones.length,
    withDay: of('day'),
    monthOnly: of('month'),
    range: of('range'),
    undated: of('none'),
    states: Object.fromEntries(
      states.map(({ key }) => [key, projects.filter(({ state }) => state === key).length]),
    ),
    measures: measures.length,
    readings: measures.flatMap(({ readings }) => readings).length,
    outcomes: outcomes.length,
    recommendations: recommendations.length,
    ...(contents.entries ? { entries: countEntries(contents.entries) } : {}),
  }
}

function countEntries(entries: readonly EntryRow[]) {
  const kinds = [...Map.groupBy(entries, ({ kind }) => kind)]
  return Object.fromEntries(kinds.map(([kind, same]) => [kind, same.length]))
}

function sortByRow(notes: readonly SheetNote[]): SheetNote[] {
  return notes.toSorted((a, b) => a.row - b.row)
}
