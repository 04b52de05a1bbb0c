import type { OverrideRow } from '../../rollup/overrides.ts'
import type { Scheme, State } from '../../scheme/schemes.ts'
import type { Movement } from '../../status/movement.ts'
import type { RagHistory } from '../content/rag-history.ts'
import { type ProjectFact, policyName } from './project-facts.ts'
import { type FactSources, isSameScale } from './sources.ts'
import { combined, isRated, knownState, policyOfDay } from './standing.ts'

interface Shared {
  readonly was: State | undefined
  readonly now: State | undefined
}

/** The colour of a workstream or, where its id is null, of the programme. */
export interface ColourFact {
  readonly workstreamId: string | null
  readonly state: State
  /** Ids of the overrides in it: its own, or those of its parts. */
  readonly setByHand: readonly string[]
  /** It was set by hand itself. */
  readonly isOwn: boolean
  readonly before: RagHistory | undefined
  /** What the projects come to that are rated in both digests. */
  readonly shared: Shared
  readonly isTrue: (movement: Movement) => boolean
}

export function colourFacts(
  sources: FactSources,
  projects: readonly ProjectFact[],
  scheme: Scheme,
): ColourFact[] {
  const { plan, previous, overrides } = sources
  const policy = policyOfDay(plan.programme.settings, plan.asAt)
  const isComparable = isSameScale(previous, scheme)
  const colour = (
    workstreamId: string | null,
    parts: Parts,
    byHandBelow: readonly string[],
    before: RagHistory | undefined,
  ): ColourFact => {
    const override = overrideInForce(overrides, workstreamId, plan.asAt)
    const byHand = override?.state ? knownState(scheme, override.state) : undefined
    const come = (all: readonly State[]) => byHand ?? combined(all, policy, scheme)
    const state = come(parts.all) ?? scheme.blank
    const setByHand = override ? [override.id] : byHandBelow
    const rule = override ? '' : policyName(policy)
    const shared = { was: come(parts.sharedThen), now: come(parts.sharedNow) }
    const moved = { state, setByHand, rule, before, shared }
    const isTrue = (movement: Movement) =>
      colourTruth(moved, { scheme, isComparable })[movement] ?? false
    return { workstreamId, state, setByHand, isOwn: override !== undefined, before, shared, isTrue }
  }
  const known = previous?.snapshot.workstreams
  const workstreams = plan.workstreams.map(({ id }) => {
    const own = projects.filter(({ project }) => project.workstreamId === id)
    const before = known?.find((one) => one.id === id)
    return colour(id, partsOf(own, scheme), [], before)
  })
  // Nobody can rate a workstream of which no project is live: it is not one of those that lack a colour.
  const isOfAny = ({ workstreamId, isOwn }: ColourFact) =>
    isOwn || projects.some(({ project }) => project.workstreamId === workstreamId)
  const isThere = (state: State | undefined) => state !== undefined
  const programme = colour(
    null,
    {
      all: workstreams.filter(isOfAny).map(({ state }) => state),
      sharedThen: workstreams.map(({ shared }) => shared.was).filter(isThere),
      sharedNow: workstreams.map(({ shared }) => shared.now).filter(isThere),
    },
    workstreams.flatMap(({ setByHand }) => setByHand),
    previous?.snapshot.programme ?? undefined,
  )
  return [programme, ...workstreams]
}

/** What rolls up: all of it, and what was rated in both digests and in the same workstream, as it was and as it is. */
interface Parts {
  readonly all: readonly State[]
  readonly sharedThen: readonly State[]
  readonly sharedNow: readonly State[]
}

function partsOf(own: readonly ProjectFact[], scheme: Scheme): Parts {
  const shared = own.flatMap(({ project, before, standing: { state } }) => {
    const then = before && knownState(scheme, before.state)
    const isShared = before?.workstreamId === project.workstreamId && then && isRated(then)
    return isShared && isRated(state) ? [{ was: then, now: state }] : []
  })
  return {
    all: own.map(({ standing }) => standing.state),
    sharedThen: shared.map(({ was }) => was),
    sharedNow: shared.map(({ now }) => now),
  }
}

/** The last override that a second person confirmed and that nothing has ended or replaced since. */
function overrideInForce(
  rows: readonly OverrideRow[],
  workstreamId: string | null,
  asAt: string,
): OverrideRow | undefined {
  const own = rows.filter((row) => row.workstreamId === workstreamId && row.onDay <= asAt)
  const isAfter = (one: { onDay: string; at: Date }, other: { onDay: string; at: Date }) =>
    one.onDay === other.onDay ? one.at > other.at : one.onDay > other.onDay
  const inForce = own.filter(({ id, state, confirmation, ...asked }) => {
    if (state === null || !confirmation || confirmation.onDay > asAt) return false
    // Asked for again, or ended, before it was confirmed: the confirmation came too late.
    const isLost = own.some(
      (other) => other.id !== id && isAfter(other, asked) && !isAfter(other, confirmation),
    )
    const isEnded = own.some((other) => other.state === null && isAfter(other, confirmation))
    return !isLost && !isEnded
  })
  return inForce.reduce<OverrideRow | undefined>((last, row) => {
    const [one, other] = [last?.confirmation, row.confirmation]
    return !one || (other && isAfter(other, one)) ? row : last
  }, undefined)
}

interface ColourNow extends Pick<ColourFact, 'state' | 'setByHand' | 'before' | 'shared'> {
  /** The policy by which it rolled up; '' where it was set by hand. */
  readonly rule: string
}

function colourTruth(
  { state, setByHand, rule, before, shared }: ColourNow,
  { scheme, isComparable }: { readonly scheme: Scheme; readonly isComparable: boolean },
): Partial<Record<Movement, boolean>> {
  if (!before) return { new: true }
  if (!isComparable) return { 'another scale': true }
  const then = knownState(scheme, before.state)
  const isBothRated = isRated(then) && isRated(state)
  const overridesThen = before.rule?.overrides ?? []
  const isAdded = setByHand.some((id) => !overridesThen.includes(id))
  const isTakenAway = overridesThen.some((id) => !setByHand.includes(id))
  const isOtherPolicy = before.rule !== null && before.rule.policy !== rule
  const differs = then.key !== state.key
  const wasEver = before.wasRated || before.earlier.some((key) => isRated(knownState(scheme, key)))
  const [was = state, is = state] = [shared.was, shared.now]
  const isTheirs =
    Math.sign(is.severity - was.severity) === Math.sign(state.severity - then.severity)
  const isOwnMove = isBothRated && !isAdded && !isTakenAway && !isOtherPolicy
  return {
    worse: isOwnMove && isTheirs && state.severity > then.severity,
    better: isOwnMove && isTheirs && state.severity < then.severity,
    same: !differs,
    'still not rated': differs && !isRated(then) && !isRated(state),
    'first rated': !isRated(then) && isRated(state) && !wasEver,
    'rated again': !isRated(then) && isRated(state) && wasEver,
    'no longer rated': isRated(then) && !isRated(state),
    'set by hand': differs && isAdded,
    'no longer set by hand': differs && isTakenAway,
    'other projects': differs && isOwnMove && !isTheirs,
    'another rule': differs && isBothRated && isOtherPolicy,
  }
}
