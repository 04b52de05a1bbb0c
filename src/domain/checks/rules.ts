import { type CivilDate, fullDate } from '../../base/dates.ts'
import { capitalised, listOf, plural, quoted, shorten } from '../../base/text.ts'
import { type Measure, readingsOf } from '../measures/measure.ts'
import { directionOf, periodBefore } from '../measures/rules.ts'
import {
  countingUpdate,
  deliveryState,
  isAnswered as hasItsAnswer,
  type Plan,
  type Project,
  type StatusUpdate,
} from '../plan/plan.ts'
import type { Entry } from '../register/entry.ts'
import { isOpen } from '../register/rules.ts'
import { type Criterion, criteriaNamed, criteriaOf } from '../scheme/criteria.ts'
import {
  goalOf,
  isColour,
  needsReason,
  type Scheme,
  type State,
  schemeOf,
  shown,
  stateByKey,
} from '../scheme/schemes.ts'
import { type CheckAnswer, type CheckKey, fingerprint, isAnswered, type Raised } from './check.ts'
import { caseDetailIn, type KnownNames } from './personal-data-detector.ts'
import { childCheck, entryTexts, projectTexts } from './safeguarding-check.ts'

/** What is known besides the plan. */
export interface KnownToChecks {
  readonly answers: readonly CheckAnswer[]
  readonly measures: readonly Measure[]
  /** The days that the last rounds served, before the plan's: newest first, at least three where there were so many. */
  readonly rounds: readonly CivilDate[]
  /** The programme's register. */
  readonly entries: readonly Entry[]
  /** Of the people of the programme. */
  readonly names: KnownNames
}

/** As much of a plan as the checks look at. */
export type PlanChecked = Pick<Plan, 'programme' | 'asAt' | 'projects'>

/** Every check of the plan that is open: tripped, and not answered. In the order of the plan, the register last. */
export function openChecks(plan: PlanChecked, known: KnownToChecks): Raised[] {
  const frame = frameOf(plan, known)
  const raised = [
    ...plan.projects.flatMap((project) => raisedBy(project, frame)),
    ...known.entries
      .filter((entry) => isOpen(entry, plan.asAt))
      .flatMap((entry) =>
        childCheck(entryTexts(entry), { ...frame, project: entry.project }, frame.names),
      ),
  ]
  return raised.filter((one) => !isAnswered(one, known.answers))
}

/** What the checks of one project have to know besides it: nothing else need be read. */
export function readBy(
  project: Project,
  scheme: Scheme,
  asAt: CivilDate,
): Readonly<Record<'measures' | 'rounds' | 'names', boolean>> {
  const update = countingUpdate(project)
  const state = stateByKey(scheme, update?.state ?? scheme.blank.key)
  const texts = projectTexts(project)
  return {
    measures: isGood(state),
    rounds: update !== undefined && isAmber(state, scheme) && !hasDayAhead(update, asAt),
    names: texts.some((text) => text && caseDetailIn(text).length > 0),
  }
}

/** What a check looks at besides the project. */
interface Frame extends Pick<KnownToChecks, 'measures' | 'rounds' | 'names'> {
  readonly programmeId: string
  readonly asAt: CivilDate
  readonly scheme: Scheme
  readonly criteria: readonly Criterion[]
}

function frameOf({ asAt, programme }: PlanChecked, known: KnownToChecks): Frame {
  const { id: programmeId, settings } = programme
  return { ...known, programmeId, asAt, scheme: schemeOf(settings), criteria: criteriaOf(settings) }
}

/** A project that says something, with the state that counts. */
interface Standing {
  readonly project: Project
  readonly update: StatusUpdate
  readonly state: State
}

interface Tripped {
  readonly about: readonly string[]
  readonly question: string
}

interface Check {
  readonly check: CheckKey
  readonly trips: (standing: Standing, frame: Frame) => Tripped | undefined
}

/** The checks of how a project says it stands; of what its words hold, `childCheck`. */
const checks: readonly Check[] = [
  { check: 'overdue', trips: greenWithOverdue },
  { check: 'repeated', trips: sameWordsAgain },
  { check: 'path', trips: amberWithoutADay },
  { check: 'measure', trips: measureWorsening },
  { check: 'criteria', trips: allTickedUnderRed },
]

function raisedBy(project: Project, frame: Frame): Raised[] {
  const child = childCheck(projectTexts(project), { ...frame, project }, frame.names)
  const update = countingUpdate(project)
  if (!update) return child
  const state = stateByKey(frame.scheme, update.state)
  const { id, ref, title } = project
  const about = { programmeId: frame.programmeId, project: { id, ref, title } }
  const tripped = checks.flatMap(({ check, trips }) => {
    const found = trips({ project, update, state }, frame)
    return found ? [{ check, ...about, ...found }] : []
  })
  return [...tripped, ...child]
}

const isGood = (state: State) => isColour(state) && state.good

export const manyOverdue = 2

/** Green with two milestones overdue. One that is done and waits for a second person is not its lead's to mend. */
function greenWithOverdue({ project, state }: Standing, { asAt }: Frame): Tripped | undefined {
  if (!isGood(state)) return undefined
  const overdue = project.milestones.filter(
    (one) => !hasItsAnswer(one) && deliveryState(one, asAt) === 'missed',
  )
  if (overdue.length < manyOverdue) return undefined
  return {
    about: overdue.map(({ id, due }) => `${id}:${due}`),
    question: `It is ${shown(state)}, and ${plural(overdue.length, 'milestone')} are overdue. Is ${state.label} still right?`,
  }
}

