import { toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import { MemberResolver } from '../../domain/people/member-resolver.ts'
import { importAttributes } from '../../domain/plan/attributes/store.ts'
import { programmeById } from '../../domain/plan/store.ts'
import { commentaryAudienceSetting } from '../../domain/programme/audience.ts'
import { applyMeasures } from './apply-measures.ts'
import { applyMilestones } from './apply-milestones.ts'
import type { StoredPlan } from './diff.ts'
import type { FieldChange, PlanDiff } from './diff-types.ts'
import {
  type ImportContext,
  idsOf,
  outcomeIdsByText,
  projectIdsByRef,
  workstreamIdsByRef,
} from './import-context.ts'
import type { ParsedPlan, ProjectRow } from './parsed-plan.ts'

/** Writes what the file adds and changes, in the caller's transaction. What the file lacks stays. */
export async function applyDiff(
  to: ImportContext,
  file: ParsedPlan,
  stored: StoredPlan,
  difference: PlanDiff,
): Promise<void> {
  await addOutcomesAndRecommendations(to, file, difference)
  await addWorkstreams(to, file, difference)
  await addProjects(to, file, difference)
  await applyMilestones(to, difference)
  await applyFieldChanges(to, file, difference)
  await linkProjects(to, file, difference)
  await addAttributes(to, file, difference)
  await addUpdates(to, file, difference)
  await setOwners(to, file, await MemberResolver.load(to.tx, to.programmeId, to.now))
  await applyMeasures(to, file, stored.measures ?? [], difference)
}

async function addOutcomesAndRecommendations(
  to: ImportContext,
  file: ParsedPlan,
  { added }: PlanDiff,
): Promise<void> {
  const { tx, programmeId } = to
  const { _max: last } = await tx.outcome.aggregate({
    where: { programmeId },
    _max: { number: true },
  })
  const outcomes = added.filter(({ what }) => what === 'outcome')
  await tx.outcome.createMany({
    data: outcomes.map(({ title }, at) => {
      return { id: newId(), programmeId, number: (last.number ?? 0) + 1 + at, text: title }
    }),
  })
  const newRefs = new Set(
    added.flatMap(({ what, ref }) => (what === 'recommendation' ? [ref] : [])),
  )
  await tx.recommendation.createMany({
    data: file.recommendations
      .filter(({ ref }) => newRefs.has(ref))
      .map(({ ref, text }) => ({ id: newId(), programmeId, ref, text })),
  })
}

const addedRefs = ({ added }: PlanDiff, kind: 'workstream' | 'project') =>
  new Set(added.filter(({ what }) => what === kind).map(({ ref }) => ref))

async function addWorkstreams(
  to: ImportContext,
  file: ParsedPlan,
  difference: PlanDiff,
): Promise<void> {
  const { tx, programmeId } = to
  const addedOn = toDbDate(to.asOf)
  const newRefs = addedRefs(difference, 'workstream')
  await tx.workstream.createMany({
    data: file.workstreams.flatMap(({ ref, title }, position) =>
      newRefs.has(ref) ? [{ id: newId(), programmeId, ref, title, position, addedOn }] : [],
    ),
  })
}

async function addProjects(
  to: ImportContext,
  file: ParsedPlan,
  difference: PlanDiff,
): Promise<void> {
  const { tx, programmeId } = to
  const newRefs = addedRefs(difference, 'project')
  const ids = await workstreamIdsByRef(to)
  await tx.project.createMany({
    data: file.projects.flatMap(({ ref, title, workstreamRef, section, tags }, position) => {
      const workstreamId = ids.get(workstreamRef)
      // parsePlan refuses a project whose workstream has no row, so that each one finds its own.
      if (!newRefs.has(ref) || !workstreamId) return []
      const plan = { id: newId(), programmeId, workstreamId, position, addedOn: toDbDate(to.asOf) }
      return [{ ...plan, ref, title, section: section ?? null, tags: [...(tags ?? [])] }]
    }),
  })
}

async function applyFieldChanges(
  to: ImportContext,
  file: ParsedPlan,
  { changed }: PlanDiff,
): Promise<void> {
  const { tx, programmeId } = to
  const projects = new Map(file.projects.map((project) => [project.ref, project]))
  for (const change of changed) {
    const where = { programmeId_ref: { programmeId, ref: change.ref } }
    const title = change.to ?? ''
    if (change.what === 'workstream' && change.field === 'title') {
      await tx.workstream.update({ where, data: { title } })
    }
    const project = projects.get(change.ref)
    const data = change.what === 'project' && project && columnOf(change, project)
    if (data) await tx.project.update({ where, data })
  }
}

function columnOf({ field }: FieldChange, { title, section, tags = [] }: ProjectRow) {
  if (field === 'title') return { title }
  if (field === 'section') return { section: section || null }
  if (field === 'tags') return { tags: [...tags] }
  return undefined
}

/** Links recommendations and outcomes to projects that are new or whose links changed. */
async function linkProjects(
  to: ImportContext,
  file: ParsedPlan,
  difference: PlanDiff,
): Promise<void> {
  const newRefs = addedRefs(difference, 'project')
  const relinked = new Set(
    difference.changed.flatMap((one) =>
      one.what === 'project' && (one.field === 'recommendations' || one.field === 'outcomes')
        ? [one.ref]
        : [],
    ),
  )
  const projects = await projectIdsByRef(to)
  const outcomes = await outcomeIdsByText(to)
  const { tx, programmeId } = to
  const rows = await tx.recommendation.findMany({ where: { programmeId } })
  const recommendations = new Map(rows.map(({ id, ref }) => [ref, id]))
  for (const project of file.projects) {
    const id = projects.get(project.ref)
    const links = {
      recommendations: idsOf(project.recommendations, recommendations),
      outcomes: idsOf(project.outcomes, outcomes),
    }
    const named = Object.entries(links).filter(([, ids]) => ids.length > 0)
    if (!id || named.length === 0 || !(newRefs.has(project.ref) || relinked.has(project.ref)))
      continue
    const data = Object.fromEntries(
      named.map(([field, ids]) => [field, { set: ids.map((one) => ({ id: one })) }]),
    )
    await tx.project.update({ where: { id }, data })
  }
}

/** All values of new projects, and the changed values of others. */
async function addAttributes(
  to: ImportContext,
  file: ParsedPlan,
  difference: PlanDiff,
): Promise<void> {
  const added = addedRefs(difference, 'project')
  const changed = new Set(
    difference.changed.flatMap((one) =>
      one.what === 'project' ? [`${one.ref} ${one.field}`] : [],
    ),
  )
  const ids = await projectIdsByRef(to)
  const values = file.projects.flatMap(({ ref, attributes = {} }) => {
    const projectId = ids.get(ref)
    return Object.entries(attributes).flatMap(([key, value]) => {
      const isNew = added.has(ref) || changed.has(`${ref} ${key}`)
      return projectId && isNew ? [{ projectId, key, value }] : []
    })
  })
  await importAttributes(to.tx, values, to)
}

/** Appends a status wherever the sheet differs from the sheet before it. */
async function addUpdates(
  to: ImportContext,
  file: ParsedPlan,
  difference: PlanDiff,
): Promise<void> {
  const changed = new Set(
    difference.changed
      .filter(
        ({ what, field }) => what === 'project' && (field === 'state' || field === 'commentary'),
      )
      .map(({ ref }) => ref),
  )
  const newRefs = addedRefs(difference, 'project')
  const projects = await projectIdsByRef(to)
  const { settings } = await programmeById(to.tx, to.programmeId)
  const commentaryFor = commentaryAudienceSetting.of(settings)
  const data = file.projects.flatMap(({ ref, state, commentary, audience = commentaryFor }) => {
    const projectId = projects.get(ref)
    const rated = state !== 'blank' || commentary !== ''
    if (!projectId || !(changed.has(ref) || (newRefs.has(ref) && rated))) return []
    const provenance = { source: 'import', audience, onDay: toDbDate(to.asOf), at: to.now }
    return [{ id: newId(), projectId, state, reason: commentary || null, ...provenance }]
  })
  await to.tx.statusUpdate.createMany({ data })
}

/** Sets leads and sponsors where the file names any; a file without these columns changes none. */
async function setOwners(
  to: ImportContext,
  file: ParsedPlan,
  roster: MemberResolver,
): Promise<void> {
  const projects = await projectIdsByRef(to)
  for (const { ref, leads } of file.projects) {
    const projectId = projects.get(ref)
    if (!projectId || leads.length === 0) continue
    const people = await uniquePersonIds(leads, (name) => roster.resolveMember(name, 'lead'))
    await to.tx.projectLead.deleteMany({ where: { projectId } })
    await to.tx.projectLead.createMany({
      data: people.map((personId, position) => ({ projectId, personId, position })),
    })
  }
  const workstreams = await workstreamIdsByRef(to)
  for (const { ref, leads, sponsors } of file.workstreams) {
    const workstreamId = workstreams.get(ref)
    if (!workstreamId) continue
    for (const [role, names] of [
      ['lead', leads],
      ['sponsor', sponsors],
    ] as const) {
      if (names.length === 0) continue
      const people = await uniquePersonIds(names, (name) => roster.resolveMember(name, role))
      await to.tx.workstreamOwner.deleteMany({ where: { workstreamId, role } })
      await to.tx.workstreamOwner.createMany({
        data: people.map((personId, position) => ({ workstreamId, personId, role, position })),
      })
    }
  }
}

/** One after the other, because each may add a person whom the next one finds. */
async function uniquePersonIds(
  names: readonly string[],
  find: (name: string) => Promise<string>,
): Promise<string[]> {
  const ids = new Set<string>()
  for (const name of names) ids.add(await find(name))
  return [...ids]
}
