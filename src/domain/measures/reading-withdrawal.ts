import type { Prisma, ReadTx, Tx } from '../../infra/db.ts'
import { type Withdrawal, withdrawalColumns } from '../plan/withdrawal.ts'

/** A reading that was taken back: from that day on the one before it counts. The row stays in the history. */

/** A reading as far as whoever takes it back needs it. */
export interface WithdrawableReading {
  readonly id: string
  readonly measureId: string
  readonly programmeId: string
  /** A project that the measure serves, one that its author leads where there is one; null: it serves none. */
  readonly projectId: string | null
  readonly forDay: Date
  readonly byId: string | null
  /** UTC. */
  readonly at: Date
}

/** A reading in these programmes that still stands, by its id. */
export function findStandingReading(
  tx: ReadTx,
  programmeIds: readonly string[],
  id: string,
): Promise<WithdrawableReading | undefined> {
  return firstReading(tx, { id, measure: { programmeId: { in: [...programmeIds] } } })
}

/** The last reading that a person recorded in these programmes since a moment and that still stands. */
export function latestReadingBy(
  tx: ReadTx,
  programmeIds: readonly string[],
  byId: string,
  since: Date,
): Promise<WithdrawableReading | undefined> {
  const measure = { programmeId: { in: [...programmeIds] } }
  return firstReading(tx, { byId, at: { gte: since }, measure })
}

async function firstReading(
  tx: ReadTx,
  where: Prisma.ReadingWhereInput,
): Promise<WithdrawableReading | undefined> {
  const row = await tx.reading.findFirst({
    where: { ...where, withdrawnOn: null },
    orderBy: { at: 'desc' },
    include: {
      measure: {
        select: {
          programmeId: true,
          projects: { select: { projectId: true, project: { select: { leads: true } } } },
        },
      },
    },
  })
  if (!row) return undefined
  const { id, measureId, forDay, byId, at, measure } = row
  const led = measure.projects.find(({ project }) =>
    project.leads.some(({ personId }) => personId === byId),
  )
  const { projectId = null } = led ?? measure.projects[0] ?? {}
  return { id, measureId, forDay, byId, at, projectId, programmeId: measure.programmeId }
}

/** Whether another reading of the same period corrected it since. */
export async function isReadingCorrected(
  tx: ReadTx,
  { measureId, forDay, at }: WithdrawableReading,
): Promise<boolean> {
  const where = { measureId, forDay, withdrawnOn: null, at: { gt: at } }
  return (await tx.reading.count({ where })) > 0
}

/** Takes a reading back. False where somebody has at the same moment. */
export async function withdrawReading(
  tx: Tx,
  id: string,
  withdrawal: Withdrawal,
): Promise<boolean> {
  const { count } = await tx.reading.updateMany({
    where: { id, withdrawnOn: null },
    data: withdrawalColumns(withdrawal),
  })
  return count > 0
}
