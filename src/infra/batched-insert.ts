import { batched } from './batch-loader.ts'
import { isDatabaseUnavailable, Prisma, queryRows, type Tx } from './db.ts'
import type { StoredReply } from './idempotency-keys.ts'

/** A row that is to be appended to a table, as data: whoever says it writes nothing yet. */
export interface PendingInsert {
  readonly table: AppendOnlyTable
  readonly row: object
}

/** A table that is only appended to. */
export interface AppendOnlyTable {
  /** Appends a row within a transaction of the caller's. */
  insert(tx: Tx, row: object): Promise<void>
  /**
   * Takes a request, keeps its answer and appends its row, all in one statement, or nothing of it. False where the
   * request was taken before.
   */
  insertOnce(tx: Tx, request: IdempotentInsert): Promise<boolean>
}

export interface IdempotentInsert {
  readonly key: string
  readonly at: Date
  readonly reply: StoredReply
  readonly row: object
}

/**
 * How rows get into a table, many with one statement: what is asked for at the same moment goes together, each with
 * its own receipt, and is committed before anybody is answered. To Prisma many rows cost ten times as much processor
 * time, and a transaction of its own for each three round trips more (docs/performance.md).
 */
export function batchedInsert(
  table: Prisma.ModelName,
  columns: readonly string[],
): AppendOnlyTable {
  const into = Prisma.raw(`"${table}"`)
  const named = Prisma.raw(columns.map((column) => `"${column}"`).join(', '))

  const append = batched<object, void, Tx>(async (tx, rows) => {
    await tx.$executeRaw`
      INSERT INTO ${into} (${named})
      SELECT ${named} FROM json_populate_recordset(NULL::${into}, ${JSON.stringify(rows)}::json)`
    return rows.map(() => undefined)
  })

  async function takeAll(tx: Tx, requests: readonly IdempotentInsert[]): Promise<boolean[]> {
    // Of two with one key the first is taken.
    const each = [...Map.groupBy(requests, ({ key }) => key).values()].map(([first]) => first)
    // All statements take keys in one order, so that no two wait for each other.
    const taken = await queryRows<{ key: string }>(
      tx,
      Prisma.sql`
      WITH asked AS (
        SELECT * FROM json_to_recordset(${JSON.stringify(each)}::json)
          AS asked (key text, at timestamptz, reply jsonb, "row" json)
      ), taken AS (
        INSERT INTO "IdempotencyKey" (key, at, reply)
        SELECT key, at, reply FROM asked ORDER BY key ON CONFLICT DO NOTHING RETURNING key
      ), appended AS (
        INSERT INTO ${into} (${named})
        SELECT ${named} FROM (
          SELECT fresh.* FROM asked JOIN taken USING (key)
          CROSS JOIN LATERAL json_populate_record(NULL::${into}, asked."row") fresh) fresh
      )
      SELECT key FROM taken`,
    )
    const keys = new Set(taken.map(({ key }) => key))
    return requests.map(({ key }) => keys.delete(key))
  }

  const take = batched<IdempotentInsert, boolean, Tx>(async (tx, requests) => {
    try {
      return await takeAll(tx, requests)
    } catch (error) {
      if (requests.length === 1 || isDatabaseUnavailable(error)) throw error
      // Nothing of it was kept. One that fails must not fail the others.
      const alone = await Promise.allSettled(requests.map((request) => takeAll(tx, [request])))
      return alone.map((one) => (one.status === 'fulfilled' ? one.value[0] === true : asError(one)))
    }
  })

  return { insert: append, insertOnce: take }
}

function asError({ reason }: PromiseRejectedResult): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
