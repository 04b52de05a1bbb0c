/**
 * Handling each request once. Platforms send again what they think was not answered, so every request
 * has a key and leaves a receipt, in the same transaction as what it did.
 */
import type { Prisma, Tx } from './db.ts'
import { gathered, numbered } from './gathered.ts'

/** What is kept as an answer: plain JSON. */
export type Reply = Prisma.InputJsonValue

interface Claimed {
  readonly key: string
  readonly now: Date
}

const claimed = gathered<Claimed, 'new' | { reply: unknown }>(async (tx, all) => {
  // `null` marks a claim without an answer yet, which nobody but its own transaction can see.
  const inserted = await tx.$queryRaw<{ key: string }[]>`
    INSERT INTO "Receipt" (key, at, reply)
    SELECT key, now, 'null'
    FROM json_to_recordset(${numbered(all)}::json) AS asked (key text, now timestamptz)
    ORDER BY key ON CONFLICT DO NOTHING RETURNING key`
  const fresh = new Set(inserted.map(({ key }) => key))
  const known = all.map(({ key }) => key).filter((key) => !fresh.has(key))
  if (known.length === 0) return all.map(() => 'new')
  // A statement of its own: it sees what the twins committed while the insert waited for them.
  const rows = await tx.receipt.findMany({ where: { key: { in: known } } })
  const replies = new Map(rows.map(({ key, reply }) => [key, reply]))
  return all.map(({ key }) => (fresh.has(key) ? 'new' : { reply: replies.get(key) }))
})

/**
 * Takes the request with this key for the transaction's own. A twin that arrives meanwhile waits here
 * until the transaction ends: then it gets the reply, or, if nothing was kept, is 'new' itself.
 */
export function claim(tx: Tx, key: string, now: Date): Promise<'new' | { reply: unknown }> {
  return claimed(tx, { key, now })
}

const answered = gathered<{ key: string; reply: Reply }, void>(async (tx, all) => {
  await tx.$executeRaw`
    UPDATE "Receipt" SET reply = asked.reply
    FROM json_to_recordset(${numbered(all)}::json) AS asked (key text, reply jsonb)
    WHERE "Receipt".key = asked.key`
  return all.map(() => undefined)
})

/** Keeps the answer of a claimed request, for the twins that are still to come. */
export function answer(tx: Tx, key: string, reply: Reply): Promise<void> {
  return answered(tx, { key, reply })
}

/** Of one statement, so that it holds nobody up; the next minute takes the next ones. */
const mostForgotten = 10_000

/** Removes receipts from before `before`, when no platform sends again any more: the oldest ones. Returns how many. */
export async function forgetReceipts(db: Tx, before: Date): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "Receipt" WHERE key IN (
      SELECT key FROM "Receipt" WHERE at < ${before} ORDER BY at LIMIT ${mostForgotten}
      FOR UPDATE SKIP LOCKED)`
}
