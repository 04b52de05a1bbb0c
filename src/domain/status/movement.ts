import { z } from 'zod'
import type { RollUpPolicy } from '../scheme/roll-up-settings.ts'
import { isOnScale, type State } from '../scheme/schemes.ts'
import type { Rating } from './rating.ts'

/**
 * How the state of a project, a workstream or a programme moved between two days. Whoever tells that, a digest or a
 * status, asks `movementOf`. Better and worse are said only of what was rated on both days and by the same rule; every
 * other change is called by its cause.
 */
export const movements = [
  'worse',
  'better',
  'same',
  'first rated',
  /** Rated before, not rated on the earlier day. */
  'rated again',
  'no longer rated',
  /** Not rated on either day, and for another reason: not applicable, not yet available. */
  'still not rated',
  'new',
  /** It was set aside on the earlier day. */
  'back in the plan',
  /** A colour was set by hand, for itself or for a part of it, since the earlier day. */
  'set by hand',
  'no longer set by hand',
  /** It rolls up from other projects: some came, went, or are rated on one of the days alone. */
  'other projects',
  /** It rolls up by another policy; or somebody rates the project whose milestones were rated, or the reverse. */
  'another rule',
  /** The earlier day had another scheme. */
  'another scale',
] as const
export type Movement = (typeof movements)[number]

/** By what a state comes about. Two states that came about by different rules are not compared. */
export const ratingRule = z.object({
  by: z.enum(['update', 'milestones', 'roll-up']),
  /** By which many states became one: 'worst', 'proportion 0.25'; '' where none were. */
  policy: z.string(),
  /** Ids of the overrides in it: its own, or those of its parts. */
  overrides: z.array(z.string()),
})
export type RatingRule = z.infer<typeof ratingRule>

/** A state on one of the two days. */
export interface RatedState {
  readonly state: State
  /** Null: nobody rates it, or it was not kept. */
  readonly rule: RatingRule | null
}

/** What a policy is called in a rule. The minimum of ratings makes a colour or none, never another one. */
export const policyKey = ({ policy, redShare }: RollUpPolicy): string =>
  policy === 'proportion' ? `${policy} ${redShare}` : policy

/** By what a project came to its state; null where it is not rated. */
export function projectRule({ state, update }: Rating, policy: RollUpPolicy): RatingRule | null {
  if (update) return { by: 'update', policy: '', overrides: [] }
  return isOnScale(state) ? { by: 'milestones', policy: policyKey(policy), overrides: [] } : null
}

/**
 * Getting a first rating is neither better nor worse: not rated is not a place on the scale, and neither is what does
 * not apply.
 *
 * @param before undefined where the earlier day did not have it
 * @param wasRated whether it was rated at some time before it was not; asked of what is rated now alone
 */
export function movementOf(
  before: RatedState | undefined,
  now: RatedState,
  wasRated: () => boolean = () => false,
): Movement {
  if (!before) return 'new'
  if (before.state.key === now.state.key) return 'same'
  if (!isOnScale(before.state)) {
    if (!isOnScale(now.state)) return 'still not rated'
    return wasRated() ? 'rated again' : 'first rated'
  }
  if (!isOnScale(now.state)) return 'no longer rated'
  const otherRule = before.rule && now.rule ? differenceOf(before.rule, now.rule) : undefined
  return otherRule ?? (now.state.severity > before.state.severity ? 'worse' : 'better')
}

function differenceOf(before: RatingRule, now: RatingRule): Movement | undefined {
  if (now.overrides.some((id) => !before.overrides.includes(id))) return 'set by hand'
  if (before.overrides.some((id) => !now.overrides.includes(id))) return 'no longer set by hand'
  return before.by === now.by && before.policy === now.policy ? undefined : 'another rule'
}
