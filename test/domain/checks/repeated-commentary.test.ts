import { describe, expect, test } from '@jest/globals'
import { addDays, civilDate } from '../../../src/base/dates.ts'
import type { UpdateSketch } from '../../support/plans.ts'
import { answerTo, keysOf, raiseChecks } from './raise-checks.ts'

describe('the same commentary', () => {
  const said = (...words: readonly (string | Partial<UpdateSketch>)[]): UpdateSketch[] =>
    words.map((one, at) => ({
      ...{
        state: 'amber',
        greenBy: '2017-04-30',
        onDay: addDays(civilDate('2017-03-22'), -7 * at),
      },
      ...(typeof one === 'string' ? { reason: one } : one),
    }))

  test('trips the third time, whatever the case, the spaces and the punctuation', () => {
    const updates = said('Waiting for legal', 'waiting  for legal.', 'WAITING, for Legal!')
    expect(keysOf(raiseChecks({ updates }))).toEqual(['repeated'])
  })

  test('does not the second time, nor where a word is another', () => {
    expect(raiseChecks({ updates: said('Waiting for legal', 'Waiting for legal') })).toEqual([])
    expect(
      raiseChecks({ updates: said('Waiting for legal', 'Waiting for HR', 'Waiting for legal') }),
    ).toEqual([])
  })

  test('counts a day once, on which something else was put right', () => {
    const [today, ...before] = said('Waiting for legal', 'Waiting for legal')
    const corrected = { ...today, state: 'amber', greenBy: '2017-05-31' }
    expect(raiseChecks({ updates: [corrected, ...(today ? [today] : []), ...before] })).toEqual([])
  })

  const attested = { reason: 'Waiting for legal', attestsId: 'first' }

  test('attested with "no change" counts too where the state asks for a reason', () => {
    const reds = said(attested, attested, 'Waiting for legal').map((one) => ({
      ...one,
      state: 'red',
    }))
    expect(keysOf(raiseChecks({ updates: reds }))).toEqual(['repeated'])
  })

  test('attested under a Green is all there is to say', () => {
    const greens = said(attested, attested, 'Waiting for legal').map((one) => ({
      ...one,
      state: 'green',
    }))
    expect(raiseChecks({ updates: greens })).toEqual([])
  })

  test('is asked of again when it was said three times more', () => {
    const times = (count: number) => ({
      updates: Array.from({ length: count }, (_, at) => ({
        ...{ state: 'amber', greenBy: '2017-04-30', reason: 'Waiting for legal' },
        onDay: `2017-03-${20 - at}`,
      })),
    })
    const [first] = raiseChecks(times(3))
    const answers = first ? [answerTo(first)] : []
    expect(raiseChecks(times(5), { answers })).toEqual([])
    expect(keysOf(raiseChecks(times(6), { answers }))).toEqual(['repeated'])
  })
})
