import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Tx } from '../../infra/db.ts'
import { insertRows } from '../../infra/insert-rows.ts'

/** Writes the rows that a plan is made of; milestones have a store of their own. Many rows take one statement. */

export interface NewWorkstream {
  readonly ref: string
  readonly title: string
  readonly position: number
}

/** `addedOn`: the as-at day from which they belong to the plan. Gives their ids, in the same order. */
export async function addWorkstreams(
  tx: Tx,
  programmeId: string,
  workstreams: readonly NewWorkstream[],
  addedOn: CivilDate,
): Promise<string[]> {
  const data = workstreams.map((row) => {
    return { id: newId(), programmeId, ...row, addedOn: toDbDate(addedOn) }
  })
  await insertRows(tx, 'Workstream', data)
  return data.map(({ id }) => id)
}

export interface NewProject {
  readonly workstreamId: string
  readonly ref: string
  readonly title: string
  readonly section: string | null
  readonly tags: readonly string[]
  readonly position: number
}

/** `addedOn`: the as-at day from which they belong to the plan. Gives their ids, in the same order. */
export async function addProjects(
  tx: Tx,
  programmeId: string,
  projects: readonly NewProject[],
  addedOn: CivilDate,
): Promise<string[]> {
  const data = projects.map(({ tags, ...row }) => {
    return { id: newId(), programmeId, ...row, tags: [...tags], addedOn: toDbDate(addedOn) }
  })
  await insertRows(tx, 'Project', data)
  return data.map(({ id }) => id)
}

/** Links a project to these recommendations, in place of those it had. */
export async function setProjectRecommendations(
  tx: Tx,
  projectId: string,
  ids: readonly string[],
): Promise<void> {
  await tx.projectRecommendation.deleteMany({ where: { projectId } })
  await tx.projectRecommendation.createMany({
    data: [...new Set(ids)].map((recommendationId) => ({ projectId, recommendationId })),
  })
}

/** Links a project to these outcomes, in place of those it had. */
export async function setProjectOutcomes(
  tx: Tx,
  projectId: string,
  ids: readonly string[],
): Promise<void> {
  await tx.projectOutcome.deleteMany({ where: { projectId } })
  await tx.projectOutcome.createMany({
    data: [...new Set(ids)].map((outcomeId) => ({ projectId, outcomeId })),
  })
}

/** Adds outcomes behind those that the programme has. */
export async function addOutcomes(
  tx: Tx,
  programmeId: string,
  texts: readonly string[],
): Promise<void> {
  const { _max: last } = await tx.outcome.aggregate({
    where: { programmeId },
    _max: { number: true },
  })
  await tx.outcome.createMany({
    data: texts.map((text, at) => {
      return { id: newId(), programmeId, number: (last.number ?? 0) + 1 + at, text }
    }),
  })
}

export async function addRecommendations(
  tx: Tx,
  programmeId: string,
  recommendations: readonly { readonly ref: string; readonly text: string | null }[],
): Promise<void> {
  await tx.recommendation.createMany({
    data: recommendations.map(({ ref, text }) => ({ id: newId(), programmeId, ref, text })),
  })
}
