import { type CivilDate, fullDate } from '../../base/dates.ts'
import { listOf, quoted } from '../../base/text.ts'
import { readDate } from '../plan/deadlines.ts'
import { derivedRag, fiveCriteria } from './criteria.ts'
import {
  nearestState,
  needsReason,
  type Scheme,
  type State,
  shown,
  stateByKey,
  stateNamed,
} from './schemes.ts'

/** An update as a person wrote it, before anything of it is believed. */
export interface UpdateAsked {
  readonly state?: string | undefined
  readonly reason?: string | undefined
  readonly path?: string | undefined
  /** The green-by day in the person's words. */
  readonly date?: string | undefined
  /** Undefined where the criteria were not asked (a typed command). */
  readonly criteria?: readonly string[] | undefined
}

export interface UpdateChecked {
  readonly state: State
  readonly reason: string | null
  readonly path: string | null
  readonly greenBy: CivilDate | null
  readonly criteria: readonly string[]
  readonly derived: State | null
}

export type Checked =
  | { readonly ok: true; readonly update: UpdateChecked }
  /** What to mend, by the name of the input. */
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

/**
 * Whether an update can be stored. Red and Amber need a reason and a path to green (rule 3 of the domain:
 * in W17 all 26 such rows carry commentary), so that nobody has to ask the lead afterwards. So does a Green that
 * the criteria do not come to (rule 2). What a Green has no use for, the path and its day, is left out.
 */
export function checkUpdate(asked: UpdateAsked, scheme: Scheme, today: CivilDate): Checked {
  const problems: Record<string, string> = {}
  const state = asked.state ? stateNamed(scheme, asked.state) : undefined
  if (!state) problems.state = stateProblem(asked.state, scheme)
  const explain = state !== undefined && needsReason(state)
  const met = asked.criteria && fiveCriteria.filter(({ key }) => asked.criteria?.includes(key))
  const criteria = met?.map(({ key }) => key)
  const derived = criteria ? stateByKey(scheme, derivedRag(criteria)) : null
  const reasonProblem = state && !asked.reason ? whyProblem(state, derived) : undefined
  if (reasonProblem) problems.reason = reasonProblem
  const greenBy = asked.date ? readDate(asked.date, today) : undefined
  const dateProblem = greenByProblem(asked.date, greenBy, today)
  if (dateProblem && (explain || (!state && asked.date))) problems.date = dateProblem
  if (!state || Object.keys(problems).length > 0) return { ok: false, problems }
  return {
    ok: true,
    update: {
      state,
      reason: asked.reason ?? null,
      path: explain ? (asked.path ?? null) : null,
      greenBy: explain ? (greenBy ?? null) : null,
      criteria: criteria ?? [],
      derived,
    },
  }
}

function stateProblem(word: string | undefined, scheme: Scheme): string {
  const all = listOf(scheme.states.map(({ label }) => label))
  if (!word) return `Choose one of ${all}.`
  const near = nearestState(scheme, word)
  return near
    ? `I do not know the state ${quoted(word)}. Did you mean ${near.label}? The states are ${all}.`
    : `I do not know the state ${quoted(word)}. The states are ${all}.`
}

function whyProblem(state: State, derived: State | null): string | undefined {
  if (needsReason(state)) return `Say in a few words why it is ${state.label}.`
  if (!derived || derived.key === state.key) return undefined
  return `The five criteria come to ${shown(derived)}. Say in a few words why it is ${state.label}.`
}

function greenByProblem(
  typed: string | undefined,
  greenBy: CivilDate | undefined,
  today: CivilDate,
): string | undefined {
  if (!typed) return 'Say by which day it will be back to Green: “green by 30 Jun”.'
  if (!greenBy)
    return `I could not read ${quoted(typed)} as a date. Try 30 Jun 2017 or end of March.`
  if (greenBy < today) return `${fullDate(greenBy)} has passed. Say a day from today on.`
  return undefined
}

/** What the ticks come to, and whether it differs from what was declared. Never overrules it. */
export function criteriaInWords({ state, derived }: UpdateChecked): string | null {
  if (!derived) return null
  if (derived.key === state.key) return `The five criteria come to ${shown(derived)} as well.`
  return `The five criteria come to ${shown(derived)}. Both are kept, and your programme office can see the difference.`
}
