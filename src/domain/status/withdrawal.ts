import { type CivilDate, fromDbDate, toDbDate } from '../../base/dates.ts'
import type { Prisma, ReadTx, Tx } from '../../infra/db.ts'
import { type Withdrawal, withdrawalColumns } from '../plan/withdrawal.ts'
import type { ImportedSince } from '../revisions/imported-since.ts'

/** An update that was taken back: from that day on the project stands as before it. The row stays in the history. */

/** An update as far as whoever takes it back needs it. */
export interface WithdrawableUpdate {
  readonly id: string
  readonly programmeId: string
  readonly projectId: string
  /** Key of a state of the programme's scheme. */
  readonly state: string
  readonly byId: string | null
  readonly onDay: CivilDate
  /** UTC. */
  readonly at: Date
}

/** An update of these programmes that still stands, by its id. */
export function findStandingUpdate(
  tx: ReadTx,
  programmeIds: readonly string[],
  id: string,
): Promise<WithdrawableUpdate | undefined> {
  return firstUpdate(tx, { id, project: { programmeId: { in: [...programmeIds] } } })
}

/** The last update that a person gave in these programmes since a moment and that still stands; no import is one. */
export function latestUpdateBy(
  tx: ReadTx,
  programmeIds: readonly string[],
  byId: string,
  since: Date,
): Promise<WithdrawableUpdate | undefined> {
  const project = { programmeId: { in: [...programmeIds] } }
  return firstUpdate(tx, { byId, at: { gte: since }, project, source: { not: 'import' } })
}

async function firstUpdate(
  tx: ReadTx,
  where: Prisma.StatusUpdateWhereInput,
): Promise<WithdrawableUpdate | undefined> {
  const row = await tx.statusUpdate.findFirst({
    where: { ...where, withdrawnOn: null },
    orderBy: { at: 'desc' },
    include: { project: { select: { programmeId: true } } },
  })
  if (!row) return undefined
  const { id, projectId, project, state, byId, onDay, at } = row
  return { id, projectId, ...project, state, byId, onDay: fromDbDate(onDay), at }
}

/** What somebody did about an update since. */
export interface UpdateBuiltOn {
  readonly how: 'confirmed' | 'followed by another one'
  readonly byId: string | null
  readonly onDay: CivilDate
}

/** Who confirmed it, or gave a later update of the project that stands; undefined where nobody did. */
export async function loadUpdateBuiltOn(
  tx: ReadTx,
  { id, projectId, onDay, at }: WithdrawableUpdate,
): Promise<UpdateBuiltOn | undefined> {
  const day = toDbDate(onDay)
  const later = [{ onDay: { gt: day } }, { onDay: day, at: { gt: at } }]
  const built = await tx.statusUpdate.findFirst({
    where: {
      ...{ projectId, withdrawnOn: null },
      OR: [{ id, confirmation: { isNot: null } }, ...later],
    },
    orderBy: [{ onDay: 'desc' }, { at: 'desc' }],
    include: { confirmation: true },
  })
  if (!built) return undefined
  const isLater = built.id !== id
  const by = isLater ? built : (built.confirmation ?? built)
  const how = isLater ? 'followed by another one' : 'confirmed'
  return { how, byId: by.byId, onDay: fromDbDate(by.onDay) }
}

/** Takes an update back. False where somebody has at the same moment. */
export async function withdrawUpdate(tx: Tx, id: string, withdrawal: Withdrawal): Promise<boolean> {
  const { count } = await tx.statusUpdate.updateMany({
    where: { id, withdrawnOn: null },
    data: withdrawalColumns(withdrawal),
  })
  return count > 0
}

/** Takes back what an import said of projects. */
export async function withdrawImportedUpdates(
  tx: Tx,
  { programmeId, at }: ImportedSince,
  withdrawal: Withdrawal,
): Promise<void> {
  await tx.statusUpdate.updateMany({
    where: { project: { programmeId }, source: 'import', at: { gte: at }, withdrawnOn: null },
    data: withdrawalColumns(withdrawal),
  })
}
