import type { CivilDate } from '../../base/dates.ts'

/** Who takes back what was said, when and why. What was said stays in the history, and counts until that day. */
export interface Withdrawal {
  readonly byId: string
  /** From this day on it does not count. */
  readonly onDay: CivilDate
  /** UTC. */
  readonly at: Date
  readonly reason: string | null
}
