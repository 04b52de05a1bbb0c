import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { comparePaper } from '../../../src/domain/papers/compare-paper.ts'
import { aPlan } from '../../support/plans.ts'

const asAt = civilDate('2017-02-24')
const plan = aPlan({
  asAt: '2017-02-24',
  projects: [
    {
      ref: '1.1',
      title: 'The new website',
      updates: [{ state: 'red', reason: 'The writer is ill' }],
      milestones: [
        { about: 'Website populated', due: '2017-06-30' },
        { about: 'Audit tool in use', due: '2017-04-20' },
        { about: 'Design agreed with staff', due: '2017-03-10', doneOn: '2017-02-09' },
      ],
    },
    { ref: '2.1', title: 'Tracking of permanency', updates: [{ state: 'green' }] },
  ],
})
const compare = (...rows: string[][]) => comparePaper(rows, plan, asAt)
const none = { differing: [], notInPlan: [], unmatched: [], agreeing: 0 }

describe('a line of a paper', () => {
  test.each<[string, string[], Partial<ReturnType<typeof compare>>]>([
    [
      'with another rating of a numbered project differs',
      ['1.1', 'Website', 'Amber', 'late'],
      { differing: ['1.1 The new website: the paper says Amber, the plan Red.'] },
    ],
    ['with the plan’s rating agrees', ['2.1', 'Tracking', 'G', ''], { agreeing: 1 }],
    ['with two ratings is not guessed at', ['1.1', 'Website', 'Amber', 'Green'], {}],
    ['about no known project is not rated', ['9.9', 'Website', 'Amber'], {}],
    [
      'with another day of a milestone differs',
      ['Website populated by 31 March 2017'],
      {
        differing: ['Website populated: the paper says Fri 31 Mar 2017, the plan Fri 30 Jun 2017.'],
      },
    ],
    ['with the day of a milestone agrees', ['Audit tool in use', '20 April 2017'], { agreeing: 1 }],
    [
      'about a project with a day that no milestone has is not in the plan',
      ['1.1', 'The new website', 'Training for all by 31 May 2017'],
      {
        notInPlan: [
          '1.1 The new website, Wed 31 May 2017: 1.1 · The new website · Training for all by 31 May 2017',
        ],
      },
    ],
    [
      'about nothing that is known, with a day to come, could not be matched',
      ['The board will look at this again on 16 March 2017.'],
      { unmatched: ['Thu 16 Mar 2017: The board will look at this again on 16 March 2017.'] },
    ],
    ['with a day that has passed promises nothing', ['As at 20 February 2017'], {}],
    ['with neither a rating nor a day says nothing', ['The new website is under way.'], {}],
  ])('%s', (_, row, expected) => {
    expect(compare(row)).toEqual({ ...none, ...expected })
  })
})
