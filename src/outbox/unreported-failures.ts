import type { Tx } from '../infra/db.ts'

/**
 * The deliveries that ended undelivered, or perhaps so, of which nobody was told yet; from now on they count as told.
 * Ids, in the order of decision. Of two that ask at once, each gets others.
 */
export async function takeUntold(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH untold AS MATERIALIZED (
      SELECT id FROM "Delivery"
      WHERE state IN ('dead', 'uncertain') AND "toldAt" IS NULL
      ORDER BY number
      FOR UPDATE SKIP LOCKED
    )
    UPDATE "Delivery" mine SET "toldAt" = ${now}::timestamptz
    FROM untold WHERE mine.id = untold.id
    RETURNING mine.id::text, mine.number`
  return rows.map(({ id }) => id)
}
