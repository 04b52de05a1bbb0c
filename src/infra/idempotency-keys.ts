/**
 * Handles each request once. Platforms send a request again when they saw no answer, so every request has a key, which
 * is stored in the same transaction as what the request did.
 */
import { Prisma, type ReadTx, type Tx } from './db.ts'

/** A reply to store as JSON: plain data. */
export type StoredReply = object

/**
 * Claims a key for this transaction. A repeat of the request that arrives meanwhile waits here until the transaction
 * ends: then it gets the reply or, after a rollback, is 'new' itself.
 */
export async function claimKey(
  tx: Tx,
  key: string,
  now: Date,
): Promise<'new' | { reply: unknown }> {
  // `null` marks a claim without a reply yet, which only its own transaction can see.
  const inserted = await tx.$executeRaw`
    INSERT INTO "IdempotencyKey" (key, at, reply) VALUES (${key}, ${now}, 'null') ON CONFLICT DO NOTHING`
  if (inserted === 1) return 'new'
  // A separate statement, to see what the other transaction committed while the insert waited for it.
  return { reply: await loadReply(tx, key) }
}

/** Whether a request was answered already. */
export async function isClaimed(tx: ReadTx, key: string): Promise<boolean> {
  return (await tx.idempotencyKey.count({ where: { key } })) > 0
}

/** The stored reply to a request. @throws where there is none */
export async function loadReply(tx: ReadTx, key: string): Promise<unknown> {
  const { reply } = await tx.idempotencyKey.findUniqueOrThrow({ where: { key } })
  return reply
}

/** Stores the reply to a claimed request, for repeats that are still to come. */
export async function saveReply(tx: Tx, key: string, reply: StoredReply): Promise<void> {
  await tx.$executeRaw`UPDATE "IdempotencyKey" SET reply = ${JSON.stringify(reply)}::jsonb WHERE key = ${key}`
}

/** The most rows that one statement deletes, so that it holds up nobody; the next minute deletes more. */
const purgeBatchSize = 10_000

/** Deletes the oldest keys from before `before`, which no platform repeats any more. Returns how many. */
export async function purgeIdempotencyKeys(db: Tx, before: Date): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "IdempotencyKey" WHERE key IN (
      SELECT key FROM "IdempotencyKey" WHERE at < ${before} ORDER BY at LIMIT ${purgeBatchSize}
      FOR UPDATE SKIP LOCKED)`
}

/** Whether purgeIdempotencyKeys has anything to delete. */
export function isAnyKeyOld(before: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM "IdempotencyKey" WHERE at < ${before}::timestamptz)`
}

/** When the latest request came that still has its key; undefined where there is none. */
export async function latestRequestMoment(db: ReadTx): Promise<Date | undefined> {
  const { _max } = await db.idempotencyKey.aggregate({ _max: { at: true } })
  return _max.at ?? undefined
}
