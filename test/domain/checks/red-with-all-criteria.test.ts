import { describe, expect, test } from '@jest/globals'
import { green, keysOf, raiseChecks } from './raise-checks.ts'

const five = ['scope', 'requirements', 'resource', 'plan', 'timescales']

describe('all criteria ticked under a Red', () => {
  const red = { state: 'red', onDay: '2017-03-20', reason: 'The supplier left' }
  const ticked = { criteria: five, derived: 'green' }

  test('trips, also where the ticks came before the Red', () => {
    expect(keysOf(raiseChecks({ updates: [{ ...red, ...ticked }] }))).toEqual(['criteria'])
    expect(
      keysOf(raiseChecks({ updates: [red, { ...green, ...ticked, onDay: '2017-03-13' }] })),
    ).toEqual(['criteria'])
  })

  test.each([
    ['one is not ticked', { ...red, criteria: five.slice(1), derived: 'red' }],
    [
      'the form was told why',
      { ...red, ...ticked, divergenceReason: 'The supplier left last night' },
    ],
    ['it is Amber', { ...red, ...ticked, state: 'amber', greenBy: '2017-04-30' }],
  ])('does not where %s', (_, update) => {
    expect(raiseChecks({ updates: [update] })).toEqual([])
  })
})
