import { describe, expect, test } from '@jest/globals'
import { headlineOf } from '../../../../src/features/digests/rendering/format.ts'
import type { ProjectSketch } from '../../../support/plans.ts'
import { digest, notListed, rated } from './sample-digests.ts'

describe('milestones', () => {
  const asAt = '2017-02-27'
  const milestones = (...sketches: ProjectSketch['milestones'][]) => ({
    projects: [{ ...rated('1.1', 'green'), milestones: sketches.flatMap((each) => each ?? []) }],
  })
  const about = (entries: readonly { number: number }[]) => entries.map(({ number }) => number)

  test('are finished, overdue, due within 14 days, or left out with a count', () => {
    const content = digest({
      asAt,
      ...milestones([
        { due: '2017-02-24', doneOn: '2017-02-23' },
        { due: '2017-02-26' },
        { due: '2017-02-27' },
        { due: '2017-03-13' },
        { due: '2017-03-14' },
        { due: null },
        { due: '2017-01-31', doneOn: '2017-01-30' },
      ]),
    })
    expect(about(content.finished)).toEqual([1])
    expect(about(content.missed)).toEqual([2])
    expect(about(content.due)).toEqual([3, 4])
    expect(notListed(content)).toBe(
      'Not listed: 1 Green (/rag projects green); 1 milestone due after Mon 13 Mar 2017 (/rag due 365); 1 milestone without a date (/rag projects undated).',
    )
  })

  test('come with the newly overdue first, and with their earlier dates', () => {
    const before = digest({
      asAt: '2017-02-20',
      ...milestones([{ due: '2017-01-31' }, { due: '2017-02-21' }]),
    })
    const moves = [{ from: '2017-02-10', to: '2017-02-21', onDay: '2017-02-01' }]
    const content = digest(
      { asAt, ...milestones([{ due: '2017-01-31' }, { due: '2017-02-21', moves }]) },
      before,
    )
    expect(content.missed).toMatchObject([
      { number: 2, isNew: true, slippage: 'was Fri 10 Feb 2017, moved once' },
      { number: 1, isNew: false },
    ])
  })

  test('that moved since the last digest are listed once, with the reason', () => {
    const before = digest({ asAt: '2017-02-20', ...milestones([{ due: '2017-03-31' }]) })
    const moves = [
      { from: '2017-03-31', to: '2017-06-30', onDay: '2017-02-22', reason: 'Tender late' },
    ]
    const after = digest({ asAt, ...milestones([{ due: '2017-06-30', moves }]) }, before)
    expect(after.moved).toMatchObject([
      { from: '2017-03-31', due: '2017-06-30', reason: 'Tender late' },
    ])
    expect(
      digest({ asAt: '2017-03-06', ...milestones([{ due: '2017-06-30', moves }]) }, after).moved,
    ).toEqual([])
  })

  test('whose move of the last digest’s own day was taken back have no other move’s reason', () => {
    const first = { from: '2017-01-31', to: '2017-03-31', onDay: '2017-02-20', reason: 'Ill' }
    const second = { from: '2017-03-31', to: '2017-06-30', onDay: '2017-02-20' }
    const both = milestones([{ due: '2017-06-30', moves: [first, second] }])
    const content = digest(
      { asAt, ...milestones([{ due: '2017-03-31', moves: [first] }]) },
      digest({ asAt: '2017-02-20', ...both }),
    )
    expect(content.moved).toMatchObject([
      { from: '2017-06-30', due: '2017-03-31', reason: 'A move was taken back' },
    ])
  })

  test('that the last digest did not have, and that moved long before it, did not move', () => {
    const moves = [{ from: '2017-03-31', to: '2017-06-30', onDay: '2017-01-20' }]
    const before = digest({ asAt: '2017-02-20' })
    const content = digest({ asAt, ...milestones([{ due: '2017-06-30', moves }]) }, before)
    expect(content.moved).toEqual([])
  })

  test('that were done when they entered the plan are no news', () => {
    const done = { due: '2017-02-24', doneOn: '2017-02-24' }
    const content = digest({
      asAt,
      ...milestones([
        { ...done, addedOn: '2017-02-27' },
        { ...done, addedOn: '2017-02-01' },
      ]),
    })
    expect(about(content.finished)).toEqual([2])
  })

  test('whose completion is entered late are in the next digest', () => {
    const before = digest({ asAt: '2017-02-20', ...milestones([{ due: '2017-02-17' }]) })
    const content = digest(
      { asAt, ...milestones([{ due: '2017-02-17', doneOn: '2017-02-17' }]) },
      before,
    )
    expect(about(content.finished)).toEqual([1])
    expect(headlineOf(content)).toBe('1 milestone finished since Mon 20 Feb 2017.')
  })
})
