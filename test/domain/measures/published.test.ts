import { describe, expect, test } from '@jest/globals'
import { ragMismatches } from '../../../src/domain/measures/checks.ts'
import { effectiveReadings, type Measure } from '../../../src/domain/measures/measure.ts'
import { computeRag, directionOf } from '../../../src/domain/measures/rules.ts'
import { aMeasure } from './measure-builder.ts'

/**
 * The figures of the three KPI tables in a county's published quarterly update of autumn 2018: March 2018 as the
 * baseline with its RAG, the target, September 2018 with its RAG. The titles are ours.
 */
const thresholds = { green: 5, amber: 10 }

type Row = readonly [
  title: string,
  polarity: Measure['polarity'],
  baseline: string,
  baselineState: 'red' | 'green' | 'n/a',
  target: string,
  reading: string,
  published: 'red' | 'amber' | 'green' | 'n/a',
  /** The symbol that stands for its direction: an arrow once, of which the scan left only the circle. */
  symbol: '⊕' | '∅' | '⊘' | 'N/A',
]

const exploitation: readonly Row[] = [
  ['Contacts', 'increase', '205', 'n/a', 'Increase', '5', 'red', '⊕'],
  ['Category 1', 'increase', '81', 'n/a', 'Increase', '67', 'red', '⊕'],
  ['Category 2', 'increase', '22', 'n/a', 'Increase', '7', 'red', '⊕'],
  ['Category 3', 'increase', '4', 'n/a', 'Increase', '4', 'green', '⊕'],
  ['Early help plans', 'increase', '12', 'n/a', 'Increase', '13', 'green', '⊕'],
  ['Child in need plans', 'increase', '37', 'n/a', 'Increase', '19', 'red', '∅'],
  ['Protection plans', 'increase', '30', 'n/a', 'Increase', '16', 'red', '⊕'],
  ['Looked-after plans', 'increase', '22', 'n/a', 'Increase', '20', 'amber', '⊕'],
  ['Assessment up to date', 'increase', '80%', 'n/a', 'Increase', '53%', 'red', '⊕'],
]
const work: readonly Row[] = [
  ['Offers', 'increase', 'N/A', 'n/a', 'Align with CPDP target', 'NYA', 'n/a', 'N/A'],
  ['In education or work', 'increase', '58.4%', 'red', '65%', '58.6%', 'green', '∅'],
  ['In higher education', 'increase', '10.5%', 'red', '12%', '6.90%', 'red', '∅'],
  ['School moves', 'decrease', '14/month (average)', 'n/a', 'Decrease', '27', 'red', '∅'],
  ['Plans at 16', 'increase', '41% (tbc by PC)', 'red', '90%', '64.2%', 'red', '∅'],
]
const oversight: readonly Row[] = [
  ['Supervision, in need', 'increase', '37%', 'red', '65% (August 2018)', '35.0%', 'red', '⊘'],
  ['Supervision, protection', 'increase', '40%', 'red', '65% (August 2018)', '23.5%', 'red', '⊘'],
  [
    'Supervision, looked after',
    'increase',
    '67%',
    'red',
    '75% (August 2018)',
    '70.9%',
    'amber',
    '∅',
  ],
  ['Protection rate', 'decrease', '66 (611)', 'red', '56 (519)', '62.4', 'red', '∅'],
  ['Audits', 'increase', '43%', 'red', '60% (Sept 2018)', '60%', 'green', '∅'],
  ['Repeat referrals', 'decrease', '20.9%', 'green', '20%', '20.9%', 'green', '∅'],
  ['Repeat plans', 'decrease', '11.3%', 'red', '10%', '13.8%', 'red', '⊘'],
  ['Long plans', 'maintain', '2.3%', 'green', '2.30%', '1.9%', 'green', '∅'],
]
const rows = [...exploitation, ...work, ...oversight]
const measures = rows.map((row, at) => {
  const [title, polarity, baseline, baselineState, target, raw, declared] = row
  const readings = [{ raw, forDay: '2018-09-30', declared }]
  return aMeasure({ number: at + 1, title, polarity, baseline, baselineState, target, readings })
})

