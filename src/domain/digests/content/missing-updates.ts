import { addDays, type CivilDate } from '../../../base/dates.ts'
import type { Plan, Project } from '../../plan/plan.ts'
import { standingsIn } from '../../rounds/response-status.ts'
import type { UpdateRound } from '../../rounds/rules.ts'
import type { DigestAsked, DigestContent, QuietProject } from './content.ts'
import { named } from './project-changes.ts'

/** Three weekly rounds without a word. */
const quietAfterDays = 21

/**
 * The projects that have gone quiet: no reply is never Green, so what they say is told as unconfirmed, with its age.
 * One that never said anything is not rated, and is counted there.
 */
export function quietOf({ plan, previous }: DigestAsked): QuietProject[] {
  const known = new Set(previous?.quiet.map(({ id }) => id))
  return plan.projects
    .flatMap((project) => {
      const onDay = lastSaidOn(project)
      const isQuiet = onDay !== undefined && addDays(onDay, quietAfterDays) < plan.asAt
      return isQuiet ? [{ ...named(project), onDay, isNew: !known.has(project.id) }] : []
    })
    .toSorted((one, other) => Number(other.isNew) - Number(one.isNew) || byAge(one, other))
}

/** How many projects were updated, the other way round, and by whom they are led where the programme names people. */
export function notUpdatedOf(asked: DigestAsked): DigestContent['notUpdated'] {
  const { plan, since, round } = asked
  const { people, programme } = plan
  const { without, of } = round ? owedIn(plan, round) : unsaidSince(plan, since)
  const leads = new Set(without.flatMap((project) => project.leads))
  const names = [...leads].flatMap((id) => people.get(id)?.name ?? []).sort()
  return {
    count: without.length,
    of,
    since,
    round: round?.round ?? null,
    names: programme.digestNames ? names : null,
  }
}

interface Unsaid {
  readonly without: readonly Project[]
  readonly of: number
}

/** Of those that had to answer: what is complete or not applicable is not asked. */
function owedIn(plan: Plan, round: UpdateRound): Unsaid {
  const asked = standingsIn(plan, round).filter(({ is }) => is !== 'excused')
  const owed = asked.filter(({ is }) => is === 'owed')
  return { without: owed.map(({ project }) => project), of: asked.length }
}

function unsaidSince({ projects }: Plan, since: CivilDate): Unsaid {
  const without = projects.filter((project) => (lastSaidOn(project) ?? '') < since)
  return { without, of: projects.length }
}

const lastSaidOn = ({ updates: [last] }: Project): CivilDate | undefined => last?.onDay

function byAge(one: QuietProject, other: QuietProject): number {
  if (one.onDay === other.onDay) return 0
  return one.onDay < other.onDay ? -1 : 1
}
