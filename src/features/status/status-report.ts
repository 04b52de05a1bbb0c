import { type CivilDate, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { loadMeasures } from '../../domain/measures/store.ts'
import type { Person } from '../../domain/people/person.ts'
import { deliveryState, type Milestone, type Plan } from '../../domain/plan/plan.ts'
import { formatSetAside, loadSetAside } from '../../domain/plan/set-aside.ts'
import { changesBetween, type StatusChanges } from '../../domain/rollup/changes.ts'
import { type Contradiction, findContradictions } from '../../domain/rollup/consistency.ts'
import { type Exceptions, findExceptions } from '../../domain/rollup/exceptions.ts'
import {
  formatPolicy,
  formatRollUpResult,
  formatTally,
  personName,
} from '../../domain/rollup/format.ts'
import type { Override } from '../../domain/rollup/overrides.ts'
import { type PublishedFigures, reconcilePublished } from '../../domain/rollup/reconcile.ts'
import type { RollUpResult } from '../../domain/rollup/rules.ts'
import { loadRollUp, type RollUpSnapshot } from '../../domain/rollup/store.ts'
import { percentagesOf, type Tally } from '../../domain/scheme/roll-up.ts'
import { goalOf, type Scheme, schemeOf, stateByKey } from '../../domain/scheme/schemes.ts'
import type { ReadTx } from '../../infra/db.ts'

export interface StatusQuery {
  readonly programmeId: string
  readonly asAt: CivilDate
  /** Also what changed since the end of that day. */
  readonly since?: CivilDate | undefined
  /** Figures that a paper printed, to compare with the plan. */
  readonly published?: readonly PublishedFigures[] | undefined
}

/** The status of a programme as at a day: plain data, for the command line and for chat. */
export interface StatusReport {
  readonly programme: { readonly key: string; readonly title: string }
  readonly asAt: CivilDate
  readonly scheme: string
  /** What the worst state of the scheme is called. */
  readonly worst: string
  /** What the state is called where things should be: Green. */
  readonly goal: string
  readonly policy: {
    readonly policy: string
    /** 'proportion' only: Red from this share on. */
    readonly redShare: number
    readonly inWords: string
  }
  readonly rollUp: {
    readonly programme: RollUpColour
    readonly workstreams: readonly WorkstreamColour[]
  }
  readonly counts: StatusCounts
  readonly exceptions: Exceptions
  readonly contradictions: readonly Contradiction[]
  readonly changes: StatusChanges | null
}

export interface RollUpColour {
  /** Key of a state; null: nothing is rated, so there is no colour. */
  readonly state: string | null
  readonly label: string | null
  readonly inWords: string
  readonly rolledUp: string | null
  readonly policy: string
  /** What was rolled up, by state: the projects of a workstream, the workstreams of the programme. */
  readonly counts: Readonly<Record<string, number>>
  readonly countsInWords: string
  readonly rated: number
  readonly of: number
  readonly override: OverrideSummary | null
  readonly awaiting: OverrideSummary | null
}

export interface WorkstreamColour extends RollUpColour {
  readonly ref: string
  readonly title: string
  /** Of its rated projects, each rounded on its own. */
  readonly percentages: Readonly<Record<string, number>>
}

export interface OverrideSummary {
  readonly state: string
  readonly label: string
  readonly reason: string
  readonly by: string
  readonly onDay: CivilDate
  readonly confirmedBy: string | null
  readonly confirmedOn: CivilDate | null
}

export interface StatusCounts {
  readonly workstreams: number
  readonly projects: number
  readonly rated: number
  /** Projects by state, with what is no colour beside. */
  readonly states: Readonly<Record<string, number>>
  readonly percentages: Readonly<Record<string, number>>
  readonly inWords: string
  /** The projects that are not live, which no other count has: "2 on hold, 1 in the pipeline". Left out: none is. */
  readonly setAside?: string
  readonly milestones: {
    readonly total: number
    readonly completed: number
    readonly missed: number
    readonly atRisk: number
    readonly onTrack: number
    readonly undated: number
    /** Those that the plan itself rates, by state; empty where it rates none. */
    readonly ratings: Readonly<Record<string, number>>
  }
}

/** @throws Refusal where there is no such programme, or where `since` is not before `asAt`. */
export async function loadStatusReport(tx: ReadTx, asked: StatusQuery): Promise<StatusReport> {
  const { programmeId, asAt, since, published = [] } = asked
  if (since !== undefined && since >= asAt) {
    throw new Refusal(
      `What changed since ${fullDate(since)} can be told for a later day than that, not for ${fullDate(asAt)}.`,
    )
  }
  const now = await loadRollUp(tx, programmeId, asAt)
  const then = since && (await loadRollUp(tx, programmeId, since))
  const status = buildStatusReport(now, then ? changesBetween(then, now) : null)
  const measures = published.length > 0 ? await loadMeasures(tx, programmeId, asAt) : []
  const contradictions = [...status.contradictions, ...reconcilePublished(published, now, measures)]
  const setAside = formatSetAside((await loadSetAside(tx, programmeId, asAt)).counts)
  const counts = setAside === '' ? status.counts : { ...status.counts, setAside }
  return { ...status, counts, contradictions }
}

/** Builds the report from a loaded snapshot. Pure. */
export function buildStatusReport(
  loaded: RollUpSnapshot,
  changes: StatusChanges | null,
): StatusReport {
  const { plan, rollUp } = loaded
  const { key, title, settings } = plan.programme
  const scheme = schemeOf(settings)
  const { policy } = rollUp.programme
  const told = (standing: RollUpResult, parts: string) =>
    buildColour(standing, parts, { scheme, people: plan.people })
  return {
    programme: { key, title },
    asAt: plan.asAt,
    scheme: scheme.key,
    worst: scheme.states[0]?.label ?? '',
    goal: goalOf(scheme).label,
    policy: { ...policy, inWords: formatPolicy(policy, scheme) },
    rollUp: {
      programme: told(rollUp.programme, 'workstream'),
      workstreams: rollUp.workstreams.map(({ workstream, standing }) => ({
        ref: workstream.ref,
        title: workstream.title,
        ...told(standing, 'project'),
        percentages: percentagesByState(standing.parts),
      })),
    },
    counts: countsOf(plan, rollUp.projects),
    exceptions: findExceptions(loaded),
    contradictions: findContradictions(plan, rollUp),
    changes,
  }
}

interface ColourContext {
  readonly scheme: Scheme
  readonly people: ReadonlyMap<string, Person>
}

/** `part`: what one of its parts is called. */
function buildColour(
  standing: RollUpResult,
  part: string,
  { scheme, people }: ColourContext,
): RollUpColour {
  const { state, rolledUp, policy, parts, override, awaiting } = standing
  const told = (one: Override | null) => one && overrideSummaryOf(one, scheme, people)
  return {
    state: state?.key ?? null,
    label: state?.label ?? null,
    inWords: formatRollUpResult(standing, people),
    rolledUp: rolledUp?.key ?? null,
    policy: policy.policy,
    counts: countsByState(parts),
    countsInWords: formatTally(parts, part),
    rated: parts.rated,
    of: parts.total,
    override: told(override),
    awaiting: told(awaiting),
  }
}

function overrideSummaryOf(
  { state, reason, byId, onDay, confirmedById, confirmedOn }: Override,
  scheme: Scheme,
  people: ReadonlyMap<string, Person>,
): OverrideSummary {
  return {
    state,
    label: stateByKey(scheme, state).label,
    reason,
    by: personName(byId, people),
    onDay,
    confirmedBy: confirmedOn && personName(confirmedById, people),
    confirmedOn,
  }
}

function countsByState({ counts, offScale }: Tally): Record<string, number> {
  return Object.fromEntries([...counts, ...offScale].map(({ state, count }) => [state.key, count]))
}

function percentagesByState(tally: Tally): Record<string, number> {
  const shares = percentagesOf(tally)
  return Object.fromEntries(tally.counts.map(({ state }, at) => [state.key, shares[at] ?? 0]))
}

/** How many milestones the plan gives each state. */
function countRatings(milestones: readonly Milestone[]): Record<string, number> {
  const ratings = milestones.flatMap(({ ratings: [latest] }) => latest?.state ?? [])
  return Object.fromEntries(
    [...Map.groupBy(ratings, (state) => state)].map(([state, all]) => [state, all.length]),
  )
}

function countsOf({ asAt, projects, workstreams }: Plan, tally: Tally): StatusCounts {
  const milestones = projects.flatMap((project) => project.milestones)
  const inState = (wanted: string) =>
    milestones.filter((each) => deliveryState(each, asAt) === wanted).length
  return {
    workstreams: workstreams.length,
    projects: tally.total,
    rated: tally.rated,
    states: countsByState(tally),
    percentages: percentagesByState(tally),
    inWords: formatTally(tally, 'project'),
    milestones: {
      total: milestones.length,
      completed: inState('completed'),
      missed: inState('missed'),
      atRisk: inState('at risk'),
      onTrack: inState('on track'),
      undated: milestones.filter(({ due }) => due === null).length,
      ratings: countRatings(milestones),
    },
  }
}
