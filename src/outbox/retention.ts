import { dayMs } from '../base/dates.ts'
import { type Database, Prisma } from '../infra/db.ts'
import { isAnyFileOld, purgeOldFiles } from './files.ts'
import { minRetentionDays } from './retention-limit.ts'

/** In one statement, so that it holds up nothing else; the next minute deletes the next ones. */
const deleteBatchSize = 1_000

/**
 * Deletes messages that were enqueued more than `days` ago (never fewer than minRetentionDays) and are not on their way:
 * the oldest first, a thread from its end, with pictures that no message shows any more. The plan, its history and the
 * frozen digests stay. Files go sooner (see files.ts). Returns how many messages it deleted.
 */
export async function purgeOldMessages(db: Database, now: Date, days: number): Promise<number> {
  const count = await db.$executeRaw`
    DELETE FROM "OutboxMessage" WHERE id IN (
      SELECT one.id FROM "OutboxMessage" one
      WHERE ${isOld(now, days)}
        AND NOT EXISTS (SELECT FROM "OutboxMessage" follower WHERE follower."afterId" = one.id)
      ORDER BY one."createdAt" LIMIT ${deleteBatchSize}
      FOR UPDATE SKIP LOCKED)`
  if (count > 0) await db.$executeRaw(deleteOrphanedPictures(keptSince(now, days)))
  await purgeOldFiles(db, now)
  return count
}

/** Whether purgeOldMessages has anything to delete. */
export function isAnythingToPurge(now: Date, days: number): Prisma.Sql {
  return Prisma.sql`(
    EXISTS (
      SELECT FROM "OutboxMessage" one
      WHERE ${isOld(now, days)}
        AND NOT EXISTS (SELECT FROM "OutboxMessage" follower WHERE follower."afterId" = one.id))
    OR ${isAnyFileOld(now)}
  )`
}

const keptSince = (now: Date, days: number) =>
  new Date(now.getTime() - Math.max(days, minRetentionDays) * dayMs)

// As the index of these says it.
function isOld(now: Date, days: number): Prisma.Sql {
  return Prisma.sql`one."createdAt" < ${keptSince(now, days)}::timestamptz
    AND one.state NOT IN ('waiting', 'sending')`
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
