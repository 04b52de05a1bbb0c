import { describe, expect, test } from '@jest/globals'
import {
  parseBetterWay,
  parsePolarity,
  parseTarget,
  parseValue,
  targetDayOf,
} from '../../../src/domain/measures/value-parser.ts'

describe('exactly one number', () => {
  test.each([
    ['58.6%', 58.6, '%'],
    ['6.90 %', 6.9, '%'],
    ['37 per cent', 37, '%'],
    ['5', 5, ''],
    ['62.4', 62.4, ''],
    ['.5', 0.5, ''],
    ['0', 0, ''],
    ['1,234', 1234, ''],
    ['12,345,678.9', 12345678.9, ''],
    ['-3%', -3, '%'],
    ['−3%', -3, '%'],
    ['+3%', 3, '%'],
    ['５８%', 58, '%'],
    ['27.', 27, ''],
    ['£2.3m', 2_300_000, '£'],
    ['£2,300,000', 2_300_000, '£'],
    ['-£450k', -450_000, '£'],
    ['1.2 million', 1_200_000, ''],
    ['2.3m', 2.3, 'm'],
    ['12 days', 12, 'day'],
    ['1 day', 1, 'day'],
    ['14/month (average)', 14, 'per month (average)'],
    ['12 confirmed cases', 12, 'confirmed case'],
  ])('%j is %p %s', (raw, number, unit) => {
    expect(parseValue(raw)).toEqual({ computable: true, number, unit })
  })
})

describe('any other value is not computable, with the reason', () => {
  test.each([
    ['', 'is blank'],
    ['  ', 'is blank'],
    ['NYA', 'is not yet available'],
    ['Not yet available', 'is not yet available'],
    ['n/a', 'is not applicable'],
    ['N/A', 'is not applicable'],
    ['41% (tbc by PC)', 'is not certain yet'],
    ['ТВС', 'is not certain yet'],
    ['about 40%', 'is not certain yet'],
    ['40%?', 'is not certain yet'],
    ['~40', 'is not certain yet'],
    ['40% (provisional)', 'is not certain yet'],
    ['Align with CPDP target', 'holds no number'],
    ['66 (611)', 'holds more than one number'],
    ['3 of 4', 'holds more than one number'],
    ['5–10%', 'holds more than one number'],
    ['12/15', 'holds more than one number'],
    ['½', 'holds more than one number'],
    ['Q2 86% were good', 'holds more than one number'],
    ['>90%', 'is a limit, not a figure'],
    ['at least 90%', 'is a limit, not a figure'],
    ['1,23', 'is not a plain figure'],
    ['1.2.3', 'is not a plain figure'],
    ['(5)', 'is not a plain figure'],
    ['30 Sep', 'is not a plain figure'],
    ['86% were graded good or better', 'is not a plain figure'],
    ['12*', 'is not a plain figure'],
    ['9'.repeat(400), 'has too many digits'],
  ])('%j %s', (raw, reason) => {
    expect(parseValue(raw)).toEqual({ computable: false, reason })
  })
})

describe('a target', () => {
  test.each([
    ['65%', { kind: 'figure', number: 65, unit: '%' }],
    ['65% (August 2018)', { kind: 'figure', number: 65, unit: '%' }],
    ['>90%', { kind: 'figure', number: 90, unit: '%', limit: 'least' }],
    ['At least 90 %', { kind: 'figure', number: 90, unit: '%', limit: 'least' }],
    ['below 14%', { kind: 'figure', number: 14, unit: '%', limit: 'most' }],
    ['0', { kind: 'figure', number: 0, unit: '' }],
    ['Zero', { kind: 'figure', number: 0, unit: '' }],
    ['no more than 5 days', { kind: 'figure', number: 5, unit: 'day', limit: 'most' }],
    ['Increase to 80%', { kind: 'figure', number: 80, unit: '%', limit: 'least' }],
    ['reduce to 5', { kind: 'figure', number: 5, unit: '', limit: 'most' }],
    ['Increase', { kind: 'direction', polarity: 'increase' }],
    ['to reduce', { kind: 'direction', polarity: 'decrease' }],
    ['Maintain', { kind: 'direction', polarity: 'maintain' }],
    ['56 (519)', { kind: 'unknown', reason: 'holds more than one number' }],
    ['Align with CPDP target', { kind: 'unknown', reason: 'holds no number' }],
    ['TBC', { kind: 'unknown', reason: 'is not certain yet' }],
  ])('%j', (raw, target) => {
    expect(parseTarget(raw)).toEqual(target)
  })

  test.each([
    ['65% (August 2018)', '2018-08-31'],
    ['60% (Sept 2018)', '2018-09-30'],
    ['60% (by 14 March 2019)', '2019-03-14'],
    ['60% (Q2 2018/19)', '2018-09-30'],
    ['56 (519)', undefined],
    ['65%', undefined],
  ])('%j has its own day: %s', (raw, day) => {
    expect(targetDayOf(raw)).toBe(day)
  })
})

test.each([
  ['High is good', 'increase'],
  ['lower', 'decrease'],
  ['the same', 'maintain'],
  ['Reduce', 'decrease'],
  ['Red', undefined],
])('%j tells which way is better: %s', (words, polarity) => {
  expect(parseBetterWay(words)).toBe(polarity)
})

test.each([
  ['Increase', 'increase'],
  ['DECREASE', 'decrease'],
  ['reduce', 'decrease'],
  ['Maintain', 'maintain'],
  ['improve', undefined],
  ['', undefined],
])('the word %j says that the figure should %s', (word, polarity) => {
  expect(parsePolarity(word)).toBe(polarity)
})
