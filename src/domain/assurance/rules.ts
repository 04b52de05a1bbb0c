import { type ProjectRoles, type Relation, relationToProject } from '../../authority/rights.ts'
import { type CivilDate, laterOf } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import {
  countingUpdates,
  effectiveUpdate,
  type Project,
  type ProjectWithHistory,
} from '../plan/plan.ts'
import { statesAgree } from '../scheme/criteria.ts'
import { isOnScale, type Scheme, type State, stateByKey } from '../scheme/schemes.ts'
import { stateSince } from '../scheme/state-since.ts'
import type { SecondRatingSettings } from './settings.ts'

/** How somebody besides its lead rates a project: its sponsor, or who assures the programme. */
export interface AssuranceRating {
  /** Key of a state of the scheme. */
  readonly state: string
  readonly reason: string | null
  readonly byId: string | null
  readonly onDay: CivilDate
}

/** Two ratings of one project that differ. */
export interface Divergence {
  readonly lead: State
  readonly second: State
  /** Why, as the second one says. */
  readonly reason: string | null
  /** The first day on which both stood as they do: the later of the days on which they came to it. */
  readonly since: CivilDate
}

/**
 * How the latest second rating differs from the lead's. A lead's rating that awaits confirmation does not count yet; a
 * state off the scale differs from nothing, and complete does not differ from on course.
 *
 * @param ratings newest first
 */
export function divergenceOf(
  project: Pick<ProjectWithHistory, 'updates' | 'past'>,
  ratings: readonly AssuranceRating[],
  scheme: Scheme,
): Divergence | undefined {
  const states = divergingStates(project, ratings, scheme)
  const counting = countingUpdates(project)
  const [ours] = counting
  const [theirs] = ratings
  if (!states || !ours || !theirs) return undefined
  const { lead, second } = states
  const since = laterOf(stateSince(counting) ?? ours.onDay, stateSince(ratings) ?? theirs.onDay)
  return { lead, second, reason: theirs.reason, since }
}

/** The two ratings where they differ; since when they do, only the history of the project tells. */
export function divergingStates(
  project: Pick<Project, 'updates'>,
  [theirs]: readonly AssuranceRating[],
  scheme: Scheme,
): Pick<Divergence, 'lead' | 'second'> | undefined {
  const ours = effectiveUpdate(project)
  if (!ours || !theirs) return undefined
  const lead = stateByKey(scheme, ours.state)
  const second = stateByKey(scheme, theirs.state)
  if (!isOnScale(lead) || !isOnScale(second) || statesAgree(lead, second)) return undefined
  return { lead, second }
}

/** What the second rating is called: the programme's label, else who gives it. */
export function secondRatingLabel({ by, label }: SecondRatingSettings): string {
  return label ?? (by === 'sponsor' ? 'Sponsor' : 'Assurance')
}

/**
 * What somebody is to a project as its second rater: the sponsors of its workstream or, for assurance, whose post is what
 * the rating is called ("Internal audit"); and the programme office for either. Nobody who leads it: it is a second
 * person's view.
 */
export function relationOfRater(
  person: { readonly id: string; readonly post: string | null },
  project: ProjectRoles,
  who: SecondRatingSettings,
): Relation {
  const { roles, isArchived = false } = relationToProject(person.id, project)
  const leads = roles.includes('lead') || roles.includes('workstream lead')
  if (who.by === 'off' || leads) return { roles: [], standsInFor: [], isArchived }
  const isRater =
    who.by === 'sponsor'
      ? roles.includes('sponsor')
      : person.post !== null && fold(person.post) === fold(secondRatingLabel(who))
  return {
    roles: [...roles, ...(isRater ? (['second rater'] as const) : [])],
    ...{ standsInFor: [], isArchived },
  }
}
