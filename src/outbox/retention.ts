import { dayMs } from '../base/dates.ts'
import { type Database, inTransaction, Prisma, type Tx } from '../infra/db.ts'
import {
  countsByProgramme,
  type DeletedCount,
  type Disposals,
  isHeldMessage,
  recordDeleted,
} from './disposals.ts'
import { isAnyFileOld, purgeOldFiles } from './files.ts'
import { minRetentionDays } from './retention-limit.ts'
import { programmeIdsIn } from './row-mapping.ts'

/** In one statement, so that it holds up nothing else; the next minute deletes the next ones. */
const deleteBatchSize = 1_000

/**
 * Deletes messages that were enqueued more than `days` ago (never fewer than minRetentionDays), are not on their way and
 * not under a hold: the oldest first, a thread from its end, with pictures that no message shows any more. The plan, its
 * history and the frozen digests stay. Files go sooner (see files.ts). Returns how many messages it deleted.
 */
export function purgeOldMessages(
  db: Database,
  now: Date,
  days: number,
  disposals: Disposals,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const count = await deleteMessages(tx, now, days, disposals)
    if (count > 0) await tx.$executeRaw(deleteOrphanedPictures(keptSince(now, days)))
    await purgeOldFiles(tx, now, disposals)
    return count
  })
}

async function deleteMessages(
  tx: Tx,
  now: Date,
  days: number,
  disposals: Disposals,
): Promise<number> {
  const counts = await tx.$queryRaw<DeletedCount[]>`
    WITH gone AS (
      DELETE FROM "OutboxMessage" one WHERE one.id IN (
        SELECT one.id FROM "OutboxMessage" one
        WHERE ${mayGo(now, days, disposals)}
        ORDER BY one."createdAt" LIMIT ${deleteBatchSize}
        FOR UPDATE SKIP LOCKED)
      RETURNING ${programmeIdsIn('one')} AS programmes)
    ${countsByProgramme}`
  const rule = `kept for ${Math.max(days, minRetentionDays)} days`
  return recordDeleted(tx, counts, { what: 'messages', rule }, { disposals, now })
}

/** Whether purgeOldMessages has anything to delete. */
export function isAnythingToPurge(now: Date, days: number, disposals: Disposals): Prisma.Sql {
  return Prisma.sql`(
    EXISTS (SELECT FROM "OutboxMessage" one WHERE ${mayGo(now, days, disposals)})
    OR ${isAnyFileOld(now, disposals)}
  )`
}

const keptSince = (now: Date, days: number) =>
  new Date(now.getTime() - Math.max(days, minRetentionDays) * dayMs)

// The first two conditions as the index of these says them.
function mayGo(now: Date, days: number, disposals: Disposals): Prisma.Sql {
  return Prisma.sql`one."createdAt" < ${keptSince(now, days)}::timestamptz
    AND one.state NOT IN ('waiting', 'sending')
    AND NOT EXISTS (SELECT FROM "OutboxMessage" follower WHERE follower."afterId" = one.id)
    AND NOT ${isHeldMessage(disposals)}`
}

/** A picture is saved before the message that shows it is enqueued, so only old ones can be orphans. */
function deleteOrphanedPictures(before: Date): Prisma.Sql {
  return Prisma.sql`
    DELETE FROM "Picture" WHERE id IN (
      SELECT one.id FROM "Picture" one
      WHERE one.at < ${before}::timestamptz
        AND NOT EXISTS (SELECT FROM "OutboxMessage" shows WHERE shows."pictureId" = one.id)
      LIMIT ${deleteBatchSize})`
}
