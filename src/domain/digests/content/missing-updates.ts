import { addDays, type CivilDate, dateIn } from '../../../base/dates.ts'
import type { Plan, Project, StatusUpdate } from '../../plan/plan.ts'
import { responseStatuses } from '../../rounds/response-status.ts'
import type { UpdateRound } from '../../rounds/rules.ts'
import type { DigestContent, QuietProject } from './content.ts'
import type { DigestInput } from './digest-input.ts'
import { projectReference } from './project-changes.ts'

/** After so many weekly rounds without an update a digest says so. */
export const quietAfterWeeks = 3

/**
 * Projects without an update for weeks: no reply is never Green, so their state is shown as unconfirmed, with its age.
 * A project without any update is not rated, and is counted there.
 */
export function quietProjects({ plan, previous }: DigestInput): QuietProject[] {
  const known = new Set(previous?.quiet.map(({ id }) => id))
  return plan.projects
    .flatMap((project) => {
      const onDay = lastUpdateOn(project)
      const isQuiet = onDay !== undefined && addDays(onDay, 7 * quietAfterWeeks) < plan.asAt
      return isQuiet ? [{ ...projectReference(project), onDay, isNew: !known.has(project.id) }] : []
    })
    .toSorted((one, other) => Number(other.isNew) - Number(one.isNew) || compareByAge(one, other))
}

/** How many projects were not updated, and the names of their leads where the programme names people. */
export function missingUpdates(input: DigestInput): DigestContent['notUpdated'] {
  const { plan, since, round } = input
  const { people, programme } = plan
  const {
    projects,
    expectedCount,
    later = 0,
    byMilestones,
  } = round ? outstandingUpdates(plan, round) : projectsWithoutUpdateSince(plan, since)
  const leads = new Set(projects.flatMap((project) => project.leads))
  const names = [...leads].flatMap((id) => people.get(id)?.name ?? []).sort()
  return {
    count: projects.length,
    of: expectedCount,
    since,
    round: round?.round ?? null,
    ...{ later, byMilestones },
    names: programme.digestNames ? names : null,
  }
}

interface MissingUpdates {
  readonly projects: readonly Project[]
  readonly expectedCount: number
  /** How many were updated after the round had closed, and not in it. */
  readonly later?: number
  readonly byMilestones: number
}

/** Of the projects that had to answer: what is complete or not applicable is excused. */
function outstandingUpdates(plan: Plan, round: UpdateRound): MissingUpdates {
  const all = responseStatuses(plan, round)
  const input = all.filter(({ status }) => status !== 'excused')
  const owed = input.filter(({ status }) => status === 'owed')
  const isLater = ({ at, source }: StatusUpdate) => source !== 'import' && at > round.closes
  return {
    projects: owed.map(({ project }) => project),
    expectedCount: input.length,
    later: all.filter(
      ({ status, project }) => status !== 'answered' && project.updates.some(isLater),
    ).length,
    byMilestones: countRatedByMilestones(
      owed.map(({ project }) => project),
      dateIn(plan.programme.zone, round.countsFrom),
    ),
  }
}

function projectsWithoutUpdateSince({ projects }: Plan, since: CivilDate): MissingUpdates {
  const without = projects.filter((project) => (lastUpdateOn(project) ?? '') < since)
  return {
    projects: without,
    expectedCount: projects.length,
    byMilestones: countRatedByMilestones(without, since),
  }
}

/** Of how many somebody rated a milestone from a day on: a plan may rate these instead of its projects. */
function countRatedByMilestones(projects: readonly Project[], from: CivilDate): number {
  return projects.filter(({ milestones }) =>
    milestones.some(({ ratings }) =>
      ratings.some(({ source, onDay }) => source !== 'import' && onDay >= from),
    ),
  ).length
}

const lastUpdateOn = ({ updates: [last] }: Project): CivilDate | undefined => last?.onDay

function compareByAge(one: QuietProject, other: QuietProject): number {
  if (one.onDay === other.onDay) return 0
  return one.onDay < other.onDay ? -1 : 1
}
