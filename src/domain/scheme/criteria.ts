import type { ProgrammeSettings } from '../programme/setting.ts'
import { goalOf, isOnScale, needsReason, type Scheme, type State } from './schemes.ts'
import { criteriaSetting, schemeSetting } from './settings.ts'

/**
 * Criteria that a RAG of readiness comes from (W17's sheet, rule 2 of the domain).
 * All met: Green. One missing, not a critical one: Amber. Two or more missing, or a critical one: Red.
 */
export interface Criterion {
  readonly key: string
  readonly label: string
  readonly critical: boolean
}

export const fiveCriteria: readonly Criterion[] = [
  { key: 'scope', label: 'Clear scope', critical: true },
  { key: 'requirements', label: 'Clear resource requirements', critical: false },
  { key: 'resource', label: 'Resource allocated', critical: false },
  { key: 'plan', label: 'Project plan developed', critical: false },
  { key: 'timescales', label: 'Ambitious delivery timescales', critical: false },
]

/** The criteria of a programme: those it chose; else W17's five where it uses W17's scheme (RAG); else none. */
export function criteriaOf(settings: ProgrammeSettings): readonly Criterion[] {
  return criteriaSetting.of(settings) ?? (schemeSetting.of(settings) === 'rag' ? fiveCriteria : [])
}

export type Readiness = 'red' | 'amber' | 'green'

/** The RAG that the ticks come to. `met`: keys of the criteria that are met. */
export function derivedRag(met: readonly string[], criteria = fiveCriteria): Readiness {
  const missing = criteria.filter(({ key }) => !met.includes(key))
  if (missing.length === 0) return 'green'
  if (missing.length > 1 || missing.some(({ critical }) => critical)) return 'red'
  return 'amber'
}

/** The state of the scheme that the ticks come to. */
export function derivedState(
  scheme: Scheme,
  met: readonly string[],
  criteria: readonly Criterion[],
): State {
  return readinessStates(scheme)[derivedRag(met, criteria)]
}

/** Green is the goal of a scheme, Amber the mildest state that asks for a reason, Red the worst. */
function readinessStates(scheme: Scheme): Record<Readiness, State> {
  const green = goalOf(scheme)
  const concerns = scheme.states.filter(needsReason)
  return { green, amber: concerns.at(-1) ?? green, red: concerns[0] ?? green }
}

/** Whether a declared state agrees with a derived one. Any two good states do; a state off the scale always does. */
export function statesAgree(declared: State, derived: State): boolean {
  return declared.key === derived.key || (declared.good && derived.good) || !isOnScale(declared)
}

/** 'Clear scope (critical)'. */
export function formatCriterion({ label, critical }: Criterion): string {
  return critical ? `${label} (critical)` : label
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** 'the five criteria'. */
export function formatCriteriaCount(criteria: readonly Criterion[]): string {
  const count = criteria.length
  return count === 1 ? 'the one criterion' : `the ${formatNumber(count)} criteria`
}

function formatNumber(count: number): string {
  return numbers[count] ?? String(count)
}

/** The rule in one line, in the words of the scheme; '' without criteria. */
export function formatCriteriaRule(scheme: Scheme, criteria: readonly Criterion[]): string {
  if (criteria.length === 0) return ''
  const { green, amber, red } = readinessStates(scheme)
  const anyCritical = criteria.some(({ critical }) => critical)
  if (criteria.length === 1) {
    return `Met: ${green.label}. Missing: ${(anyCritical ? red : amber).label}.`
  }
  const orCritical = anyCritical ? ', or a critical one' : ''
  return `All ${formatNumber(criteria.length)}: ${green.label}. One missing: ${amber.label}. Two missing${orCritical}: ${red.label}.`
}
