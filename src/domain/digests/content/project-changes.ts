import { fullDate } from '../../../base/dates.ts'
import { awaitedUpdate, countingUpdate, type Project } from '../../plan/plan.ts'
import { needsReason, type Scheme, schemeOf, shown, stateByKey } from '../../scheme/schemes.ts'
import type { DigestAsked, DigestContent, MovedProject, Said } from './content.ts'
import type { Stand } from './project-states.ts'

type News = Pick<DigestContent, 'worse' | 'better' | 'attention' | 'beside'>

/** What there is to say of projects, each once: worse, better, or still in a state that needs a reason. */
export function projectNews({ plan, beside }: DigestAsked, stands: readonly Stand[]): News {
  const scheme = schemeOf(plan.programme.settings)
  return {
    worse: moved(stands, 'worse', scheme),
    better: moved(stands, 'better', scheme),
    attention: attentionOf(stands, scheme),
    beside: plan.projects.flatMap((project) => {
      const lines = beside?.get(project.id) ?? []
      return lines.length > 0 ? [{ ...named(project), lines: [...lines] }] : []
    }),
  }
}

/** For the next digest, and for the lines of this one. */
export function projectSnapshot(stands: readonly Stand[]): DigestContent['snapshot']['projects'] {
  return stands.map(({ project: { id, workstreamId }, standing }) => ({
    id,
    workstreamId,
    ...standing,
  }))
}

export const named = ({ id, ref, title }: Project) => ({ id, ref, title })

/** The worst first, or the best. */
function moved(
  stands: readonly Stand[],
  wanted: 'worse' | 'better',
  scheme: Scheme,
): MovedProject[] {
  const sign = wanted === 'worse' ? 1 : -1
  return stands
    .filter(({ standing }) => standing.movement === wanted)
    .toSorted((one, other) => (other.state.severity - one.state.severity) * sign)
    .flatMap(({ project, standing: { state, earlier } }) => {
      const [from] = earlier
      return from === undefined ? [] : [{ ...saidOf(project, scheme), from, to: state }]
    })
}

function attentionOf(stands: readonly Stand[], scheme: Scheme): DigestContent['attention'] {
  const still = stands.filter(({ standing }) => !['worse', 'better'].includes(standing.movement))
  return scheme.states.filter(needsReason).map(({ key }) => ({
    state: key,
    entries: still
      .filter(({ state }) => state.key === key)
      .map(({ project }) => ({
        ...saidOf(project, scheme),
        onDay: countingUpdate(project)?.onDay ?? null,
      })),
  }))
}

function saidOf(project: Project, scheme: Scheme): Said {
  const { reason = null, greenBy = null, path = null } = countingUpdate(project) ?? {}
  return { ...named(project), reason, greenBy, path, awaited: awaitedInWords(project, scheme) }
}

function awaitedInWords(project: Project, scheme: Scheme): string | null {
  const update = awaitedUpdate(project)
  if (!update) return null
  return `${shown(stateByKey(scheme, update.state))} said on ${fullDate(update.onDay)} awaits confirmation`
}
