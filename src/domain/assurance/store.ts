import { type CivilDate, fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Prisma, ReadTx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'
import { requirePersonId } from '../plan/lookup.ts'
import type { Plan, Project } from '../plan/plan.ts'
import { projectHistories } from '../plan/project-query.ts'
import { type State, schemeOf } from '../scheme/schemes.ts'
import { type AssuranceRating, type Divergence, divergenceOf, divergingStates } from './rules.ts'
import { secondRatingSetting } from './settings.ts'

/** The second ratings of one project by the end of a day, newest first. */
export async function loadRatings(
  tx: ReadTx,
  projectId: string,
  asAt: CivilDate,
): Promise<readonly AssuranceRating[]> {
  return (await queryRatings(tx, { projectId }, asAt)).get(projectId) ?? []
}

async function queryRatings(
  tx: ReadTx,
  where: Prisma.AssuranceRatingWhereInput,
  asAt: CivilDate,
): Promise<Map<string, AssuranceRating[]>> {
  const rows = await tx.assuranceRating.findMany({
    where: { ...where, onDay: { lte: toDbDate(asAt) } },
    orderBy: [{ onDay: 'desc' }, { at: 'desc' }, { id: 'desc' }],
  })
  const ratings = new Map<string, AssuranceRating[]>()
  for (const { projectId, state, reason, byId, onDay } of rows) {
    const its = ratings.get(projectId) ?? []
    its.push({ state, reason, byId, onDay: fromDbDate(onDay) })
    ratings.set(projectId, its)
  }
  return ratings
}

/** Divergences of a plan's projects, by the project's id; none where the programme has no second rating. */
export async function loadDivergences(tx: ReadTx, plan: Plan): Promise<Map<string, Divergence>> {
  const { id, settings } = plan.programme
  if (secondRatingSetting.of(settings).by === 'off') return new Map()
  const ratings = await queryRatings(tx, { project: { programmeId: id } }, plan.asAt)
  const ratingsOf = (project: Pick<Project, 'id'>) => ratings.get(project.id) ?? []
  const scheme = schemeOf(settings)
  const diverging = plan.projects.filter((one) => divergingStates(one, ratingsOf(one), scheme))
  const ids = diverging.map((project) => project.id)
  const histories = await projectHistories(tx, ids, plan.asAt)
  const found = [...histories.values()].flatMap((project) => {
    const divergence = divergenceOf(project, ratingsOf(project), scheme)
    return divergence ? [[project.id, divergence] as const] : []
  })
  return new Map(found)
}

/** Appends a rating as at the person's day. */
export async function recordRating(
  { tx, actor, now, today, place }: DomainContext,
  projectId: string,
  { state, reason }: { readonly state: State; readonly reason: string | null },
): Promise<void> {
  await tx.assuranceRating.create({
    data: {
      id: newId(),
      projectId,
      state: state.key,
      reason,
      byId: requirePersonId(actor),
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
  })
}
