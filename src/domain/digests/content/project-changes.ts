import { fullDate } from '../../../base/dates.ts'
import { effectiveUpdate, type Project, unconfirmedUpdate } from '../../plan/plan.ts'
import { type Audience, mayRead } from '../../programme/audience.ts'
import {
  formatState,
  needsReason,
  type Scheme,
  schemeOf,
  stateByKey,
} from '../../scheme/schemes.ts'
import { toCommentary } from '../withheld.ts'
import type { DigestContent, DigestInput, MovedProject, ProjectCommentary } from './content.ts'
import type { ProjectState } from './project-states.ts'

type ProjectChanges = Pick<DigestContent, 'worse' | 'better' | 'attention' | 'beside'>

/** Each project once: worse, better, or still in a state that needs a reason. */
export function composeProjectChanges(
  { plan, projectRemarks, audience = 'board' }: DigestInput,
  projectStates: readonly ProjectState[],
): ProjectChanges {
  const scheme = schemeOf(plan.programme.settings)
  return {
    worse: movedProjects(projectStates, 'worse', { scheme, audience }),
    better: movedProjects(projectStates, 'better', { scheme, audience }),
    attention: attentionGroups(projectStates, { scheme, audience }),
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
  return projectStates.map(({ project: { id, workstreamId }, history }) => ({
    id,
    workstreamId,
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
    .flatMap(({ project, history: { state, earlier } }) => {
      const [from] = earlier
      return from === undefined ? [] : [{ ...commentaryOf(project, context), from, to: state }]
    })
}

function attentionGroups(
  projectStates: readonly ProjectState[],
  context: CommentaryContext,
): DigestContent['attention'] {
  const still = projectStates.filter(
    ({ history }) => !['worse', 'better'].includes(history.movement),
  )
  return context.scheme.states.filter(needsReason).map(({ key }) => ({
    state: key,
    entries: still
      .filter(({ rating }) => rating.state.key === key)
      .map(({ project, rating: { update } }) => ({
        ...commentaryOf(project, context),
        onDay: update?.onDay ?? null,
      })),
  }))
}

interface CommentaryContext {
  readonly scheme: Scheme
  /** Who reads it. */
  readonly audience: Audience
}

function commentaryOf(
  project: Project,
  { scheme, audience }: CommentaryContext,
): ProjectCommentary {
  const update = effectiveUpdate(project)
  const isReadable = update !== undefined && mayRead(audience, update.audience)
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
