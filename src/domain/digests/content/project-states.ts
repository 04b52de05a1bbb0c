import type { Project } from '../../plan/plan.ts'
import { hasSameStates, snapshotScheme } from '../../scheme/scheme-snapshot.ts'
import { type Scheme, schemeOf } from '../../scheme/schemes.ts'
import { type Rating, ratingContextOf, ratingOf } from '../../status/rating.ts'
import type { DigestContent, DigestInput } from './content.ts'
import { nextRagHistory, type RagHistory } from './rag-history.ts'

/** A project with its state and the history of that. */
export interface ProjectState {
  readonly project: Project
  readonly rating: Rating
  readonly history: RagHistory
}

/** Every project of the plan, in its order. */
export function projectStates({ plan, previous }: DigestInput): ProjectState[] {
  const scheme = schemeOf(plan.programme.settings)
  const then = new Map(previous?.snapshot.projects.map((each) => [each.id, each]))
  const compared = { scheme, isComparable: isComparable(previous, scheme) }
  const context = ratingContextOf(plan)
  return plan.projects.map((project) => {
    const rating = ratingOf(project, context)
    const history = nextRagHistory(then.get(project.id), rating.state.key, compared)
    return { project, history, rating }
  })
}

/** Whether a plan's states can be compared with those of the digest before it. */
export function isComparable(previous: DigestContent | null, scheme: Scheme): boolean {
  return previous === null || hasSameStates(previous.scheme, snapshotScheme(scheme))
}