export const manyTimes = 3

/**
 * The same commentary for the third time, on three days: a word put right on the same day is no second time. A "no
 * change" that somebody attests repeats the words on purpose, and counts as well where the state asks for a reason:
 * three rounds in which nothing changed about a Red is what a board should ask about. Of a Green it is all there is to
 * say. An answer holds until the words have been said three times more.
 */
function sameWordsAgain({ project, state }: Standing): Tripped | undefined {
  const said = latestOfEachDay(project.updates).filter(
    ({ attestsId }) => attestsId === null || needsReason(state),
  )
  const words = said[0]?.reason
  if (!words) return undefined
  const same = fingerprint(words)
  const changed = said.findIndex(({ reason }) => fingerprint(reason ?? '') !== same)
  const times = changed === -1 ? said.length : changed
  if (times < manyTimes) return undefined
  return {
    about: [`${same}:${Math.floor(times / manyTimes)}`],
    question: `The commentary has been the same ${times} times running. Has nothing changed?`,
  }
}

/** Newest first, as they come. */
function latestOfEachDay(updates: readonly StatusUpdate[]): StatusUpdate[] {
  return updates.filter(({ onDay }, at) => updates[at - 1]?.onDay !== onDay)
}

const manyRounds = 4

/**
 * Amber for four rounds, the coming one included, with no green-by date or one that has passed. Amber is what asks for
 * a reason and is not the worst: what is in the worst state is before the board anyway, with its rounds counted.
 */
function amberWithoutADay(
  { project, update, state }: Standing,
  { asAt, scheme, rounds }: Frame,
): Tripped | undefined {
  const { greenBy } = update
  if (!isAmber(state, scheme) || hasDayAhead(update, asAt)) return undefined
  const before = rounds.slice(0, manyRounds - 1)
  const isSame = (day: CivilDate) => updateOn(project, day)?.state === state.key
  if (before.length < manyRounds - 1 || !before.every(isSame)) return undefined
  const goal = goalOf(scheme).label
  const day = greenBy
    ? `its ${goal}-by day, ${fullDate(greenBy)}, has passed`
    : `no day is given by which it will be ${goal}`
  return {
    about: [`${beganOn(project, state)}:${greenBy ?? 'none'}`],
    question: `It has been ${shown(state)} for ${manyRounds} rounds, and ${day}. When will it be ${goal}?`,
  }
}

function isAmber(state: State, { states }: Scheme): boolean {
  return needsReason(state) && state.key !== states[0]?.key
}

function hasDayAhead({ greenBy }: StatusUpdate, asAt: CivilDate): boolean {
  return greenBy !== null && greenBy >= asAt
}

function updateOn({ updates }: Project, day: CivilDate): StatusUpdate | undefined {
  return updates.find(({ onDay, awaitsConfirmation }) => onDay <= day && !awaitsConfirmation)
}

/** The day on which the state that counts was first said, without another one since. */
function beganOn({ updates }: Project, state: State): CivilDate | undefined {
  const counting = updates.filter(({ awaitsConfirmation }) => !awaitsConfirmation)
  const other = counting.findIndex((one) => one.state !== state.key)
  return counting.at(other === -1 ? -1 : other - 1)?.onDay
}

/** A measure of a Green project that got worse, after polarity, from one reading to the next. */
function measureWorsening({ project, state }: Standing, { measures }: Frame): Tripped | undefined {
  if (!isGood(state)) return undefined
  const worse = measures
    .filter(({ projects }) => projects.some(({ id }) => id === project.id))
    .flatMap((measure) => worsened(measure) ?? [])
  if (worse.length === 0) return undefined
  return {
    about: worse.map(({ token }) => token),
    question: `It is ${shown(state)}, while ${listOf(wordsOf(worse))}. Is ${state.label} still right?`,
  }
}

const measuresNamed = 3

function wordsOf(worse: readonly { readonly words: string }[]): string[] {
  const some = worse.slice(0, measuresNamed).map(({ words }) => words)
  const rest = worse.length - some.length
  return rest > 0 ? [...some, `${plural(rest, 'other measure')} did, too`] : some
}

function worsened(
  measure: Measure,
): { readonly token: string; readonly words: string } | undefined {
  const [latest] = readingsOf(measure)
  const before = latest && periodBefore(measure, latest)
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
function allTickedUnderRed(
  { project, update, state }: Standing,
  { scheme, criteria }: Frame,
): Tripped | undefined {
  const isWorst = needsReason(state) && state.key === scheme.states[0]?.key
  const ticks = project.updates.find(({ derived }) => derived !== null)
  if (!isWorst || !ticks || criteria.length === 0 || update.differs !== null) return undefined
  if (!criteria.every(({ key }) => ticks.criteria.includes(key))) return undefined
  const all = capitalised(criteriaNamed(criteria))
  return {
    about: [`${update.id}:${ticks.id}`],
    question: `${all} are all ticked, as at ${fullDate(ticks.onDay)}, and it is ${shown(state)}. What do they leave out?`,
  }
}
