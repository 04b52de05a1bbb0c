import type { CivilDate } from '../../base/dates.ts'
import type { Plan, Project, Workstream } from '../plan/plan.ts'
import { policyOn, rollUp, type Tally, tallyOf } from '../scheme/roll-up.ts'
import type { RollUpPolicy } from '../scheme/roll-up-settings.ts'
import { type State, schemeOf, stateByKey } from '../scheme/schemes.ts'
import { policyKey, type RatingRule } from '../status/movement.ts'
import { ratingContextOf, ratingOf } from '../status/rating.ts'
import { type Override, type OverrideRow, overrideAsAt } from './overrides.ts'

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

/**
 * Rolls projects up to workstreams and workstreams up to the programme, as at the day of the plan. A workstream's
 * override counts for the programme too; a workstream without a colour is counted off the scale, and one without a live
 * project not at all: nobody could rate it.
 */
export function rollUpPlan(plan: Plan, overrides: readonly OverrideRow[]): RollUp {
  const scheme = schemeOf(plan.programme.settings)
  const policy = policyOn(plan.programme.settings, plan.asAt)
  const context = ratingContextOf(plan)
  const standing = (workstreamId: string | null, keys: readonly string[]): RollUpResult => {
    const parts = tallyOf(keys, scheme)
    const rolledUp = rollUp(parts, policy)
    const { current, awaiting } = overrideFor(overrides, workstreamId, plan.asAt)
    const state = current ? stateByKey(scheme, current.state) : rolledUp
    return { state, rolledUp, policy, parts, override: current, awaiting }
  }
  const keyOf = (project: Project) => ratingOf(project, context).state.key
  const workstreams = plan.workstreams.map((workstream) => {
    const own = plan.projects.filter(({ workstreamId }) => workstreamId === workstream.id)
    return { workstream, standing: standing(workstream.id, own.map(keyOf)) }
  })
  const colours = workstreams
    .filter(({ standing: { parts, override } }) => parts.total > 0 || override)
    .map((each) => each.standing.state?.key ?? scheme.blank.key)
  return {
    programme: standing(null, colours),
    projects: tallyOf(plan.projects.map(keyOf), scheme),
    workstreams,
  }
}

/**
 * By what the colour of a workstream or a programme came about. A programme's rests on the overrides of its workstreams,
 * unless it has one of its own.
 */
export function rollUpRule(
  { override, policy }: RollUpResult,
  parts: readonly RollUpResult[] = [],
): RatingRule {
  if (override) return { by: 'roll-up', policy: '', overrides: [override.id] }
  const overrides = parts.flatMap((part) => part.override?.id ?? [])
  return { by: 'roll-up', policy: policyKey(policy), overrides }
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
