import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { recipientsOf } from '../../../src/domain/plan/recipients.ts'
import { aPlan } from '../../support/plans.ts'

describe('a project whose lead may only read', () => {
  const asked = (leads: readonly string[], viewers: readonly string[]) => {
    const plan = aPlan({
      projects: [{ ref: '2.1', leads }],
      workstreams: [{ ref: '2', leads: ['wanda'] }],
      programmeOffice: ['olu'],
      viewers,
    })
    const [project] = plan.projects
    if (!project) throw new Error('no project')
    const query = { day: civilDate('2017-03-27'), contactabilityOf: () => 'reached' as const }
    return recipientsOf(plan, project, query).map(({ person, role, reason, why }) => [
      ...[person?.id, role, reason, why],
    ])
  }

  test.each([
    ['is asked of the lead who may answer', ['asha', 'tom'], ['asha'], ['tom', 'lead', null, null]],
    [
      "is asked of its workstream's lead where there is no other",
      ['asha'],
      ['asha'],
      ['wanda', 'workstream lead', 'unavailable', 'asha may only read here'],
    ],
    [
      'is asked of the programme office where these may only read too',
      ['asha'],
      ['asha', 'wanda'],
      ['olu', 'programme office', 'unavailable', 'asha may only read here'],
    ],
    [
      'is another than one that has no lead',
      [],
      ['asha'],
      ['wanda', 'workstream lead', 'no lead', 'no lead yet'],
    ],
  ])('%s', (_, leads, viewers, recipient) => {
    expect(asked(leads, viewers)).toEqual([recipient])
  })
})
