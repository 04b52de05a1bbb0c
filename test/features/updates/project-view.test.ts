import { expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { ratingConfigOf } from '../../../src/domain/status/rules.ts'
import { projectView } from '../../../src/features/updates/project-view.ts'
import { aPlan } from '../../support/plans.ts'
import { withToll } from '../../support/toll-attribute.ts'

test('the card of a project shows every attribute that has a value, by its descriptor', () => {
  const plan = aPlan({
    projects: [{ ref: '2.1', attributes: { start: '2017-03-01', toll: '40000', gone: 'x' } }],
  })
  const [project] = plan.projects
  if (!project) throw new Error('The plan has no project.')
  const card = projectView({
    project,
    attributes: withToll,
    outcomeLinks: { outcomes: [], recommendations: [], measures: [] },
    ratingConfig: ratingConfigOf(plan.programme.settings),
    today: civilDate('2017-02-24'),
    names: new Map(),
    ...{
      secondRating: null,
      personId: 'asha',
      mayChange: false,
      mayChangePlan: false,
      mayConfirm: false,
      ratesMilestones: false,
    },
  })
  expect(card.data).toHaveProperty('details', [
    { label: 'Leads', text: 'none recorded' },
    { label: 'Starts', text: 'Wed 1 Mar 2017' },
    { label: 'Toll', text: '£40,000' },
  ])
})
