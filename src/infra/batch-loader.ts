import DataLoader from 'dataloader'
import { withTimeout } from '../base/timeout.ts'
import type { Tx } from './db.ts'

/** How many statements of a kind are under way before those who come wait, and go with the next one. */
const maxInFlight = 2
/** How long the next one waits for a slow one, in milliseconds: it may stand at somebody's lock. */
const slowBatchMs = 250

/**
 * One statement for all that ask the same kind of thing of one transaction, or of the database, at the same moment;
 * under load, for all that come while others are under way. `ask` gets what each wants and gives the answers in that
 * order, an Error for one alone where it has to fail. Nothing is remembered: who asks again, asks the database.
 */
export function batched<Asked, Told>(
  ask: (tx: Tx, all: readonly Asked[]) => Promise<readonly (Told | Error)[]>,
): (tx: Tx, one: Asked) => Promise<Told> {
  const loaders = new WeakMap<Tx, DataLoader<Asked, Told>>()
  return (tx, one) => {
    let loader = loaders.get(tx)
    if (!loader) {
      const lanes = createBatchScheduler()
      const batchScheduleFn = lanes.schedule
      loader = new DataLoader((all) => lanes.take(ask(tx, all)), { cache: false, batchScheduleFn })
      loaders.set(tx, loader)
    }
    return loader.load(one)
  }
}

function createBatchScheduler() {
  let underWay = 0
  let held: (() => void) | undefined
  return {
    /** Sends when all that came in this turn have asked, or when a lane is free again. */
    schedule(send: () => void): void {
      if (underWay < maxInFlight) setImmediate(send)
      else held = send
    },
    take<T>(asked: Promise<T>): Promise<T> {
      underWay += 1
      const free = () => {
        underWay -= 1
        held?.()
        held = undefined
      }
      withTimeout(slowBatchMs, asked).then(free, free)
      return asked
    },
  }
}

/** What is asked, as the JSON that `json_to_recordset` reads: each with its place, `nth`, to tell the answers apart. */
export function withOrdinals(all: readonly object[]): string {
  return JSON.stringify(all.map((one, nth) => ({ ...one, nth })))
}
