import { expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { ratingConfigOf } from '../../../src/domain/status/rules.ts'
import { projectView } from '../../../src/features/updates/project-view.ts'
import { withBudget } from '../../support/budget-attribute.ts'
import { aPlan } from '../../support/plans.ts'

test('the card of a project shows every attribute that has a value, by its descriptor', () => {
  const plan = aPlan({
    projects: [{ ref: '2.1', attributes: { start: '2017-03-01', budget: '40000', gone: 'x' } }],
  })
  const [project] = plan.projects
  if (!project) throw new Error('The plan has no project.')
  const card = projectView({
    project,
    attributes: withBudget,
    outcomeLinks: { outcomes: [], recommendations: [], measures: [] },
    ratingConfig: ratingConfigOf(plan.programme.settings),
    today: civilDate('2017-02-24'),
    names: new Map(),
    ...{ secondRating: null, personId: 'asha', mayChange: false, mayConfirm: false },
  })
  expect(card.data).toHaveProperty('details', [
    { label: 'Leads', text: 'none recorded' },
    { label: 'Starts', text: 'Wed 1 Mar 2017' },
    { label: 'Budget', text: '£40,000' },
  ])
})
