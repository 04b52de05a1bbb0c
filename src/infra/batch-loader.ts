import DataLoader from 'dataloader'
import { memoizeByObject } from '../base/memoize.ts'
import { withTimeout } from '../base/timeout.ts'
import type { ReadTx } from './db.ts'

/** With this many statements of a kind in progress, new requests wait and go together with the next one. */
const maxInFlight = 2
/** In milliseconds: a statement that is slower than this, waiting for a lock perhaps, no longer holds up the next one. */
const slowBatchMs = 250

/**
 * One statement for all requests of one kind that reach one transaction, or the database, at the same moment; under
 * load, for all that come while others are in progress. `ask` gets the requests and returns the answers in their order,
 * an Error for each one that has to fail alone. Nothing is cached: each request reaches the database.
 */
export function batched<Request, Answer, Handle extends ReadTx = ReadTx>(
  ask: (tx: Handle, requests: readonly Request[]) => Promise<readonly (Answer | Error)[]>,
): (tx: Handle, request: Request) => Promise<Answer> {
  const loaderOf = memoizeByObject((tx: Handle) => {
    const scheduler = createBatchScheduler()
    return new DataLoader<Request, Answer>((requests) => scheduler.track(ask(tx, requests)), {
      cache: false,
      batchScheduleFn: scheduler.schedule,
    })
  })
  return (tx, request) => loaderOf(tx).load(request)
}

function createBatchScheduler() {
  let inFlight = 0
  let held: (() => void) | undefined
  return {
    /** Sends a batch at the end of this turn of the event loop, or as soon as fewer are in progress. */
    schedule(send: () => void): void {
      if (inFlight < maxInFlight) setImmediate(send)
      else held = send
    },
    track<T>(statement: Promise<T>): Promise<T> {
      inFlight += 1
      const release = () => {
        inFlight -= 1
        held?.()
        held = undefined
      }
      withTimeout(slowBatchMs, statement).then(release, release)
      return statement
    },
  }
}

/** Rows as the JSON that `json_to_recordset` reads, each with its index as `nth`, which tells the answers apart. */
export function withOrdinals(rows: readonly object[]): string {
  return JSON.stringify(rows.map((row, nth) => ({ ...row, nth })))
}
