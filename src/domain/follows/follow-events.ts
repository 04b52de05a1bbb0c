import { addDays, type CivilDate, fullDate, laterOf } from '../../base/dates.ts'
import { named, shortTextOf } from '../plan/format.ts'
import type { Plan, Project } from '../plan/plan.ts'
import { type Scheme, schemeOf, shown, stateByKey } from '../scheme/schemes.ts'

/** Somebody wants to hear of a project. */
export interface Following {
  readonly personId: string
  readonly projectId: string
  /** From when on, UTC. */
  readonly at: Date
  /** The day on which that was. */
  readonly from: CivilDate
}

/** Something that changed, said to each follower once. */
export interface News {
  /** For the ledger. */
  readonly key: string
  readonly says: string
}

/** How many days back a change is news still: somebody was away, or the service was down. */
const newsDays = 14

/**
 * What a follower is told on a day: the changes of state and the moved dates of the days before it, since they follow,
 * and not what they said themselves. Reasons are left to the project itself: they may be for fewer people.
 */
export function newsFor(
  plan: Plan,
  { personId, projectId, ...since }: Following,
  day: CivilDate,
): News[] {
  const project = plan.projects.find(({ id }) => id === projectId)
  if (!project) return []
  const from = laterOf(since.from, addDays(day, -newsDays))
  const isNews = (said: { readonly byId: string | null; readonly onDay: CivilDate }) =>
    said.byId !== personId && from <= said.onDay && said.onDay < day
  const scheme = schemeOf(plan.programme.settings)
  return [
    ...changesOf(project, scheme).filter((change) => isNews(change) && since.at < change.at),
    ...movesOf(project).filter(isNews),
  ]
    .toSorted((one, other) => (one.onDay < other.onDay ? -1 : one.onDay > other.onDay ? 1 : 0))
    .map(({ key, says }) => ({ key, says }))
}

interface Change extends News {
  readonly byId: string | null
  readonly onDay: CivilDate
}

/** Of what counts: an improvement that awaits confirmation is none yet. */
function changesOf(project: Project, scheme: Scheme): (Change & { readonly at: Date })[] {
  const counting = project.updates.filter(({ awaitsConfirmation }) => !awaitsConfirmation)
  return counting.flatMap(({ id, state, byId, onDay, at }, nth) => {
    const before = counting[nth + 1]?.state ?? scheme.blank.key
    if (before === state) return []
    const [then, now] = [before, state].map((key) => shown(stateByKey(scheme, key)))
    const says = `${named(project)}: ${then} → ${now} on ${fullDate(onDay)}`
    return [{ key: `news:${id}`, says, byId, onDay, at }]
  })
}

function movesOf(project: Project): Change[] {
  return project.milestones.flatMap((milestone) =>
    milestone.moves
      .filter(({ from }) => from !== null)
      .map(({ from, to, byId, onDay }, nth) => {
        const days = [from, to].map((day) => (day ? fullDate(day) : 'no date')).join(' → ')
        const says = `${named(project)}: ${milestone.number}. ${shortTextOf(milestone)} moved, ${days}`
        return { key: `news:${milestone.id}:${nth}:${onDay}`, says, byId, onDay }
      }),
  )
}
