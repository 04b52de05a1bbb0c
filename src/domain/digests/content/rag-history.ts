import { z } from 'zod'
import { civilDay } from '../../../base/civil-day.ts'
import { type ColourPair, movementOfColour } from '../../rollup/comparison.ts'
import { isOnScale, type Scheme, stateByKey } from '../../scheme/schemes.ts'
import {
  type Movement,
  movementOf,
  movements,
  type RatedState,
  ratingRule,
} from '../../status/movement.ts'
import type { LastRating } from '../../status/rating.ts'

/**
 * The state of a project, a workstream or the programme, and its states in the digests before, by their keys. Each
 * digest carries it on, so that the next one need not read all the earlier ones.
 */
export const ragHistory = z.object({
  state: z.string(),
  // Digests frozen before these were kept have none of the following.
  movement: z.enum(movements).default('same'),
  /** In the digests before, newest first; at most three. */
  earlier: z.array(z.string()).default([]),
  /** In how many digests in a row it was in this state, this one included. */
  rounds: z.number().default(1),
  /** By what it came about; null where it is not rated or that was not kept. */
  rule: ratingRule.nullable().default(null),
  /** Said by an import, and by nobody since. */
  isImported: z.boolean().default(false),
  /** A digest before has told a rating of it. */
  wasRated: z.boolean().default(false),
  /** Of what is not rated, or rated again since the last digest: how it stood when it last was. */
  lastRated: z.object({ state: z.string(), until: civilDay }).nullable().default(null),
})
export type RagHistory = z.infer<typeof ragHistory>

/** With the state of now, the last four: "R, was A A G". */
const maxEarlierStates = 3

/** Its history in the last digest; undefined where that did not have it. */
export type PreviousHistory = RagHistory | undefined

/** A state of now, with what its history says of it. */
export interface StateNow extends RatedState {
  readonly isImported?: boolean
  readonly lastRated?: LastRating | null
  /** Whether it was rated at some time before it was not. */
  readonly wasRated?: () => boolean
  /** Of a colour that rolls up: what the projects come to that are rated in both digests. */
  readonly compared?: ColourPair | undefined
  /** The last digest had it among what is set aside. */
  readonly isBack?: boolean
}

/** `isComparable`: the last digest had the same scheme. Otherwise nobody can say which state is worse. */
export function nextRagHistory(
  before: PreviousHistory,
  now: StateNow,
  { scheme, isComparable }: { readonly scheme: Scheme; readonly isComparable: boolean },
): RagHistory {
  const { state, rule, isImported = false, lastRated = null } = now
  const wasRated = before ? hasToldRating(before, scheme) : false
  const said = { state: state.key, rule, isImported, wasRated }
  if (before && !isComparable) {
    return { ...said, movement: 'another scale', earlier: [], rounds: 1, lastRated: null }
  }
  const then = before && { state: stateByKey(scheme, before.state), rule: before.rule }
  const isRatedBefore = () => wasRated || lastRated !== null || (now.wasRated?.() ?? false)
  const movement = movementNow(then, now, isRatedBefore)
  const isTold = lastRated && (!isOnScale(state) || movement === 'rated again')
  return {
    ...said,
    movement,
    lastRated: isTold ? { state: lastRated.state.key, until: lastRated.until } : null,
    earlier: before ? [before.state, ...before.earlier].slice(0, maxEarlierStates) : [],
    rounds: before?.state === state.key ? before.rounds + 1 : 1,
  }
}

function movementNow(
  then: RatedState | undefined,
  now: StateNow,
  wasRated: () => boolean,
): Movement {
  if (!then && now.isBack) return 'back in the plan'
  return now.compared
    ? movementOfColour(then, now, now.compared, wasRated)
    : movementOf(then, now, wasRated)
}

/** Whether a digest before this one told a rating of it. Those of long ago kept no more than three states. */
function hasToldRating({ wasRated, state, earlier }: RagHistory, scheme: Scheme): boolean {
  return wasRated || [state, ...earlier].some((key) => isOnScale(stateByKey(scheme, key)))
}
