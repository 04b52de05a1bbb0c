import type { Prisma, ReadTx, Tx } from '../../infra/db.ts'
import { type Withdrawal, withdrawalColumns } from './withdrawal.ts'

/** A rating of a milestone that a person took back: the one before it counts again. The row stays in the history. */

export interface GivenRating {
  readonly id: string
  readonly programmeId: string
  readonly projectId: string
  readonly milestoneId: string
  readonly byId: string | null
  /** UTC. */
  readonly at: Date
}

/** One in these programmes that a person gave and that still stands, by its id. */
export function findGivenRating(
  tx: ReadTx,
  programmeIds: readonly string[],
  id: string,
): Promise<GivenRating | undefined> {
  return firstRating(tx, programmeIds, { id })
}

/** The last that a person gave in these programmes since a moment and that still stands. */
export function latestRatingBy(
  tx: ReadTx,
  programmeIds: readonly string[],
  byId: string,
  since: Date,
): Promise<GivenRating | undefined> {
  return firstRating(tx, programmeIds, { byId, at: { gte: since } })
}

async function firstRating(
  tx: ReadTx,
  programmeIds: readonly string[],
  where: Prisma.MilestoneRatingWhereInput,
): Promise<GivenRating | undefined> {
  const milestone = { project: { programmeId: { in: [...programmeIds] } } }
  const row = await tx.milestoneRating.findFirst({
    where: { ...where, source: { not: 'import' }, withdrawnOn: null, milestone },
    orderBy: { at: 'desc' },
    include: { milestone: { select: { project: { select: { id: true, programmeId: true } } } } },
  })
  if (!row) return undefined
  const { id, milestoneId, byId, at } = row
  const { id: projectId, programmeId } = row.milestone.project
  return { id, milestoneId, projectId, programmeId, byId, at }
}

/** Whether somebody, or a sheet, has rated the milestone since. */
export async function isRatedSince(
  tx: ReadTx,
  { id, milestoneId, at }: GivenRating,
): Promise<boolean> {
  const later = await tx.milestoneRating.findFirst({
    where: { milestoneId, withdrawnOn: null, id: { not: id }, at: { gt: at } },
  })
  return later !== null
}

export async function withdrawRating(
  tx: Tx,
  { id }: GivenRating,
  withdrawal: Withdrawal,
): Promise<void> {
  await tx.milestoneRating.updateMany({
    where: { id, withdrawnOn: null },
    data: withdrawalColumns(withdrawal),
  })
}
