import { describe, expect, test } from '@jest/globals'
import { formatLife, parseLife } from '../../../src/domain/plan/life.ts'
import { day } from '../../support/programme.ts'

const onDay = day('2017-03-03')
const reason = 'the grant is not decided'

describe('where a project stands in its life', () => {
  test.each([
    [{ state: 'pipeline', onDay, reason: null }, 'in the pipeline since Fri 3 Mar 2017'],
    [{ state: 'on hold', onDay, reason, reviewOn: null }, 'on hold since Fri 3 Mar 2017'],
    [
      { state: 'on hold', onDay, reason, reviewOn: day('2017-04-03') },
      'on hold since Fri 3 Mar 2017, to be looked at again on Mon 3 Apr 2017',
    ],
    [
      { state: 'closed', onDay, reason, ending: 'finished', into: null },
      'closed on Fri 3 Mar 2017: finished',
    ],
    [
      { state: 'closed', onDay, reason, ending: 'merged', into: '2.4' },
      'closed on Fri 3 Mar 2017: merged into 2.4',
    ],
    [{ state: 'removed', onDay, reason }, 'taken out of the plan on Fri 3 Mar 2017'],
  ])('%j reads as “%s”', (column, text) => {
    const life = parseLife(column)
    expect(life && formatLife(life)).toBe(text)
  })

  test('an empty column is live, and what Milepost did not write is refused', () => {
    expect(parseLife(null)).toBeNull()
    expect(() => parseLife({ state: 'asleep' })).toThrow()
  })
})
