import type { Project } from '../../plan/plan.ts'
import { policyOn } from '../../scheme/roll-up.ts'
import { hasSameStates, snapshotScheme } from '../../scheme/scheme-snapshot.ts'
import { type Scheme, schemeOf } from '../../scheme/schemes.ts'
import { projectRule } from '../../status/movement.ts'
import { type Rating, ratingContextOf, ratingOf, wasRatedBefore } from '../../status/rating.ts'
import type { DigestContent } from './content.ts'
import type { DigestInput } from './digest-input.ts'
import { nextRagHistory, type RagHistory } from './rag-history.ts'

/** A project with its rating and the history of that. */
export interface ProjectState {
  readonly project: Project
  readonly rating: Rating
  readonly history: RagHistory
}

/** Every project of the plan, in its order. */
export function projectStates({
  plan,
  previous,
}: Pick<DigestInput, 'plan' | 'previous'>): ProjectState[] {
  const { settings } = plan.programme
  const scheme = schemeOf(settings)
  const policy = policyOn(settings, plan.asAt)
  const then = new Map(previous?.snapshot.projects.map((each) => [each.id, each]))
  const wasSetAside = new Set(previous?.snapshot.setAside.map(({ id }) => id))
  const compared = { scheme, isComparable: isComparable(previous, scheme) }
  const context = ratingContextOf(plan)
  return plan.projects.map((project) => {
    const rating = ratingOf(project, context)
    const now = {
      ...{ state: rating.state, lastRated: rating.lastRated, rule: projectRule(rating, policy) },
      isImported: rating.update?.source === 'import',
      wasRated: () => wasRatedBefore(project, context),
      isBack: wasSetAside.has(project.id),
    }
    return { project, rating, history: nextRagHistory(then.get(project.id), now, compared) }
  })
}

/** Whether a plan's states can be compared with those of the digest before it. */
export function isComparable(previous: DigestContent | null, scheme: Scheme): boolean {
  return previous === null || hasSameStates(previous.scheme, snapshotScheme(scheme))
}
