import type { Tx } from '../infra/db.ts'

/**
 * The deliveries that ended undelivered, or perhaps so, of which nobody was told yet; from now on they count as told.
 * Ids, in the order of decision. Of two that ask at once, each gets others.
 */
export async function claimUnreported(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH untold AS MATERIALIZED (
      SELECT id FROM "OutboxMessage"
      WHERE state IN ('dead', 'uncertain') AND "failureReportedAt" IS NULL
      ORDER BY "sequence"
      FOR UPDATE SKIP LOCKED
    )
    UPDATE "OutboxMessage" mine SET "failureReportedAt" = ${now}::timestamptz
    FROM untold WHERE mine.id = untold.id
    RETURNING mine.id::text, mine."sequence"`
  return rows.map(({ id }) => id)
}
