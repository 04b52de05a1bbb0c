import { expect, test } from '@jest/globals'
import { openChecks } from '../../../src/domain/checks/rules.ts'
import { moneyMismatches, moneyOf } from '../../../src/domain/money/rules.ts'
import { aPlan } from '../../support/plans.ts'
import { answerTo, noInputs } from './raise-checks.ts'

const plan = aPlan({
  asAt: '2017-03-24',
  workstreams: [{ ref: '2', title: 'Homes' }],
  projects: [
    { ref: '2.1', title: 'Website', attributes: { budget: '80000', forecast: '10', actual: '20' } },
    { ref: '2.2', attributes: { budget: '5000', forecast: '30', actual: '30' } },
  ],
})
const workstreamId = plan.workstreams[0]?.id ?? ''
const projects = new Map(plan.projects.map(({ id, attributes }) => [id, moneyOf(attributes)]))
const moneyWith = (budget: number) => ({
  projects,
  workstreams: new Map([[workstreamId, { budget }]]),
})
const raise = (budget: number, answers = noInputs.answers) =>
  openChecks(plan, { ...noInputs, answers, money: moneyWith(budget) })

test('what does not add up is asked of the project and of its workstream, as papers tell it', () => {
  const raised = raise(100_000_00)
  expect(
    raised.map(({ project, subject, question }) => [project?.ref ?? subject, question]),
  ).toEqual([
    ['2.1', '£20 is spent, more than its forecast of £10. Which is right?'],
    [
      'Workstream 2 Homes',
      'Its budget is £100,000, and those of its projects come to £85,000. Which is right?',
    ],
  ])
  const told = moneyMismatches(plan, moneyWith(100_000_00))
  expect(told).toHaveLength(raised.length)
  for (const { question } of raised) {
    const figures = question.replace(' Which is right?', '').replace(/^Its/, 'its')
    expect(told.some((line) => line.endsWith(`: ${figures}`))).toBe(true)
  }
})

test('is settled by an answer until a figure is another one', () => {
  const answers = raise(100_000_00).map(answerTo)
  expect(raise(100_000_00, answers)).toEqual([])
  expect(raise(90_000_00, answers).map(({ subject }) => subject)).toEqual(['Workstream 2 Homes'])
})

test('nothing is asked where the sums are right', () => {
  expect(raise(85_000_00).map(({ project }) => project?.ref)).toEqual(['2.1'])
})
