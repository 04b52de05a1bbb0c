import { type State, schemeOf, stateByKey } from '../../scheme/schemes.ts'
import type { DigestContent, DigestInput } from './content.ts'
import { isComparable, type ProjectState } from './project-states.ts'

/** The scale and what is not rated; of what else may be said only what there is or was. */
export function stateCounts(
  { plan, previous }: DigestInput,
  stands: readonly ProjectState[],
): DigestContent['counts'] {
  const scheme = schemeOf(plan.programme.settings)
  const then = previous && isComparable(previous, scheme) ? previous.snapshot.projects : null
  const countOf = ({ key, label, shape }: State) => ({
    state: key,
    label,
    shape,
    count: stands.filter(({ state }) => state.key === key).length,
    was: then?.filter(({ state }) => stateByKey(scheme, state).key === key).length ?? null,
  })
  const { states, specials, blank } = scheme
  return [
    ...states.map(countOf),
    ...specials.map(countOf).filter(({ count, was }) => count > 0 || (was ?? 0) > 0),
    countOf(blank),
  ]
}
