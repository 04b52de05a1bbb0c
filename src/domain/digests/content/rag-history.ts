import { z } from 'zod'
import { type Scheme, stateByKey } from '../../scheme/schemes.ts'
import { movementOf, movements } from '../../status/movement.ts'

/**
 * How a project, a workstream or the programme stands, and how it stood in the digests before. It is handed on from
 * digest to digest, so that each can tell the course without reading all the earlier ones. States by their keys.
 */
export const ragHistory = z.object({
  state: z.string(),
  // Digests that were frozen before they kept the following four have none of it.
  movement: z.enum(movements).default('same'),
  /** In the digests before, newest first; at most three. */
  earlier: z.array(z.string()).default([]),
  /** In how many digests in a row it was in this state, this one included. */
  rounds: z.number().default(1),
})
export type RagHistory = z.infer<typeof ragHistory>

/** With the state of now, the last four: "R, was A A G". */
const maxEarlierStates = 3

/** What the last digest said of it; undefined where that did not know it. */
export type PreviousHistory = RagHistory | undefined

/** `isComparable`: the last digest spoke in the same scheme. Else nobody can say which state is worse. */
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
