import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import {
  formatProject,
  formatTimingWithSlippage,
  shortMilestoneText,
} from '../../../src/domain/plan/format.ts'
import type { Milestone } from '../../../src/domain/plan/plan.ts'
import { aPlan, type MilestoneSketch } from '../../support/plans.ts'

const today = civilDate('2017-03-10')

function milestone(sketch: MilestoneSketch): Milestone {
  const [only] = aPlan({ projects: [{ ref: '2.1', milestones: [sketch] }] }).projects
  const [first] = only?.milestones ?? []
  if (!first) throw new Error('no milestone')
  return first
}

describe('when a milestone is due, in words', () => {
  const once = [{ from: '2017-03-03', to: '2017-03-31', onDay: '2017-03-01' }]
  const twice = [...once, { from: '2017-03-31', to: '2017-04-28', onDay: '2017-03-08' }]
  const first = [{ from: null, to: '2017-03-31', onDay: '2017-03-01' }]

  test.each<[MilestoneSketch, string]>([
    [{ due: '2017-03-31' }, 'due Fri 31 Mar 2017'],
    [{ due: '2017-03-10' }, 'due today'],
    [{ due: '2017-03-09' }, '1 day overdue: was due Thu 9 Mar 2017'],
    [{ due: '2017-02-28' }, '10 days overdue: was due Tue 28 Feb 2017'],
    [{ due: null }, 'no date yet'],
    [{ due: '2017-03-31', doneOn: '2017-03-01' }, 'done Wed 1 Mar 2017'],
    [{ due: null, doneOn: '2017-03-01' }, 'done Wed 1 Mar 2017'],
    [{ due: '2017-03-31', moves: once }, 'due Fri 31 Mar 2017; was Fri 3 Mar 2017, moved once'],
    [{ due: '2017-04-28', moves: twice }, 'due Fri 28 Apr 2017; was Fri 3 Mar 2017, moved twice'],
    [{ due: '2017-03-31', moves: first }, 'due Fri 31 Mar 2017'],
  ])('%j: %s', (sketch, words) => {
    expect(formatTimingWithSlippage(milestone(sketch), today)).toBe(words)
  })

  test('is done, and nothing more, where nobody said when', () => {
    const done = milestone({ due: '2017-03-31', doneOn: '2017-03-01' })
    const completion = done.completion && { ...done.completion, isDayUnknown: true }
    expect(formatTimingWithSlippage({ ...done, completion }, today)).toBe('done')
  })

  test('is "by" its last day where the plan names a month alone', () => {
    const inMarch: Milestone = { ...milestone({ due: '2017-03-31' }), precision: 'month' }
    expect(formatTimingWithSlippage(inMarch, today)).toBe('due by Fri 31 Mar 2017')
  })
})

test('long titles are cut to what a card has room for', () => {
  const endless = 'words '.repeat(2000)
  expect(formatProject({ ref: '2.1', title: 'Practice standards' })).toBe('2.1 Practice standards')
  expect(formatProject({ ref: '2.1', title: endless }).length).toBeLessThan(130)
  expect(shortMilestoneText(milestone({ about: endless, due: null })).length).toBeLessThanOrEqual(
    300,
  )
  expect(shortMilestoneText({ ...milestone({ due: null }), about: '', raw: 'TBC' })).toBe('TBC')
})
