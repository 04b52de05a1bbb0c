import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { implausibleFigures } from '../../../src/domain/measures/checks.ts'
import { minus, percentOf } from '../../../src/domain/measures/decimals.ts'
import { effectiveReadings, type Measure } from '../../../src/domain/measures/measure.ts'
import { computeRag, directionOf, previousFigure } from '../../../src/domain/measures/rules.ts'
import { aMeasure } from './measure-builder.ts'

const thresholds = { green: 5, amber: 10 }
type Polarity = Measure['polarity']
const aim = (polarity: Polarity, target: string | null, baseline: string | null = null) => ({
  polarity,
  target,
  baseline,
})

describe('the RAG of a reading', () => {
  test.each([
    ['increase', '100%', '100%', 'green', 0],
    ['increase', '100%', '120%', 'green', -20],
    ['increase', '100%', '95%', 'green', 5],
    ['increase', '100%', '94.9%', 'amber', 5.1],
    ['increase', '100%', '90%', 'amber', 10],
    ['increase', '100%', '89.99%', 'red', 10.01],
    ['decrease', '20%', '20.9%', 'green', 4.5],
    ['decrease', '20%', '21%', 'green', 5],
    ['decrease', '20%', '22%', 'amber', 10],
    ['decrease', '20%', '22.1%', 'red', 10.5],
    ['decrease', '20%', '3%', 'green', -85],
    ['maintain', '2.3%', '2.3%', 'green', 0],
    ['maintain', '100', '95', 'green', 5],
    ['maintain', '100', '105', 'green', 5],
    ['maintain', '100', '110', 'amber', 10],
    ['maintain', '100', '89', 'red', 11],
  ] as const)('to %s, %s aimed at, %s read: %s', (polarity, target, raw, state, shortfall) => {
    expect(computeRag(aim(polarity, target), raw, thresholds)).toMatchObject({
      state,
      shortfall,
      against: 'target',
    })
  })

  // (1 − 0.95) × 100 and its like come to 5.000000000000004 in binary fractions.
  test.each([
    ['increase', '1', '0.95', 'green'],
    ['increase', '1', '0.9', 'amber'],
    ['increase', '0.6', '0.57', 'green'],
    ['increase', '0.3', '0.27', 'amber'],
    ['increase', '4.4', '4.18', 'green'],
    ['decrease', '1.1', '1.155', 'green'],
    ['decrease', '0.7', '0.77', 'amber'],
    ['decrease', '1000000.2', '1050000.21', 'green'],
  ] as const)(
    'is exact at the edge: to %s, %s aimed at, %s read: %s',
    (polarity, target, raw, state) => {
      expect(computeRag(aim(polarity, target), raw, thresholds)).toMatchObject({ state })
    },
  )

  test('is exact at every edge, whatever the decimals', () => {
    const figures = fc.record({
      goal: fc.integer({ min: 1, max: 1_000_000 }),
      decimals: fc.integer({ min: 0, max: 6 }),
      edge: fc.constantFrom(5, 10),
    })
    fc.assert(
      fc.property(figures, ({ goal, decimals, edge }) => {
        const written = (hundredths: number) => decimal(hundredths, decimals + 2)
        const target = aim('increase', written(goal * 100))
        const atEdge = computeRag(target, written(goal * (100 - edge)), thresholds)
        const beyond = computeRag(target, written(goal * (100 - edge) - 1), thresholds)
        expect(atEdge).toMatchObject({ state: edge === 5 ? 'green' : 'amber', shortfall: edge })
        expect(beyond).toMatchObject({ state: edge === 5 ? 'amber' : 'red' })
      }),
    )
  })

  test.each([
    ['increase', 'Increase', '12', '13', 'green', -100 / 12],
    ['increase', 'Increase', '4', '4', 'green', 0],
    ['increase', 'Increase', '22', '20', 'amber', 100 / 11],
    ['increase', 'Increase', '80%', '53%', 'red', 33.75],
    ['decrease', 'Reduce', '14', '27', 'red', 1300 / 14],
    [null, 'Reduce', '14', '12', 'green', -200 / 14],
    ['maintain', 'Maintain', '10', '10.4', 'green', 4],
    ['increase', 'Increase', '0', '0', 'green', 0],
    ['increase', 'Increase', '0', '3', 'green', 0],
  ] as const)(
    'to %s, target %s, baseline %s, %s read: %s',
    (polarity, target, baseline, raw, state, shortfall) => {
      const rated = computeRag(aim(polarity, target, baseline), raw, thresholds)
      expect(rated).toMatchObject({ state, against: 'baseline' })
      expect(rated.computable && rated.shortfall).toBeCloseTo(shortfall, 9)
    },
  )

  test.each([
    ['decrease', '0', '0', 'green'],
    ['increase', '0', '3', 'green'],
    ['decrease', '0%', '-1%', 'green'],
    ['increase', '-10', '-10.5', 'green'],
    ['increase', '-10', '-11', 'amber'],
    ['increase', '-10', '-12', 'red'],
    ['decrease', '-10', '-12', 'green'],
  ] as const)(
    'to %s, %s aimed at, %s read, at and below zero: %s',
    (polarity, target, raw, state) => {
      expect(computeRag(aim(polarity, target), raw, thresholds)).toMatchObject({ state })
    },
  )

  test('goes by the thresholds of the programme', () => {
    const own = { green: 0, amber: 2.5 }
    const states = ['40', '39', '38.9'].map((raw) => computeRag(aim('increase', '40'), raw, own))
    expect(states).toMatchObject([{ state: 'green' }, { state: 'amber' }, { state: 'red' }])
  })

  test.each([
    [aim('increase', null), '58%', 'no target is set'],
    [aim('increase', ' '), 'NYA', 'no target is set'],
    [aim('increase', '65%'), 'NYA', 'the reading, “NYA”, is not yet available'],
    [aim('increase', '65%'), '', 'the reading is blank'],
    [aim('decrease', '56 (519)'), '62.4', 'the target, “56 (519)”, holds more than one number'],
    [
      aim('increase', '65'),
      '58.6%',
      'the target, “65”, and the reading, “58.6%”, are not in the same unit',
    ],
    [
      aim('decrease', 'Decrease', '14/month (average)'),
      '27',
      'the baseline, “14/month (average)”, and the reading, “27”, are not in the same unit',
    ],
    [
      aim('increase', 'Increase', 'N/A'),
      '5',
      'the target is a direction, so the baseline counts, and that, “N/A”, is not applicable',
    ],
    [
      aim('increase', 'Increase'),
      '5',
      'the target is a direction, so the baseline counts, and there is none',
    ],
    [
      aim('increase', 'Decrease', '5'),
      '5',
      'the figure should increase, but the target, as written, is to decrease it',
    ],
    [
      aim('decrease', '>90%'),
      '5%',
      'the figure should decrease, but the target, as written, is to increase it',
    ],
    [aim(null, '65%'), '58%', 'nobody said which way the figure should go'],
    [aim('decrease', 'Reduce', '0'), '3', 'the baseline is 0, and nothing can be a per cent of 0'],
  ])('%j, %j read, is not computable: %s', (asked, raw, reason) => {
    expect(computeRag(asked, raw, thresholds)).toEqual({ computable: false, reason })
  })

  test('a limit implies the polarity', () => {
    expect(computeRag(aim(null, '>90%'), '88%', thresholds)).toMatchObject({ state: 'green' })
    expect(computeRag(aim(null, 'below 14%'), '15%', thresholds)).toMatchObject({ state: 'amber' })
  })
})

