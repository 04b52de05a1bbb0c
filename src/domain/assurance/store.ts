import { type CivilDate, fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Context } from '../../chat/commands.ts'
import type { Prisma, Tx } from '../../infra/db.ts'
import { knownPerson } from '../plan/lookup.ts'
import type { Plan } from '../plan/plan.ts'
import { type Scheme, type State, schemeOf } from '../scheme/schemes.ts'
import { type Divergence, divergenceOf, type SecondRating } from './rules.ts'

/** The second ratings of one project by the end of a day, newest first. */
export async function ratingsOf(
  tx: Tx,
  projectId: string,
  asAt: CivilDate,
): Promise<readonly SecondRating[]> {
  return (await ratingsWhere(tx, { projectId }, asAt)).get(projectId) ?? []
}

async function ratingsWhere(
  tx: Tx,
  where: Prisma.SecondRatingWhereInput,
  asAt: CivilDate,
): Promise<Map<string, SecondRating[]>> {
  const rows = await tx.secondRating.findMany({
    where: { ...where, onDay: { lte: toDbDate(asAt) } },
    orderBy: [{ onDay: 'desc' }, { at: 'desc' }, { id: 'desc' }],
  })
  const ratings = new Map<string, SecondRating[]>()
  for (const { projectId, state, reason, byId, onDay } of rows) {
    const its = ratings.get(projectId) ?? []
    its.push({ state, reason, byId, onDay: fromDbDate(onDay) })
    ratings.set(projectId, its)
  }
  return ratings
}

/** Where the two ratings of a plan's projects differ, by the project's id; none where the programme asks for one alone. */
export async function divergencesIn(tx: Tx, plan: Plan): Promise<Map<string, Divergence>> {
  const { id, settings } = plan.programme
  if (settings.secondRating.by === 'off') return new Map()
  const ratings = await ratingsWhere(tx, { project: { programmeId: id } }, plan.asAt)
  return divergences(plan, ratings, schemeOf(settings))
}

function divergences(
  { projects }: Plan,
  ratings: ReadonlyMap<string, readonly SecondRating[]>,
  scheme: Scheme,
): Map<string, Divergence> {
  const found = projects.flatMap((project) => {
    const divergence = divergenceOf(project, ratings.get(project.id) ?? [], scheme)
    return divergence ? [[project.id, divergence] as const] : []
  })
  return new Map(found)
}

/** Appends a rating as at the person's day. */
export async function recordRating(
  { tx, actor, now, today, place }: Context,
  projectId: string,
  { state, reason }: { readonly state: State; readonly reason: string | null },
): Promise<void> {
  await tx.secondRating.create({
    data: {
      id: newId(),
      projectId,
      state: state.key,
      reason,
      byId: knownPerson(actor),
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
  })
}
