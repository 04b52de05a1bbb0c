import { batched } from './batch-loader.ts'
import { isDatabaseUnavailable, Prisma, queryRows, type Tx } from './db.ts'
import type { StoredReply } from './idempotency-keys.ts'
import { columnList, insertAsJson } from './insert-rows.ts'

/** A row to be inserted, as data: whoever returns one has written nothing yet. */
export interface PendingInsert {
  readonly table: AppendOnlyTable
  readonly row: object
}

/** A table whose rows are only inserted. */
export interface AppendOnlyTable {
  /** Inserts a row in the caller's transaction. */
  insert(tx: Tx, row: object): Promise<void>
  /**
   * Claims an idempotency key and saves its reply and its row, all in one statement or not at all. False where the key
   * was claimed before.
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
 * Inserts rows in batches: requests of the same moment share one statement, each with its own idempotency key, which is
 * committed before any of them is answered. Prisma's createMany takes ten times the processor time, and a transaction
 * for each request three more round trips (docs/performance.md).
 */
export function batchedInsert(
  table: Prisma.ModelName,
  columns: readonly string[],
): AppendOnlyTable {
  const into = Prisma.raw(`"${table}"`)
  const named = columnList(columns)

  const append = batched<object, void, Tx>(async (tx, rows) => {
    await insertAsJson(tx, table, columns, rows)
    return rows.map(() => undefined)
  })

  async function takeAll(tx: Tx, requests: readonly IdempotentInsert[]): Promise<boolean[]> {
    // Of two requests with one key the first counts.
    const each = [...Map.groupBy(requests, ({ key }) => key).values()].map(([first]) => first)
    // All statements insert keys in the same order, so that no two wait for each other.
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
      // Nothing was committed. One request that fails must not fail the others.
      const alone = await Promise.allSettled(requests.map((request) => takeAll(tx, [request])))
      return alone.map((one) => (one.status === 'fulfilled' ? one.value[0] === true : asError(one)))
    }
  })

  return { insert: append, insertOnce: take }
}

function asError({ reason }: PromiseRejectedResult): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
