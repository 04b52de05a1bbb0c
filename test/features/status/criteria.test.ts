import { describe, expect, test } from '@jest/globals'
import { derivedRag, fiveCriteria } from '../../../src/features/status/criteria.ts'

const keys = fiveCriteria.map(({ key }) => key)
const combinations = Array.from({ length: 2 ** keys.length }, (_, bits) =>
  keys.filter((_key, at) => (bits >> at) % 2 === 1),
)

/** Rule 2 of the published sheet, in its own order: what is missing decides. */
function byTheSheet(met: readonly string[]): string {
  if (!met.includes('scope')) return 'red'
  const missing = 5 - met.length
  return missing === 0 ? 'green' : missing === 1 ? 'amber' : 'red'
}

describe('the RAG of the five criteria', () => {
  test.each(combinations.map((met) => [met.join(', ') || 'none', byTheSheet(met), met] as const))(
    'with %s met is %s',
    (_name, state, met) => {
      expect(derivedRag(met)).toBe(state)
    },
  )

  test('is Green once, Amber four times and Red twenty-seven times over all 32 combinations', () => {
    const counts = { red: 0, amber: 0, green: 0 }
    for (const met of combinations) counts[derivedRag(met)] += 1
    expect(counts).toEqual({ green: 1, amber: 4, red: 27 })
  })

  test('needs the scope whatever else is met', () => {
    expect(derivedRag(keys.filter((key) => key !== 'scope'))).toBe('red')
    expect(derivedRag(keys.filter((key) => key !== 'plan'))).toBe('amber')
  })

  test('counts no criterion that it does not know', () => {
    expect(derivedRag(['scope', 'wishes', 'hopes', 'dreams', 'plans'])).toBe('red')
  })
})
