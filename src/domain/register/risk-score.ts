import type { Scheme, State } from '../scheme/schemes.ts'
import type { RiskScore } from './entry.ts'

/**
 * A risk scored by likelihood × impact, 1 to 5 each, as risk registers of local government do: 15 and more is the worst
 * state, 5 to 12 the one between, 4 and less the one to be in.
 */
const worstFrom = 15
const middleFrom = 5

const scorePattern = /^([1-5])\s*[x×*]\s*([1-5])$/iu

/** "4x5", "4 × 5"; undefined for any other text. */
export function parseScore(text: string): RiskScore | undefined {
  const [, likelihood, impact] = scorePattern.exec(text.trim()) ?? []
  return likelihood && impact
    ? { likelihood: Number(likelihood), impact: Number(impact) }
    : undefined
}

/** The state that a score comes to in a programme's scheme. */
export const stateOfScore = ({ likelihood, impact }: RiskScore, scheme: Scheme): State =>
  stateOfProduct(likelihood * impact, scheme)

/** The same of likelihood × impact, 1 to 25. */
export function stateOfProduct(product: number, scheme: Scheme): State {
  const bad = scheme.states.filter(({ good }) => !good)
  const best = scheme.states.find(({ good }) => good)
  const [worst] = bad
  const middle = bad[Math.floor(bad.length / 2)]
  const state = product >= worstFrom ? worst : product >= middleFrom ? middle : best
  return state ?? scheme.blank
}

/** "4 × 5 = 20 (likelihood × impact)". */
export function formatScore({ likelihood, impact }: RiskScore): string {
  return `${likelihood} × ${impact} = ${likelihood * impact} (likelihood × impact)`
}
