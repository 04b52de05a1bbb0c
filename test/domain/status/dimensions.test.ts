import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { confidence, rag, stateByKey } from '../../../src/domain/scheme/schemes.ts'
import { splitDimensions, worseThanOverall } from '../../../src/domain/status/dimensions.ts'
import { ratingConfigOf, validateUpdate } from '../../../src/domain/status/rules.ts'
import { settingsWith } from '../../support/settings.ts'

const kept = ['time', 'cost', 'benefits', 'confidence']
const onFive = settingsWith({ dimensions: { kept } })
const onThree = settingsWith({ dimensions: { kept, confidencePoints: 3 } })

describe('ratings at the beginning of the words', () => {
  test.each([
    [
      'cost red time green because the supplier is late',
      'the supplier is late',
      'cost:red time:green',
    ],
    ['Cost Red, Time Green: the supplier is late', 'the supplier is late', 'cost:red time:green'],
    [
      'cost amber and benefit n/a the bill is higher',
      'the bill is higher',
      'cost:amber benefits:not-applicable',
    ],
    ['delivery confidence amber/red because nobody bids', 'nobody bids', 'confidence:amber-red'],
    ['confidence ▲ because nobody bids', 'nobody bids', 'confidence:amber'],
    ['cost red because it is late, and dear', 'it is late, and dear', 'cost:red'],
    ['cost red cost amber', '', 'cost:amber'],
    ['cost red', '', 'cost:red'],
    // No ratings: the words stay whole.
    ['cost a lot more than we thought', 'cost a lot more than we thought', ''],
    ['time green-lit by the board', 'time green-lit by the board', ''],
    ['risk red because nobody asked', 'risk red because nobody asked', ''],
    ['because the cost is red', 'because the cost is red', ''],
    ['', '', ''],
  ])('%s', (text, rest, states) => {
    const split = splitDimensions(text, onFive)
    const told = Object.entries(split.states).map(([key, state]) => `${key}:${state}`)
    expect([split.rest, told.join(' ')]).toEqual([rest, states])
  })

  test('where none is kept, all of it is words', () => {
    const text = 'cost red because the supplier is late'
    expect(splitDimensions(text, settingsWith())).toEqual({ states: {}, rest: text })
  })

  test('delivery confidence on three points has no Amber/Red', () => {
    expect(splitDimensions('confidence amber/red', onThree).states).toEqual({})
  })
})

test.each([
  ['green', rag, { cost: 'red', time: 'green' }, ['cost']],
  ['green', rag, { cost: 'amber', time: 'red' }, ['time', 'cost']],
  ['amber', rag, { cost: 'red', time: 'amber' }, ['cost']],
  ['red', rag, { cost: 'red' }, []],
  ['green', rag, { cost: 'not-applicable' }, []],
  ['not-applicable', rag, { cost: 'red' }, []],
  // By colours where the scales differ, by the scale where it is the same.
  ['green', rag, { confidence: 'amber-green' }, []],
  ['amber', rag, { confidence: 'amber-red' }, ['confidence']],
  ['green', confidence, { confidence: 'amber-green' }, ['confidence']],
  ['green', rag, {}, []],
] as const)('an overall %s (of %o) over %o: worse are %o', (overall, scheme, states, worse) => {
  expect(worseThanOverall(stateByKey(scheme, overall), scheme, states, onFive)).toEqual(worse)
})

describe('an update with ratings by dimension', () => {
  const ways = ratingConfigOf(onFive)
  const check = (asked: Parameters<typeof validateUpdate>[0]) =>
    validateUpdate(asked, ways, civilDate('2017-02-24'))

  test.each([
    ['of a line', { reason: 'cost red' }],
    ['of a form', { dimensions: { cost: 'red', time: '' } }],
    ['that stand from an earlier update', { standing: { cost: 'red' } }],
  ])('a Green over a Red %s is asked for a reason', (_name, asked) => {
    expect(check({ state: 'green', ...asked })).toEqual({
      ok: false,
      problems: { reason: 'Say in a few words why it is Green although Cost is Red.' },
    })
  })

  test('keeps reason and ratings apart, and what it does not name stands', () => {
    const asked = { state: 'green', reason: 'time green because the cost is agreed' }
    expect(check({ ...asked, standing: { cost: 'red' } })).toMatchObject({
      ok: true,
      update: { reason: 'the cost is agreed', dimensions: { time: 'green' } },
    })
  })
})
