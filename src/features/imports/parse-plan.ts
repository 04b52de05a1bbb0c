import type { CivilDate } from '../../base/dates.ts'
import type { Note, Sheet } from '../../base/sheets/read-sheet.ts'
import type { Thresholds } from '../../domain/measures/rules.ts'
import { unguarded } from '../../domain/plan/milepost-columns.ts'
import { programmeSettings } from '../../domain/programme/settings.ts'
import type { Scheme } from '../../domain/scheme/schemes.ts'
import { headingOf, newDraft } from './formats/sheet-format.ts'
import { type Choices, findHeadings, type Headings } from './headings.ts'
import type { Contents, Counts, PlanFile } from './parsed-plan.ts'
import { type Known, settleLinks, settleRefs } from './resolve-refs.ts'
import { tablesOf } from './split-tables.ts'
import { lostCells } from './unread-cells.ts'
import { checkWhole } from './validate.ts'

export type { Counts, MilestoneCell, PlanFile, ProjectRow, WorkstreamRow } from './parsed-plan.ts'

export interface HowToRead extends Choices {
  /** The plan as it is kept, so that a row without a number gets the one it had. */
  readonly known?: Known
  readonly thresholds?: Thresholds
}

/** A file understood, and by which headings. */
export interface ReadPlan extends PlanFile {
  readonly headings: Headings
}

/**
 * Understands a plan in any of the shapes. Years that are not written are the nearest to `asOf`.
 * @throws Refusal, by row, where the whole file cannot be a plan: no headings, no rows, a workstream missing.
 */
export function readPlan(
  sheet: Sheet,
  asOf: CivilDate,
  scheme: Scheme,
  how: HowToRead = {},
): ReadPlan {
  const headings = findHeadings(sheet, asOf, how)
  const draft = newDraft()
  draft.attention.push(...sheet.notes, ...headings.notes)
  draft.problems.push(...headings.problems)
  const text = headings.shape.written && sheet.format === 'csv' ? withoutGuards(sheet) : sheet
  const tables = tablesOf(text, headings, asOf, how, draft)
  const thresholds = how.thresholds ?? programmeSettings.parse({}).thresholds
  headings.shape.read(tables, { fileName: sheet.fileName, asOf, scheme, thresholds }, draft)
  if (how.known) {
    settleRefs(draft, how.known)
    settleLinks(draft, how.known, headingOf(headings.columns, 'project'))
  }
  checkWhole(sheet, headings, draft)
  const { workstreams, projects, measures, outcomes, recommendations } = draft
  const contents: Contents = { workstreams, projects, measures, outcomes, recommendations }
  return {
    ...contents,
    headings,
    understood: countsOf(contents, scheme),
    changed: inOrder(draft.changed),
    attention: inOrder(draft.attention),
    problems: inOrder(draft.problems),
    lost: lostCells(contents, headings, tables),
  }
}

function withoutGuards(sheet: Sheet): Sheet {
  const rows = sheet.rows.map(({ number, cells }) => ({ number, cells: cells.map(unguarded) }))
  return { ...sheet, rows }
}

function countsOf(contents: Contents, scheme: Scheme): Counts {
  const { workstreams, projects, measures, outcomes, recommendations } = contents
  const milestones = projects.flatMap((project) => project.milestones)
  const of = (wanted: string) => milestones.filter(({ precision }) => precision === wanted).length
  const said = new Set(projects.map(({ state }) => state))
  const states = [
    ...scheme.states,
    ...scheme.specials.filter(({ key }) => said.has(key)),
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
  }
}

function inOrder(notes: readonly Note[]): Note[] {
  return notes.toSorted((a, b) => a.row - b.row)
}
