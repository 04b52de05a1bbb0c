import { dayMs } from '../base/dates.ts'
import { Prisma, type ReadTx, type Tx } from '../infra/db.ts'
import type { ErrorCode } from './error-codes.ts'
import { requeue } from './outbox.ts'

const outdated: ErrorCode = 'outdated'

/**
 * Marks the messages that are dead or uncertain, and those of the kinds in `withReportedDrops` that were dropped because
 * their time was over, as reported. Returns the ids of those that were not. Two callers at once get different ones.
 */
export async function claimUnreported(
  tx: Tx,
  now: Date,
  withReportedDrops: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH unreported AS MATERIALIZED (
      SELECT id FROM "OutboxMessage"
      WHERE ${isUnreported(withReportedDrops)}
      ORDER BY "sequence"
      FOR UPDATE SKIP LOCKED
    )
    UPDATE "OutboxMessage" message SET "failureReportedAt" = ${now}::timestamptz
    FROM unreported WHERE message.id = unreported.id
    RETURNING message.id::text, message."sequence"`
  return rows.map(({ id }) => id)
}

// Each part as its index says it.
function isUnreported(withReportedDrops: readonly string[]): Prisma.Sql {
  return Prisma.sql`"failureReportedAt" IS NULL
    AND (
      state IN ('dead', 'uncertain')
      OR (state = 'dropped' AND "errorCode" = ${outdated} AND kind = ANY(${[...withReportedDrops]}::text[]))
    )`
}

/** Whether claimUnreported or resendDeadNotices has anything to do. */
export function isAnyFailureToReport(
  now: Date,
  {
    toOffice,
    withReportedDrops,
  }: { toOffice: readonly string[]; withReportedDrops: readonly string[] },
): Prisma.Sql {
  return Prisma.sql`(
    EXISTS (SELECT FROM "OutboxMessage" WHERE ${isUnreported(withReportedDrops)})
    OR EXISTS (
      SELECT FROM "OutboxMessage"
      WHERE state = 'dead' AND "notBefore" <= ${daysBefore(now, 1)}::timestamptz
        AND "notBefore" >= ${daysBefore(now, resendForDays)}::timestamptz
        AND kind = ANY(${[...toOffice]}::text[]))
  )`
}

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * dayMs)

/** For so long a notice to the office is tried again each day. */
const resendForDays = 14

/**
 * Sends the notices of these kinds again that died a day ago or longer: nothing counts as told by a message that died.
 * They go to whichever address their person has by then, and only if they are still true. Returns how many.
 */
export async function resendDeadNotices(
  tx: Tx,
  toOffice: readonly string[],
  now: Date,
): Promise<number> {
  const keys = await findDeadNotices(tx, toOffice, now)
  for (const key of keys) await requeue(tx, key, now)
  return keys.length
}

async function findDeadNotices(tx: ReadTx, kinds: readonly string[], now: Date): Promise<string[]> {
  const rows = await tx.outboxMessage.findMany({
    where: {
      kind: { in: [...kinds] },
      state: 'dead',
      // The moment at which it was last due.
      notBefore: { lte: daysBefore(now, 1) },
      createdAt: { gte: daysBefore(now, resendForDays) },
    },
    orderBy: { sequence: 'asc' },
    select: { key: true },
  })
  return rows.map(({ key }) => key)
}
