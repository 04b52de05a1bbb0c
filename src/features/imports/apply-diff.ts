import { importAttributes } from '../../domain/plan/attributes/store.ts'
import {
  projectLife,
  projectOutcomes,
  projectRecommendations,
  projectSection,
  projectTags,
  projectTitle,
  workstreamRemoval,
  workstreamTitle,
} from '../../domain/plan/fields.ts'
import {
  addOutcomes,
  addProjects,
  addRecommendations,
  addWorkstreams,
} from '../../domain/plan/plan-store.ts'
import { recordAdditions, reviseField } from '../../domain/plan/revise.ts'
import { programmeById } from '../../domain/plan/store.ts'
import { commentaryAudienceSetting } from '../../domain/programme/audience.ts'
import { importUpdates } from '../../domain/status/store.ts'
import { applyMeasures } from './apply-measures.ts'
import { applyMilestones } from './apply-milestones.ts'
import { applyOwners } from './apply-owners.ts'
import { applyNewPlaces, applyRenumbering } from './apply-renumbering.ts'
import type { StoredPlan } from './diff.ts'
import { type FieldChange, type PlanChange, type PlanDiff, takenBackField } from './diff-types.ts'
import {
  type ImportContext,
  idsOf,
  outcomeIdsByText,
  projectIdsByRef,
  workstreamIdsByRef,
} from './import-context.ts'
import type { ParsedPlan, ProjectRow } from './parsed-plan.ts'
import { addedRefs, revisionDetails, setImported } from './set-imported.ts'

/** Writes what the file adds and changes, in the caller's transaction. What the file lacks stays. */
export async function applyDiff(
  to: ImportContext,
  file: ParsedPlan,
  stored: StoredPlan,
  difference: PlanDiff,
): Promise<void> {
  await applyRenumbering(to, difference)
  await applyOutcomesAndRecommendations(to, file, difference)
  await applyNewWorkstreams(to, file, difference)
  await applyNewPlaces(to, difference)
  await applyNewProjects(to, file, difference)
  await applyMilestones(to, difference)
  await applyFieldChanges(to, file, difference)
  await linkProjects(to, file, difference)
  await addAttributes(to, file, difference)
  await addUpdates(to, file, difference)
  await applyOwners(to, file, difference)
  await applyMeasures(to, file, stored.measures ?? [], difference)
}

async function applyOutcomesAndRecommendations(
  { tx, programmeId }: ImportContext,
  file: ParsedPlan,
  { added }: PlanDiff,
): Promise<void> {
  const outcomes = added.flatMap(({ what, title }) => (what === 'outcome' ? [title] : []))
  await addOutcomes(tx, programmeId, outcomes)
  const refs = new Set(added.flatMap(({ what, ref }) => (what === 'recommendation' ? [ref] : [])))
  const recommendations = file.recommendations.filter(({ ref }) => refs.has(ref))
  await addRecommendations(tx, programmeId, recommendations)
}

async function applyNewWorkstreams(
  to: ImportContext,
  file: ParsedPlan,
  difference: PlanDiff,
): Promise<void> {
  const { tx, programmeId, asOf } = to
  const newRefs = addedRefs(difference, 'workstream')
  const workstreams = file.workstreams.flatMap(({ ref, title }, position) =>
    newRefs.has(ref) ? [{ ref, title, position }] : [],
  )
  const ids = await addWorkstreams(tx, programmeId, workstreams, asOf)
  const values = { from: true, to: false }
  await recordAdditions(tx, workstreamRemoval, ids, values, revisionDetails(to))
}

async function applyNewProjects(
  to: ImportContext,
  file: ParsedPlan,
  difference: PlanDiff,
): Promise<void> {
  const newRefs = addedRefs(difference, 'project')
  const ids = await workstreamIdsByRef(to)
  const projects = file.projects.flatMap((project, position) => {
    const { ref, title, workstreamRef, section = null, tags = [] } = project
    const workstreamId = ids.get(workstreamRef)
    // parsePlan refuses a project whose workstream has no row, so that each one finds its own.
    if (!newRefs.has(ref) || !workstreamId) return []
    return [{ workstreamId, ref, title, section, tags, position }]
  })
  const added = await addProjects(to.tx, to.programmeId, projects, to.asOf)
  const removed = { state: 'removed', onDay: to.asOf, reason: null }
  const values = { from: removed, to: null }
  await recordAdditions(to.tx, projectLife, added, values, revisionDetails(to))
}

