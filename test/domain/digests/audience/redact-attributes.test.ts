import { expect, test } from '@jest/globals'
import { redactPlan } from '../../../../src/domain/digests/audience/redact.ts'
import { withBudget } from '../../../support/budget-attribute.ts'
import { aPlan } from '../../../support/plans.ts'

const plan = aPlan({
  projects: [{ ref: '2.1', attributes: { start: '2017-03-01', budget: '40000', gone: 'x' } }],
})

test.each([
  ['internal', { start: '2017-03-01', budget: '40000', gone: 'x' }],
  ['board', { start: '2017-03-01' }],
  ['public', { start: '2017-03-01' }],
] as const)('what the %s readers know of a project’s attributes', (reader, attributes) => {
  expect(redactPlan(plan, reader, withBudget).projects[0]?.attributes).toEqual(attributes)
})

test('an attribute that is not in the registry is shown to insiders alone', () => {
  expect(redactPlan(plan, 'board', []).projects[0]?.attributes).toEqual({})
})
