import type { ClaimOf, ListName } from './claims.ts'
import { isElsewhere, isRenumbered, membersOf } from './expected.ts'
import type { DigestFacts } from './facts.ts'
import type { ProjectFact } from './project-facts.ts'
import { isRated } from './standing.ts'

/** Why a number, a list or the sentence that there is nothing is not so, in a sentence; null where it is so. */
export function countFault(
  { state, count, was }: ClaimOf<'in state'>,
  facts: DigestFacts,
): string | null {
  const { projects } = facts
  const now = projects.filter(({ standing }) => standing.state.key === state).length
  if (now !== count) return `By the plan there are ${now}.`
  if (was === null) return null
  const then = facts.statesBefore.filter((key) => key === state).length
  return then === was ? null : `In the last digest there were ${then}.`
}

export function listFault({ list, ids }: ClaimOf<'list'>, facts: DigestFacts): string | null {
  const wanted = membersOf(list, facts)
  const names = new Map([
    ...facts.projects.map(({ project: { id, ref } }) => [id, ref] as const),
    ...facts.milestones.map(({ project: { ref }, milestone: { id, number } }) => {
      return [id, `${ref}/${number}`] as const
    }),
  ])
  const named = (some: readonly string[]) => some.map((id) => names.get(id) ?? id).join(', ')
  const missing = wanted.filter((id) => !ids.includes(id))
  const wrong = ids.filter((id) => !wanted.includes(id))
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at)
  const faults = [
    missing.length > 0 && `${named(missing)} should be in it`,
    wrong.length > 0 && `${named(wrong)} should not be in it`,
    twice.length > 0 && `${named(twice)} stands in it twice`,
    !isInOrder(list, ids, facts) && 'it is not in its order',
  ].filter((one) => one !== false)
  return faults.length > 0 ? `${faults.join('; ')}.` : null
}

const unordered: readonly ListName[] = ['finished', 'moved', 'newly set aside', 'live again']

/** What is worse stands worst first, what is better best first, milestones by their days. */
function isInOrder(list: ListName, ids: readonly string[], facts: DigestFacts): boolean {
  const severity = ({ standing }: ProjectFact) => standing.state.severity
  const rank = (id: string): string | number | undefined => {
    const project = facts.projects.find((one) => one.project.id === id)
    if (list === 'worse') return project && -severity(project)
    if (list === 'better') return project && severity(project)
    if (unordered.includes(list)) return undefined
    return facts.milestones.find(({ milestone }) => milestone.id === id)?.milestone.due ?? ''
  }
  const ranks = ids.flatMap((id) => rank(id) ?? [])
  return ranks.every((one, at) => at === 0 || (ranks[at - 1] ?? one) <= one)
}

/** Every project of a state is listed or counted among those that are not. */
export function omissionFault(
  { state, count, listed }: ClaimOf<'not listed'>,
  { projects }: DigestFacts,
): string | null {
  const known = new Set(listed)
  const left = projects.filter(
    ({ project, standing }) => standing.state.key === state && !known.has(project.id),
  )
  if (left.length === count) return null
  return `${left.length} of that state are not listed: ${left.map(({ project }) => project.ref).join(', ')}.`
}

type Absence = ClaimOf<
  | 'nothing moved'
  | 'nothing due'
  | 'nobody updated'
  | 'nothing rated'
  | 'first digest'
  | 'no project yet'
>['says']

export function absenceFault(says: Absence, facts: DigestFacts): string | null {
  const { projects, milestones, isFirst, from } = facts
  const refs = (some: readonly Pick<ProjectFact, 'project'>[]) =>
    some.map(({ project }) => project.ref).join(', ')
  switch (says) {
    case 'nothing moved': {
      const moved = projects.filter(
        (one) => !one.isTrue('same') || isElsewhere(one) || isRenumbered(one),
      )
      if (moved.length > 0) return `${refs(moved)} did.`
      if (facts.gone.length > 0) return 'Projects are not in the plan any more.'
      const { newlyAside, briefly } = facts.lives
      if (newlyAside.length + briefly.length > 0) return 'Projects were set aside.'
      const changed = milestones.filter(
        (one) =>
          one.isNewlyDone ||
          one.isNewlyOverdue ||
          one.isNewlyAtRisk ||
          one.isReopened ||
          one.hasOtherDay,
      )
      if (changed.length > 0) return `Milestones of ${refs(changed)} did.`
      const inPart = membersOf('worse in a dimension', facts)
      if (inPart.length > 0) return 'Dimensions of projects got worse.'
      const isAsItWas = facts.colours.every(({ before, isTrue }) => !before || isTrue('same'))
      return isAsItWas ? null : 'A rolled-up colour did.'
    }
    case 'nothing due':
      return membersOf('due', facts).length === 0 ? null : 'Milestones are due by then.'
    case 'nobody updated': {
      const updated = projects.filter(({ project: { updates } }) =>
        updates.some(({ onDay, source }) => onDay > from && source !== 'import'),
      )
      return updated.length === 0 ? null : `${refs(updated)} had an update since the last digest.`
    }
    case 'nothing rated': {
      const rated = projects.filter(({ standing }) => isRated(standing.state))
      return rated.length === 0 ? null : `${refs(rated)} is rated.`
    }
    case 'no project yet': {
      const { length } = [...projects, ...facts.gone, ...facts.setAside]
      return length === 0 ? null : 'There are or were some.'
    }
    case 'first digest':
      return isFirst ? null : 'There was one before it.'
  }
}
