import { describe, expect, test } from '@jest/globals'
import { batched, withOrdinals } from '../../src/infra/batch-loader.ts'
import { inTransaction, Prisma, queryRows } from '../../src/infra/db.ts'
import { useDatabase } from '../support/database.ts'

const fresh = useDatabase()

/** Doubles numbers in the database, and counts its statements. */
function doubling(before: (all: readonly { n: number }[]) => Promise<void> = async () => {}) {
  const asked: number[][] = []
  const double = batched<{ n: number }, number>(async (tx, all) => {
    asked.push(all.map(({ n }) => n))
    await before(all)
    const rows = await queryRows<{ nth: number; twice: number }>(
      tx,
      Prisma.sql`SELECT nth, n * 2 AS twice
        FROM json_to_recordset(${withOrdinals(all)}::json) AS asked (nth int, n int) ORDER BY n DESC`,
    )
    const found = new Map(rows.map(({ nth, twice }) => [nth, twice]))
    return all.map(({ n }, nth) => (n < 0 ? new Error(`no ${n}`) : (found.get(nth) ?? Number.NaN)))
  })
  return { asked, double }
}

describe('requests of the same moment', () => {
  test('share one statement, and each gets its own answer', async () => {
    const { asked, double } = doubling()
    const answers = await Promise.all([3, 1, 2].map((n) => double(fresh.db, { n })))
    expect(answers).toEqual([6, 2, 4])
    expect(asked).toEqual([[3, 1, 2]])
  })

  test('fail one by one', async () => {
    const { double } = doubling()
    const answers = await Promise.allSettled([1, -1, 2].map((n) => double(fresh.db, { n })))
    expect(answers).toMatchObject([{ value: 2 }, { reason: { message: 'no -1' } }, { value: 4 }])
  })

  test('are not cached', async () => {
    const { asked, double } = doubling()
    await double(fresh.db, { n: 1 })
    await double(fresh.db, { n: 1 })
    expect(asked).toEqual([[1], [1]])
  })

  test('of two transactions are never mixed', async () => {
    const { asked, double } = doubling()
    const within = (n: number) => inTransaction(fresh.db, (tx) => double(tx, { n }))
    expect(await Promise.all([within(1), within(2)])).toEqual([2, 4])
    expect(asked).toHaveLength(2)
  })
})

describe('requests that come while statements are in progress', () => {
  test('go together with the next statement', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const { asked, double } = doubling(() => gate)
    const answers: Promise<number>[] = []
    for (const n of [1, 2, 3, 4, 5]) {
      answers.push(double(fresh.db, { n }))
      await new Promise((done) => setTimeout(done, 10))
    }
    expect(asked).toEqual([[1], [2]])
    open()
    expect(await Promise.all(answers)).toEqual([2, 4, 6, 8, 10])
    expect(asked).toEqual([[1], [2], [3, 4, 5]])
  })

  test('do not wait for one that waits for a lock', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const stuck = ([first]: readonly { n: number }[]) => (first?.n === 0 ? gate : Promise.resolve())
    const { double } = doubling(stuck)
    const waiting = [double(fresh.db, { n: 0 })]
    await new Promise((done) => setTimeout(done, 10))
    waiting.push(double(fresh.db, { n: 0 }))
    await new Promise((done) => setTimeout(done, 10))
    expect(await double(fresh.db, { n: 4 })).toBe(8)
    open()
    expect(await Promise.all(waiting)).toEqual([0, 0])
  })
})
