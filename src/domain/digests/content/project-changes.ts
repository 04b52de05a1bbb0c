import { fullDate } from '../../../base/dates.ts'
import { type Project, unconfirmedUpdate } from '../../plan/plan.ts'
import { type Audience, mayRead } from '../../programme/audience.ts'
import {
  formatState,
  isOnScale,
  needsReason,
  type Scheme,
  schemeOf,
  stateByKey,
} from '../../scheme/schemes.ts'
import { toCommentary } from '../withheld.ts'
import type { DigestContent, MovedProject, ProjectCommentary } from './content.ts'
import type { DigestInput } from './digest-input.ts'
import type { ProjectState } from './project-states.ts'

type ProjectChanges = Pick<
  DigestContent,
  'worse' | 'better' | 'attention' | 'newlyRated' | 'noLongerRated' | 'beside'
>

/** Each project once: worse, better, still in a state that needs a reason or newly in it, or not rated any more. */
export function composeProjectChanges(
  { plan, previous, projectRemarks, audience = 'board' }: DigestInput,
  projectStates: readonly ProjectState[],
): ProjectChanges {
  const context = { scheme: schemeOf(plan.programme.settings), audience }
  return {
    worse: movedProjects(projectStates, 'worse', context),
    better: movedProjects(projectStates, 'better', context),
    // The first digest compares with nothing: all that need attention are listed alike.
    attention: attentionGroups(previous ? projectStates.filter(isStill) : projectStates, context),
    newlyRated: previous ? newlyRated(projectStates, context) : [],
    noLongerRated: noLongerRated(projectStates, context),
    beside: plan.projects.flatMap((project) => {
      const lines = projectRemarks?.get(project.id) ?? []
      return lines.length > 0 ? [{ ...projectReference(project), lines: [...lines] }] : []
    }),
  }
}

/** For the next digest, and for the lines of this one. */
export function projectSnapshot(
  projectStates: readonly ProjectState[],
): DigestContent['snapshot']['projects'] {
  return projectStates.map(({ project: { id, ref, workstreamId }, history }) => ({
    ...{ id, ref, workstreamId },
    ...history,
  }))
}

export const projectReference = ({ id, ref, title }: Project) => ({ id, ref, title })

/** The worst first, or the best. */
function movedProjects(
  projectStates: readonly ProjectState[],
  wanted: 'worse' | 'better',
  context: CommentaryContext,
): MovedProject[] {
  const sign = wanted === 'worse' ? 1 : -1
  return projectStates
    .filter(({ history }) => history.movement === wanted)
    .toSorted((one, other) => (other.rating.state.severity - one.rating.state.severity) * sign)
    .flatMap((one) => {
      const { state: to, earlier } = one.history
      const [from] = earlier
      const isByMilestones = one.rating.update === null
      return from === undefined ? [] : [{ ...commentaryOf(one, context), from, to, isByMilestones }]
    })
}

function attentionGroups(
  projectStates: readonly ProjectState[],
  context: CommentaryContext,
): DigestContent['attention'] {
  return context.scheme.states.filter(needsReason).map(({ key }) => ({
    state: key,
    entries: projectStates
      .filter(({ rating }) => rating.state.key === key)
      .map((one) => statementOf(one, context)),
  }))
}

const isStill = ({ history }: ProjectState) => history.movement === 'same'

/** Those that came to a state that needs a reason otherwise than by getting worse or better, worst first. */
function newlyRated(
  projectStates: readonly ProjectState[],
  context: CommentaryContext,
): DigestContent['newlyRated'] {
  return projectStates
    .filter((one) => !isStill(one) && !['worse', 'better'].includes(one.history.movement))
    .filter(({ rating }) => needsReason(rating.state))
    .toSorted((one, other) => other.rating.state.severity - one.rating.state.severity)
    .map((one) => ({ ...statementOf(one, context), state: one.rating.state.key }))
}

/** So that no Red is lost by calling it not applicable: listed until it is rated again. */
function noLongerRated(
  projectStates: readonly ProjectState[],
  context: CommentaryContext,
): DigestContent['noLongerRated'] {
  return projectStates
    .filter(({ rating: { state, lastRated }, history }) => {
      if (isOnScale(state)) return false
      return history.movement === 'no longer rated' || (lastRated && needsReason(lastRated.state))
    })
    .map((one) => ({ ...statementOf(one, context), state: one.rating.state.key }))
}

function statementOf(one: ProjectState, context: CommentaryContext) {
  return { ...commentaryOf(one, context), onDay: one.rating.update?.onDay ?? null }
}

interface CommentaryContext {
  readonly scheme: Scheme
  /** Who reads it. */
  readonly audience: Audience
}

function commentaryOf(
  { project, rating: { update } }: ProjectState,
  { scheme, audience }: CommentaryContext,
): ProjectCommentary {
  const isReadable = update !== null && mayRead(audience, update.audience)
  return {
    ...projectReference(project),
    reason: toCommentary(update?.reason ?? null, isReadable),
    greenBy: update?.greenBy ?? null,
    path: toCommentary(update?.path ?? null, isReadable),
    awaited: formatAwaitedUpdate(project, scheme),
  }
}

function formatAwaitedUpdate(project: Project, scheme: Scheme): string | null {
  const update = unconfirmedUpdate(project)
  if (!update) return null
  return `${formatState(stateByKey(scheme, update.state))} said on ${fullDate(update.onDay)} awaits confirmation`
}
