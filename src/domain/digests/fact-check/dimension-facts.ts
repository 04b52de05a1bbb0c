import { brag, confidence, rag, type State } from '../../scheme/schemes.ts'
import { type DimensionKey, dimensionsSetting } from '../../status/dimensions.ts'
import type { ClaimOf } from './claims.ts'
import type { ProjectFact } from './project-facts.ts'
import type { FactSources } from './sources.ts'
import { isRated, knownState } from './standing.ts'

/** How a project stands in one dimension, and how it stood in the digest before. */
export interface DimensionFact {
  readonly project: string
  readonly dimension: DimensionKey
  readonly state: string
  /** In the digest before; undefined where it was not rated there, or on another scale. */
  readonly before: string | undefined
  readonly isWorse: boolean
  /** Worse than the project as a whole. */
  readonly isBehind: boolean
}

export function dimensionFacts(
  { plan, dimensions, previous }: FactSources,
  projects: readonly ProjectFact[],
): DimensionFact[] {
  const { confidencePoints } = dimensionsSetting.of(plan.programme.settings)
  return projects.flatMap(({ project: { id }, standing }) =>
    (dimensions.get(id) ?? []).map(({ dimension, state }): DimensionFact => {
      const isOnFive = dimension === 'confidence' && confidencePoints === 5
      const scale = isOnFive ? confidence : rag
      const before = previous?.snapshot.dimensions
        .find((one) => one.id === id)
        ?.ratings.find((one) => one.dimension === dimension && one.scheme === scale.key)?.state
      const now = knownState(scale, state)
      const then = before === undefined ? undefined : knownState(scale, before)
      return {
        ...{ project: id, dimension, state, before },
        isWorse: Boolean(then && isRated(then) && now.severity > then.severity),
        isBehind: isBehind(now, standing.state),
      }
    }),
  )
}

/** Red is worse than Amber, and that than all that is on course; on one scale, what stands further down it. */
function isBehind(part: State, whole: State): boolean {
  if (!isRated(part) || !isRated(whole)) return false
  const scale = [rag, brag, confidence].find(({ states }) => states.includes(part))
  if (scale?.states.includes(whole)) return part.severity > whole.severity
  const rank = ({ colour }: State) => ['amber', 'red'].indexOf(colour)
  return rank(part) > rank(whole)
}

/** Why what is said of a dimension is not so, in a sentence; null where it is so. */
export function dimensionFault(
  claim: ClaimOf<'dimension'>,
  dimensions: readonly DimensionFact[],
): string | null {
  const fact = dimensions.find(
    ({ project, dimension }) => project === claim.project && dimension === claim.dimension,
  )
  if (!fact) return 'It is not rated in that dimension.'
  if (fact.state !== claim.state) return `It is ${fact.state} in that dimension.`
  if (claim.was === null) return fact.isWorse ? `It got worse: it was ${fact.before}.` : null
  if (claim.was !== fact.before) return `In the last digest it was ${fact.before ?? 'not rated'}.`
  return fact.isWorse ? null : 'It did not get worse.'
}
