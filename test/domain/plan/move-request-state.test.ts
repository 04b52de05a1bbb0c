import { expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import {
  type AskedMilestone,
  type MoveOutcome,
  type MoveRequestState,
  moveRequestState,
} from '../../../src/domain/plan/move-request-state.ts'

const [from, to] = [civilDate('2017-03-31'), civilDate('2017-06-30')]
const open: AskedMilestone = { due: from, isDone: false, isRemoved: false }

test.each<[MoveRequestState, string, MoveOutcome | null, Partial<AskedMilestone>, string]>([
  ['waits', 'until its last day', null, {}, '2017-06-30'],
  ['day has passed', 'from the day after', null, {}, '2017-07-01'],
  ['moved meanwhile', 'where it is due on another day', null, { due: to }, '2017-02-24'],
  ['moved meanwhile', 'where it has no day any more', null, { due: null }, '2017-02-24'],
  [
    'done meanwhile',
    'where it was done, and then moved',
    null,
    { isDone: true, due: to },
    '2017-02-24',
  ],
  [
    'taken out',
    'where it is not in the plan',
    null,
    { isRemoved: true, isDone: true },
    '2017-02-24',
  ],
  ['agreed', 'whatever came later', 'agreed', { isDone: true, due: to }, '2017-07-01'],
  ['declined', 'whatever came later', 'declined', { due: to }, '2017-07-01'],
  ['taken back', 'though it is due as before', 'taken back', {}, '2017-02-24'],
])('a request is "%s" %s', (state, _, outcome, milestone, today) => {
  const asked = { outcome, from, to }
  expect(moveRequestState(asked, { ...open, ...milestone }, civilDate(today))).toBe(state)
})
