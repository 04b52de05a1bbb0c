import { type CivilDate, civilDate } from '../../base/dates.ts'
import { countingUpdates, type Plan, type Project, type StatusUpdate } from '../plan/plan.ts'
import type { ProgrammeSettings } from '../programme/setting.ts'
import { policyOn, rollUp, tallyOf } from '../scheme/roll-up.ts'
import { rollUpChangesSetting } from '../scheme/roll-up-settings.ts'
import { isOnScale, type Scheme, type State, schemeOf, stateByKey } from '../scheme/schemes.ts'
import { milestoneEventDays, milestoneStateAt } from './milestone-rating.ts'

/** How a project stands at the end of a day. Whoever says that, in whichever message, asks `ratingOf`. */
export interface Rating {
  readonly state: State
  /** Where its milestones say so, the first day of that state; null where an update does, or nobody. */
  readonly since: CivilDate | null
  /** The update that says so; null where its milestones do, or nobody. */
  readonly update: StatusUpdate | null
  /** How it last stood before a time without a rating, now or before its state of now; null where there was none. */
  readonly lastRated: LastRating | null
}

export interface LastRating {
  readonly state: State
  /** The day on which that ended. */
  readonly until: CivilDate
}

export interface RatingContext {
  readonly settings: ProgrammeSettings
  readonly scheme: Scheme
  readonly asAt: CivilDate
}

export function ratingContextOf({
  programme: { settings },
  asAt,
}: {
  readonly programme: Pick<Plan['programme'], 'settings'>
  readonly asAt: CivilDate
}): RatingContext {
  return { settings, scheme: schemeOf(settings), asAt }
}

/** A project as far as its rating goes. */
type RatedProject = Pick<Project, 'updates' | 'past' | 'milestones'>

/** An update that counts, or what is known of one of the time before those that were read. */
type OwnState = Pick<StatusUpdate, 'state' | 'onDay'> & { readonly update: StatusUpdate | null }

/** Newest first. */
function ownStates({ updates, past }: RatedProject): OwnState[] {
  const counting = countingUpdates({ updates })
  return [
    ...counting.map((update) => ({ state: update.state, onDay: update.onDay, update })),
    ...(past?.states ?? []).map((known) => ({ ...known, update: null })),
  ]
}

/**
 * Its own state, as last said and, where that needs it, confirmed; where nobody said one, what its milestones come to
 * in a plan that rates them (W20), by the programme's policy. A plan that rates none leaves the project not rated,
 * whatever is overdue.
 */
export function ratingOf(project: RatedProject, context: RatingContext): Rating {
  const periods = ratingPeriods(project, context)
  const [now] = periods
  if (!now) return { state: context.scheme.blank, since: null, update: null, lastRated: null }
  const { state, update, from } = now
  const [ended, rated] = periods.slice(-2)
  const wasRated = ended && rated && !isOnScale(ended.state) && isOnScale(rated.state)
  const lastRated = wasRated ? { state: rated.state, until: ended.from } : null
  const isByMilestones = update === null && (lastRated !== null || isOnScale(state))
  return { state, since: isByMilestones ? from : null, update, lastRated }
}

/** Whether a project was rated at some time before it was not: a rating that it gets after that is no first one. */
export function wasRatedBefore(project: RatedProject, context: RatingContext): boolean {
  const said = ownStates(project)
  let isUnratedLater = false
  return eventDays(project, context).some((day) => {
    const own = said.find(({ onDay }) => onDay <= day)
    const isRated = isOnScale(stateAt(project, day, own, context).state)
    if (!isRated) isUnratedLater = true
    return isRated && isUnratedLater
  })
}

/** A time in which a project was in one state, from its first day on. */
interface RatingPeriod {
  readonly state: State
  readonly update: StatusUpdate | null
  readonly from: CivilDate
}

/** Latest first: what it is in now, and all back to the last rating before that. */
function ratingPeriods(project: RatedProject, context: RatingContext): RatingPeriod[] {
  const updates = ownStates(project)
  const periods: RatingPeriod[] = []
  let next = 0
  for (const day of eventDays(project, context)) {
    while ((updates[next]?.onDay ?? '') > day) next += 1
    const { state, update } = stateAt(project, day, updates[next], context)
    const last = periods.at(-1)
    if (last?.state.key === state.key) periods[periods.length - 1] = { ...last, from: day }
    else if (last && periods.length > 1 && isOnScale(last.state)) break
    else periods.push({ state, update, from: day })
  }
  return periods
}

/** `said`: the update that counted at the end of the day. */
function stateAt(
  project: RatedProject,
  day: CivilDate,
  said: OwnState | undefined,
  context: RatingContext,
): Pick<RatingPeriod, 'state' | 'update'> {
  const own = stateByKey(context.scheme, said?.state ?? context.scheme.blank.key)
  const byMilestones =
    own.key === context.scheme.blank.key ? milestonesAt(project, day, context) : null
  return byMilestones
    ? { state: byMilestones, update: null }
    : { state: own, update: said?.update ?? null }
}

/** The days on which its state may have changed, latest first. A plan has no update that was said after its day. */
function eventDays(project: RatedProject, { settings, asAt }: RatingContext): CivilDate[] {
  const days = [...project.updates, ...(project.past?.states ?? [])].map(({ onDay }) => onDay)
  if (isRatedByMilestones(project)) {
    const policies = rollUpChangesSetting.of(settings).map(({ onDay }) => civilDate(onDay))
    const events = [...project.milestones.flatMap(milestoneEventDays), ...policies]
    days.push(...events.filter((day) => day <= asAt))
  }
  return [...new Set(days)].toSorted((a, b) => (a < b ? 1 : -1))
}

/** What its milestones come to at the end of a day; null where none is rated by then. */
function milestonesAt(
  project: RatedProject,
  day: CivilDate,
  { settings, scheme }: RatingContext,
): State | null {
  const { milestones } = project
  if (!milestones.some(({ ratings }) => ratings.some(({ onDay }) => onDay <= day))) return null
  const keys = milestones.flatMap((one) => milestoneStateAt(one, day, scheme)?.key ?? [])
  return rollUp(tallyOf(keys, scheme), policyOn(settings, day))
}

/** Whether some of its milestones are rated: they say how it stands where nothing was said of itself. */
export const isRatedByMilestones = ({ milestones }: Pick<Project, 'milestones'>): boolean =>
  milestones.some(({ ratings }) => ratings.length > 0)
