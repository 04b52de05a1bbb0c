import { type CivilDate, fromDbDate, fromNullableDbDate, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { fold } from '../../base/text.ts'
import { newestImportAfter, withdrawnImportIds } from '../../domain/imports/import-store.ts'
import { measureFields } from '../../domain/measures/fields.ts'
import { type AttributeChange, loadAttributeHistory } from '../../domain/plan/attributes/store.ts'
import {
  projectLeads,
  projectSection,
  projectTags,
  projectTitle,
  projectWorkstream,
  workstreamLeads,
  workstreamSponsors,
  workstreamTitle,
} from '../../domain/plan/fields.ts'
import { parseLife } from '../../domain/plan/life.ts'
import { planOrder } from '../../domain/plan/plan-order.ts'
import {
  itemsOfWithdrawnImports,
  loadFieldRevisions,
} from '../../domain/revisions/revision-store.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { StoredMeasure, StoredMilestone, StoredPlan, StoredProject } from './diff.ts'
import { knownValues, withoutWithdrawn } from './known-values.ts'

export const emptyPlan = {
  workstreams: [],
  projects: [],
  measures: [],
  outcomes: [],
  recommendations: [],
} satisfies StoredPlan

/**
 * The plan as earlier imports left it, not as chat changed it since: an unchanged sheet must not undo what a lead
 * reported. `own`: for a comparison with our own export, which repeats what was reported in chat; none of that is new.
 */
export async function loadStoredPlan(
  tx: ReadTx,
  programmeId: string,
  own: boolean,
): Promise<StoredPlan> {
  // One after the other: a transaction has one connection.
  const workstreams = await tx.workstream.findMany({
    where: { programmeId },
    orderBy: planOrder,
    include: { owners: ownersInclude },
  })
  const projects = await tx.project.findMany({
    where: { programmeId },
    orderBy: planOrder,
    include: projectInclude,
  })
  const attributes = await loadAttributeHistory(tx, programmeId)
  const knownOf = await loadKnownValues(tx, programmeId, own)
  const takenBack = await itemsOfWithdrawnImports(tx, programmeId)
  const measures = await tx.measure.findMany({
    where: { programmeId },
    orderBy: { number: 'asc' },
    include: measureInclude,
  })
  const outcomes = await tx.outcome.findMany({ where: { programmeId }, orderBy: { number: 'asc' } })
  const recommendations = await tx.recommendation.findMany({ where: { programmeId } })
  const people = await tx.person.findMany({
    where: { post: { not: null }, memberships: { some: { programmeId } } },
    orderBy: { createdAt: 'asc' },
  })
  const named = (role: string, rows: (typeof workstreams)[number]['owners']) =>
    rows.filter((row) => row.role === role).map(({ person }) => person.name)
  const refOfWorkstream = new Map(workstreams.map(({ id, ref }) => [id, ref]))
  return {
    workstreams: workstreams.map(({ id, ref, title, isRemoved, owners: all }) => {
      const present = { title, sponsors: named('sponsor', all), leads: named('lead', all) }
      const isTakenBack = isRemoved && takenBack.has(id)
      return { ref, ...present, isTakenBack, isRemoved, known: knownOf(id, present) }
    }),
    projects: projects.map((row) => {
      const project = projectOf(row, attributes.get(row.id) ?? [], { own, takenBack })
      const workstreamRef = refOfWorkstream.get(row.workstreamId)
      const { workstreamId: workstream, ...known } = knownOf(row.id, {
        ...project,
        workstreamId: row.workstreamId,
      })
      return { ...project, workstreamRef, known: { ...known, ...(workstream && { workstream }) } }
    }),
    measures: measures.map((row) => {
      const measure = measureOf(row, own, takenBack)
      const { workstreamId: workstreamRef, ...known } = knownOf(row.id, {
        ...measure,
        workstreamId: measure.workstreamRef,
      })
      return { ...measure, known: { ...known, ...(workstreamRef && { workstreamRef }) } }
    }),
    outcomes: outcomes.map(({ text }) => text),
    recommendations: recommendations.map(({ ref }) => ref),
    posts: new Map(people.map(({ name, post }) => [fold(post ?? ''), name])),
  }
}

type KnownValues = Readonly<Record<string, readonly string[]>>

/** The known values of an item's fields, by its id and its present values; empty where chat changed none. */
async function loadKnownValues(
  tx: ReadTx,
  programmeId: string,
  own: boolean,
): Promise<(itemId: string, present: Readonly<Record<string, unknown>>) => KnownValues> {
  const withdrawn = await withdrawnImportIds(tx, programmeId)
  const revisions = withoutWithdrawn(
    await loadFieldRevisions(tx, programmeId, comparedFields),
    withdrawn,
  )
  const names = await loadNames(tx, programmeId)
  const byItem = Map.groupBy(revisions, ({ itemId }) => itemId)
  return (itemId, present) => {
    const byField = Map.groupBy(byItem.get(itemId) ?? [], ({ field }) => field)
    return Object.fromEntries(
      [...byField].map(([field, ofField]) => [
        field,
        knownValues(present[field], ofField, own).map((value) => textOf(value, names)),
      ]),
    )
  }
}

/** What a sheet calls people, workstreams, projects and outcomes, by the ids that the history has. */
async function loadNames(tx: ReadTx, programmeId: string): Promise<ReadonlyMap<string, string>> {
  const people = await tx.person.findMany({ where: { memberships: { some: { programmeId } } } })
  const where = { programmeId }
  const workstreams = await tx.workstream.findMany({ where, select: { id: true, ref: true } })
  const projects = await tx.project.findMany({ where, select: { id: true, ref: true } })
  const outcomes = await tx.outcome.findMany({ where, select: { id: true, text: true } })
  return new Map([
    ...people.map(({ id, name }) => [id, name] as const),
    ...[...workstreams, ...projects].map(({ id, ref }) => [id, ref] as const),
    ...outcomes.map(({ id, text }) => [id, text] as const),
  ])
}

const comparedFields = [
  ...[projectTitle, projectSection, projectLeads, projectTags, projectWorkstream],
  ...[workstreamTitle, workstreamLeads, workstreamSponsors],
  ...measureFields,
]

/** As a diff writes a value; in the history people and parts of the plan stand as ids, in the present value as names. */
function textOf(value: unknown, names: ReadonlyMap<string, string>): string {
  if (!Array.isArray(value)) return names.get(String(value)) ?? String(value ?? '')
  return value.map((one) => names.get(String(one)) ?? String(one)).join('; ')
}

const latestFirst = [{ onDay: 'desc' as const }, { at: 'desc' as const }, { id: 'desc' as const }]
/** What was taken back is as if no sheet had said it. */
const standing = { withdrawnOn: null }
const ownersInclude = { orderBy: { position: 'asc' as const }, include: { person: true } }

const outcomesInclude = {
  orderBy: { outcome: { number: 'asc' as const } },
  include: { outcome: true },
}

const projectInclude = {
  leads: ownersInclude,
  recommendations: {
    orderBy: { recommendation: { ref: 'asc' as const } },
    include: { recommendation: true },
  },
  outcomes: outcomesInclude,
  updates: { where: standing, orderBy: latestFirst },
  milestones: {
    orderBy: { number: 'asc' as const },
    include: {
      moves: { where: standing, orderBy: latestFirst },
      ratings: { where: standing, orderBy: latestFirst },
      done: true,
    },
  },
}

const measureInclude = {
  workstream: true,
  projects: {
    orderBy: planOrder.map((project) => ({ project })),
    include: { project: true },
  },
  outcomes: outcomesInclude,
  readings: { where: standing, orderBy: latestFirst },
}

/** Rows as the queries above give them. */
type ProjectRecord = Awaited<ReturnType<typeof projectRecords>>[number]
type MeasureRecord = Awaited<ReturnType<typeof measureRecords>>[number]
const projectRecords = (tx: ReadTx) => tx.project.findMany({ include: projectInclude })
const measureRecords = (tx: ReadTx) => tx.measure.findMany({ include: measureInclude })

function projectOf(
  row: ProjectRecord,
  attributes: readonly AttributeChange[],
  { own, takenBack }: { readonly own: boolean; readonly takenBack: ReadonlySet<string> },
): StoredProject {
  const imported = row.updates.find(({ source }) => source === 'import')
  const statuses = row.updates.map(({ state, reason }) => ({ state, commentary: reason ?? '' }))
  return {
    ref: row.ref,
    title: row.title,
    isSetAside: row.life !== null,
    isTakenBack: parseLife(row.life)?.state === 'removed' && takenBack.has(row.id),
    state: imported?.state ?? 'blank',
    commentary: imported?.reason ?? '',
    ...(own ? { statusHistory: statuses } : {}),
    section: row.section ?? '',
    ...attributesOf(attributes, own),
    leads: row.leads.map(({ person }) => person.name),
    recommendations: row.recommendations.map(({ recommendation }) => recommendation.ref),
    outcomes: row.outcomes.map(({ outcome }) => outcome.text),
    tags: row.tags,
    milestones: row.milestones.map((milestone) => ({
      ...milestoneOf(milestone, own),
      isTakenBack: milestone.isRemoved && takenBack.has(milestone.id),
    })),
  }
}

/** `changes`: newest first. */
function attributesOf(changes: readonly AttributeChange[], own: boolean) {
  const imported = changes.filter(({ source }) => source === 'import').toReversed()
  const byKey = Map.groupBy(changes, ({ key }) => key)
  const history = [...byKey].map(([key, ofKey]) => [key, ofKey.map(({ value }) => value)] as const)
  return {
    attributes: Object.fromEntries(imported.map(({ key, value }) => [key, value])),
    ...(own ? { attributeHistory: Object.fromEntries(history) } : {}),
  }
}

function milestoneOf(row: ProjectRecord['milestones'][number], own: boolean): StoredMilestone {
  const { number, about, raw, isRemoved, moves } = row
  const imported = moves.find(({ source }) => source === 'import')
  const rated = row.ratings.find(({ source }) => own || source === 'import')
  const dues = [row.baselineDue, ...moves.map(({ to }) => to)].map(fromNullableDbDate)
  return {
    ...{ number, about, raw, isRemoved },
    due: fromNullableDbDate(imported ? imported.to : row.baselineDue),
    ...(own ? { dueHistory: dues } : {}),
    state: rated?.state ?? null,
    ...(own ? { stateHistory: row.ratings.map(({ state }) => state) } : {}),
    doneOn: fromNullableDbDate(row.done?.onDay ?? null),
    isDoneDayUnknown: row.done?.isDayUnknown ?? false,
  }
}

function measureOf(
  row: MeasureRecord,
  own: boolean,
  takenBack: ReadonlySet<string>,
): StoredMeasure {
  const { number, title, kind, polarity, baseline, baselineState, target, frequency, method } = row
  const periods = Map.groupBy(row.readings, ({ forDay }) => forDay.getTime())
  // The last imported and the effective reading of each period; for our own export, all readings.
  const readings = [...periods.values()].flatMap((ofPeriod) => {
    const imported = ofPeriod.filter(({ source }) => source === 'import')
    return own ? ofPeriod : [...imported.slice(0, 1), ...ofPeriod.slice(0, 1)]
  })
  return {
    ...{ number, title, kind, polarity, baseline, baselineState, target, frequency, method },
    isTakenBack: row.withdrawnOn !== null || (row.isRemoved && takenBack.has(row.id)),
    isRemoved: row.isRemoved,
    targetOn: fromNullableDbDate(row.targetOn),
    nextDue: fromNullableDbDate(row.nextDue),
    workstreamRef: row.workstream?.ref ?? null,
    projects: row.projects.map(({ project }) => project.ref),
    outcomes: row.outcomes.map(({ outcome }) => outcome.text),
    readings: readings.map(({ raw, declared, direction, period, forDay }) => {
      return { raw, declared, direction, period, forDay: fromDbDate(forDay) }
    }),
  }
}

/** @throws Refusal where a newer sheet was imported already: history is not written backwards */
export async function assertNotStale(
  tx: ReadTx,
  programmeId: string,
  asOf: CivilDate,
): Promise<void> {
  const last = await newestImportAfter(tx, programmeId, asOf)
  if (!last) return
  throw new Refusal(
    `The plan already holds a sheet as at ${fullDate(last)}. One as at ${fullDate(asOf)} cannot be imported over it. Nothing was changed.`,
  )
}
