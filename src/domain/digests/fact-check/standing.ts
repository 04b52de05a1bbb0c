import { addDays, type CivilDate } from '../../../base/dates.ts'
import type { Milestone, Project, StatusUpdate } from '../../plan/plan.ts'
import type { ProgrammeSettings } from '../../programme/setting.ts'
import {
  type RollUpPolicy,
  rollUpChangesSetting,
  rollUpSetting,
} from '../../scheme/roll-up-settings.ts'
import type { Scheme, State } from '../../scheme/schemes.ts'

/**
 * How things stood at the end of a day, worked out a second time and as simply as can be: each day by itself, from the
 * history alone. It uses none of the code by which a digest is composed, so that a mistake there is not made again here.
 */
export interface Standing {
  readonly state: State
  /** What says so; null where nothing does. */
  readonly by: 'update' | 'milestones' | null
  readonly update: StatusUpdate | null
}

export interface StandingContext {
  readonly scheme: Scheme
  readonly settings: ProgrammeSettings
}

type RatedProject = Pick<Project, 'updates' | 'past' | 'milestones'>

export const isRated = ({ severity }: Pick<State, 'severity'>): boolean => severity >= 0

/** A state of the scheme by its key; what it does not know is not rated. */
export function knownState({ states, specials, blank }: Scheme, key: string): State {
  return [...states, ...specials].find((state) => state.key === key) ?? blank
}

export function standingOn(
  project: RatedProject,
  day: CivilDate,
  context: StandingContext,
): Standing {
  const { scheme } = context
  const update = latest(project.updates.filter((one) => one.onDay <= day && counts(one)))
  const said = update ?? saidBefore(project, day)
  const own = said ? knownState(scheme, said.state) : scheme.blank
  if (said && own.key !== scheme.blank.key) {
    return { state: own, by: 'update', update: update ?? null }
  }
  const rated = milestonesCombined(project.milestones, day, context)
  if (rated) return { state: rated, by: 'milestones', update: null }
  return { state: scheme.blank, by: null, update: update ?? null }
}

/** Of the time before the updates that were read. */
function saidBefore({ past }: RatedProject, day: CivilDate) {
  return past?.states.find(({ onDay }) => onDay <= day)
}

const counts = ({ awaitsConfirmation }: StatusUpdate) => !awaitsConfirmation

function latest(updates: readonly StatusUpdate[]): StatusUpdate | undefined {
  const isLater = (one: StatusUpdate, other: StatusUpdate) =>
    one.onDay === other.onDay ? one.at > other.at : one.onDay > other.onDay
  return updates.reduce<StatusUpdate | undefined>(
    (last, one) => (last && !isLater(one, last) ? last : one),
    undefined,
  )
}

/** A day on which a project was rated and one after it on which it was not: it has been rated before. */
export interface EarlierRating {
  readonly state: State
  /** The first day without a rating. */
  readonly until: CivilDate
}

/** The last time until `asAt` that a project's rating ended; undefined where that never happened. */
export function lastEndOfRating(
  project: RatedProject,
  asAt: CivilDate,
  context: StandingContext,
): EarlierRating | undefined {
  const first = firstDay(project)
  if (!first) return undefined
  let until = asAt
  let after = standingOn(project, until, context).state
  while (until > first) {
    const dayBefore = addDays(until, -1)
    const { state } = standingOn(project, dayBefore, context)
    if (isRated(state) && !isRated(after)) return { state, until }
    until = dayBefore
    after = state
  }
  return undefined
}

function firstDay({ updates, past, milestones }: RatedProject): CivilDate | undefined {
  const ratings = milestones.flatMap((milestone) => milestone.ratings)
  return [...updates, ...(past?.states ?? []), ...ratings].map(({ onDay }) => onDay).toSorted()[0]
}

/** What a plan that rates its milestones makes of them; undefined where none is rated by then. */
function milestonesCombined(
  milestones: readonly Milestone[],
  day: CivilDate,
  { scheme, settings }: StandingContext,
): State | undefined {
  const isRatedPlan = milestones.some(({ ratings }) => ratings.some(({ onDay }) => onDay <= day))
  if (!isRatedPlan) return undefined
  const states = milestones.flatMap((milestone) => milestoneState(milestone, day, scheme) ?? [])
  return combined(states, policyOfDay(settings, day), scheme)
}

function milestoneState(
  milestone: Milestone,
  day: CivilDate,
  { states, ...scheme }: Scheme,
): State | undefined {
  const { addedOn, doneOn, baselineDue, flag } = milestone
  if (addedOn > day) return undefined
  const complete = states.find(({ good, colour }) => good && colour === 'blue')
  if (doneOn !== null && doneOn <= day) return complete ?? states.find(({ good }) => good)
  const ratings = milestone.ratings.filter(({ onDay }) => onDay <= day)
  const rating = ratings.find((one) => ratings.every(({ onDay }) => onDay <= one.onDay))
  const rated = rating && knownState({ states, ...scheme }, rating.state)
  if (rated && rated === complete) return complete
  const moves = milestone.moves.filter(({ onDay }) => onDay <= day)
  const due = moves.length > 0 ? moves[moves.length - 1]?.to : baselineDue
  if (due && due < day && (!rating || rating.onDay <= due)) return states[0]
  const bad = states.filter((state) => !state.good && isRated(state))
  const atRisk = bad[1] ?? bad[0]
  const isFlagged = rating && flag && flag.onDay <= day && flag.onDay >= rating.onDay
  return rated && isFlagged && atRisk && atRisk.severity > rated.severity ? atRisk : rated
}

/** The policy of a day: the last change until then, else what the programme began with. */
export function policyOfDay(settings: ProgrammeSettings, day: CivilDate): RollUpPolicy {
  const until = rollUpChangesSetting.of(settings).filter(({ onDay }) => onDay <= day)
  const { policy, redShare, minRated } = until[until.length - 1] ?? rollUpSetting.of(settings)
  return { policy, redShare, minRated }
}

/** One state of many; undefined where none of them is rated, or too few of those that need it. */
export function combined(
  all: readonly State[],
  { policy, redShare, minRated }: RollUpPolicy,
  { states }: Scheme,
): State | undefined {
  const rated = all.filter(isRated)
  const unrated = all.filter(({ key }) => key === 'blank' || key === 'not-yet-available')
  if (rated.length / (rated.length + unrated.length) < minRated) return undefined
  const inState = (state: State | undefined) => rated.filter(({ key }) => key === state?.key).length
  const worstFirst = states.toSorted((one, other) => other.severity - one.severity)
  const [worst] = worstFirst
  const worstPresent = worstFirst.find((state) => inState(state) > 0)
  if (policy === 'worst' || rated.every(({ good }) => good)) {
    if (policy !== 'plurality') return worstPresent
  }
  if (policy === 'plurality') {
    const most = Math.max(...worstFirst.map(inState))
    return worstPresent && worstFirst.find((state) => inState(state) === most)
  }
  const reds = inState(worst)
  if (reds > 0 && reds / rated.length >= redShare) return worst
  const between = worstFirst.filter((state) => state !== worst && !state.good)
  return reds > 0 ? (between[0] ?? worst) : between.find((state) => inState(state) > 0)
}
