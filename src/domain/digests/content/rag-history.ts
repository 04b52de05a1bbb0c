import { z } from 'zod'
import { type Scheme, stateByKey } from '../../scheme/schemes.ts'
import { movementOf, movements } from '../../status/movement.ts'

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
})
export type RagHistory = z.infer<typeof ragHistory>

/** With the state of now, the last four: "R, was A A G". */
const maxEarlierStates = 3

/** Its history in the last digest; undefined where that did not have it. */
export type PreviousHistory = RagHistory | undefined

/** `isComparable`: the last digest had the same scheme. Otherwise nobody can say which state is worse. */
export function nextRagHistory(
  before: PreviousHistory,
  state: string,
  { scheme, isComparable }: { readonly scheme: Scheme; readonly isComparable: boolean },
): RagHistory {
  if (before && !isComparable) return { state, movement: 'another scale', earlier: [], rounds: 1 }
  const then = before && stateByKey(scheme, before.state)
  return {
    state,
    movement: movementOf(then, stateByKey(scheme, state)),
    earlier: before ? [before.state, ...before.earlier].slice(0, maxEarlierStates) : [],
    rounds: before?.state === state ? before.rounds + 1 : 1,
  }
}
