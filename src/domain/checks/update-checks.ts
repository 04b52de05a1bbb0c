import type { ReadContext } from '../context.ts'
import type { FoundProject } from '../plan/lookup.ts'
import type { StatusUpdate } from '../plan/plan.ts'
import { loadProject } from '../plan/store.ts'
import { schemeOf, stateByKey } from '../scheme/schemes.ts'
import { type Check, fingerprint, type RaisedCheck } from './check.ts'
import { type CheckFacts, loadCheckFacts } from './check-facts.ts'
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
type Precheck = (facts: CheckFacts, update: StatusUpdate) => boolean

/** A check that has none here may always trip. */
const prechecks: ReadonlyMap<Check, Precheck> = new Map<Check, Precheck>([
  [overdueMilestonesCheck, (facts) => facts.overdueMilestones >= overdueThreshold],
  [worseningMeasureCheck, (facts) => facts.hasReadings],
  [redWithAllCriteriaCheck, (facts) => facts.hasTicks],
  [repeatedCommentaryCheck, (facts, { reason }) => reason !== null && isRepeated(facts, reason)],
  // No update of an Amber is saved without a day ahead, and none is attested whose day has passed.
  [missingGreenByCheck, () => false],
  // The words of an update are asked about before it is saved: safeguarding-guard.ts.
  [safeguardingCheck, () => false],
])

function isRepeated({ recentReasons }: CheckFacts, reason: string): boolean {
  const same = fingerprint(reason)
  return (
    recentReasons.length === repeatThreshold - 1 &&
    recentReasons.every((text) => text !== null && fingerprint(text) === same)
  )
}

async function mayTripAny(
  { tx, today }: ReadContext,
  { id: projectId, programme }: FoundProject,
  update: StatusUpdate,
): Promise<boolean> {
  const scheme = schemeOf(programme.settings)
  const rating = { update, state: stateByKey(scheme, update.state) }
  const facts = await loadCheckFacts(tx, { projectId, today })
  return checkRegistry
    .filter((one) => one.appliesTo(rating, { asAt: today, scheme }))
    .some((one) => prechecks.get(one)?.(facts, update) ?? true)
}
