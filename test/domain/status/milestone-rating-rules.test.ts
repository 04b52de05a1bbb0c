import { describe, expect, test } from '@jest/globals'
import { brag, delivery, stateByKey } from '../../../src/domain/scheme/schemes.ts'
import {
  milestoneRatingProblem,
  splitMilestoneAndState,
} from '../../../src/domain/status/milestone-rating-rules.ts'
import { settingsWith } from '../../support/settings.ts'

describe('what is said of a milestone', () => {
  test.each([
    ['3 amber', '3', 'minor-issues'],
    ['3 missed deadline/major issues', '3', 'major-issues'],
    ['all pages on track', 'all pages', 'on-track'],
    ['red folders Green', 'red folders', 'on-track'],
    ['3 🟡', '3', 'minor-issues'],
  ])('%j', (text, milestone, key) => {
    expect(splitMilestoneAndState(text, delivery)).toEqual({
      milestone,
      state: stateByKey(delivery, key),
    })
  })

  test.each(['3 purple', 'amber', ''])('%j is no milestone with a state', (text) => {
    expect(splitMilestoneAndState(text, delivery)).toBeUndefined()
  })

  const asks = settingsWith({ scheme: 'brag', confirm: { improvement: true } })
  test.each([
    ['green of one not rated', 'blank', 'green', null, false, null],
    ['amber without a reason', 'green', 'amber', null, false, 'reason'],
    ['amber with a reason', 'green', 'amber', 'late', false, null],
    ['N/A after Red without a reason', 'red', 'not-applicable', null, true, 'unrated reason'],
    ['N/A after Green', 'green', 'not-applicable', null, false, null],
    ['better than Red, by a lead', 'red', 'amber', 'late', false, 'second person'],
    ['N/A after Red, by a lead', 'red', 'not-applicable', 'gone', false, 'second person'],
    ['better than Red, by who may confirm', 'red', 'amber', 'late', true, null],
    ['complete', 'green', 'blue', null, true, 'done'],
  ])('%s', (_what, before, state, reason, mayConfirm, problem) => {
    const input = {
      state: stateByKey(brag, state),
      before: stateByKey(brag, before),
      reason,
      mayConfirm,
    }
    expect(milestoneRatingProblem(input, asks)).toBe(problem)
  })
})
