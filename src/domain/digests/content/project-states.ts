import type { Project } from '../../plan/plan.ts'
import { projectColourKey } from '../../rollup/rules.ts'
import { hasSameStates, snapshotScheme } from '../../scheme/scheme-snapshot.ts'
import { type Scheme, type State, schemeOf, stateByKey } from '../../scheme/schemes.ts'
import type { DigestContent, DigestInput } from './content.ts'
import { nextRagHistory, type RagHistory } from './rag-history.ts'

/** A project with its state and the history of that. */
export interface ProjectState {
  readonly project: Project
  readonly state: State
  readonly history: RagHistory
}

/** Every project of the plan, in its order. */
export function projectStates({ plan, previous }: DigestInput): ProjectState[] {
  const scheme = schemeOf(plan.programme.settings)
  const then = new Map(previous?.snapshot.projects.map((each) => [each.id, each]))
  const compared = { scheme, isComparable: isComparable(previous, scheme) }
  return plan.projects.map((project) => {
    const key = projectColourKey(plan, project)
    const history = nextRagHistory(then.get(project.id), key, compared)
    return { project, history, state: stateByKey(scheme, key) }
  })
}

/** Whether a plan's states can be compared with those of the digest before it. */
export function isComparable(previous: DigestContent | null, scheme: Scheme): boolean {
  return previous === null || hasSameStates(previous.scheme, snapshotScheme(scheme))
}
