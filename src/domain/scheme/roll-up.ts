import type { CivilDate } from '../../base/dates.ts'
import type { ProgrammeSettings } from '../programme/setting.ts'
import { type RollUpPolicy, rollUpChangesSetting, rollUpSetting } from './roll-up-settings.ts'
import {
  isOnScale,
  lacksRating,
  needsReason,
  type Scheme,
  type State,
  stateByKey,
} from './schemes.ts'

/** How many states become one (rule 6 of the domain). */

export interface StateCount {
  readonly state: State
  readonly count: number
}

/** The counts that a colour is rolled up from. */
export interface Tally {
  /** Every state of the scheme, worst first, those with none too. */
  readonly counts: readonly StateCount[]
  /** What is no colour ("not rated", "no update required"): counted here, never rolled up. Only what there is. */
  readonly offScale: readonly StateCount[]
  readonly rated: number
  readonly total: number
}

const worstFirst = (a: State, b: State): number => b.severity - a.severity

/** Counts states by their keys; a key that the scheme does not have is not rated. */
export function tallyOf(keys: readonly string[], scheme: Scheme): Tally {
  const states = keys.map((key) => stateByKey(scheme, key))
  const countOf = (state: State): StateCount => ({
    state,
    count: states.filter(({ key }) => key === state.key).length,
  })
  const others = new Map(
    states.filter((state) => !isOnScale(state)).map((state) => [state.key, state]),
  )
  return {
    counts: scheme.states.filter(isOnScale).toSorted(worstFirst).map(countOf),
    offScale: [...others.values()].map(countOf),
    rated: states.filter(isOnScale).length,
    total: states.length,
  }
}

/** Whether too few of the parts that need a rating have one, so that they have no colour together. */
export function isTooFewRated(
  { rated, offScale }: Tally,
  { minRated }: Pick<RollUpPolicy, 'minRated'>,
): boolean {
  // As a quotient: 7 of 100 are 0.07, while 0.07 * 100 comes out a little above 7.
  return rated > 0 && rated / (rated + countUnrated(offScale)) < minRated
}

/** How many have no rating that need one: what does not apply, or needs no update, needs none. */
function countUnrated(offScale: readonly StateCount[]): number {
  return offScale.reduce((sum, { state, count }) => sum + (lacksRating(state) ? count : 0), 0)
}

/**
 * Rolls many states up into one; null where nothing is rated, or less than the policy asks for: no colour, and never
 * Green.
 */
export function rollUp(tally: Tally, { policy, redShare, minRated }: RollUpPolicy): State | null {
  if (isTooFewRated(tally, { minRated })) return null
  const present = tally.counts.filter(({ count }) => count > 0)
  const [worst] = present
  if (!worst) return null
  if (policy === 'worst') return worst.state
  if (policy === 'plurality') return mostFrequent(present, worst)
  return byProportion(tally, present, redShare)
}

/** Of states that are equally frequent, the worse: they stand worst first. */
function mostFrequent(present: readonly StateCount[], worst: StateCount): State {
  return present.reduce((most, each) => (each.count > most.count ? each : most), worst).state
}

/**
 * Green only if all are; Red if the share of Reds is `redShare` or more; else Amber. In a scheme of other states: the
 * worst one is its Red, the states that need no reason are its Greens, and Amber is the worst of those between that
 * there is, or the one next to Red where a Red is among them.
 */
function byProportion(
  tally: Tally,
  present: readonly StateCount[],
  redShare: number,
): State | null {
  const [worst, ...others] = tally.counts
  const calm = present.filter(({ state }) => !needsReason(state))
  if (calm.length === present.length || !worst) return present[0]?.state ?? null
  const between = others.filter(({ state }) => needsReason(state))
  if (worst.count === 0) return between.find(({ count }) => count > 0)?.state ?? null
  if (worst.count / tally.rated >= redShare) return worst.state
  return between[0]?.state ?? worst.state
}

/** The policy that held on a day. */
export function policyOn(settings: ProgrammeSettings, day: CivilDate): RollUpPolicy {
  const change = rollUpChangesSetting.of(settings).findLast(({ onDay }) => onDay <= day)
  const { policy, redShare, minRated } = change ?? rollUpSetting.of(settings)
  return { policy, redShare, minRated }
}

/** The share of each state among the rated, in whole per cent, each rounded on its own: they may add up to 99 or 101. */
export function percentagesOf({ counts, rated }: Tally): number[] {
  return counts.map(({ count }) => (rated === 0 ? 0 : Math.round((100 * count) / rated)))
}
