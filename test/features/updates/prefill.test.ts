import { describe, expect, test } from '@jest/globals'
import { rag } from '../../../src/domain/scheme/schemes.ts'
import { prefillFrom, withoutLastWords } from '../../../src/features/updates/prefill.ts'
import { day } from '../../support/programme.ts'

const today = day('2017-02-24')
const amber = { state: 'amber', reason: 'waiting for legal', greenBy: day('2017-06-30') }

describe('the form of an update begins', () => {
  test.each([
    ['with nothing, before the first update', undefined, { state: '', reason: '', date: '' }],
    ['with nothing, after a blank', { ...amber, state: 'blank' }, { state: '', reason: '' }],
    [
      'with the status and its words',
      amber,
      { state: 'amber', reason: 'waiting for legal', date: '2017-06-30' },
    ],
    ['without a day that has passed', { ...amber, greenBy: day('2017-02-23') }, { date: '' }],
    [
      'with a Green and no words',
      { ...amber, state: 'green' },
      { state: 'green', reason: '', date: '', was: '' },
    ],
  ])('%s', (_, last, begun) => expect(prefillFrom(last, rag, today)).toMatchObject(begun))
})

describe('the last words', () => {
  const { was } = prefillFrom(amber, rag, today)

  test.each([
    ['stay with their status', { state: 'amber', reason: amber.reason }, was, amber.reason],
    ['are left out with another one', { state: 'red', reason: amber.reason }, was, undefined],
    ['stay where somebody edited them', { state: 'red', reason: 'no judge' }, was, 'no judge'],
    ['stay where they were typed', { state: 'red', reason: amber.reason }, undefined, amber.reason],
  ])('%s', (_, sent, of, reason) => expect(withoutLastWords(sent, of).reason).toBe(reason))
})
