import type { Database, Tx } from '../../src/infra/db.ts'

export interface Watched {
  readonly db: Database
  /** The transactions since the last time, in milliseconds: until one had a connection, and until it was committed. */
  take(): { waited: number[]; held: number[] }
}

/** The database with a watch on its transactions, seen from outside: nothing in Milepost knows of it. */
export function watched(db: Database): Watched {
  let waited: number[] = []
  let held: number[] = []

  async function transaction(work: (tx: Tx) => Promise<unknown>, options: object) {
    const asked = performance.now()
    let began = asked
    const result = await db.$transaction((tx) => {
      began = performance.now()
      return work(tx)
    }, options)
    waited.push(began - asked)
    held.push(performance.now() - began)
    return result
  }

  return {
    db: new Proxy(db, {
      get: (real, name) => (name === '$transaction' ? transaction : Reflect.get(real, name)),
    }),
    take() {
      const taken = { waited, held }
      waited = []
      held = []
      return taken
    },
  }
}
