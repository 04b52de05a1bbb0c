import { describe, expect, test } from '@jest/globals'
import { update as updateCommand } from '../../../src/features/updates/commands.ts'
import { patternOf } from '../../support/patterns.ts'

const update = patternOf(updateCommand)

describe('an update as people type it', () => {
  test.each([
    ['2.1 green', { project: '2.1', state: 'green' }],
    ['2.1 A waiting for legal', { project: '2.1', state: 'A', reason: 'waiting for legal' }],
    [
      '2.1 amber waiting for legal green by 30 Jun',
      { project: '2.1', state: 'amber', reason: 'waiting for legal', date: '30 Jun' },
    ],
    [
      '  2.1   RED\nlate   Green By end of March ',
      { project: '2.1', state: 'RED', reason: 'late', date: 'end of March' },
    ],
    ['2.1 amber green by 30 Jun', { project: '2.1', state: 'amber', date: '30 Jun' }],
    [
      'W17/2.1 red the green by the office is closed',
      { project: 'W17/2.1', state: 'red', reason: 'the', date: 'the office is closed' },
    ],
  ])('%j', (typed, parts) => {
    expect(update.match(typed)).toEqual(parts)
  })

  test.each(['', '2.1', 'amber 2.1', 'help'])('%j is not one', (typed) => {
    expect(update.match(typed)).toBeUndefined()
  })
})
