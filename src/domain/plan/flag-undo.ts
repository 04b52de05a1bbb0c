import { addMilliseconds } from 'date-fns/addMilliseconds'
import { max } from 'date-fns/max'
import { fromDbDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import type { Prisma, ReadTx, Tx } from '../../infra/db.ts'
import type { Provenance } from '../revisions/provenance.ts'
import { appendFlag } from './milestone-store.ts'

/** A flag, at risk or no longer, that a person set and can take back: the one before it counts again, and both stay. */
export interface GivenFlag {
  readonly id: string
  readonly programmeId: string
  readonly projectId: string
  readonly milestoneId: string
  readonly byId: string | null
  /** UTC. */
  readonly at: Date
}

/** One of these programmes that was not taken back, by its id. */
export function findGivenFlag(
  tx: ReadTx,
  programmeIds: readonly string[],
  id: string,
): Promise<GivenFlag | undefined> {
  return firstFlag(tx, programmeIds, { id })
}

/** The last that a person set in these programmes since a moment and that still stands; no undo itself. */
export function latestFlagBy(
  tx: ReadTx,
  programmeIds: readonly string[],
  byId: string,
  since: Date,
): Promise<GivenFlag | undefined> {
  return firstFlag(tx, programmeIds, { byId, at: { gte: since }, undoesId: null })
}

async function firstFlag(
  tx: ReadTx,
  programmeIds: readonly string[],
  where: Prisma.MilestoneFlagWhereInput,
): Promise<GivenFlag | undefined> {
  const milestone = { project: { programmeId: { in: [...programmeIds] } } }
  const row = await tx.milestoneFlag.findFirst({
    where: { ...where, milestone, undoneBy: null },
    orderBy: newestFirst,
    include: { milestone: { include: { project: { select: { programmeId: true } } } } },
  })
  if (!row) return undefined
  const { id, milestoneId, byId, at, milestone: of } = row
  const { projectId, project } = of
  return { id, milestoneId, projectId, byId, at, programmeId: project.programmeId }
}

const newestFirst: Prisma.MilestoneFlagOrderByWithRelationInput[] = [
  { onDay: 'desc' },
  { at: 'desc' },
]

/**
 * Sets the flag as it was before, as another entry of its history. Gives whether the milestone is at risk, and the entry's
 * id. @throws Refusal where somebody has said so or otherwise since
 */
export async function takeFlagBack(
  tx: Tx,
  { id, milestoneId }: GivenFlag,
  said: Provenance,
): Promise<{ readonly atRisk: boolean; readonly undo: string }> {
  const [last, before] = await tx.milestoneFlag.findMany({
    where: { milestoneId },
    orderBy: newestFirst,
    take: 2,
  })
  if (!last || last.id !== id) {
    throw new Refusal(
      'Somebody has said since whether that milestone is at risk. Nothing was changed. Say it anew: flag or unflag.',
    )
  }
  const { atRisk = false, reason = null } = before ?? {}
  // It is no news that it is at risk.
  const since = before ? fromDbDate(before.since ?? before.onDay) : null
  // What is saved later counts, even at the same moment.
  const at = max([said.at, addMilliseconds(last.at, 1)])
  const flag = { atRisk, reason, undoesId: id, since }
  const undo = await appendFlag(tx, milestoneId, flag, { ...said, at })
  return { atRisk, undo }
}
