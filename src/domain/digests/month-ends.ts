import { addDays, type CivilDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { Plan } from '../plan/plan.ts'
import { loadRecentPlan } from '../plan/store.ts'
import { snapshotScheme } from '../scheme/scheme-snapshot.ts'
import { schemeOf } from '../scheme/schemes.ts'
import type { TrendDigest } from './archive/digest-store.ts'
import { stateCounts } from './content/counts.ts'
import { projectStates } from './content/project-states.ts'

/** Two quarters: a board sees the one before its own. */
const monthsBefore = 6

/** The last days of the months before a day, oldest first. */
export function monthEndsBefore(day: CivilDate): CivilDate[] {
  const ends: CivilDate[] = []
  let next = day
  while (ends.length < monthsBefore) {
    next = addDays(next, -Number(next.slice(8)))
    ends.unshift(next)
  }
  return ends
}

/** How many projects of a plan were in each state on its day, counted as its digest counts them. */
export function countedOn(plan: Plan): TrendDigest {
  const input = { plan, previous: null }
  const scheme = snapshotScheme(schemeOf(plan.programme.settings))
  return { asAt: plan.asAt, scheme, counts: stateCounts(input, projectStates(input)) }
}

/**
 * The same at the end of each of the last months before a day, oldest first, as the plan was then. A month before the
 * first project is left out. One query after the other: a transaction has one connection.
 */
export async function loadMonthEnds(
  tx: ReadTx,
  programmeId: string,
  day: CivilDate,
): Promise<TrendDigest[]> {
  const months: TrendDigest[] = []
  for (const end of monthEndsBefore(day)) {
    const plan = await loadRecentPlan(tx, programmeId, end)
    if (plan.projects.length > 0) months.push(countedOn(plan))
  }
  return months
}
