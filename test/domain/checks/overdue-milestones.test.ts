import { describe, expect, test } from '@jest/globals'
import { amber, answerTo, green, keysOf, raiseChecks } from './raise-checks.ts'

describe('Green with milestones overdue', () => {
  const late = [{ due: '2017-03-20' }, { due: '2017-03-23' }]

  test('trips with two', () => {
    const [raised] = raiseChecks({ updates: [green], milestones: late })
    expect(raised).toMatchObject({
      check: 'overdue',
      fingerprints: ['2.1/1:2017-03-20', '2.1/2:2017-03-23'],
    })
    expect(raised?.question).toContain('2 milestones are overdue')
  })

  test.each([
    ['one is due today', [{ due: '2017-03-20' }, { due: '2017-03-24' }]],
    ['one is done', [{ due: '2017-03-20' }, { due: '2017-03-23', doneOn: '2017-03-23' }]],
    [
      'one is done and awaits a second person',
      [{ due: '2017-03-20' }, { due: '2017-03-23', awaitedSince: '2017-03-23' }],
    ],
  ])('does not where %s', (_, milestones) => {
    expect(raiseChecks({ updates: [green], milestones })).toEqual([])
  })

  test('does not under an Amber, which says so itself', () => {
    const update = { ...amber, greenBy: '2017-04-30' }
    expect(raiseChecks({ updates: [update], milestones: late })).toEqual([])
  })

  test('is not asked again of the same milestones, nor of fewer, and is of another one', () => {
    const [first] = raiseChecks({ updates: [green], milestones: late })
    const answers = first ? [answerTo(first)] : []
    expect(raiseChecks({ updates: [green], milestones: late }, { answers })).toEqual([])
    const more = [...late, { due: '2017-03-22' }]
    expect(keysOf(raiseChecks({ updates: [green], milestones: more }, { answers }))).toEqual([
      'overdue',
    ])
  })
})
