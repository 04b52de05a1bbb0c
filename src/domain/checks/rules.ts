import { type CivilDate, fullDate } from '../../base/dates.ts'
import { capitalised, listOf, plural, quoted, shorten } from '../../base/text.ts'
import { effectiveReadings, type Measure } from '../measures/measure.ts'
import { directionOf, previousFigure } from '../measures/rules.ts'
import {
  deliveryState,
  effectiveUpdate,
  hasCompletion as hasItsAnswer,
  type Plan,
  type Project,
  type StatusUpdate,
} from '../plan/plan.ts'
import type { Entry } from '../register/entry.ts'
import { isOpen } from '../register/rules.ts'
import { type Criterion, criteriaOf, formatCriteriaCount } from '../scheme/criteria.ts'
import {
  formatState,
  goalOf,
  isOnScale,
  needsReason,
  type Scheme,
  type State,
  schemeOf,
  stateByKey,
} from '../scheme/schemes.ts'
import {
  type CheckAnswer,
  type CheckKey,
  fingerprint,
  isCheckAnswered,
  type RaisedCheck,
} from './check.ts'
import { detectPersonalData, type NameAllowlist } from './personal-data-detector.ts'
import { entryTexts, projectTexts, safeguardingCheck } from './safeguarding-check.ts'

/** What is known besides the plan. */
export interface CheckContext {
  readonly answers: readonly CheckAnswer[]
  readonly measures: readonly Measure[]
  /** The days that the last rounds served, before the plan's: newest first, at least three where there were so many. */
  readonly rounds: readonly CivilDate[]
  /** The programme's register. */
  readonly entries: readonly Entry[]
  /** Of the people of the programme. */
  readonly names: NameAllowlist
}

/** As much of a plan as the checks look at. */
export type CheckedPlan = Pick<Plan, 'programme' | 'asAt' | 'projects'>

/** Every check of the plan that is open: tripped, and not answered. In the order of the plan, the register last. */
export function openChecks(plan: CheckedPlan, known: CheckContext): RaisedCheck[] {
  const frame = projectCheckContextOf(plan, known)
  const raised = [
    ...plan.projects.flatMap((project) => raiseProjectChecks(project, frame)),
    ...known.entries
      .filter((entry) => isOpen(entry, plan.asAt))
      .flatMap((entry) =>
        safeguardingCheck(entryTexts(entry), { ...frame, project: entry.project }, frame.names),
      ),
  ]
  return raised.filter((one) => !isCheckAnswered(one, known.answers))
}

/** What the checks of one project have to know besides it: nothing else need be read. */
export function requiredInputs(
  project: Project,
  scheme: Scheme,
  asAt: CivilDate,
): Readonly<Record<'measures' | 'rounds' | 'names', boolean>> {
  const update = effectiveUpdate(project)
  const state = stateByKey(scheme, update?.state ?? scheme.blank.key)
  const texts = projectTexts(project)
  return {
    measures: isOnCourse(state),
    rounds: update !== undefined && isAmber(state, scheme) && !hasFutureGreenBy(update, asAt),
    names: texts.some((text) => text && detectPersonalData(text).length > 0),
  }
}

/** What a check looks at besides the project. */
interface ProjectCheckContext extends Pick<CheckContext, 'measures' | 'rounds' | 'names'> {
  readonly programmeId: string
  readonly asAt: CivilDate
  readonly scheme: Scheme
  readonly criteria: readonly Criterion[]
}

function projectCheckContextOf(
  { asAt, programme }: CheckedPlan,
  known: CheckContext,
): ProjectCheckContext {
  const { id: programmeId, settings } = programme
  return { ...known, programmeId, asAt, scheme: schemeOf(settings), criteria: criteriaOf(settings) }
}

/** A project that says something, with the state that counts. */
interface ProjectStatus {
  readonly project: Project
  readonly update: StatusUpdate
  readonly state: State
}

interface CheckFinding {
  readonly fingerprints: readonly string[]
  readonly question: string
}