describe('the direction of travel, after polarity', () => {
  test.each([
    ['increase', '65%', '58.4%', '58.6%', 'better'],
    ['increase', '65%', '58.6%', '58.4%', 'worse'],
    ['increase', 'Increase', '4', '4', 'same'],
    ['decrease', '20%', '20.9%', '20.90%', 'same'],
    ['decrease', '10%', '11.3%', '13.8%', 'worse'],
    ['decrease', 'Decrease', '13.8%', '11.3%', 'better'],
    [null, 'reduce', '3', '2', 'better'],
    ['maintain', '2.3%', '2.3%', '1.9%', 'worse'],
    ['maintain', '2.3%', '1.9%', '2.2%', 'better'],
    ['maintain', '2.3%', '2.2%', '2.4%', 'same'],
    ['maintain', '1000000.3', '1000000.2', '1000000.4', 'same'],
    ['increase', null, '-5', '-3', 'better'],
    ['decrease', '0', '0', '0', 'same'],
  ] as const)('to %s, target %s, from %s to %s: %s', (polarity, target, then, now, direction) => {
    expect(directionOf(aim(polarity, target), now, then)).toEqual({ computable: true, direction })
  })

  test.each([
    [
      aim('increase', '90%'),
      '41% (tbc by PC)',
      '64%',
      'the one before, “41% (tbc by PC)”, is not certain yet',
    ],
    [aim('increase', '90%'), '41%', 'NYA', 'the reading, “NYA”, is not yet available'],
    [
      aim('increase', null),
      '5',
      '5%',
      'the one before, “5”, and the reading, “5%”, are not in the same unit',
    ],
    [aim(null, '90%'), '41%', '64%', 'nobody said which way the figure should go'],
    [aim('maintain', '90'), '41%', '64%', 'target and readings differ in their unit'],
  ])('%j, from %j to %j: %s', (asked, then, now, reason) => {
    expect(directionOf(asked, now, then)).toEqual({ computable: false, reason })
  })

  test('compares with the period before, corrections included, and first of all with the baseline', () => {
    const measure = aMeasure({
      baseline: '37%',
      readings: [
        { raw: '40%', forDay: '2018-09-30' },
        { raw: '38%', forDay: '2018-06-30' },
        { raw: '83%', forDay: '2018-06-30' },
      ],
    })
    const [latest, first] = effectiveReadings(measure)
    expect(latest && previousFigure(measure, latest)).toMatchObject({ raw: '38%' })
    expect(first && previousFigure(measure, first)).toEqual({ raw: '37%', reading: null })
    const alone = aMeasure({ readings: [{ raw: '40%', forDay: '2018-09-30' }] })
    expect(effectiveReadings(alone).map((reading) => previousFigure(alone, reading))).toEqual([
      null,
    ])
  })
})

