/**
 * The five criteria of a RAG that measures how ready a project is (W17's sheet, rule 2 of the domain).
 * All five: Green. One missing, not a critical one: Amber. Two or more missing, or a critical one: Red.
 */
export interface Criterion {
  readonly key: string
  readonly label: string
  readonly critical: boolean
}

export const fiveCriteria: readonly Criterion[] = [
  { key: 'scope', label: 'Clear scope (critical)', critical: true },
  { key: 'requirements', label: 'Clear resource requirements', critical: false },
  { key: 'resource', label: 'Resource allocated', critical: false },
  { key: 'plan', label: 'Project plan developed', critical: false },
  { key: 'timescales', label: 'Ambitious delivery timescales', critical: false },
]

/** The RAG that the ticks come to. `met`: keys of the criteria that are met. */
export function derivedRag(
  met: readonly string[],
  criteria = fiveCriteria,
): 'red' | 'amber' | 'green' {
  const missing = criteria.filter(({ key }) => !met.includes(key))
  if (missing.length === 0) return 'green'
  if (missing.length > 1 || missing.some(({ critical }) => critical)) return 'red'
  return 'amber'
}
