import type { ReadContext } from '../context.ts'
import type { FoundProject } from '../plan/lookup.ts'
import type { StatusUpdate } from '../plan/plan.ts'
import { loadRecentProject } from '../plan/store.ts'
import { schemeOf, stateByKey } from '../scheme/schemes.ts'
import type { RaisedCheck } from './check.ts'
import { loadCheckFacts } from './check-facts.ts'
import { checkRegistry } from './registry.ts'
import { repeatThreshold } from './repeated-commentary.ts'
import { loadProjectChecks } from './store.ts'

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
  const project = await loadRecentProject(context.tx, found.id, context.today, repeatThreshold)
  const updates = [update, ...project.updates]
  return loadProjectChecks(context, found.programme, { ...project, updates })
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
    .some(({ mayTrip }) => mayTrip?.(update, facts) ?? true)
}
