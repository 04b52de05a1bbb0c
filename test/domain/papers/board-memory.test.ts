import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { boardMemoryOf } from '../../../src/domain/papers/board-memory.ts'
import { aPlan, type MilestoneSketch } from '../../support/plans.ts'
import { aDecision, anAction } from '../../support/register.ts'

/** The last meeting was on 1 February, the paper is of 24 February, and the next meeting is on 2 March 2017. */
const until = civilDate('2017-03-02')
const planOn = (asAt: string, milestones: readonly MilestoneSketch[], state = 'red') =>
  aPlan({
    asAt,
    projects: [
      {
        ref: '1.1',
        title: 'Website',
        updates: [
          { state, reason: 'The writer is ill', greenBy: '2017-02-20', onDay: '2017-01-30' },
        ],
        milestones,
      },
    ],
  })
const then = (milestones: readonly MilestoneSketch[]) => ({
  plan: planOn('2017-02-01', milestones),
  register: [],
})
const now = (milestones: readonly MilestoneSketch[]) => ({
  plan: planOn('2017-02-24', milestones),
  register: [],
})
const pages = { about: 'Pages are out' }

describe('a milestone that was promised', () => {
  test.each<[string, MilestoneSketch, MilestoneSketch | null, string | null]>([
    [
      'and reported done is done',
      { ...pages, due: '2017-02-10' },
      { ...pages, due: '2017-02-10', doneOn: '2017-02-12' },
      'done',
    ],
    [
      'for a day that has passed, and open, is not done',
      { ...pages, due: '2017-02-10' },
      { ...pages, due: '2017-02-10' },
      'not done',
    ],
    [
      'for a day before the meeting that is to come is ahead',
      { ...pages, due: '2017-03-01' },
      { ...pages, due: '2017-03-01' },
      'ahead',
    ],
    [
      'and has another day is moved',
      { ...pages, due: '2017-02-10' },
      { ...pages, due: '2017-05-31' },
      'moved',
    ],
    [
      'and has no day any more is moved',
      { ...pages, due: '2017-02-10' },
      { ...pages, due: null },
      'moved',
    ],
    ['and is not in the plan is gone', { ...pages, due: '2017-02-10' }, null, 'gone'],
    [
      'but was done at the last meeting was no promise',
      { ...pages, due: '2017-02-10', doneOn: '2017-01-31' },
      { ...pages, due: '2017-02-10', doneOn: '2017-01-31' },
      null,
    ],
    [
      'for the day of the last meeting is none for this one',
      { ...pages, due: '2017-02-01' },
      { ...pages, due: '2017-02-01' },
      null,
    ],
  ])('%s', (_, before, after, expected) => {
    const memory = boardMemoryOf(then([before]), now(after ? [after] : []), until)
    expect(memory.promised.map(({ became }) => became)).toEqual(expected ? [expected] : [])
    expect([...memory.moved, ...memory.gone]).toEqual([])
  })

  test('for a later day is told where it was moved or is gone', () => {
    const later = [
      { about: 'Audit', due: '2017-06-30' },
      { about: 'Training', due: '2017-07-31' },
    ]
    const memory = boardMemoryOf(then(later), now([{ about: 'Audit', due: '2017-09-30' }]), until)
    expect(memory.promised).toEqual([])
    expect(memory.moved.map(({ what, due, now: one }) => [what, due, one?.due])).toEqual([
      ['Audit', '2017-06-30', '2017-09-30'],
    ])
    expect(memory.gone.map(({ what }) => what)).toEqual(['Training'])
  })
})

test('a project that was to be back on track is told with its state now, or that it is gone', () => {
  expect(boardMemoryOf(then([]), now([]), until).backBy).toMatchObject([
    { by: '2017-02-20', state: 'red' },
  ])
  const without = { plan: aPlan({ asAt: '2017-02-24' }), register: [] }
  expect(boardMemoryOf(then([]), without, until).backBy).toMatchObject([{ state: null }])
})

test('a closed project is told with how it ended, and was not forgotten', () => {
  const [onDay, project] = [civilDate('2017-02-20'), then([]).plan.projects[0]]
  const life = {
    state: 'closed',
    ending: 'finished',
    into: null,
    reason: 'All is done',
    onDay,
  } as const
  const closed = {
    plan: aPlan({ asAt: '2017-02-24' }),
    register: [],
    setAside: { projects: project ? [{ ...project, life }] : [] },
  }
  const promised = then([{ ...pages, due: '2017-02-10' }])
  expect(boardMemoryOf(promised, closed, until)).toMatchObject({
    promised: [{ became: 'gone', life: { ending: 'finished' } }],
    backBy: [{ state: null, life: { ending: 'finished' } }],
  })
})

test('actions for this meeting and decisions of the last one are told with how they ended', () => {
  const register = [
    anAction(1, '2017-02-15', { onDay: '2017-01-20', closedOn: '2017-02-14', outcome: 'Sent' }),
    anAction(2, '2017-06-15', { onDay: '2017-01-20' }),
    aDecision(1, null, { onDay: '2017-01-20', closedOn: '2017-02-01', outcome: 'Site A' }),
    aDecision(2, null, { onDay: '2017-01-20', closedOn: '2017-02-08', outcome: 'Site B' }),
    aDecision(3, null, { onDay: '2017-01-20' }),
    aDecision(4, null, { onDay: '2017-02-10' }),
  ]
  const { actions, decisions } = boardMemoryOf(
    { ...then([]), register },
    { ...now([]), register },
    until,
  )
  expect(actions.map(({ entry, closing }) => [entry.number, closing?.outcome])).toEqual([
    [1, 'Sent'],
  ])
  expect(decisions.map(({ entry, closing }) => [entry.number, closing?.outcome])).toEqual([
    [2, 'Site B'],
    [3, undefined],
  ])
})
