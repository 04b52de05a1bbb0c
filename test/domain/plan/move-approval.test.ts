import { expect, test } from '@jest/globals'
import { type CivilDate, civilDate } from '../../../src/base/dates.ts'
import { approvalReason } from '../../../src/domain/plan/move-approval.ts'

const day = (text: string | null): CivilDate | null => (text === null ? null : civilDate(text))

const off = { days: null, seen: false }
const over30 = { days: 30, seen: false }
const seen = { days: null, seen: true }
const both = { days: 30, seen: true }

test.each([
  ['any, where the programme asks for nothing', off, '2017-03-31', '2018-03-31', null, null],
  ['30 days', over30, '2017-03-31', '2017-04-30', '2017-03-31', null],
  ['to a sooner day', both, '2017-03-31', '2017-02-28', '2017-03-31', '2017-03-31'],
  ['of what had no day', both, null, '2017-12-31', null, null],
  ['past no day that was told', seen, '2017-03-31', '2017-12-31', '2017-03-31', null],
  ['up to the day that was told', seen, '2017-03-01', '2017-03-31', '2017-03-01', '2017-03-31'],
])('a move counts at once: %s', (_, setting, from, to, agreed, told) => {
  const move = { from: day(from), to: civilDate(to), agreed: day(agreed), seen: day(told) }
  expect(approvalReason(move, setting)).toBeNull()
})

test.each([
  [
    '31 days',
    ...([over30, '2017-03-31', '2017-05-01', '2017-03-31', null] as const),
    'it is more than 30 days after Fri 31 Mar 2017, the day that was agreed',
  ],
  [
    'small moves that add up',
    ...([over30, '2017-04-28', '2017-05-02', '2017-03-31', null] as const),
    'it is more than 30 days after Fri 31 Mar 2017, the day that was agreed',
  ],
  [
    'past the day that the board was told',
    ...([both, '2017-03-31', '2017-04-07', '2017-03-31', '2017-03-31'] as const),
    'the board was told Fri 31 Mar 2017',
  ],
  [
    'to no day at all',
    ...([over30, '2017-04-28', null, '2017-03-31', null] as const),
    'it would have no day, and Fri 31 Mar 2017 was agreed',
  ],
  [
    'to no day, of one that the board was told',
    ...([seen, '2017-04-28', null, '2017-03-31', '2017-04-28'] as const),
    'the board was told Fri 28 Apr 2017',
  ],
])('a move waits: %s', (_, setting, from, to, agreed, told, reason) => {
  const move = { from: day(from), to: day(to), agreed: day(agreed), seen: day(told) }
  expect(approvalReason(move, setting)).toBe(reason)
})
