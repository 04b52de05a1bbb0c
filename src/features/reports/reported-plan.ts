import { type CivilDate, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { loadDigestPlan } from '../../domain/digests/audience/load-input.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { planWithin, type Scope, wholeProgramme } from '../../domain/schedule/scope.ts'
import type { ReadTx } from '../../infra/db.ts'

interface ReportedDay {
  readonly programme: Programme
  readonly today: CivilDate
  readonly asAt: CivilDate
  /** Left out: the whole programme. */
  readonly scope?: Scope
}

/**
 * The plan that a report speaks of, before anything is taken out of it for its readers.
 * @throws Refusal for a day to come, and for one on which there is nothing to show
 */
export async function loadReportedPlan(
  tx: ReadTx,
  { programme, today, asAt, scope = wholeProgramme }: ReportedDay,
): Promise<Plan> {
  if (asAt > today) throw new Refusal(`${fullDate(asAt)} has not come yet. Nothing was written.`)
  const plan = planWithin(await loadDigestPlan(tx, programme.id, asAt), scope)
  if (plan.projects.length > 0) return plan
  throw new Refusal(
    `${programme.key} has no projects as at ${fullDate(asAt)}. Nothing was written.`,
  )
}
