import type { Tx } from '../infra/db.ts'

/**
 * Marks the messages that are dead or uncertain as reported, and returns the ids of those that were not. Two callers at
 * once get different ones.
 */
export async function claimUnreported(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH unreported AS MATERIALIZED (
      SELECT id FROM "OutboxMessage"
      WHERE state IN ('dead', 'uncertain') AND "failureReportedAt" IS NULL
      ORDER BY "sequence"
      FOR UPDATE SKIP LOCKED
    )
    UPDATE "OutboxMessage" message SET "failureReportedAt" = ${now}::timestamptz
    FROM unreported WHERE message.id = unreported.id
    RETURNING message.id::text, message."sequence"`
  return rows.map(({ id }) => id)
}