interface Check {
  readonly check: CheckKey
  readonly evaluate: (
    standing: ProjectStatus,
    frame: ProjectCheckContext,
  ) => CheckFinding | undefined
}

/** The checks of how a project says it stands; of what its words hold, `safeguardingCheck`. */
const projectChecks: readonly Check[] = [
  { check: 'overdue', evaluate: checkGreenWithOverdue },
  { check: 'repeated', evaluate: checkRepeatedCommentary },
  { check: 'path', evaluate: checkAmberWithoutDate },
  { check: 'measure', evaluate: checkWorseningMeasure },
  { check: 'criteria', evaluate: checkRedWithAllCriteria },
]

function raiseProjectChecks(project: Project, frame: ProjectCheckContext): RaisedCheck[] {
  const child = safeguardingCheck(projectTexts(project), { ...frame, project }, frame.names)
  const update = effectiveUpdate(project)
  if (!update) return child
  const state = stateByKey(frame.scheme, update.state)
  const { id, ref, title } = project
  const about = { programmeId: frame.programmeId, project: { id, ref, title } }
  const tripped = projectChecks.flatMap(({ check, evaluate }) => {
    const found = evaluate({ project, update, state }, frame)
    return found ? [{ check, ...about, ...found }] : []
  })
  return [...tripped, ...child]
}

const isOnCourse = (state: State) => isOnScale(state) && state.good

export const overdueThreshold = 2

/** Green with two milestones overdue. One that is done and waits for a second person is not its lead's to mend. */
function checkGreenWithOverdue(
  { project, state }: ProjectStatus,
  { asAt }: ProjectCheckContext,
): CheckFinding | undefined {
  if (!isOnCourse(state)) return undefined
  const overdue = project.milestones.filter(
    (one) => !hasItsAnswer(one) && deliveryState(one, asAt) === 'missed',
  )
  if (overdue.length < overdueThreshold) return undefined
  return {
    fingerprints: overdue.map(({ id, due }) => `${id}:${due}`),
    question: `It is ${formatState(state)}, and ${plural(overdue.length, 'milestone')} are overdue. Is ${state.label} still right?`,
  }
}

export const repeatThreshold = 3

/**
 * The same commentary for the third time, on three days: a word put right on the same day is no second time. A "no
 * change" that somebody attests repeats the words on purpose, and counts as well where the state asks for a reason:
 * three rounds in which nothing changed about a Red is what a board should ask about. Of a Green it is all there is to
 * say. An answer holds until the words have been said three times more.
 */
function checkRepeatedCommentary({ project, state }: ProjectStatus): CheckFinding | undefined {
  const said = latestOfEachDay(project.updates).filter(
    ({ attestsId }) => attestsId === null || needsReason(state),
  )
  const words = said[0]?.reason
  if (!words) return undefined
  const same = fingerprint(words)
  const changed = said.findIndex(({ reason }) => fingerprint(reason ?? '') !== same)
  const times = changed === -1 ? said.length : changed
  if (times < repeatThreshold) return undefined
  return {
    fingerprints: [`${same}:${Math.floor(times / repeatThreshold)}`],
    question: `The commentary has been the same ${times} times running. Has nothing changed?`,
  }
}

/** Newest first, as they come. */
function latestOfEachDay(updates: readonly StatusUpdate[]): StatusUpdate[] {
  return updates.filter(({ onDay }, at) => updates[at - 1]?.onDay !== onDay)
}

const amberRoundsThreshold = 4

/**
 * Amber for four rounds, the coming one included, with no green-by date or one that has passed. Amber is what asks for
 * a reason and is not the worst: what is in the worst state is before the board anyway, with its rounds counted.
 */
