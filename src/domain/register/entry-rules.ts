import { type CivilDate, fullDate } from '../../base/dates.ts'
import { fold, nearest, quoted } from '../../base/text.ts'
import { readDate } from '../deadlines/deadlines.ts'
import { formatState, parseState, type Scheme, type State } from '../scheme/schemes.ts'
import { stateListText, unknownStateText } from '../scheme/unknown-state.ts'
import type {
  ActionDetails,
  DecisionDetails,
  DependencyDetails,
  Entry,
  HeadlineDetails,
  IssueDetails,
  RiskDetails,
  RiskScore,
} from './entry.ts'
import { parseScore, stateOfScore } from './risk-score.ts'

/** What people say of an entry, made into its fields, or the problem of each input. Pure. */

export type ValidationResult<T> =
  | { readonly ok: true; readonly details: T }
  /** What to correct, by the name of the input. */
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

type OptionalTexts<Name extends string> = { readonly [name in Name]?: string | undefined }

type Problems = Record<string, string>

/** What an entry is checked by. */
export interface EntryCheck {
  readonly scheme: Scheme
  readonly today: CivilDate
  /** Whom the owner that was named means; null where nobody was named. */
  readonly ownerId: string | null
}

interface Rating {
  readonly state: State
  readonly score: RiskScore | null
}

/**
 * A rating by a state, by likelihood × impact ("4x5"), or by both where they agree. Left out, it is blank, never Green.
 * Undefined, with its problem noted, where it is not understood.
 */
export function parseRating(
  { rating, score: scored }: OptionalTexts<'rating' | 'score'>,
  scheme: Scheme,
  problems: Problems,
): Rating | undefined {
  const typed = scored || (rating && parseScore(rating) ? rating : undefined)
  const declared = typed === rating ? undefined : rating
  const score = typed ? parseScore(typed) : null
  if (score === undefined) {
    problems.score = 'Say likelihood × impact as two numbers from 1 to 5: 4x5.'
    return undefined
  }
  const state = declared ? parseState(scheme, declared) : undefined
  if (declared && !state) {
    problems.rating = `${unknownStateText(declared, scheme)} ${stateListText(scheme)}`
    return undefined
  }
  if (!score) return { state: state ?? scheme.blank, score: null }
  const derived = stateOfScore(score, scheme)
  if (state && state.key !== derived.key) {
    problems.score = `${typed} comes to ${formatState(derived)}, not ${formatState(state)}. Leave one of them out.`
    return undefined
  }
  return { state: derived, score }
}

/** A day from today on; null where none was said. Undefined, with its problem noted, for any other. */
export function parseDayAhead(
  text: string | undefined,
  input: string,
  today: CivilDate,
  problems: Problems,
): CivilDate | null | undefined {
  const day = text ? readDate(text, today) : null
  if (day === undefined) {
    problems[input] =
      `I could not read ${quoted(text ?? '')} as a date. Try 30 Jun 2017 or end of March.`
    return undefined
  }
  if (day === null || day >= today) return day
  problems[input] = `${fullDate(day)} has passed. Say a day from today on.`
  return undefined
}

type RiskTexts = OptionalTexts<'text' | 'mitigation' | 'rating' | 'score' | 'proximity' | 'review'>

export function checkRisk(
  { text, mitigation, proximity, review, ...rated }: RiskTexts,
  { scheme, today, ownerId }: EntryCheck,
): ValidationResult<RiskDetails> {
  const problems: Problems = {}
  const rating = parseRating(rated, scheme, problems)
  const reviewOn = parseDayAhead(review, 'review', today, problems)
  if (!text) problems.text = 'Say what the risk is.'
  if (!text || !rating || reviewOn === undefined) return { ok: false, problems }
  const { state, score } = rating
  const said = { mitigation: mitigation ?? null, proximity: proximity ?? null }
  return {
    ok: true,
    details: { kind: 'risk', text, ...said, state: state.key, score, ownerId, reviewOn },
  }
}

