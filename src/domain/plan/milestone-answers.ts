import { type CivilDate, fromDbDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'

/** What people answered about milestones, read without the plan they belong to. */

export interface MilestoneState {
  readonly due: CivilDate | null
  readonly doneOn: CivilDate | null
  /** Reported done, and not yet confirmed by a second person. */
  readonly awaitsConfirmation: boolean
}

/** By id; a milestone that is not in the plan any more has none. */
export async function loadMilestoneStates(
  tx: ReadTx,
  ids: readonly string[],
): Promise<Map<string, MilestoneState>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.milestone.findMany({
    where: { id: { in: [...ids] }, isRemoved: false },
    select: { id: true, due: true, doneOn: true, done: { select: { milestoneId: true } } },
  })
  return new Map(
    rows.map(({ id, due, doneOn, done }) => [
      id,
      {
        due: due && fromDbDate(due),
        doneOn: doneOn && fromDbDate(doneOn),
        awaitsConfirmation: done !== null && doneOn === null,
      },
    ]),
  )
}

/** Milestones that were moved, reported done or confirmed since a moment; `key` names one such event. */
export async function milestoneAnswersSince(
  tx: ReadTx,
  since: Date,
): Promise<{ key: string; milestoneId: string }[]> {
  return tx.$queryRaw<{ key: string; milestoneId: string }[]>`
    SELECT concat_ws(' ', "milestoneId", at) AS key, "milestoneId"::text
      FROM "MilestoneCompletion" WHERE at > ${since}::timestamptz
    UNION SELECT id::text, "milestoneId"::text FROM "Confirmation"
      WHERE "milestoneId" IS NOT NULL AND at > ${since}::timestamptz
    UNION SELECT id::text, "milestoneId"::text FROM "MilestoneMove" WHERE at > ${since}::timestamptz
    UNION SELECT 'withdrawn ' || id, "milestoneId"::text FROM "MilestoneMove"
      WHERE "withdrawnAt" > ${since}::timestamptz`
}
