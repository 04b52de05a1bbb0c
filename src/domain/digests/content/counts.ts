import { type State, schemeOf, stateByKey } from '../../scheme/schemes.ts'
import type { DigestContent } from './content.ts'
import type { DigestInput } from './digest-input.ts'
import { isComparable, type ProjectState } from './project-states.ts'

/** Counts of every state of the scale and of projects not rated; of other states only those that occur or occurred. */
export function stateCounts(
  { plan, previous }: Pick<DigestInput, 'plan' | 'previous'>,
  projectStates: readonly ProjectState[],
): DigestContent['counts'] {
  const scheme = schemeOf(plan.programme.settings)
  const then = previous && isComparable(previous, scheme) ? previous.snapshot.projects : null
  const countOf = ({ key, label, shape }: State) => ({
    state: key,
    label,
    shape,
    count: projectStates.filter(({ rating }) => rating.state.key === key).length,
    was: then?.filter(({ state }) => stateByKey(scheme, state).key === key).length ?? null,
  })
  const { states, specials, blank } = scheme
  return [
    ...states.map(countOf),
    ...specials.map(countOf).filter(({ count, was }) => count > 0 || (was ?? 0) > 0),
    countOf(blank),
  ]
}
