import { expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { benefitStanding } from '../../../src/domain/measures/benefits.ts'
import { benefits, benefitsOf } from '../../../src/domain/plan/attributes/benefits.ts'
import { aMeasure, type MeasureSketch } from './measure-builder.ts'

const asOf = civilDate('2017-02-24')

test.each([
  ['moves M3 from Apr 2017 by 5', '3 from 2017-04-01 by 5'],
  ['measure 3 from 1 May 2017 by 2.5%', '3 from 2017-05-01 by 2.5'],
  [
    '3 from 2017-04-01 by 5; 4 from Apr 2017 by 1',
    '3 from 2017-04-01 by 5; 4 from 2017-04-01 by 1',
  ],
])('“%s” is kept as %s, and read again', (text, kept) => {
  expect(benefits.parse(text, asOf)).toEqual({ value: kept, problem: null })
  expect(benefits.parse(kept, asOf).value).toBe(kept)
  expect(benefitsOf(kept)).toHaveLength(kept.split(';').length)
})

test.each(['more children are heard', '3 by 5', '3 from soon by 5', 'M3 from Apr 2017 by a lot'])(
  '“%s” is refused with how to say it',
  (text) => {
    expect(benefits.parse(text, asOf)).toMatchObject({ value: null, problem: expect.any(String) })
  },
)

const benefit = { measure: 1, from: civilDate('2017-01-01'), by: 5 }
const after = (raw: string) => ({ raw, forDay: '2017-01-31' })
const before = (raw: string) => ({ raw, forDay: '2016-12-31' })

test.each<[string, MeasureSketch, string, string]>([
  ['far enough', { readings: [after('64%'), before('58%')] }, 'moved', '6 of 5'],
  ['not far enough', { readings: [after('60%'), before('58%')] }, 'not moved', '2 of 5'],
  ['the wrong way', { readings: [after('50%'), before('58%')] }, 'not moved', '-8 of 5'],
  [
    'down, where it should fall',
    { polarity: 'decrease', readings: [after('50%'), before('58%')] },
    ...(['moved', '8 of 5'] as const),
  ],
  ['from its baseline', { baseline: '50%', readings: [after('56%')] }, 'moved', '6 of 5'],
  ['without a reading since', { readings: [before('58%')] }, 'not known', 'no reading since'],
  ['without anything before', { readings: [after('58%')] }, 'not known', 'neither an earlier'],
  [
    'to no figure',
    { baseline: '50%', readings: [after('NYA')] },
    'not known',
    'cannot be compared',
  ],
  [
    'where nobody said which way',
    { polarity: null, baseline: '50%', readings: [after('60%')] },
    ...(['not known', 'which way'] as const),
  ],
])('a measure that went %s', (_name, sketch, state, words) => {
  const standing = benefitStanding(benefit, [aMeasure(sketch)], asOf)
  expect(standing.state).toBe(state)
  expect(standing.told).toContain(words)
})

test('before its day nothing is asked; of a measure that is gone nothing is known', () => {
  const early = benefitStanding(benefit, [aMeasure({})], civilDate('2016-12-01'))
  expect(early.state).toBe('to come')
  expect(benefitStanding(benefit, [], asOf).state).toBe('not known')
})
