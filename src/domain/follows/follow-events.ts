import { addDays, type CivilDate, fullDate, laterOf, sortByDay } from '../../base/dates.ts'
import { formatProject, shortMilestoneText } from '../plan/format.ts'
import { countingUpdates, type Plan, type Project } from '../plan/plan.ts'
import { formatState, type Scheme, schemeOf, stateByKey } from '../scheme/schemes.ts'

/** A person's subscription to the changes of a project. */
export interface Follow {
  readonly personId: string
  readonly projectId: string
  /** When they began to follow, UTC. */
  readonly at: Date
  /** The civil date of `at` in the programme's zone. */
  readonly from: CivilDate
}

/** A change of a project. Each follower gets it once. */
export interface FollowEvent {
  /** Stored as a topic of the sent message, so that nobody gets it twice. */
  readonly key: string
  readonly text: string
}

/** How many days a change is still news, for followers who were away and after an outage. */
export const newsDays = 14

/**
 * The changes a follower should have had by a day: changes of state and moved dates from before that day and after they
 * began to follow, except those they made. Reasons are left out: they may be for a narrower audience.
 */
export function followEventsFor(
  plan: Plan,
  { personId, projectId, ...since }: Follow,
  day: CivilDate,
): FollowEvent[] {
  const project = plan.projects.find(({ id }) => id === projectId)
  if (!project) return []
  const from = laterOf(since.from, addDays(day, -newsDays))
  const isNews = ({ byId, onDay }: { readonly byId: string | null; readonly onDay: CivilDate }) =>
    byId !== personId && from <= onDay && onDay < day
  const scheme = schemeOf(plan.programme.settings)
  const changes: ProjectChange[] = [
    ...stateChangesOf(project, scheme).filter((change) => isNews(change) && since.at < change.at),
    ...dateMovesOf(project).filter(isNews),
  ]
  return sortByDay(changes, ({ onDay }) => onDay).map(({ key, text }) => ({ key, text }))
}

interface ProjectChange extends FollowEvent {
  readonly byId: string | null
  readonly onDay: CivilDate
}

/** An improvement that awaits confirmation does not count yet. */
function stateChangesOf(
  project: Project,
  scheme: Scheme,
): (ProjectChange & { readonly at: Date })[] {
  const counting = countingUpdates(project)
  return counting.flatMap(({ id, state, byId, onDay, at }, nth) => {
    const before = counting[nth + 1]?.state ?? scheme.blank.key
    if (before === state) return []
    const [then, now] = [before, state].map((key) => formatState(stateByKey(scheme, key)))
    const text = `${formatProject(project)}: ${then} → ${now} on ${fullDate(onDay)}`
    return [{ key: `news:${id}`, text, byId, onDay, at }]
  })
}

function dateMovesOf(project: Project): ProjectChange[] {
  return project.milestones.flatMap((milestone) =>
    milestone.moves
      .filter(({ from }) => from !== null)
      .map(({ from, to, byId, onDay }, nth) => {
        const days = [from, to].map((day) => (day ? fullDate(day) : 'no date')).join(' → ')
        const text = `${formatProject(project)}: ${milestone.number}. ${shortMilestoneText(milestone)} moved, ${days}`
        return { key: `news:${milestone.id}:${nth}:${onDay}`, text, byId, onDay }
      }),
  )
}
