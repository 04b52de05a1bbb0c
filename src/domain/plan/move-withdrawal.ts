import { type CivilDate, fromDbDate } from '../../base/dates.ts'
import type { Prisma, ReadTx, Tx } from '../../infra/db.ts'
import type { ImportedSince } from '../revisions/imported-since.ts'
import { withdrawAgreement } from './move-requests.ts'
import { type Withdrawal, withdrawalColumns } from './withdrawal.ts'

/** A move that was taken back: from that day on the milestone is due as before it. The row stays in the history. */

/** A move as far as whoever takes it back needs it. */
export interface WithdrawableMove {
  readonly id: string
  readonly milestoneId: string
  readonly programmeId: string
  readonly projectId: string
  readonly byId: string | null
  /** UTC. */
  readonly at: Date
}

/** A move of these programmes that still stands, by its id. */
export function findStandingMove(
  tx: ReadTx,
  programmeIds: readonly string[],
  id: string,
): Promise<WithdrawableMove | undefined> {
  return firstMove(tx, { id, milestone: inProgrammes(programmeIds) })
}

/** The last move that a person made in these programmes since a moment and that still stands. */
export function latestMoveBy(
  tx: ReadTx,
  programmeIds: readonly string[],
  byId: string,
  since: Date,
): Promise<WithdrawableMove | undefined> {
  return firstMove(tx, { byId, at: { gte: since }, milestone: inProgrammes(programmeIds) })
}

const inProgrammes = (programmeIds: readonly string[]) => ({
  project: { programmeId: { in: [...programmeIds] } },
})

async function firstMove(
  tx: ReadTx,
  where: Prisma.MilestoneMoveWhereInput,
): Promise<WithdrawableMove | undefined> {
  const row = await tx.milestoneMove.findFirst({
    where: { ...where, withdrawnOn: null },
    orderBy: { at: 'desc' },
    include: { milestone: { select: { project: { select: { id: true, programmeId: true } } } } },
  })
  if (!row) return undefined
  const { id, milestoneId, milestone, byId, at } = row
  const { id: projectId, programmeId } = milestone.project
  return { id, milestoneId, projectId, programmeId, byId, at }
}

/** What somebody did about a milestone since it was moved. */
export interface MoveBuiltOn {
  readonly how: 'moved again' | 'reported done'
  readonly byId: string | null
  readonly onDay: CivilDate
}

/** Who moved the milestone again or reported it done since; undefined where nobody did. */
export async function loadMoveBuiltOn(
  tx: ReadTx,
  { milestoneId, at }: WithdrawableMove,
): Promise<MoveBuiltOn | undefined> {
  const done = await tx.milestoneCompletion.findFirst({ where: { milestoneId } })
  if (done) return { how: 'reported done', byId: done.byId, onDay: fromDbDate(done.onDay) }
  const moved = await tx.milestoneMove.findFirst({
    where: { milestoneId, withdrawnOn: null, at: { gt: at } },
    orderBy: { at: 'desc' },
  })
  if (!moved) return undefined
  return { how: 'moved again', byId: moved.byId, onDay: fromDbDate(moved.onDay) }
}

/** Takes a move back. False where somebody has at the same moment. */
export async function withdrawMove(
  tx: Tx,
  { id, milestoneId, at }: WithdrawableMove,
  withdrawal: Withdrawal,
): Promise<boolean> {
  const { count } = await tx.milestoneMove.updateMany({
    where: { id, withdrawnOn: null },
    data: withdrawalColumns(withdrawal),
  })
  if (count === 0) return false
  const { from: due } = await tx.milestoneMove.findUniqueOrThrow({ where: { id } })
  await tx.milestone.update({ where: { id: milestoneId }, data: { due } })
  await withdrawAgreement(tx, { milestoneId, at })
  return true
}

/** Takes back the moves of an import: the milestones are due as before it. */
export async function withdrawImportedMoves(
  tx: Tx,
  { programmeId, at }: ImportedSince,
  withdrawal: Withdrawal,
): Promise<void> {
  const moves = await tx.milestoneMove.findMany({
    where: {
      ...{ source: 'import', at: { gte: at }, withdrawnOn: null },
      milestone: { project: { programmeId } },
    },
    select: { id: true, milestoneId: true, from: true },
  })
  const ids = moves.map(({ id }) => id)
  const data = withdrawalColumns(withdrawal)
  await tx.milestoneMove.updateMany({ where: { id: { in: ids } }, data })
  for (const { milestoneId: id, from: due } of moves) {
    await tx.milestone.update({ where: { id }, data: { due } })
  }
}
