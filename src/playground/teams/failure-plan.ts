/** The calls a bot makes to Teams, by the names the connector gives them. */
export type Operation =
  | 'token'
  | 'createConversation'
  | 'sendToConversation'
  | 'replyToActivity'
  | 'updateActivity'
  | 'deleteActivity'
  | 'getMembers'
  | 'getPagedMembers'
  | 'getMember'
  | 'getTeam'
  | 'getChannels'

/**
 * How a call fails. A status is answered in place of doing the work. `drop_before` closes the line with
 * nothing done, `drop_after` with all of it done, `garbage` answers what was done with a page that is no answer,
 * `timeout` does nothing and never answers.
 */
export type PlannedFailure =
  | number
  | FailureStatus
  | 'drop_before'
  | 'drop_after'
  | 'garbage'
  | 'timeout'

export interface FailureStatus {
  status: number
  code?: string
  message?: string
  /** Sent as Retry-After. */
  retryAfterSeconds?: number
}

/** Failures laid ready for the next calls, and how often each operation was called. */
export class FailurePlan {
  readonly #ready = new Map<Operation, PlannedFailure[]>()
  readonly #calls = new Map<Operation, number>()

  /** The next `times` calls of `operation` fail so. Those laid ready earlier come first. */
  failNext(operation: Operation, failure: PlannedFailure, times = 1): void {
    const ready = this.#ready.get(operation) ?? []
    this.#ready.set(operation, [...ready, ...Array<PlannedFailure>(times).fill(failure)])
  }

  /** Requests that arrived, failed ones too. */
  calls(operation: Operation): number {
    return this.#calls.get(operation) ?? 0
  }

  /** Counts a request that arrived; tells how it is to fail, if it is. */
  recordCall(operation: Operation): PlannedFailure | undefined {
    this.#calls.set(operation, this.calls(operation) + 1)
    return this.#ready.get(operation)?.shift()
  }
}
