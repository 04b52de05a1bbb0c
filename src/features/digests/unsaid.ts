import { addDays, type CivilDate } from '../../base/dates.ts'
import type { Project } from '../plan/plan.ts'
import type { DigestAsked, DigestContent, QuietProject } from './content.ts'
import { named } from './project-news.ts'

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
export function notUpdatedOf({ plan, since }: DigestAsked): DigestContent['notUpdated'] {
  const { projects, people, programme } = plan
  const without = projects.filter((project) => (lastSaidOn(project) ?? '') < since)
  const leads = new Set(without.flatMap((project) => project.leads))
  const names = [...leads].flatMap((id) => people.get(id)?.name ?? []).sort()
  return {
    count: without.length,
    of: projects.length,
    since,
    names: programme.digestNames ? names : null,
  }
}

const lastSaidOn = ({ updates: [last] }: Project): CivilDate | undefined => last?.onDay

function byAge(one: QuietProject, other: QuietProject): number {
  if (one.onDay === other.onDay) return 0
  return one.onDay < other.onDay ? -1 : 1
}
