import type { Measure } from '../../domain/measures/measure.ts'
import type { AttributeValues, PlanAttribute } from '../../domain/plan/attributes/attribute.ts'
import {
  type MilepostColumn,
  milepostColumns,
  type RowKind,
  stateHeading,
} from '../../domain/plan/milepost-columns.ts'
import {
  declaredStateOf,
  effectiveUpdate,
  type Milestone,
  type Plan,
  type Project,
  type Workstream,
} from '../../domain/plan/plan.ts'
import { type Scheme, stateByKey } from '../../domain/scheme/schemes.ts'
import { doneBy } from './formats/milepost-sheet.ts'

/** A plan as at a day, with everything that an export writes. Maps are by id. */
export interface PlanExport {
  readonly plan: Plan
  readonly measures: readonly Measure[]
  readonly scheme: Scheme
  readonly outcomes: readonly string[]
  readonly recommendations: readonly { readonly ref: string; readonly text: string | null }[]
  readonly projects: ReadonlyMap<string, ProjectDetails>
  readonly milestones: ReadonlyMap<string, MilestoneDetails>
  /** The ref of the workstream of a measure. */
  readonly workstreamRefByMeasure: ReadonlyMap<string, string>
  /** The published direction of a reading. */
  readonly directions: ReadonlyMap<string, string>
}

interface ProjectDetails {
  readonly section: string | null
  readonly recommendations: readonly string[]
  readonly outcomes: readonly string[]
}

interface MilestoneDetails {
  readonly recurrence: string | null
  readonly condition: string | null
  readonly state: string | null
}

type ExportRow = { readonly what: RowKind } & {
  readonly [Column in Exclude<MilepostColumn, 'what'>]?: string | null | undefined
} & { readonly attributes?: AttributeValues }

/** The rows of Milepost's own sheet, its headings first. */
export function exportRows(exported: PlanExport, attributes: readonly PlanAttribute[]): string[][] {
  const { plan, measures, recommendations, outcomes, scheme } = exported
  const rows: ExportRow[] = [
    ...recommendations.map(
      ({ ref, text }): ExportRow => ({ what: 'recommendation', ref, title: text }),
    ),
    ...outcomes.map((title, at): ExportRow => ({ what: 'outcome', ref: String(at + 1), title })),
    ...plan.workstreams.map((workstream) => workstreamRow(workstream, exported)),
    ...plan.projects.flatMap((project) => projectRows(project, exported)),
    ...measures.flatMap((measure) => measureRows(measure, exported)),
  ]
  const headings = { ...milepostColumns, state: stateHeading(scheme.key) }
  const columns = (Object.keys(milepostColumns) as MilepostColumn[]).map((column): ExportColumn => {
    return { heading: headings[column], cellOf: (row) => row[column] }
  })
  const attributesAt = columns.findIndex(({ heading }) => heading === headings.section) + 1
  columns.splice(attributesAt, 0, ...attributes.map(attributeColumn))
  return [
    columns.map(({ heading }) => heading),
    ...rows.map((row) => columns.map(({ cellOf }) => cellOf(row) ?? '')),
  ]
}

interface ExportColumn {
  readonly heading: string
  cellOf(row: ExportRow): string | null | undefined
}

const attributeColumn = ({ key, column }: PlanAttribute): ExportColumn => ({
  heading: column,
  cellOf: ({ attributes }) => attributes?.[key],
})

function workstreamRow(
  { ref, title, sponsors, leads }: Workstream,
  exported: PlanExport,
): ExportRow {
  return {
    ...{ what: 'workstream', ref, title },
    sponsors: ownerNames(sponsors, exported),
    leads: ownerNames(leads, exported),
  }
}

function projectRows(project: Project, exported: PlanExport): ExportRow[] {
  const { plan } = exported
  const { id, ref, title, milestones } = project
  const update = effectiveUpdate(project)
  const more = exported.projects.get(id)
  const workstream = plan.workstreams.find((one) => one.id === project.workstreamId)
  const row: ExportRow = {
    ...{ what: 'project', ref, title, partOf: workstream?.ref },
    section: more?.section,
    attributes: project.attributes,
    leads: ownerNames(project.leads, exported),
    state: stateLabel(declaredStateOf(project), exported),
    commentary: update?.reason,
    audience: update?.reason ? update.audience : null,
    tags: project.tags.join('; '),
    recommendations: more?.recommendations.join('; '),
    outcomes: outcomeNumbers(more?.outcomes ?? [], exported),
  }
  return [row, ...milestones.map((milestone) => milestoneRow(milestone, ref, exported))]
}

function milestoneRow(milestone: Milestone, partOf: string, exported: PlanExport): ExportRow {
  const { id, number, about, raw, heading, earliest, due, precision, doneOn } = milestone
  const { recurrence, condition, state } = exported.milestones.get(id) ?? {}
  return {
    ...{ what: 'milestone', partOf, title: about, text: raw, heading, earliest, due, precision },
    ...{ ref: String(number), recurrence, condition },
    done: doneOn && milestone.completion?.isDayUnknown ? `${doneBy}${doneOn}` : doneOn,
    baselineDue: milestone.baselineDue,
    state: stateLabel(state ?? '', exported),
  }
}

function measureRows(measure: Measure, exported: PlanExport): ExportRow[] {
  const { id, number, title, kind, polarity, baseline, target, targetOn, frequency } = measure
  const { method, nextDue, projects, outcomes, allReadings } = measure
  const row: ExportRow = {
    ...{ what: 'measure', ref: String(number), title, kind, polarity, baseline, target, targetOn },
    ...{ frequency, method, nextDue, partOf: exported.workstreamRefByMeasure.get(id) },
    state: stateLabel(measure.baselineState ?? '', exported),
    projects: projects.map(({ ref }) => ref).join('; '),
    outcomes: outcomeNumbers(
      outcomes.map(({ text }) => text),
      exported,
    ),
  }
  // Oldest first: of one period the last reading counts.
  const readings = allReadings.toReversed().map(
    (reading): ExportRow => ({
      ...{ what: 'reading', partOf: String(number), text: reading.raw, period: reading.period },
      due: reading.forDay,
      state: stateLabel(reading.declared ?? '', exported),
      direction: exported.directions.get(reading.id),
    }),
  )
  return [row, ...readings]
}

function ownerNames(ids: readonly string[], { plan }: PlanExport): string {
  return ids.map((id) => plan.people.get(id)?.name ?? '').join('; ')
}

/** An empty cell for a project that is not rated. */
function stateLabel(key: string, { scheme }: PlanExport): string {
  const state = stateByKey(scheme, key)
  return state === scheme.blank ? '' : state.label
}

/** Outcomes by their place in the sheet. */
function outcomeNumbers(texts: readonly string[], { outcomes }: PlanExport): string {
  return texts.map((text) => String(outcomes.indexOf(text) + 1)).join('; ')
}
