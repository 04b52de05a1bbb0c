import { describe, expect, test } from '@jest/globals'
import { fillBudget } from '../../../../../src/features/digests/rendering/first-message/budget.ts'
import { wordsIn } from '../../../../../src/features/digests/rendering/first-message/reading-size.ts'
import { formatThreadSummary } from '../../../../../src/features/digests/rendering/first-message/thread-summary.ts'

const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0)
const atMost = (most: number) => (shown: readonly number[]) => sum(shown) <= most

describe('how much of each list a message shows', () => {
  test.each([
    ['all of it where there is room', [3, 2], 9, [3, 2]],
    ['the same of each where there is not', [4, 4], 4, [2, 2]],
    ['of the first list one more where one is left', [4, 4], 5, [3, 2]],
    ['what a short list leaves, in the long one', [9, 1], 6, [5, 1]],
    ['the first of the first lists where there is next to no room', [3, 3, 3], 2, [1, 1, 0]],
    ['nothing where nothing fits', [3, 3], 0, [0, 0]],
    ['nothing of a list that may show none', [0, 2], 9, [0, 2]],
    ['nothing of no list', [], 9, []],
  ])('is %s', (_what, limits, most, shown) => {
    expect(fillBudget(limits, atMost(most))).toEqual(shown)
  })

  test('goes on with the lists after one whose next entry is too long', () => {
    const costs = [9, 1]
    const fits = (shown: readonly number[]) =>
      sum(shown.map((count, at) => count * (costs[at] ?? 0))) <= 3
    expect(fillBudget([2, 4], fits)).toEqual([0, 3])
  })
})

test.each([
  ['Overall ◆ Red for 2 rounds (R, was R A)', 9],
  ['◆ Red 8 (was 7)', 4],
  ['2.1 Ana’s plan; needed by 09:00', 6],
  ['', 0],
])('“%s” has %i words', (text, words) => {
  expect(wordsIn(text)).toBe(words)
})

describe('the last line', () => {
  const section = (count: number, noun: readonly [string, string]) => ({
    ...{
      key: noun[0],
      heading: noun[1],
      noun,
      firstMessageLimit: 0,
      isOneLine: false,
      isAsked: false,
    },
    entries: Array.from({ length: count }, () => ({
      ...{ title: '', beside: '', lines: [], workstreamId: null },
    })),
  })

  test('counts what the thread has and no list above tells', () => {
    const counted = [section(1, ['Red', 'Reds']), section(4, ['moved date', 'moved dates'])]
    const told = 'In the thread: all of this in full, 1 Red and 4 moved dates.'
    expect(formatThreadSummary(counted, true)).toBe(told)
    expect(formatThreadSummary(counted, false)).toBe('In the thread: 1 Red and 4 moved dates.')
  })

  test('counts together what it has no room to name', () => {
    const many = Array.from({ length: 12 }, () => section(100, ['overdue date', 'overdue dates']))
    expect(formatThreadSummary(many, false)).toMatch(
      /^In the thread: 100 overdue dates, .+ and \d00 other entries\.$/,
    )
  })

  test('says that notes follow where nothing else does', () => {
    expect(formatThreadSummary([], false)).toBe('In the thread: notes on this digest.')
  })
})
