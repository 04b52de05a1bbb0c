import { z } from 'zod'
import type { Database } from '../../../src/infra/db.ts'

/** Presses buttons of cards and takes back what came of it. */

const button = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type CardButton = z.infer<typeof button>

/** Every button in the data of a card. */
export function buttonsOf(value: unknown): CardButton[] {
  if (typeof value !== 'object' || value === null) return []
  const found = button.safeParse(value)
  return found.success ? [found.data] : Object.values(value).flatMap(buttonsOf)
}

/** Two buttons that do the same are one, whatever they are called. */
export const keyOf = ({ verb, data }: CardButton): string => `${verb} ${JSON.stringify(data)}`

/** Runs `work` in a database of which nothing remains; within one, to where it stood. */
export async function rolledBack<T>(
  db: Database,
  work: (inside: Database) => Promise<T>,
): Promise<T> {
  let result: { readonly of: T } | undefined
  const undone = new Error('taken back')
  try {
    await db.$transaction(
      async (tx) => {
        const inside: Database = new Proxy(db, {
          get: (_, name) => (name === '$transaction' ? savepoint(tx) : Reflect.get(tx, name)),
        })
        result = { of: await work(inside) }
        throw undone
      },
      { timeout: 120_000 },
    )
  } catch (error) {
    if (error !== undone) throw error
  }
  if (!result) throw new Error('nothing was done')
  return result.of
}

type Within = Parameters<Parameters<Database['$transaction']>[0]>[0]

let savepoints = 0

/** A transaction within one: where it throws, nothing of it remains. */
function savepoint(tx: Within) {
  return async <T>(work: (inner: Within) => Promise<T>): Promise<T> => {
    savepoints += 1
    const name = `s${savepoints}`
    await tx.$executeRawUnsafe(`SAVEPOINT ${name}`)
    try {
      const done = await work(tx)
      await tx.$executeRawUnsafe(`RELEASE SAVEPOINT ${name}`)
      return done
    } catch (error) {
      await tx.$executeRawUnsafe(`ROLLBACK TO SAVEPOINT ${name}`)
      throw error
    }
  }
}
