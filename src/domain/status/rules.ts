import { type CivilDate, fullDate } from '../../base/dates.ts'
import { listOf, quoted } from '../../base/text.ts'
import { readDate } from '../deadlines/deadlines.ts'
import { confirmationSetting } from '../plan/settings.ts'
import type { ProgrammeSettings } from '../programme/setting.ts'
import {
  type Criterion,
  criteriaOf,
  derivedState,
  formatCriteriaCount,
  statesAgree,
} from '../scheme/criteria.ts'
import {
  formatState,
  goalOf,
  isOnScale,
  needsReason,
  type Scheme,
  type State,
  schemeOf,
  splitState,
} from '../scheme/schemes.ts'
import { stateListText, unknownStateText } from '../scheme/unknown-state.ts'
import {
  betterThanWorstText,
  type DimensionKey,
  type DimensionStates,
  splitDimensions,
  validStates,
  worseThanOverall,
} from './dimensions.ts'
import type { Rating } from './rating.ts'

/** The scheme and the criteria by which a programme rates its projects. */
export interface RatingConfig {
  readonly settings: ProgrammeSettings
  readonly scheme: Scheme
  readonly criteria: readonly Criterion[]
}

export function ratingConfigOf(settings: ProgrammeSettings): RatingConfig {
  return { settings, scheme: schemeOf(settings), criteria: criteriaOf(settings) }
}

/** An update as a person wrote it, not validated yet. */
export interface UpdateInput {
  /** The state, or the first word of it: then `reason` begins with the others ("on", "track the site is up"). */
  readonly state?: string | undefined
  readonly reason?: string | undefined
  readonly path?: string | undefined
  /** The green-by day in the person's words. */
  readonly date?: string | undefined
  /** Undefined where the criteria were not asked (a typed command). */
  readonly criteria?: readonly string[] | undefined
  /** Why the state is another than the criteria come to. */
  readonly differs?: string | undefined
  /** Ratings by dimension as a form has them; a line has them at the beginning of `reason`. */
  readonly dimensions?: Readonly<Partial<Record<DimensionKey, string | undefined>>> | undefined
  /** How its dimensions stand before this update. */
  readonly standing?: DimensionStates | undefined
}

export interface ValidUpdate {
  readonly state: State
  readonly reason: string | null
  readonly path: string | null
  readonly greenBy: CivilDate | null
  readonly criteria: readonly string[]
  readonly derived: State | null
  /** Null where the criteria come to the same, or were not asked. */
  readonly divergenceReason: string | null
  /** What it rates by dimension; left out where it rates none. */
  readonly dimensions?: DimensionStates | undefined
}

export type UpdateValidation =
  | { readonly ok: true; readonly update: ValidUpdate }
  /** What to correct, by the name of the input. */
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

/**
 * Validates an update. A state that is not good needs a reason and a day to be back to Green by (rule 3 of the domain:
 * in W17 all 26 such rows carry commentary), so that nobody has to ask the lead afterwards. A state that differs from
 * what the criteria come to needs a reason of its own (rule 2). A good state needs no path and no day: both are dropped.
 */
export function validateUpdate(
  asked: UpdateInput,
  ways: RatingConfig,
  today: CivilDate,
): UpdateValidation {
  const { scheme } = ways
  const problems: Record<string, string> = {}
  const { state, reason, dimensions } = splitUpdate(asked, ways)
  const standing = { ...asked.standing, ...dimensions }
  const worse = state ? worseThanOverall(state, scheme, standing, ways.settings) : []
  if (!state) problems.state = stateProblem(asked, scheme)
  const explain = state !== undefined && needsReason(state)
  if (explain && !reason) problems.reason = `Say in a few words why it is ${state.label}.`
  if (state && !explain && worse.length > 0 && !reason) {
    problems.reason = betterThanWorstText(state, worse, standing, ways.settings)
  }
  const { criteria, derived } = deriveFromCriteria(asked.criteria, ways)
  const mismatch = state !== undefined && derived !== null && !statesAgree(state, derived)
  if (mismatch && !asked.differs) problems.differs = differsProblem(state, derived, ways)
  const greenBy = asked.date ? readDate(asked.date, today) : undefined
  const dateProblem = greenByProblem(asked.date, greenBy, today, goalOf(scheme))
  if (dateProblem && (explain || (!state && asked.date))) problems.date = dateProblem
  if (!state || Object.keys(problems).length > 0) return { ok: false, problems }
  return {
    ok: true,
    update: {
      state,
      reason: reason || null,
      path: explain ? (asked.path ?? null) : null,
      greenBy: explain ? (greenBy ?? null) : null,
      criteria,
      derived,
      divergenceReason: mismatch ? (asked.differs ?? null) : null,
      ...(Object.keys(dimensions).length > 0 && { dimensions }),
    },
  }
}

