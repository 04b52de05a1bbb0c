import { type CivilDate, fullDate } from '../../base/dates.ts'
import { fold, nearest, quoted } from '../../base/text.ts'
import { readDate } from '../deadlines/deadlines.ts'
import { deliveryState, type Plan, type Project } from '../plan/plan.ts'
import { parseState, type Scheme, type State, stateByKey } from '../scheme/schemes.ts'
import { stateListText, unknownStateText } from '../scheme/unknown-state.ts'
import { ratingContextOf, ratingOf } from '../status/rating.ts'
import type {
  Decision,
  DecisionDetails,
  Dependency,
  DependencyDetails,
  Entry,
  Headline,
  HeadlineDetails,
  Risk,
  RiskDetails,
} from './entry.ts'

/** Open entries, each kind in its reading order. */
export interface Register {
  /** Worst first, those without a rating last. */
  readonly risks: readonly Risk[]
  /** By the day they are needed, so that what is overdue comes first; without a day last. */
  readonly decisions: readonly Decision[]
  /** In the order of their numbers. */
  readonly dependencies: readonly Dependency[]
  /** Newest first. */
  readonly headlines: readonly Headline[]
}

/** The register at the end of `asAt`: an entry that was closed later was still open. */
export function registerAsAt(entries: readonly Entry[], asAt: CivilDate, scheme: Scheme): Register {
  const open = entries
    .filter((entry) => isOpen(entry, asAt))
    .toSorted((one, other) => one.number - other.number)
  return {
    risks: open
      .filter((entry) => entry.kind === 'risk')
      .toSorted((one, other) => severityOf(other, scheme) - severityOf(one, scheme)),
    decisions: open.filter((entry) => entry.kind === 'decision').toSorted(byNeededBy),
    dependencies: open.filter((entry) => entry.kind === 'dependency'),
    headlines: open.filter((entry) => entry.kind === 'headline').toReversed(),
  }
}

/** Opened on that day or before, and not closed by its end. */
export function isOpen({ onDay, closing }: Entry, asAt: CivilDate): boolean {
  return onDay <= asAt && !(closing && closing.onDay <= asAt)
}

function severityOf({ state }: Risk, scheme: Scheme): number {
  return stateByKey(scheme, state).severity
}

function byNeededBy(one: Decision, other: Decision): number {
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
}

/**
 * The dependencies on a project that is itself in trouble: in the worst state of the scheme, or with an
 * overdue milestone. The state of a body outside the plan is not known, so dependencies on one are never included.
 */
export function heldUpDependencies(
  dependencies: readonly Dependency[],
  plan: Plan,
  scheme: Scheme,
): HeldUpDependency[] {
  const context = ratingContextOf(plan)
  return dependencies.flatMap((dependency) => {
    const waitsFor = findProjectByRef(plan.projects, dependency.dependsOn)
    if (!waitsFor) return []
    const { state } = ratingOf(waitsFor, context)
    const missed = waitsFor.milestones.filter(
      (milestone) => deliveryState(milestone, plan.asAt) === 'missed',
    ).length
    const isWorst = state.key === scheme.states[0]?.key
    return isWorst || missed > 0 ? [{ dependency, waitsFor, state, missed }] : []
  })
}

function findProjectByRef<T extends { readonly ref: string }>(
  projects: readonly T[],
  named: string,
): T | undefined {
  return projects.find(({ ref }) => fold(ref) === fold(named))
}

export type ValidationResult<T> =
  | { readonly ok: true; readonly details: T }
  /** What to correct, by the name of the input. */
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

type OptionalTexts<Name extends string> = { readonly [name in Name]?: string | undefined }

/** A rating may be left out and is blank then, never Green; one that is not understood is a problem. */
export function checkRisk(
  { text, mitigation, rating }: OptionalTexts<'text' | 'mitigation' | 'rating'>,
  scheme: Scheme,
): ValidationResult<RiskDetails> {
  const state = rating ? parseState(scheme, rating) : scheme.blank
  const problems: Record<string, string> = {}
  if (!text) problems.text = 'Say what the risk is.'
  if (rating && !state)
    problems.rating = `${unknownStateText(rating, scheme)} ${stateListText(scheme)}`
  if (!text || !state) return { ok: false, problems }
  return {
    ok: true,
    details: { kind: 'risk', text, mitigation: mitigation ?? null, state: state.key },
  }
}

export function checkDecision(
  { text, whom, date }: OptionalTexts<'text' | 'whom' | 'date'>,
  today: CivilDate,
): ValidationResult<DecisionDetails> {
  const neededBy = date ? readDate(date, today) : null
  const problems: Record<string, string> = {}
  if (!text) problems.text = 'Say what is to be decided.'
  if (neededBy === undefined) {
    problems.date = `I could not read ${quoted(date ?? '')} as a date. Try 30 Jun 2017 or end of March.`
  } else if (neededBy !== null && neededBy < today) {
    problems.date = `${fullDate(neededBy)} has passed. Say a day from today on.`
  }
  if (!text || neededBy === undefined || problems.date) return { ok: false, problems }
  return { ok: true, details: { kind: 'decision', text, askedOf: whom ?? null, neededBy } }
}

/** Text like the number of a project ("2.1") has to be one; any other text is a body. */
const projectRefPattern = /^\d+(\.\d+)*[a-z]?$/i

/** `waits` is the project that depends, `projects` are all of its programme. */
export function checkDependency(
  { body, text }: OptionalTexts<'body' | 'text'>,
  waits: { readonly ref: string },
  projects: readonly { readonly ref: string }[],
): ValidationResult<DependencyDetails> {
  const refused = (problem: string) => ({ ok: false as const, problems: { body: problem } })
  if (!body) return refused('Say what it waits for: the number of a project, or a body.')
  const project = findProjectByRef(projects, body)
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
    details: { kind: 'dependency', text: text ?? '', dependsOn: project?.ref ?? body },
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
