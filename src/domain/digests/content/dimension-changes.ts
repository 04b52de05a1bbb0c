import { schemeOf } from '../../scheme/schemes.ts'
import { dimensionScheme, dimensionState, worseThanOverall } from '../../status/dimensions.ts'
import type { DigestContent } from './content.ts'
import type { DigestInput } from './digest-input.ts'
import type { ToldDimension } from './dimension-entries.ts'
import { projectReference } from './project-changes.ts'
import type { ProjectState } from './project-states.ts'

/** The projects of which a dimension got worse or stands worse than the whole, in the order of the plan. */
export function composeDimensionChanges(
  input: DigestInput,
  projectStates: readonly ProjectState[],
): DigestContent['dimensions'] {
  const { settings } = input.plan.programme
  const scheme = schemeOf(settings)
  const then = new Map(input.previous?.snapshot.dimensions.map((one) => [one.id, one.ratings]))
  const now = new Map(dimensionSnapshots(input).map((one) => [one.id, one.ratings]))
  return projectStates.flatMap(({ project, rating: { state: overall } }) => {
    const ratings = now.get(project.id) ?? []
    const states = Object.fromEntries(ratings.map(({ dimension, state }) => [dimension, state]))
    const behind = worseThanOverall(overall, scheme, states, settings)
    const before = then.get(project.id) ?? []
    const told = ratings.flatMap((one): ToldDimension[] => {
      const { dimension } = one
      const was = before.find((other) => other.dimension === dimension)
      const severity = (state: string) => dimensionState(dimension, state, settings).severity
      // What is no place on the scale is neither better nor worse.
      const isWorse =
        was?.scheme === one.scheme &&
        severity(was.state) >= 0 &&
        severity(one.state) > severity(was.state)
      if (!isWorse && !behind.includes(dimension)) return []
      return [{ ...one, was: isWorse ? was.state : null }]
    })
    return told.length === 0 ? [] : [{ ...projectReference(project), ratings: told }]
  })
}

/** What the next digest compares with. */
export function dimensionSnapshots({
  plan,
  dimensions,
}: Pick<DigestInput, 'plan' | 'dimensions'>): DigestContent['snapshot']['dimensions'] {
  const { settings } = plan.programme
  return plan.projects.flatMap(({ id }) => {
    const ratings = (dimensions?.get(id) ?? []).map(({ dimension, state }) => ({
      ...{ dimension, state },
      scheme: dimensionScheme(dimension, settings).key,
    }))
    return ratings.length === 0 ? [] : [{ id, ratings }]
  })
}
