import type { CivilDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { type Plan, type Project, stateOf } from '../plan/plan.ts'
import { statesAgree } from '../scheme/criteria.ts'
import { isOnScale, type State, schemeOf, stateByKey } from '../scheme/schemes.ts'

/** A project whose declared state is another than the criteria come to (rule 2 of the domain). */
export interface Mismatch {
  readonly project: Project
  readonly declared: State
  readonly derived: State
  /** The day for which the criteria were ticked. */
  readonly tickedOn: CivilDate
  /** Why, as told. */
  readonly differs: string | null
}

/**
 * Every mismatch of a plan, in its order. The latest ticks count, also where a later update passed them over:
 * otherwise a Green that is typed would hide a Red that was ticked.
 */
export function mismatchesOf({ programme, projects }: Plan): Mismatch[] {
  const scheme = schemeOf(programme.settings)
  return projects.flatMap((project) => {
    const ticks = project.updates.find(({ derived }) => derived !== null)
    const derived = stateByKey(scheme, ticks?.derived ?? 'blank')
    const declared = stateByKey(scheme, stateOf(project))
    if (!ticks || !isOnScale(derived) || statesAgree(declared, derived)) return []
    return [{ project, declared, derived, tickedOn: ticks.onDay, differs: ticks.divergenceReason }]
  })
}

/** '2 projects differ from their criteria'; '' where none does. */
export function mismatchCountText(plan: Plan): string {
  const count = mismatchesOf(plan).length
  if (count === 0) return ''
  return `${plural(count, 'project')} ${count === 1 ? 'differs from its' : 'differ from their'} criteria`
}
