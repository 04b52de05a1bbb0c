/**
 * Handling each request once. Platforms send again what they think was not answered, so every request
 * has a key and leaves a receipt, in the same transaction as what it did.
 */
import type { Prisma, ReadTx, Tx } from './db.ts'

/** What is kept as an answer: plain JSON. */
export type StoredReply = Prisma.InputJsonValue

/**
 * Takes the request with this key for the transaction's own. A twin that arrives meanwhile waits here
 * until the transaction ends: then it gets the reply, or, if nothing was kept, is 'new' itself.
 */
export async function claimKey(
  tx: Tx,
  key: string,
  now: Date,
): Promise<'new' | { reply: unknown }> {
  // `null` marks a claim without an answer yet, which nobody but its own transaction can see.
  const inserted = await tx.$executeRaw`
    INSERT INTO "IdempotencyKey" (key, at, reply) VALUES (${key}, ${now}, 'null') ON CONFLICT DO NOTHING`
  if (inserted === 1) return 'new'
  // A statement of its own: it sees what the twin committed while the insert waited for it.
  return { reply: await loadReply(tx, key) }
}

/** The answer that was kept for a request. @throws where there is none */
export async function loadReply(tx: ReadTx, key: string): Promise<unknown> {
  const { reply } = await tx.idempotencyKey.findUniqueOrThrow({ where: { key } })
  return reply
}

/** Keeps the answer of a claimed request, for the twins that are still to come. */
export async function saveReply(tx: Tx, key: string, reply: StoredReply): Promise<void> {
  await tx.$executeRaw`UPDATE "IdempotencyKey" SET reply = ${JSON.stringify(reply)}::jsonb WHERE key = ${key}`
}

/** Of one statement, so that it holds nobody up; the next minute takes the next ones. */
const purgeBatchSize = 10_000

/** Removes receipts from before `before`, when no platform sends again any more: the oldest ones. Returns how many. */
export async function purgeIdempotencyKeys(db: Tx, before: Date): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "IdempotencyKey" WHERE key IN (
      SELECT key FROM "IdempotencyKey" WHERE at < ${before} ORDER BY at LIMIT ${purgeBatchSize}
      FOR UPDATE SKIP LOCKED)`
}

/** When the latest request came that still has its key; undefined where there is none. */
export async function latestRequestMoment(db: ReadTx): Promise<Date | undefined> {
  const { _max } = await db.idempotencyKey.aggregate({ _max: { at: true } })
  return _max.at ?? undefined
}
