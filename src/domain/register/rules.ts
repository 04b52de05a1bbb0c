import { type CivilDate, fullDate } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import { shortMilestoneText } from '../plan/format.ts'
import { deliveryState, type Plan, type Project } from '../plan/plan.ts'
import { type Scheme, type State, stateByKey } from '../scheme/schemes.ts'
import { ratingContextOf, ratingOf } from '../status/rating.ts'
import { closingAsAt, entryAsAt } from './as-at.ts'
import type { ActionEntry, Decision, Dependency, Entry, Headline, Issue, Risk } from './entry.ts'

/** Open entries, each kind in its reading order. */
export interface Register {
  /** Worst first, of two alike the higher score; those without a rating last. */
  readonly risks: readonly Risk[]
  /** Worst first, those without a rating last. */
  readonly issues: readonly Issue[]
  /** By the day they are to be done, so that what is overdue comes first; without a day last. */
  readonly actions: readonly ActionEntry[]
  /** By the day they are needed, so that what is overdue comes first; without a day last. */
  readonly decisions: readonly Decision[]
  /** In the order of their numbers. */
  readonly dependencies: readonly Dependency[]
  /** Newest first. */
  readonly headlines: readonly Headline[]
}

/** The register at the end of `asAt`: an entry that was closed or reviewed later was still open, and as it was. */
export function registerAsAt(entries: readonly Entry[], asAt: CivilDate, scheme: Scheme): Register {
  const open = entries
    .filter((entry) => isOpen(entry, asAt))
    .map((entry) => entryAsAt(entry, asAt))
    .toSorted((one, other) => one.number - other.number)
  return {
    risks: open
      .filter((entry) => entry.kind === 'risk')
      .toSorted((one, other) => bySeverity(one, other, scheme) || scoreOf(other) - scoreOf(one)),
    issues: open
      .filter((entry) => entry.kind === 'issue')
      .toSorted((one, other) => bySeverity(one, other, scheme)),
    actions: open.filter((entry) => entry.kind === 'action').toSorted(byNeededBy),
    decisions: open.filter((entry) => entry.kind === 'decision').toSorted(byNeededBy),
    dependencies: open.filter((entry) => entry.kind === 'dependency'),
    headlines: open.filter((entry) => entry.kind === 'headline').toReversed(),
  }
}

/** Opened on that day or before, and not closed at its end. */
export function isOpen(
  entry: Pick<Entry, 'onDay' | 'closing' | 'reopenings'>,
  asAt: CivilDate,
): boolean {
  return entry.onDay <= asAt && closingAsAt(entry, asAt) === null
}

type Rated = Pick<Risk, 'state'>

function bySeverity(one: Rated, other: Rated, scheme: Scheme): number {
  return stateByKey(scheme, other.state).severity - stateByKey(scheme, one.state).severity
}

const scoreOf = ({ score }: Pick<Risk, 'score'>) => (score ? score.likelihood * score.impact : 0)

type Needed = Pick<Decision, 'neededBy'>

function byNeededBy(one: Needed, other: Needed): number {
  if (one.neededBy === other.neededBy) return 0
  if (one.neededBy === null) return 1
  if (other.neededBy === null) return -1
  return one.neededBy < other.neededBy ? -1 : 1
}

export function isOverdue({ neededBy }: Pick<Decision, 'neededBy'>, asAt: CivilDate): boolean {
  return neededBy !== null && neededBy < asAt
}

/** Why a waiting project is held up. */
export interface HeldUpDependency {
  readonly dependency: Dependency
  readonly waitsFor: Project
  /** The state of the project it waits for. */
  readonly state: State
  /** How many of that project's milestones are overdue. */
  readonly missed: number
  /** Those of its milestones that moved later: "3. Website to Fri 30 Jun 2017, was due Fri 31 Mar 2017". */
  readonly slipped: readonly string[]
}

/**
 * The dependencies on a project that is itself in trouble: in the worst state of the scheme, with an overdue milestone,
 * or with one that was moved later since `slippedFrom`, that day included. The state of a body outside the plan is not
 * known, so dependencies on one are never included.
 */
export function heldUpDependencies(
  dependencies: readonly Dependency[],
  plan: Plan,
  scheme: Scheme,
  { slippedFrom }: { readonly slippedFrom?: CivilDate } = {},
): HeldUpDependency[] {
  const context = ratingContextOf(plan)
  return dependencies.flatMap((dependency) => {
    const waitsFor = awaitedProject(dependency, plan)
    if (!waitsFor) return []
    const { state } = ratingOf(waitsFor, context)
    const missed = waitsFor.milestones.filter(
      (milestone) => deliveryState(milestone, plan.asAt) === 'missed',
    ).length
    const isWorst = state.key === scheme.states[0]?.key
    const slipped = slippedFrom === undefined ? [] : slippedSince(waitsFor, slippedFrom, plan.asAt)
    const isHeldUp = isWorst || missed > 0 || slipped.length > 0
    return isHeldUp ? [{ dependency, waitsFor, state, missed, slipped }] : []
  })
}

/** The open milestones of a project that are due later than they were before `from`, in words. */
export function slippedSince(project: Project, from: CivilDate, asAt: CivilDate): string[] {
  return project.milestones.flatMap((milestone) => {
    if (deliveryState(milestone, asAt) === 'completed') return []
    const first = milestone.moves.find((move) => move.onDay >= from && move.onDay <= asAt)
    const { due } = milestone
    if (!first?.from || (due !== null && due <= first.from)) return []
    const to = due === null ? 'no date' : fullDate(due)
    const what = `${milestone.number}. ${shortMilestoneText(milestone)}`
    return [`${what} to ${to}, was due ${fullDate(first.from)}`]
  })
}

/** The project of the plan that a dependency waits for; undefined for a body, and for one that is not live. */
export function awaitedProject<Awaited extends Pick<Project, 'id' | 'ref'>>(
  { dependsOn, dependsOnId }: Pick<Dependency, 'dependsOn' | 'dependsOnId'>,
  { projects }: { readonly projects: readonly Awaited[] },
): Awaited | undefined {
  // Entries of before the project itself was kept have its number alone.
  return projects.find(({ id, ref }) =>
    dependsOnId === null ? fold(ref) === fold(dependsOn) : id === dependsOnId,
  )
}