/** Titles, sections and tags that the file changes, with their history. */
async function applyFieldChanges(
  to: ImportContext,
  file: ParsedPlan,
  { changed }: PlanDiff,
): Promise<void> {
  const workstreams = await workstreamIdsByRef(to)
  const ids = await projectIdsByRef(to)
  const projects = new Map(file.projects.map((project) => [project.ref, project]))
  const details = revisionDetails(to)
  for (const change of changed) {
    if (change.field === takenBackField)
      await restoreItem(to, change, { workstreams, projects: ids })
    const workstream = change.what === 'workstream' && workstreams.get(change.ref)
    if (workstream && change.field === 'title') {
      await reviseField(to.tx, workstreamTitle, workstream, change.to ?? '', details)
    }
    const [id, project] = [ids.get(change.ref), projects.get(change.ref)]
    const revised = change.what === 'project' && project && changedField(change, project)
    if (id && revised) await reviseField(to.tx, revised.field, id, revised.value, details)
  }
}

/** Puts back what was taken out with an import that was taken back: the sheet has it again. */
async function restoreItem(
  to: ImportContext,
  { what, ref }: PlanChange,
  { workstreams, projects }: Readonly<Record<'workstreams' | 'projects', Map<string, string>>>,
): Promise<void> {
  const details = revisionDetails(to)
  const [workstreamId, projectId] = [workstreams.get(ref), projects.get(ref)]
  if (what === 'workstream' && workstreamId) {
    await reviseField(to.tx, workstreamRemoval, workstreamId, false, details)
  }
  if (what === 'project' && projectId)
    await reviseField(to.tx, projectLife, projectId, null, details)
}

function changedField({ field }: FieldChange, { title, section, tags = [] }: ProjectRow) {
  if (field === 'title') return { field: projectTitle, value: title }
  if (field === 'section') return { field: projectSection, value: section || null }
  if (field === 'tags') return { field: projectTags, value: tags }
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
    if (!id || !(newRefs.has(project.ref) || relinked.has(project.ref))) continue
    for (const [field, links] of [
      [projectRecommendations, idsOf(project.recommendations, recommendations)],
      [projectOutcomes, idsOf(project.outcomes, outcomes)],
    ] as const) {
      // A kind that the sheet has none of stays as it is.
      if (links.length > 0)
        await setImported(to, field, id, links.toSorted(), newRefs.has(project.ref))
    }
  }
}

/** All values of new projects, and the changed values of others. */
async function addAttributes(
  to: ImportContext,
  file: ParsedPlan,
  difference: PlanDiff,
): Promise<void> {
  const newRefs = addedRefs(difference, 'project')
  const changed = new Set(
    difference.changed.flatMap((one) =>
      one.what === 'project' ? [`${one.ref} ${one.field}`] : [],
    ),
  )
  const ids = await projectIdsByRef(to)
  const values = file.projects.flatMap(({ ref, attributes = {} }) => {
    const projectId = ids.get(ref)
    return Object.entries(attributes).flatMap(([key, value]) => {
      const isNew = newRefs.has(ref) || changed.has(`${ref} ${key}`)
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
  const updates = file.projects.flatMap(({ ref, state, commentary, audience = commentaryFor }) => {
    const projectId = projects.get(ref)
    const rated = state !== 'blank' || commentary !== ''
    if (!projectId || !(changed.has(ref) || (newRefs.has(ref) && rated))) return []
    const toConfirm = to.toConfirm.has(ref)
    // Its author, so that who imports it is not the second person for it.
    const byId = toConfirm ? to.byId : null
    return [{ projectId, state, reason: commentary || null, audience, toConfirm, byId }]
  })
  await importUpdates(to.tx, updates, to)
}
