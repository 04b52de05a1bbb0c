import type { CivilDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import {
  declaredStateOf,
  latestTicks,
  type Plan,
  type Project,
  type StatusUpdate,
} from '../plan/plan.ts'
import { statesAgree } from '../scheme/criteria.ts'
import { isOnScale, type Scheme, type State, schemeOf, stateByKey } from '../scheme/schemes.ts'

/**
 * The state that the ticks of an update come to, where it is another than the declared one (rule 2 of the domain).
 * Every reading of a mismatch asks this; they differ in whose ticks they hold against the declared state.
 */
export function derivedMismatch(
  declared: State,
  { derived }: Pick<StatusUpdate, 'derived'>,
  scheme: Scheme,
): State | undefined {
  const state = stateByKey(scheme, derived ?? scheme.blank.key)
  return isOnScale(state) && !statesAgree(declared, state) ? state : undefined
}

/** A project whose declared state is another than its latest ticks come to. */
export interface Mismatch {
  readonly project: Project
  readonly declared: State
  readonly derived: State
  /** The day for which the criteria were ticked. */
  readonly tickedOn: CivilDate
  /** Why it differs, as its lead said. */
  readonly divergenceReason: string | null
}

/**
 * Every mismatch of a plan, in its order. The latest ticks count, also where a later update passed them over:
 * otherwise a Green that is typed would hide a Red that was ticked.
 */
export function mismatchesOf({ programme, projects }: Plan): Mismatch[] {
  const scheme = schemeOf(programme.settings)
  return projects.flatMap((project) => {
    const ticks = latestTicks(project)
    const declared = stateByKey(scheme, declaredStateOf(project))
    const derived = ticks && derivedMismatch(declared, ticks, scheme)
    if (!derived) return []
    const { onDay: tickedOn, divergenceReason } = ticks
    return [{ project, declared, derived, tickedOn, divergenceReason }]
  })
}

/** '2 projects differ from their criteria'; '' where none does. */
export function mismatchCountText(plan: Plan): string {
  const count = mismatchesOf(plan).length
  if (count === 0) return ''
  return `${plural(count, 'project')} ${count === 1 ? 'differs from its' : 'differ from their'} criteria`
}
