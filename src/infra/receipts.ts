/**
 * Handling each request once. Platforms send again what they think was not answered, so every request
 * has a key and leaves a receipt, in the same transaction as what it did.
 */
import type { Prisma, Tx } from './db.ts'

/** What is kept as an answer: plain JSON. */
export type Reply = Prisma.InputJsonValue

/**
 * Takes the request with this key for the transaction's own. A twin that arrives meanwhile waits here
 * until the transaction ends: then it gets the reply, or, if nothing was kept, is 'new' itself.
 */
export async function claim(tx: Tx, key: string, now: Date): Promise<'new' | { reply: unknown }> {
  // `null` marks a claim without an answer yet, which nobody but its own transaction can see.
  const inserted = await tx.$executeRaw`
    INSERT INTO "Receipt" (key, at, reply) VALUES (${key}, ${now}, 'null') ON CONFLICT DO NOTHING`
  if (inserted === 1) return 'new'
  // A statement of its own: it sees what the twin committed while the insert waited for it.
  const { reply } = await tx.receipt.findUniqueOrThrow({ where: { key } })
  return { reply }
}

/** Keeps the answer of a claimed request, for the twins that are still to come. */
export async function answer(tx: Tx, key: string, reply: Reply): Promise<void> {
  await tx.receipt.update({ where: { key }, data: { reply } })
}

/** Removes the receipts from before `before`, when no platform sends again any more. Returns how many. */
export async function forgetReceipts(db: Tx, before: Date): Promise<number> {
  const { count } = await db.receipt.deleteMany({ where: { at: { lt: before } } })
  return count
}