test.each([
  ['0', 'green'],
  ['1', 'red'],
])('of a target of 0, %s is %s: it can be missed', (raw, state) => {
  expect(computeRag(aim('decrease', '0'), raw, thresholds)).toMatchObject({ state })
})

test.each([
  ['96%', 'green'],
  ['88%', 'amber'],
  ['104%', 'amber'],
  ['60%', 'red'],
])('what is to be maintained at 95%% is %s: %s', (raw, state) => {
  expect(computeRag(aim('maintain', '95%'), raw, thresholds)).toMatchObject({ state })
})

describe('what cannot be right', () => {
  test('a percentage over 100, in any field', () => {
    const measure = aMeasure({
      baseline: '130%',
      target: '>110%',
      readings: [
        { raw: '100%', forDay: '2018-09-30' },
        { raw: '586%', forDay: '2018-06-30' },
      ],
    })
    expect(implausibleFigures(measure).map((doubt) => doubt.slice(0, 26))).toEqual([
      'The target “>110%” is over',
      'The reading “586%” is over',
      'The baseline “130%” is ove',
    ])
  })

  test('a reading without the per cent of its target', () => {
    const readings = [{ raw: '70', forDay: '2018-09-30' }]
    expect(implausibleFigures(aMeasure({ target: '90%', readings }))).toEqual([
      'The reading “70” has no %, and the target “90%” has one. If it is 70%, say it again as that.',
    ])
    expect(implausibleFigures(aMeasure({ target: '90 days', readings }))).toEqual([])
  })

  test('a target without a unit next to readings with one', () => {
    const readings = [{ raw: '58.6%', forDay: '2018-09-30' }]
    expect(implausibleFigures(aMeasure({ target: '65', readings }))).toEqual([
      'The target “65” has no unit, and “58.6%” has one. Give the target its unit.',
    ])
    expect(implausibleFigures(aMeasure({ target: '65%', readings }))).toEqual([])
    expect(implausibleFigures(aMeasure({ target: 'Increase', readings }))).toEqual([])
  })
})

describe('decimal arithmetic', () => {
  test('differences and shares have no rounding noise', () => {
    expect([minus(0.3, 0.1), minus(1, 0.95), minus(5, 5), minus(1e-7, 0)]).toEqual([
      0.2, 0.05, 0, 1e-7,
    ])
    expect([percentOf(0.05, 1), percentOf(0.07, 1)]).toEqual([5, 7])
  })

  test('agree with sums of whole numbers', () => {
    const whole = fc.integer({ min: -1e9, max: 1e9 })
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: 0, max: 5 }), (a, b, decimals) => {
        const difference = minus(Number(decimal(a, decimals)), Number(decimal(b, decimals)))
        expect(difference).toBe(Number(decimal(a - b, decimals)) + 0)
      }),
    )
  })
})

/** 1234 with 2 decimals is '12.34', written without any sum of fractions. */
function decimal(whole: number, decimals: number): string {
  const digits = String(Math.abs(whole)).padStart(decimals + 1, '0')
  const sign = whole < 0 ? '-' : ''
  const at = digits.length - decimals
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, at)}.${digits.slice(at)}`
}
