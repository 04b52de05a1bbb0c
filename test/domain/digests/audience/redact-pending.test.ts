import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { fingerprint } from '../../../../src/domain/checks/check.ts'
import {
  pendingCheckText,
  redactPendingWith,
} from '../../../../src/domain/digests/audience/redact-pending.ts'
import { composeDigest } from '../../../../src/domain/digests/content/compose.ts'
import type { DigestInput } from '../../../../src/domain/digests/content/digest-input.ts'
import type { Entry } from '../../../../src/domain/register/entry.ts'
import { aPlan } from '../../../support/plans.ts'
import { aReview } from '../../../support/register.ts'
import { aMeasure } from '../../measures/measure-builder.ts'

const words = 'Child X waits for a place'
const recorded = {
  ...{ id: 'entry', number: 1, project: null, byId: null, source: 'test', closing: null },
  onDay: civilDate('2017-02-20'),
  reviews: [aReview({ onDay: '2017-02-20', mitigation: words, proximity: words, reason: words })],
  reopenings: [
    {
      ...{ reason: words, byId: null, onDay: civilDate('2017-02-20') },
      closing: { outcome: words, byId: null, onDay: civilDate('2017-02-20') },
    },
  ],
}
const register: readonly Entry[] = [
  { ...recorded, kind: 'headline', text: words },
  {
    ...{ ...recorded, kind: 'risk', text: words, mitigation: words, state: 'red' },
    ...{ score: null, proximity: words, ownerId: null, reviewOn: null },
  },
  { ...recorded, kind: 'decision', text: words, askedOf: null, neededBy: null },
]
const asked: DigestInput = {
  measures: [
    aMeasure({ title: words, target: words, readings: [{ raw: words, forDay: '2017-02-20' }] }),
  ],
  ...{ register, previous: null, since: civilDate('2017-02-13') },
  plan: aPlan({
    projects: [
      {
        ref: '2.1',
        updates: [
          {
            ...{ state: 'red', onDay: '2017-02-20', greenBy: '2017-03-31' },
            ...{ reason: words, path: words, divergenceReason: words },
          },
          { state: 'amber', onDay: '2017-02-13', reason: words, divergenceReason: words },
        ],
        milestones: [
          {
            due: '2017-03-01',
            atRisk: words,
            moves: [{ from: '2017-02-10', to: '2017-03-01', onDay: '2017-02-20', reason: words }],
          },
        ],
      },
    ],
  }),
  overrides: [
    {
      ...{ id: 'o', workstreamId: null, state: 'red', reason: words, byId: null },
      ...{ onDay: civilDate('2017-02-20'), at: new Date('2017-02-20'), confirmation: null },
    },
  ],
  projectRemarks: new Map([['2.1', [words]]]),
}

describe('text with an open safeguarding check', () => {
  test('is neither in the input of a digest nor in the digest', () => {
    const made = redactPendingWith(asked, [])
    expect(
      JSON.stringify([made.plan, made.register, made.overrides, ...(made.projectRemarks ?? [])]),
    ).not.toContain('Child X')
    const content = JSON.stringify(composeDigest(made))
    expect(content).not.toContain('Child X')
    expect(content).toContain(pendingCheckText)
  })

  test('is shown once somebody has answered the check', () => {
    const answer = {
      ...{ check: 'child' as const, projectId: '2.1', fingerprints: [fingerprint(words)] },
      ...{ answer: 'It is a play', byId: 'asha', onDay: civilDate('2017-02-21') },
    }
    expect(redactPendingWith(asked, [answer]).register).toEqual(register)
  })

  test('leaves everything else unchanged', () => {
    const { plan } = redactPendingWith(asked, [])
    expect(plan.projects[0]?.updates.map(({ state }) => state)).toEqual(['red', 'amber'])
    expect(plan.projects[0]?.updates[0]?.greenBy).toBe('2017-03-31')
  })
})
