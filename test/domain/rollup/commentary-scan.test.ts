import { describe, expect, test } from '@jest/globals'
import { findMissingCriteria } from '../../../src/domain/rollup/commentary-scan.ts'

describe('a commentary that speaks of a criterion as missing', () => {
  test.each([
    ['The scope is still to be defined', ['scope']],
    ['We need to clarify the scope with partners', ['scope']],
    ['Scope, budget and approach in development', ['scope']],
    ['A firmer scope and plan needed before summer', ['scope', 'plan']],
    [
      'The roll-out plan (with timescales and resource requirements) to be confirmed',
      [...['plan', 'timescales', 'requirements']],
    ],
    ['Awaiting confirmation of resource / timescales', ['resource', 'timescales']],
    [
      'Meetings are set up, but no timescale or resource requirement confirmed',
      [...['timescales', 'requirements']],
    ],
    ['The plan is being drafted. The plan is not agreed.', ['plan']],
    ['Resources not yet confirmed', ['resource']],
  ])('%s', (commentary, expected) => {
    expect(findMissingCriteria(commentary).map(({ criterion }) => criterion)).toEqual(expected)
  })

  test.each([
    'Clear scope and plan; two posts are vacant',
    'Scope, plan and timescales developed. Capacity is short',
    'Scope agreed for six of eight, approvals outstanding',
    'A plan in place, with a slight risk to resource allocation',
    'Scoping of the backlog is underway',
    'Supervision has to be confirmed by the board',
    'The supplier pushed the start back',
    '',
  ])('and one that does not: %s', (commentary) => {
    expect(findMissingCriteria(commentary)).toEqual([])
  })
})
