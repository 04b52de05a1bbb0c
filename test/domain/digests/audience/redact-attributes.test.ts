import { expect, test } from '@jest/globals'
import { redactPlan } from '../../../../src/domain/digests/audience/redact.ts'
import { aPlan } from '../../../support/plans.ts'
import { withToll } from '../../../support/toll-attribute.ts'

const plan = aPlan({
  projects: [{ ref: '2.1', attributes: { start: '2017-03-01', toll: '40000', gone: 'x' } }],
})

test.each([
  ['internal', { start: '2017-03-01', toll: '40000', gone: 'x' }],
  ['board', { start: '2017-03-01' }],
  ['public', { start: '2017-03-01' }],
] as const)('what the %s readers know of a project’s attributes', (reader, attributes) => {
  expect(redactPlan(plan, reader, withToll).projects[0]?.attributes).toEqual(attributes)
})

test('an attribute that is not in the registry is shown to insiders alone', () => {
  expect(redactPlan(plan, 'board', []).projects[0]?.attributes).toEqual({})
})
