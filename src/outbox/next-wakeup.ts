import type { PlatformName } from '../base/addresses.ts'
import { type Database, Prisma } from '../infra/db.ts'
import type { ErrorCode } from './error-codes.ts'

/** The first moment after `since` at which a wait ends or a lease expires. */
export async function nextWakeup(
  db: Database,
  since: Date,
  platforms: readonly PlatformName[],
): Promise<Date | undefined> {
  const ours = Prisma.sql`platform = ANY(${[...platforms]}::text[])`
  const after = Prisma.sql`${since}::timestamptz`
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT least(
      (SELECT min("notBefore") FROM "OutboxMessage"
        WHERE ${ours} AND state = 'waiting' AND "notBefore" > ${after}),
      (SELECT min("leaseExpiresAt") FROM "OutboxMessage"
        WHERE ${ours} AND state = 'sending' AND "leaseExpiresAt" > ${after}),
      (SELECT min("notBefore") FROM "MessageEdit" WHERE "notBefore" > ${after}),
      (SELECT min("leaseExpiresAt") FROM "MessageEdit" WHERE "leaseExpiresAt" > ${after})
    ) AS at`
  return row?.at ?? undefined
}

/** Whether a message or an edit waits whose time has come, or whose lease has expired. */
export function isAnyMessageDue(now: Date): Prisma.Sql {
  const until = Prisma.sql`${now}::timestamptz`
  return Prisma.sql`(
    EXISTS (SELECT FROM "OutboxMessage" WHERE state = 'waiting' AND "notBefore" <= ${until})
    OR EXISTS (SELECT FROM "OutboxMessage" WHERE state = 'sending' AND "leaseExpiresAt" <= ${until})
    OR EXISTS (SELECT FROM "MessageEdit" WHERE "notBefore" <= ${until})
  )`
}

/** Records on messages for a platform that is not set up why they wait. They are sent once it is. Returns how many. */
export async function annotateUnconfigured(
  db: Database,
  platforms: readonly PlatformName[],
): Promise<number> {
  const errorCode: ErrorCode = 'platform_not_configured'
  const { count } = await db.outboxMessage.updateMany({
    where: {
      state: 'waiting',
      platform: { notIn: [...platforms] },
      OR: [{ errorCode: null }, { errorCode: { not: errorCode } }],
    },
    data: { errorCode, error: 'its platform is not set up here' },
  })
  return count
}
