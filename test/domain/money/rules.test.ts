import { expect, test } from '@jest/globals'
import {
  formatOverBudget,
  type Money,
  moneyMismatches,
  moneyState,
  programmeMoney,
  workstreamMoney,
} from '../../../src/domain/money/rules.ts'
import { moneySetting } from '../../../src/domain/money/settings.ts'
import { aPlan } from '../../support/plans.ts'
import { settingsWith } from '../../support/settings.ts'

const limits = moneySetting.of(settingsWith())

test.each([
  [{ budget: 100, forecast: 100 }, 'green', 'On budget'],
  [{ budget: 100, forecast: 90 }, 'green', '£0.10 under budget (10%)'],
  [{ budget: 1000, forecast: 1001 }, 'amber', '£0.01 over budget (0.1%)'],
  [{ budget: 100, forecast: 105 }, 'amber', '£0.05 over budget (5%)'],
  [{ budget: 1000, forecast: 1051 }, 'red', '£0.51 over budget (5.1%)'],
  // Spent already beyond what is forecast.
  [{ budget: 100, forecast: 100, actual: 120 }, 'red', '£0.20 over budget (20%)'],
  [{ budget: 100, actual: 40 }, 'green', '£0.60 under budget (60%)'],
  [{ budget: 0, forecast: 1 }, 'red', '£0.01 over budget'],
  [{ budget: 0, forecast: 0 }, 'green', 'On budget'],
  [{ forecast: 100, actual: 40 }, undefined, undefined],
  [{ budget: 100 }, undefined, undefined],
  [{ savings: 100 }, undefined, undefined],
])('%o is rated %s: %s', (figures, state, told) => {
  expect(moneyState(figures, limits)?.key).toBe(state)
  expect(formatOverBudget(figures)).toBe(told)
})

test('a programme may allow more', () => {
  const own = moneySetting.of(settingsWith({ money: { amberOver: 5, redOver: 10 } }))
  const states = [105, 106, 111].map((forecast) => moneyState({ budget: 100, forecast }, own)?.key)
  expect(states).toEqual(['green', 'amber', 'red'])
})

const plan = aPlan({
  workstreams: [
    { ref: '1', title: 'Practice' },
    { ref: '2', title: 'Homes' },
  ],
  projects: [{ ref: '1.1', title: 'Website' }, { ref: '1.2' }, { ref: '2.1' }],
})
const [first, second] = plan.workstreams
const money: Money = {
  projects: new Map([
    ['1.1', { budget: 50_000_00, forecast: 10_00, actual: 20_00 }],
    ['1.2', { budget: 30_000_00 }],
    ['2.1', { budget: 5_000_00 }],
  ]),
  workstreams: new Map([[first?.id ?? '', { budget: 100_000_00 }]]),
}

test('a workstream has its own figures, and else what its projects come to; the programme adds them up', () => {
  const figuresOf = (one: typeof first) => one && workstreamMoney(plan, one, money)
  expect(figuresOf(first)).toEqual({ budget: 100_000_00, forecast: 10_00, actual: 20_00 })
  expect(figuresOf(second)).toEqual({ budget: 5_000_00 })
  expect(programmeMoney(plan, money)).toMatchObject({ budget: 105_000_00 })
})

test('totals that do not add up, and spending beyond the forecast, are told and not corrected', () => {
  expect(moneyMismatches(plan, money)).toEqual([
    'Workstream 1: its budget is £100,000, and those of its projects come to £80,000.',
    '1.1 Website: £20 is spent, more than its forecast of £10.',
  ])
})
