import { dayMs } from '../base/dates.ts'
import { type Database, Prisma } from '../infra/db.ts'
import { minRetentionDays } from './retention-limit.ts'

/** Of one statement, so that it holds nobody up; the next minute takes the next ones. */
const deleteBatchSize = 1_000

/**
 * Removes what was said longer than `days` ago, once it has ended: the oldest first, a thread from its end. The plan,
 * its history and the frozen digests are no messages and stay. Pictures that no message shows any more go with them.
 * Returns how many messages went.
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
  return count
}

/** A picture is drawn before the digest that shows it is decided, so only old ones can be orphans. */
function deleteOrphanedPictures(before: Date): Prisma.Sql {
  return Prisma.sql`
    DELETE FROM "Picture" one
    WHERE one.at < ${before}::timestamptz
      AND NOT EXISTS (SELECT FROM "OutboxMessage" shows WHERE shows."pictureId" = one.id)`
}
