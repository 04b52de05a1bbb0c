import { describe, expect, test } from '@jest/globals'
import {
  criteriaOf,
  derivedRag,
  derivedState,
  fiveCriteria,
  formatCriteriaRule,
  formatCriterion,
  statesAgree,
} from '../../../src/domain/scheme/criteria.ts'
import { brag, delivery, rag, stateByKey } from '../../../src/domain/scheme/schemes.ts'
import { settingsWith } from '../../support/settings.ts'

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

  test('ignores unknown criteria', () => {
    expect(derivedRag(['scope', 'wishes', 'hopes', 'dreams', 'plans'])).toBe('red')
  })
})

describe('the RAG of criteria that a programme chose', () => {
  const criteria = [
    { key: 'money', label: 'Money', critical: true },
    { key: 'people', label: 'People', critical: true },
    { key: 'plan', label: 'Plan', critical: false },
  ]
  test.each([
    [['money', 'people', 'plan'], 'green'],
    [['money', 'people'], 'amber'],
    [['money', 'plan'], 'red'],
    [['people', 'plan'], 'red'],
    [['money'], 'red'],
    [['people'], 'red'],
    [['plan'], 'red'],
    [[], 'red'],
  ])('with %j met is %s', (met, state) => {
    expect(derivedRag(met, criteria)).toBe(state)
  })

  test('with only one criterion is Amber where that is missing, unless it is critical', () => {
    const [money, , plan] = criteria
    expect(derivedRag([], plan ? [plan] : [])).toBe('amber')
    expect(derivedRag([], money ? [money] : [])).toBe('red')
  })

  test('uses the states of the scheme', () => {
    const keys = (met: string[]) =>
      [rag, brag, delivery].map((scheme) => derivedState(scheme, met, criteria).key)
    expect(keys(['money', 'people', 'plan'])).toEqual(['green', 'green', 'on-track'])
    expect(keys(['money', 'people'])).toEqual(['amber', 'amber', 'minor-issues'])
    expect(keys([])).toEqual(['red', 'red', 'major-issues'])
    expect(formatCriteriaRule(rag, criteria)).toBe(
      'All three: Green. One missing: Amber. Two missing, or a critical one: Red.',
    )
    expect(formatCriteriaRule(rag, [])).toBe('')
    expect(formatCriteriaRule(rag, criteria.slice(0, 1))).toBe('Met: Green. Missing: Red.')
    expect(formatCriteriaRule(delivery, criteria.slice(2))).toBe(
      'Met: On track/No issues. Missing: Possibility of missing deadlines/Minor issues.',
    )
  })
})

test('W17’s five are asked where nothing was chosen and the scheme is W17’s', () => {
  expect(criteriaOf(settingsWith())).toBe(fiveCriteria)
  expect(criteriaOf(settingsWith({ scheme: 'brag' }))).toEqual([])
  expect(criteriaOf(settingsWith({ criteria: [] }))).toEqual([])
  expect(fiveCriteria.map(formatCriterion)[0]).toBe('Clear scope (critical)')
})

test('complete agrees with ready, and a state off the scale with everything', () => {
  const of = (key: string) => stateByKey(brag, key)
  expect(statesAgree(of('blue'), of('green'))).toBe(true)
  expect(statesAgree(of('blue'), of('amber'))).toBe(false)
  expect(statesAgree(of('amber'), of('red'))).toBe(false)
  expect(statesAgree(of('not-applicable'), of('red'))).toBe(true)
})
