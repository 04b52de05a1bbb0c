import type { ConnectionFault, FailurePlan } from '../../failure-plan.ts'

/**
 * How a call fails: by its connection, or
 * - `rate_limited`: 429 with Retry-After, 1 second unless `retryAfter` gives another number
 * - `500`: an error page
 * - `{ error }`: Slack's own "ok: false"
 */
export type PlannedFailure =
  | ConnectionFault
  | 'rate_limited'
  | { retryAfter: number }
  | '500'
  | { error: string }

/** By the method's name, or 'response_url', or 'download' of a file. */
export type SlackFailurePlan = FailurePlan<string, PlannedFailure>
