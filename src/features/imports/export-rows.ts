import type { CivilDate } from '../../base/dates.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import {
  type MilepostColumn,
  milepostColumns,
  type RowKind,
  stateHeading,
} from '../../domain/plan/milepost-columns.ts'
import {
  countingUpdate,
  type Milestone,
  type Plan,
  type Project,
  stateOf,
  type Workstream,
} from '../../domain/plan/plan.ts'
import { type Scheme, stateByKey } from '../../domain/scheme/schemes.ts'

/** A plan as at a day, with all that a file has to say of it. Maps are by id. */
export interface Exported {
  readonly plan: Plan
  readonly measures: readonly Measure[]
  readonly scheme: Scheme
  readonly outcomes: readonly string[]
  readonly recommendations: readonly { readonly ref: string; readonly text: string | null }[]
  readonly projects: ReadonlyMap<string, ProjectMore>
  readonly milestones: ReadonlyMap<string, MilestoneMore>
  /** The ref of the workstream that a measure speaks for. */
  readonly workstreamOf: ReadonlyMap<string, string>
  /** The published direction of a reading. */
  readonly directions: ReadonlyMap<string, string>
}

interface ProjectMore {
  readonly section: string | null
  readonly start: CivilDate | null
  readonly recommendations: readonly string[]
  readonly outcomes: readonly string[]
}

interface MilestoneMore {
  readonly recurrence: string | null
  readonly condition: string | null
  readonly state: string | null
}

type Row = { readonly what: RowKind } & {
  readonly [Column in Exclude<MilepostColumn, 'what'>]?: string | null | undefined
}

/** The rows of Milepost's own sheet, its headings first. */
export function exportRows(exported: Exported): string[][] {
  const { plan, measures, recommendations, outcomes, scheme } = exported
  const rows: Row[] = [
    ...recommendations.map(({ ref, text }): Row => ({ what: 'recommendation', ref, title: text })),
    ...outcomes.map((title, at): Row => ({ what: 'outcome', ref: String(at + 1), title })),
    ...plan.workstreams.map((workstream) => workstreamRow(workstream, exported)),
    ...plan.projects.flatMap((project) => projectRows(project, exported)),
    ...measures.flatMap((measure) => measureRows(measure, exported)),
  ]
  const columns = Object.keys(milepostColumns) as MilepostColumn[]
  const headings = { ...milepostColumns, state: stateHeading(scheme.key) }
  return [
    columns.map((column) => headings[column]),
    ...rows.map((row) => columns.map((column) => row[column] ?? '')),
  ]
}

function workstreamRow({ ref, title, sponsors, leads }: Workstream, exported: Exported): Row {
  return {
    ...{ what: 'workstream', ref, title },
    sponsors: namesOf(sponsors, exported),
    leads: namesOf(leads, exported),
  }
}

function projectRows(project: Project, exported: Exported): Row[] {
  const { plan } = exported
  const { id, ref, title, milestones } = project
  const said = countingUpdate(project)
  const more = exported.projects.get(id)
  const workstream = plan.workstreams.find((one) => one.id === project.workstreamId)
  const row: Row = {
    ...{ what: 'project', ref, title, partOf: workstream?.ref },
    section: more?.section,
    start: more?.start,
    leads: namesOf(project.leads, exported),
    state: labelOf(stateOf(project), exported),
    commentary: said?.reason,
    audience: said?.reason ? said.audience : null,
    tags: project.tags.join('; '),
    recommendations: more?.recommendations.join('; '),
    outcomes: numbersOf(more?.outcomes ?? [], exported),
  }
  return [row, ...milestones.map((milestone) => milestoneRow(milestone, ref, exported))]
}

function milestoneRow(milestone: Milestone, partOf: string, exported: Exported): Row {
  const { id, number, about, raw, heading, earliest, due, precision, doneOn } = milestone
  const { recurrence, condition, state } = exported.milestones.get(id) ?? {}
  return {
    ...{ what: 'milestone', partOf, title: about, text: raw, heading, earliest, due, precision },
    ...{ ref: String(number), recurrence, condition, done: doneOn },
    baselineDue: milestone.baselineDue,
    state: labelOf(state ?? '', exported),
  }
}

function measureRows(measure: Measure, exported: Exported): Row[] {
  const { id, number, title, kind, polarity, baseline, target, targetOn, frequency } = measure
  const { method, nextDue, projects, outcomes, said } = measure
  const row: Row = {
    ...{ what: 'measure', ref: String(number), title, kind, polarity, baseline, target, targetOn },
    ...{ frequency, method, nextDue, partOf: exported.workstreamOf.get(id) },
    state: labelOf(measure.baselineState ?? '', exported),
    projects: projects.map(({ ref }) => ref).join('; '),
    outcomes: numbersOf(
      outcomes.map(({ text }) => text),
      exported,
    ),
  }
  // Oldest first: of one period the one said last counts.
  const readings = said.toReversed().map(
    (reading): Row => ({
      ...{ what: 'reading', partOf: String(number), text: reading.raw, period: reading.period },
      due: reading.forDay,
      state: labelOf(reading.declared ?? '', exported),
      direction: exported.directions.get(reading.id),
    }),
  )
  return [row, ...readings]
}

function namesOf(ids: readonly string[], { plan }: Exported): string {
  return ids.map((id) => plan.people.get(id)?.name ?? '').join('; ')
}

/** Not rated is an empty cell. */
function labelOf(key: string, { scheme }: Exported): string {
  const state = stateByKey(scheme, key)
  return state === scheme.blank ? '' : state.label
}

/** Outcomes by their place in the sheet. */
function numbersOf(texts: readonly string[], { outcomes }: Exported): string {
  return texts.map((text) => String(outcomes.indexOf(text) + 1)).join('; ')
}