const rulesOn = (measure: Measure) =>
  effectiveReadings(measure).map(({ raw }) => {
    const rated = computeRag(measure, raw, thresholds)
    const moved = directionOf(measure, raw, measure.baseline ?? '')
    return [
      rated.computable ? rated.state : 'not computable',
      moved.computable ? moved.direction : 'not computable',
    ]
  })[0]

describe('RAG and direction of each published KPI by the rules', () => {
  test.each([
    ['Contacts', 'red', 'worse'],
    ['Category 1', 'red', 'worse'],
    ['Category 2', 'red', 'worse'],
    ['Category 3', 'green', 'same'],
    ['Early help plans', 'green', 'better'],
    ['Child in need plans', 'red', 'worse'],
    ['Protection plans', 'red', 'worse'],
    ['Looked-after plans', 'amber', 'worse'],
    ['Assessment up to date', 'red', 'worse'],
    ['Offers', 'not computable', 'not computable'],
    ['In education or work', 'amber', 'better'],
    ['In higher education', 'red', 'worse'],
    ['School moves', 'not computable', 'not computable'],
    ['Plans at 16', 'red', 'not computable'],
    ['Supervision, in need', 'red', 'worse'],
    ['Supervision, protection', 'red', 'worse'],
    ['Supervision, looked after', 'amber', 'better'],
    ['Protection rate', 'not computable', 'not computable'],
    ['Audits', 'green', 'better'],
    ['Repeat referrals', 'green', 'same'],
    ['Repeat plans', 'red', 'worse'],
    ['Long plans', 'red', 'worse'],
  ])('%s: %s, %s', (title, state, direction) => {
    const measure = measures.find((one) => one.title === title)
    expect(measure && rulesOn(measure)).toEqual([state, direction])
  })
})

test('exactly the published values that differ from the rules are reported', () => {
  const named = ragMismatches(measures, thresholds).map(({ measure, reading, declared, rated }) => [
    measure.title,
    reading ? 'September' : 'March',
    declared,
    rated.computable ? `${rated.state}, ${rated.shortfall.toFixed(2)}` : rated.reason,
  ])
  expect(named).toEqual([
    // 58.6 of 65: nearer than in March, which was published Red, but not within 5%.
    ['In education or work', 'September', 'green', 'amber, 9.85'],
    [
      'School moves',
      'September',
      'red',
      'the baseline, “14/month (average)”, and the reading, “27”, are not in the same unit',
    ],
    ['Plans at 16', 'March', 'red', 'the reading, “41% (tbc by PC)”, is not certain yet'],
    ['Protection rate', 'March', 'red', 'the reading, “66 (611)”, holds more than one number'],
    ['Protection rate', 'September', 'red', 'the target, “56 (519)”, holds more than one number'],
    // A fall from 2.3% to 1.9% is no maintaining, though the publication welcomes it.
    ['Long plans', 'September', 'green', 'red, 17.39'],
  ])
})

test('the headline counts 14 red KPIs in these tables, the tables themselves 13', () => {
  expect(rows.filter(([, , , , , , published]) => published === 'red')).toHaveLength(13)
})

test('the scanned symbols give no direction: one symbol is used for better, same and worse', () => {
  const beside = (symbol: string) =>
    new Set(
      measures.filter((_, at) => rows[at]?.[7] === symbol).map((one) => rulesOn(one)?.[1] ?? ''),
    )
  expect([...beside('⊕')].sort()).toEqual(['better', 'same', 'worse'])
  expect([...beside('∅')].sort()).toEqual(['better', 'not computable', 'same', 'worse'])
  expect([...beside('⊘')]).toEqual(['worse'])
})
