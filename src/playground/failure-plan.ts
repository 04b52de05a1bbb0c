import type { Response } from 'express'

/**
 * How a connection fails under a call, whatever the platform:
 * - `drop_before`: it is cut before anything is done
 * - `drop_after`: the call is carried out, then the connection is cut
 * - `garbage`: the call is carried out and answered with a page that is not JSON
 * - `timeout`: the call is accepted, never carried out and never answered
 */
export type ConnectionFault = 'drop_before' | 'drop_after' | 'garbage' | 'timeout'

/** What a proxy between the bot and the platform may answer. */
const nonJsonPage = '<!doctype html><title>Sign in</title>'

/** The failures planned for the next calls of each method, and how often each method was called. */
export class FailurePlan<Method extends string, Failure> {
  readonly #planned = new Map<Method, Failure[]>()
  readonly #calls = new Map<Method, number>()

  /** The next `times` calls of `method` fail in this way, after those planned earlier. */
  failNext(method: Method, failure: Failure, times = 1): void {
    const planned = this.#planned.get(method) ?? []
    this.#planned.set(method, [...planned, ...Array<Failure>(times).fill(failure)])
  }

  /** Counts a call. Returns the failure planned for it, if any. */
  recordCall(method: Method): Failure | undefined {
    this.#calls.set(method, this.calls(method) + 1)
    return this.#planned.get(method)?.shift()
  }

  /** How many calls of `method` arrived, failed ones included. */
  calls(method: Method): number {
    return this.#calls.get(method) ?? 0
  }
}

export function isConnectionFault(failure: unknown): failure is ConnectionFault {
  return (
    failure === 'drop_before' ||
    failure === 'drop_after' ||
    failure === 'garbage' ||
    failure === 'timeout'
  )
}

/** Fails a call as its connection would; `run` carries the call out. */
export async function failConnection(
  response: Response,
  fault: ConnectionFault,
  run: () => unknown,
): Promise<void> {
  // The line stays open until the caller or the server closes it.
  if (fault === 'timeout') return
  if (fault !== 'drop_before') await run()
  if (fault === 'garbage') response.status(200).type('html').send(nonJsonPage)
  else response.destroy()
}