export function checkIssue(
  { text, mitigation, review, rating }: RiskTexts,
  { scheme, today, ownerId }: EntryCheck,
): ValidationResult<IssueDetails> {
  const problems: Problems = {}
  const rated = parseRating({ rating }, scheme, problems)
  const reviewOn = parseDayAhead(review, 'review', today, problems)
  if (!text) problems.text = 'Say what the issue is.'
  if (!text || !rated || reviewOn === undefined) return { ok: false, problems }
  const state = rated.state.key
  return {
    ok: true,
    details: { kind: 'issue', text, mitigation: mitigation ?? null, state, ownerId, reviewOn },
  }
}

/** An action is somebody's, and has a day: without either, nobody would ever be asked about it. */
export function checkAction(
  { text, date }: OptionalTexts<'text' | 'date'>,
  { today, ownerId }: Omit<EntryCheck, 'scheme'>,
): ValidationResult<ActionDetails> {
  const problems: Problems = {}
  const neededBy = parseDayAhead(date, 'date', today, problems)
  if (!text) problems.text = 'Say what is to be done.'
  if (ownerId === null) problems.owner = 'Say whose it is: “owned by …”.'
  if (neededBy === null) problems.date = 'Say by when: “due 30 Jun”.'
  if (!text || ownerId === null || !neededBy) return { ok: false, problems }
  return { ok: true, details: { kind: 'action', text, ownerId, neededBy } }
}

export function checkDecision(
  { text, whom, date }: OptionalTexts<'text' | 'whom' | 'date'>,
  today: CivilDate,
): ValidationResult<DecisionDetails> {
  const problems: Problems = {}
  const neededBy = parseDayAhead(date, 'date', today, problems)
  if (!text) problems.text = 'Say what is to be decided.'
  if (!text || neededBy === undefined) return { ok: false, problems }
  return { ok: true, details: { kind: 'decision', text, askedOf: whom ?? null, neededBy } }
}

/** Text like the number of a project ("2.1") has to be one; any other text is a body. */
const projectRefPattern = /^\d+(\.\d+)*[a-z]?$/i

/** `waits` is the project that depends, `projects` are all of its programme. */
export function checkDependency(
  { body, text }: OptionalTexts<'body' | 'text'>,
  waits: { readonly ref: string },
  projects: readonly { readonly id: string; readonly ref: string }[],
): ValidationResult<DependencyDetails> {
  const refused = (problem: string) => ({ ok: false as const, problems: { body: problem } })
  if (!body) return refused('Say what it waits for: the number of a project, or a body.')
  const project = projects.find(({ ref }) => fold(ref) === fold(body))
  if (project && fold(project.ref) === fold(waits.ref)) {
    return refused(`${waits.ref} cannot wait for itself. Say another project, or a body.`)
  }
  if (!project && projectRefPattern.test(body)) {
    const near = nearest(
      body,
      projects.map(({ ref }) => ref),
    )
    const hint = near ? ` Did you mean ${near}?` : ''
    return refused(`There is no project ${quoted(body)} in the programme.${hint}`)
  }
  return {
    ok: true,
    details: {
      ...{ kind: 'dependency', text: text ?? '' },
      ...{ dependsOn: project?.ref ?? body, dependsOnId: project?.id ?? null },
    },
  }
}

export function checkHeadline({ text }: OptionalTexts<'text'>): ValidationResult<HeadlineDetails> {
  if (!text) return { ok: false, problems: { text: 'Say the headline in a sentence.' } }
  return { ok: true, details: { kind: 'headline', text } }
}

/** Why an entry cannot be closed: a decision needs its outcome. Undefined where nothing is missing. */
export function outcomeProblem(
  { kind }: Pick<Entry, 'kind'>,
  outcome: string | undefined,
): string | undefined {
  if (kind !== 'decision' || outcome) return undefined
  return 'Say what was decided, and who decided it.'
}
