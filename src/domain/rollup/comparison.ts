import { rollUp, tallyOf } from '../scheme/roll-up.ts'
import type { RollUpPolicy } from '../scheme/roll-up-settings.ts'
import { isOnScale, type Scheme, type State, stateByKey } from '../scheme/schemes.ts'
import { type Movement, movementOf, type RatedState } from '../status/movement.ts'
import type { RollUp } from './rules.ts'

/** A project as a part of a workstream on one day; `state` is a key. */
export interface RatedPart {
  readonly id: string
  readonly workstreamId: string | null
  readonly state: string
}

/** What the same projects come to on two days; null where none of them is rated. */
export interface ColourPair {
  readonly before: State | null
  readonly now: State | null
}

interface ComparisonContext {
  readonly scheme: Scheme
  readonly policy: RollUpPolicy
  /** The states that were set by hand for workstreams, by their ids. */
  readonly setByHand: ReadonlyMap<string, State>
}

/**
 * The colours that the projects come to that were rated on both days, in the same workstream: what changed in them
 * happened to projects, and did not come about because one was closed, added or called not applicable.
 *
 * @returns the pair of a workstream by its id, and of the programme by null
 */
export function comparableColours(
  then: readonly RatedPart[],
  now: readonly RatedPart[],
  { scheme, policy, setByHand }: ComparisonContext,
): ReadonlyMap<string | null, ColourPair> {
  const known = new Map(then.map((part) => [part.id, part]))
  const isRated = ({ state }: RatedPart) => isOnScale(stateByKey(scheme, state))
  const both = now.filter(isRated).flatMap((part) => {
    const earlier = known.get(part.id)
    const isSame = earlier?.workstreamId === part.workstreamId && isRated(earlier)
    return isSame
      ? [{ workstreamId: part.workstreamId, before: earlier.state, now: part.state }]
      : []
  })
  const colour = (keys: readonly string[]) => rollUp(tallyOf(keys, scheme), policy)
  const ids = new Set([...setByHand.keys(), ...both.map(({ workstreamId }) => workstreamId)])
  const workstreams = [...ids].map((id) => {
    const byHand = setByHand.get(id ?? '')
    const parts = both.filter(({ workstreamId }) => workstreamId === id)
    const pair = {
      before: byHand ?? colour(parts.map((part) => part.before)),
      now: byHand ?? colour(parts.map((part) => part.now)),
    }
    return [id, pair] as const
  })
  const programme = {
    before: colour(workstreams.flatMap(([, pair]) => pair.before?.key ?? [])),
    now: colour(workstreams.flatMap(([, pair]) => pair.now?.key ?? [])),
  }
  return new Map([...workstreams, [null, programme]])
}

/** How a colour moved: better or worse only where the projects that are rated on both days say so. */
export function movementOfColour(
  before: RatedState | undefined,
  now: RatedState,
  compared: ColourPair = { before: null, now: null },
  wasRated?: () => boolean,
): Movement {
  const movement = movementOf(before, now, wasRated)
  if (movement !== 'worse' && movement !== 'better') return movement
  const difference =
    compared.before && compared.now ? compared.now.severity - compared.before.severity : 0
  const isTheirs = movement === 'worse' ? difference > 0 : difference < 0
  return isTheirs ? movement : 'other projects'
}

/** The states that were set by hand for workstreams, by their ids. */
export function statesSetByHand({ workstreams }: RollUp): ReadonlyMap<string, State> {
  return new Map(
    workstreams.flatMap(({ workstream, standing: { override, state } }) =>
      override && state ? [[workstream.id, state] as const] : [],
    ),
  )
}
