import { describe, expect, test } from '@jest/globals'
import { amber, answerTo, green, keysOf, raiseChecks } from './raise-checks.ts'

describe('Amber without a day', () => {
  test('trips for four rounds, the coming one included, with no green-by date', () => {
    const [raised] = raiseChecks({ updates: [amber] })
    expect(raised).toMatchObject({ check: 'path', fingerprints: ['2017-03-01:none'] })
    expect(raised?.question).toContain('▲ Amber for 4 rounds')
  })

  test('trips with one that has passed', () => {
    const [raised] = raiseChecks({ updates: [{ ...amber, greenBy: '2017-03-23' }] })
    expect(raised?.question).toContain('its Green-by day, Thu 23 Mar 2017, has passed')
  })

  test.each([
    ['its day is today', [{ ...amber, greenBy: '2017-03-24' }]],
    ['it is the third round', [{ ...amber, onDay: '2017-03-04' }]],
    [
      'it was Green in between',
      [{ ...amber, onDay: '2017-03-13' }, { ...green, onDay: '2017-03-09' }, amber],
    ],
    ['it is Red, which the board sees anyway', [{ ...amber, state: 'red' }]],
  ])('does not where %s', (_, updates) => {
    expect(raiseChecks({ updates })).toEqual([])
  })

  test('is asked again of another day that passes', () => {
    const [first] = raiseChecks({ updates: [amber] })
    const answers = first ? [answerTo(first)] : []
    expect(raiseChecks({ updates: [amber] }, { answers })).toEqual([])
    const later = { ...amber, onDay: '2017-03-21', greenBy: '2017-03-22' }
    expect(keysOf(raiseChecks({ updates: [later, amber] }, { answers }))).toEqual(['path'])
  })
})
