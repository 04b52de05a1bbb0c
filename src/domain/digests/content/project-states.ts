import type { Project } from '../../plan/plan.ts'
import { colourOf } from '../../rollup/rules.ts'
import { type Scheme, type State, sayable, schemeOf, stateByKey } from '../../scheme/schemes.ts'
import type { DigestAsked, DigestContent } from './content.ts'
import { type Standing, standingAfter } from './rag-history.ts'

/** A project with how it stands and stood. */
export interface Stand {
  readonly project: Project
  readonly state: State
  readonly standing: Standing
}

/** Every project of the plan, in its order. */
export function standsOf({ plan, previous }: DigestAsked): Stand[] {
  const scheme = schemeOf(plan.programme.settings)
  const then = new Map(previous?.snapshot.projects.map((each) => [each.id, each]))
  const compared = { scheme, isComparable: isComparable(previous, scheme) }
  return plan.projects.map((project) => {
    const key = colourOf(plan, project)
    const standing = standingAfter(then.get(project.id), key, compared)
    return { project, standing, state: stateByKey(scheme, key) }
  })
}

/** Whether a digest had the same states: of others nobody can say which is worse. */
export function isComparable(previous: DigestContent | null, scheme: Scheme): boolean {
  if (!previous) return true
  const keys = (some: readonly { readonly key: string }[]) => some.map(({ key }) => key).join()
  return keys(previous.scheme.states) === keys(sayable(scheme))
}
