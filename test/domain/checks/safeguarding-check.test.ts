import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { buildNameAllowlist } from '../../../src/domain/checks/personal-data-detector.ts'
import { openChecks } from '../../../src/domain/checks/rules.ts'
import { isWithheld } from '../../../src/domain/checks/safeguarding-check.ts'
import type { Headline } from '../../../src/domain/register/entry.ts'
import { aPlan } from '../../support/plans.ts'
import { amber, answerTo, keysOf, noInputs, raiseChecks } from './raise-checks.ts'

describe('words that tell of a child', () => {
  const about = (reason: string) => [
    { ...amber, onDay: '2017-03-20', greenBy: '2017-04-30', reason },
  ]

  test('trip wherever a digest may tell them', () => {
    const [raised] = raiseChecks({ updates: about('We had to move pupil Ella') })
    expect(raised?.question).toContain('“pupil Ella”')
    const moved = [
      { from: '2017-03-01', to: '2017-05-01', onDay: '2017-03-02', reason: 'Child X is ill' },
    ]
    expect(keysOf(raiseChecks({ milestones: [{ due: '2017-05-01', moves: moved }] }))).toEqual([
      'child',
    ])
    const headline: Headline = {
      ...{ kind: 'headline', id: 'h', number: 1, text: 'Family F was moved', project: null },
      ...{ byId: null, source: 'test', onDay: civilDate('2017-03-20'), closing: null },
      ...{ reviews: [], reopenings: [] },
    }
    expect(raiseChecks({}, { entries: [headline] })).toMatchObject([
      { check: 'child', project: null },
    ])
  })

  test('do not where they are the name of somebody who leads', () => {
    const plan = aPlan({
      projects: [
        {
          ref: '2.1',
          updates: about('The pupil tracker is with pupil lead Jamie'),
        },
      ],
    })
    expect(openChecks(plan, noInputs)).toEqual([])
  })

  test('are withheld until somebody answers for them, and stay settled wherever they are said again', () => {
    const text = 'All well. Child X is the name of a play.'
    const [raised] = raiseChecks({ updates: about(text) })
    const answers = raised ? [answerTo(raised)] : []
    const names = buildNameAllowlist([])
    expect(isWithheld(text, { answers: [], names })).toBe(true)
    expect(isWithheld(text, { answers, names })).toBe(false)
    expect(isWithheld('Child X is the name of a play!', { answers, names })).toBe(false)
    expect(isWithheld('Child X has moved', { answers, names })).toBe(true)
  })
})
