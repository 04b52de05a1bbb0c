import { dayMs } from '../base/dates.ts'
import { type Database, Prisma } from '../infra/db.ts'
import { purgeOldFiles } from './files.ts'
import { minRetentionDays } from './retention-limit.ts'

/** In one statement, so that it holds up nothing else; the next minute deletes the next ones. */
const deleteBatchSize = 1_000

/**
 * Deletes messages that were enqueued more than `days` ago (never fewer than minRetentionDays) and are not on their way:
 * the oldest first, a thread from its end, with pictures that no message shows any more. The plan, its history and the
 * frozen digests stay. Files go sooner (see files.ts). Returns how many messages it deleted.
 */
export async function purgeOldMessages(db: Database, now: Date, days: number): Promise<number> {
  const before = new Date(now.getTime() - Math.max(days, minRetentionDays) * dayMs)
  const count = await db.$executeRaw`
    DELETE FROM "OutboxMessage" WHERE id IN (
      SELECT one.id FROM "OutboxMessage" one
      WHERE one."createdAt" < ${before}::timestamptz
        AND one.state NOT IN ('waiting', 'sending')
        AND NOT EXISTS (SELECT FROM "OutboxMessage" follower WHERE follower."afterId" = one.id)
      ORDER BY one."createdAt" LIMIT ${deleteBatchSize}
      FOR UPDATE SKIP LOCKED)`
  if (count > 0) await db.$executeRaw(deleteOrphanedPictures(before))
  await purgeOldFiles(db, now)
  return count
}

/** A picture is saved before the message that shows it is enqueued, so only old ones can be orphans. */
function deleteOrphanedPictures(before: Date): Prisma.Sql {
  return Prisma.sql`
    DELETE FROM "Picture" one
    WHERE one.at < ${before}::timestamptz
      AND NOT EXISTS (SELECT FROM "OutboxMessage" shows WHERE shows."pictureId" = one.id)`
}
