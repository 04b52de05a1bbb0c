import type { CivilDate } from '../../base/dates.ts'
import type { Plan, Project, Workstream } from '../plan/plan.ts'
import { stateOf } from '../plan/plan.ts'
import {
  isOnScale,
  needsReason,
  type Scheme,
  type State,
  schemeOf,
  stateByKey,
} from '../scheme/schemes.ts'
import { type Override, type OverrideRow, overrideAsAt } from './overrides.ts'
import { type RollUpPolicy, rollUpChangesSetting, rollUpSetting } from './settings.ts'

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

/** Rolls many states up into one; null where nothing is rated: no colour, and never Green. */
export function rollUp(tally: Tally, { policy, redShare }: RollUpPolicy): State | null {
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

/** The colour of a workstream or programme: rolled up from its parts, or set by two people instead. */
export interface RollUpResult {
  /** What counts: the override's state where there is one; null: no colour. */
  readonly state: State | null
  readonly rolledUp: State | null
  readonly policy: RollUpPolicy
  /** What was rolled up: the projects of a workstream, the workstreams of a programme. */
  readonly parts: Tally
  readonly override: Override | null
  /** Set by one person and waiting for a second: it does not count yet. */
  readonly awaiting: Override | null
}

export interface RollUp {
  readonly programme: RollUpResult
  /** All projects of the programme. */
  readonly projects: Tally
  readonly workstreams: readonly {
    readonly workstream: Workstream
    readonly standing: RollUpResult
  }[]
}

/** The policy that held on the day of the plan. */
function policyOn({ programme, asAt }: Plan): RollUpPolicy {
  const { settings } = programme
  const change = rollUpChangesSetting.of(settings).findLast(({ onDay }) => onDay <= asAt)
  const { policy, redShare } = change ?? rollUpSetting.of(settings)
  return { policy, redShare }
}

/**
 * Rolls projects up to workstreams and workstreams up to the programme, as at the day of the plan. A workstream's
 * override counts for the programme too; a workstream without a colour is counted off the scale.
 */
export function rollUpPlan(plan: Plan, overrides: readonly OverrideRow[]): RollUp {
  const scheme = schemeOf(plan.programme.settings)
  const policy = policyOn(plan)
  const standing = (workstreamId: string | null, keys: readonly string[]): RollUpResult => {
    const parts = tallyOf(keys, scheme)
    const rolledUp = rollUp(parts, policy)
    const { current, awaiting } = overrideFor(overrides, workstreamId, plan.asAt)
    const state = current ? stateByKey(scheme, current.state) : rolledUp
    return { state, rolledUp, policy, parts, override: current, awaiting }
  }
  const keyOf = (project: Project) => projectColourKey(plan, project)
  const workstreams = plan.workstreams.map((workstream) => {
    const own = plan.projects.filter(({ workstreamId }) => workstreamId === workstream.id)
    return { workstream, standing: standing(workstream.id, own.map(keyOf)) }
  })
  const colours = workstreams.map((each) => each.standing.state?.key ?? scheme.blank.key)
  return {
    programme: standing(null, colours),
    projects: tallyOf(plan.projects.map(keyOf), scheme),
    workstreams,
  }
}

/**
 * The key of a project's own state; where it has none, of what its rated milestones come to (W20 rates milestones
 * alone).
 */
export function projectColourKey(plan: Plan, project: Project): string {
  const own = stateOf(project)
  const scheme = schemeOf(plan.programme.settings)
  if (own !== scheme.blank.key) return own
  const ratings = project.milestones.flatMap(({ rating }) => rating ?? [])
  return rollUp(tallyOf(ratings, scheme), policyOn(plan))?.key ?? own
}

function overrideFor(
  overrides: readonly OverrideRow[],
  workstreamId: string | null,
  asAt: CivilDate,
) {
  return overrideAsAt(
    overrides.filter((row) => row.workstreamId === workstreamId),
    asAt,
  )
}

/** The share of each state among the rated, in whole per cent, each rounded on its own: they may add up to 99 or 101. */
export function percentagesOf({ counts, rated }: Tally): number[] {
  return counts.map(({ count }) => (rated === 0 ? 0 : Math.round((100 * count) / rated)))
}
