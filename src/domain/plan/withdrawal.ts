import { type CivilDate, toDbDate } from '../../base/dates.ts'

/** Who takes back what was said, when and why. What was said stays in the history, and counts until that day. */
export interface Withdrawal {
  readonly byId: string
  /** From this day on it does not count. */
  readonly onDay: CivilDate
  /** UTC. */
  readonly at: Date
  readonly reason: string | null
}

/** The columns by which a row says that it was taken back. */
export const withdrawalColumns = ({ byId, onDay, at, reason }: Withdrawal) => ({
  withdrawnOn: toDbDate(onDay),
  withdrawnAt: at,
  withdrawnById: byId,
  withdrawnBecause: reason,
})
