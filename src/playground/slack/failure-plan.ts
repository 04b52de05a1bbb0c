/**
 * A way in which the Web API can fail:
 * - `rate_limited`: 429 with Retry-After, 1 second unless `retryAfter` says otherwise
 * - `500`: an error page
 * - `drop_before`: the connection is cut before anything is done
 * - `drop_after`: the call is carried out, then the connection is cut
 * - `garbage`: the call is carried out, and answered with a page that is no answer
 * - `timeout`: the call is taken and never answered, nor carried out
 * - `{ error }`: Slack's own "ok: false"
 */
export type PlannedFailure =
  | 'rate_limited'
  | { retryAfter: number }
  | '500'
  | 'drop_before'
  | 'drop_after'
  | 'garbage'
  | 'timeout'
  | { error: string }

/** Which calls shall fail next, and how often each method was called. */
export class FailurePlan {
  readonly #planned = new Map<string, PlannedFailure[]>()
  readonly #calls = new Map<string, number>()

  failNext(method: string, failure: PlannedFailure, times = 1): void {
    const planned = this.#planned.get(method) ?? []
    this.#planned.set(method, [...planned, ...Array<PlannedFailure>(times).fill(failure)])
  }

  /** Counts a call and says how it shall fail, if it shall. */
  recordCall(method: string): PlannedFailure | undefined {
    this.#calls.set(method, this.calls(method) + 1)
    return this.#planned.get(method)?.shift()
  }

  calls(method: string): number {
    return this.#calls.get(method) ?? 0
  }
}
