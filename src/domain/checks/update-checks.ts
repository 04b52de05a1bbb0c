import type { CivilDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { ReadContext } from '../context.ts'
import { hasReadings } from '../measures/has-readings.ts'
import type { FoundProject } from '../plan/lookup.ts'
import { countOverdueMilestones } from '../plan/overdue-count.ts'
import type { StatusUpdate } from '../plan/plan.ts'
import { loadProject } from '../plan/store.ts'
import { schemeOf, stateByKey } from '../scheme/schemes.ts'
import { hasTicks, recentReasons } from '../status/update-history.ts'
import { type Check, fingerprint, type RaisedCheck } from './check.ts'
import { missingGreenByCheck } from './missing-green-by.ts'
import { overdueMilestonesCheck, overdueThreshold } from './overdue-milestones.ts'
import { redWithAllCriteriaCheck } from './red-with-all-criteria.ts'
import { checkRegistry } from './registry.ts'
import { repeatedCommentaryCheck, repeatThreshold } from './repeated-commentary.ts'
import { safeguardingCheck } from './safeguarding-check.ts'
import { loadProjectChecks } from './store.ts'
import { worseningMeasureCheck } from './worsening-measure.ts'

/**
 * What is asked of a project now that somebody updates it; the update need not be saved yet. Most updates trip
 * nothing, and a small query, shared by all who ask at the same moment, shows that; only where a check may trip is the
 * history read.
 */
export async function checksAfterUpdate(
  context: ReadContext,
  found: FoundProject,
  update: StatusUpdate,
): Promise<RaisedCheck[]> {
  if (!(await mayTripAny(context, found, update))) return []
  const project = await loadProject(context.tx, found.id, context.today)
  const updates = [update, ...project.updates]
  return loadProjectChecks(context, found.programme, { ...project, updates })
}

/** Whether a check may trip after an update, told from less than the project's history. */
type Precheck = (
  tx: ReadTx,
  asked: { readonly projectId: string; readonly today: CivilDate },
  update: StatusUpdate,
) => boolean | Promise<boolean>

/** A check that has none here may always trip. */
const prechecks: ReadonlyMap<Check, Precheck> = new Map<Check, Precheck>([
  [
    overdueMilestonesCheck,
    async (tx, asked) => (await countOverdueMilestones(tx, asked)) >= overdueThreshold,
  ],
  [worseningMeasureCheck, (tx, { projectId }) => hasReadings(tx, projectId)],
  [redWithAllCriteriaCheck, (tx, { projectId }) => hasTicks(tx, projectId)],
  [
    repeatedCommentaryCheck,
    async (tx, asked, { reason }) => {
      if (reason === null) return false
      const before = await recentReasons(tx, { ...asked, days: repeatThreshold - 1 })
      const same = fingerprint(reason)
      return (
        before.length === repeatThreshold - 1 &&
        before.every((text) => text !== null && fingerprint(text) === same)
      )
    },
  ],
  // No update of an Amber is saved without a day ahead, and none is attested whose day has passed.
  [missingGreenByCheck, () => false],
  // The words of an update are asked about before it is saved: safeguarding-guard.ts.
  [safeguardingCheck, () => false],
])

async function mayTripAny(
  { tx, today }: ReadContext,
  { id: projectId, programme }: FoundProject,
  update: StatusUpdate,
): Promise<boolean> {
  const scheme = schemeOf(programme.settings)
  const rating = { update, state: stateByKey(scheme, update.state) }
  for (const check of checkRegistry) {
    if (!check.appliesTo(rating, { asAt: today, scheme })) continue
    const precheck = prechecks.get(check)
    if (!precheck || (await precheck(tx, { projectId, today }, update))) return true
  }
  return false
}
