import { type Project, stateOf, unconfirmedUpdate } from '../plan/plan.ts'
import { formatState, type Scheme, stateByKey } from '../scheme/schemes.ts'

/** "▲ Amber", "▲ Amber, awaiting confirmation; counts as ◆ Red". */
export function formatProjectState(project: Project, scheme: Scheme): string {
  const counting = formatState(stateByKey(scheme, stateOf(project)))
  const awaited = unconfirmedUpdate(project)
  if (!awaited) return counting
  return `${formatState(stateByKey(scheme, awaited.state))}, awaiting confirmation; counts as ${counting}`
}