function checkAmberWithoutDate(
  { project, update, state }: ProjectStatus,
  { asAt, scheme, rounds }: ProjectCheckContext,
): CheckFinding | undefined {
  const { greenBy } = update
  if (!isAmber(state, scheme) || hasFutureGreenBy(update, asAt)) return undefined
  const before = rounds.slice(0, amberRoundsThreshold - 1)
  const isSame = (day: CivilDate) => updateOn(project, day)?.state === state.key
  if (before.length < amberRoundsThreshold - 1 || !before.every(isSame)) return undefined
  const goal = goalOf(scheme).label
  const day = greenBy
    ? `its ${goal}-by day, ${fullDate(greenBy)}, has passed`
    : `no day is given by which it will be ${goal}`
  return {
    fingerprints: [`${effectiveStateSince(project, state)}:${greenBy ?? 'none'}`],
    question: `It has been ${formatState(state)} for ${amberRoundsThreshold} rounds, and ${day}. When will it be ${goal}?`,
  }
}

function isAmber(state: State, { states }: Scheme): boolean {
  return needsReason(state) && state.key !== states[0]?.key
}

function hasFutureGreenBy({ greenBy }: StatusUpdate, asAt: CivilDate): boolean {
  return greenBy !== null && greenBy >= asAt
}

function updateOn({ updates }: Project, day: CivilDate): StatusUpdate | undefined {
  return updates.find(({ onDay, awaitsConfirmation }) => onDay <= day && !awaitsConfirmation)
}

/** The day on which the state that counts was first said, without another one since. */
function effectiveStateSince({ updates }: Project, state: State): CivilDate | undefined {
  const counting = updates.filter(({ awaitsConfirmation }) => !awaitsConfirmation)
  const other = counting.findIndex((one) => one.state !== state.key)
  return counting.at(other === -1 ? -1 : other - 1)?.onDay
}

/** A measure of a Green project that got worse, after polarity, from one reading to the next. */
function checkWorseningMeasure(
  { project, state }: ProjectStatus,
  { measures }: ProjectCheckContext,
): CheckFinding | undefined {
  if (!isOnCourse(state)) return undefined
  const worse = measures
    .filter(({ projects }) => projects.some(({ id }) => id === project.id))
    .flatMap((measure) => worsenedMeasure(measure) ?? [])
  if (worse.length === 0) return undefined
  return {
    fingerprints: worse.map(({ token }) => token),
    question: `It is ${formatState(state)}, while ${listOf(measureTexts(worse))}. Is ${state.label} still right?`,
  }
}

const maxMeasuresNamed = 3

function measureTexts(worse: readonly { readonly words: string }[]): string[] {
  const some = worse.slice(0, maxMeasuresNamed).map(({ words }) => words)
  const rest = worse.length - some.length
  return rest > 0 ? [...some, `${plural(rest, 'other measure')} did, too`] : some
}

function worsenedMeasure(
  measure: Measure,
): { readonly token: string; readonly words: string } | undefined {
  const [latest] = effectiveReadings(measure)
  const before = latest && previousFigure(measure, latest)
  if (!latest || !before) return undefined
  const way = directionOf(measure, latest.raw, before.raw)
  if (!way.computable || way.direction !== 'worse') return undefined
  const { id, number, title } = measure
  return {
    token: `${id}:${latest.forDay}:${fingerprint(latest.raw)}`,
    words: `measure ${number} ${shorten(title, 80)} got worse, from ${quoted(before.raw)} to ${quoted(latest.raw)}`,
  }
}

/**
 * Every criterion ticked under a Red. Where the update itself says why it differs, that is its answer: the form asked
 * for it (rule 2 of the domain).
 */
function checkRedWithAllCriteria(
  { project, update, state }: ProjectStatus,
  { scheme, criteria }: ProjectCheckContext,
): CheckFinding | undefined {
  const isWorst = needsReason(state) && state.key === scheme.states[0]?.key
  const ticks = project.updates.find(({ derived }) => derived !== null)
  if (!isWorst || !ticks || criteria.length === 0 || update.divergenceReason !== null)
    return undefined
  if (!criteria.every(({ key }) => ticks.criteria.includes(key))) return undefined
  const all = capitalised(formatCriteriaCount(criteria))
  return {
    fingerprints: [`${update.id}:${ticks.id}`],
    question: `${all} are all ticked, as at ${fullDate(ticks.onDay)}, and it is ${formatState(state)}. What do they leave out?`,
  }
}