/** Splits the state from the reason where the state has several words. */
function splitStateAndReason(
  { state: said, reason = '' }: Pick<UpdateInput, 'state' | 'reason'>,
  scheme: Scheme,
): { readonly state: State | undefined; readonly reason: string } {
  if (!said) return { state: undefined, reason }
  const { state, rest } = splitState(scheme, `${said} ${reason}`)
  return state ? { state, reason: rest } : { state, reason }
}

/** The same, and what is rated by dimension: at the beginning of the reason, or in a form's own fields. */
export function splitUpdate(asked: UpdateInput, { scheme, settings }: RatingConfig) {
  const { state, reason } = splitStateAndReason(asked, scheme)
  const { states, rest } = splitDimensions(reason, settings)
  return {
    state,
    reason: rest,
    dimensions: { ...validStates(asked.dimensions ?? {}, settings), ...states },
  }
}

/** Each known criterion once; nothing where they were skipped or the programme has none. */
function deriveFromCriteria(
  keys: readonly string[] | undefined,
  { scheme, criteria }: RatingConfig,
) {
  if (!keys || criteria.length === 0) return { criteria: [], derived: null }
  const met = criteria.map(({ key }) => key).filter((key) => keys.includes(key))
  return { criteria: met, derived: derivedState(scheme, met, criteria) }
}

function stateProblem({ state, reason = '' }: UpdateInput, scheme: Scheme): string {
  if (!state) return `Choose one of ${listOf(scheme.states.map(({ label }) => label))}.`
  return `${unknownStateText(state, scheme, `${state} ${reason}`)} ${stateListText(scheme)}`
}

function differsProblem(state: State, derived: State, ways: RatingConfig): string {
  return `${formatDerivedState(derived, ways)}. Say in a few words why it is ${state.label} all the same.`
}

/** 'The five criteria come to ◆ Red'. */
export function formatDerivedState(derived: State, { criteria }: RatingConfig): string {
  const named = formatCriteriaCount(criteria)
  const verb = criteria.length === 1 ? 'comes' : 'come'
  return `T${named.slice(1)} ${verb} to ${formatState(derived)}`
}

function greenByProblem(
  typed: string | undefined,
  greenBy: CivilDate | undefined,
  today: CivilDate,
  goal: State,
): string | undefined {
  if (!typed) return `Say by which day it will be back to ${goal.label}: “green by 30 Jun”.`
  if (!greenBy)
    return `I could not read ${quoted(typed)} as a date. Try 30 Jun 2017 or end of March.`
  if (greenBy < today) return `${fullDate(greenBy)} has passed. Say a day from today on.`
  return undefined
}

/** What the ticks come to, and whether it differs from the declared state, which it never overrules. */
export function formatCriteriaComparison(
  { state, derived, divergenceReason }: ValidUpdate,
  ways: RatingConfig,
): string[] {
  if (!derived) return []
  if (statesAgree(state, derived)) return [`${formatDerivedState(derived, ways)} as well.`]
  return [
    `${formatDerivedState(derived, ways)}. Both are kept, and your programme office can see the difference.`,
    ...(divergenceReason ? [`Why it differs: ${divergenceReason}`] : []),
  ]
}

/** How a project stood before an update, and when it was last rated if it was not. */
type RatingBefore = Pick<Rating, 'state' | 'lastRated'>

/** Whether an update takes away a rating that asks for a reason: "N/A" must not make a Red disappear. */
export function takesRatingAway({ state: before }: RatingBefore, now: State): boolean {
  return needsReason(before) && !isOnScale(now)
}

/**
 * Whether an update counts only when a second person has confirmed it: where the programme asks for that, whatever
 * takes a project out of the worst state (rule 3), also by way of a time without a rating, and whatever takes a Red or
 * an Amber away.
 */
export function needsConfirmation(
  before: RatingBefore,
  now: State,
  settings: ProgrammeSettings,
): boolean {
  if (!confirmationSetting.of(settings).improvement) return false
  if (!isOnScale(now)) return takesRatingAway(before, now)
  const rated = isOnScale(before.state) ? before.state : before.lastRated?.state
  const worst = schemeOf(settings).states[0]?.key
  return rated?.key === worst && now.key !== worst
}
