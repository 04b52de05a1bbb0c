import { describe, expect, test } from '@jest/globals'
import { composeDigest } from '../../../src/domain/digests/content/compose.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { findExceptions } from '../../../src/domain/rollup/exceptions.ts'
import { rollUpPlan } from '../../../src/domain/rollup/rules.ts'
import { formatProjectState } from '../../../src/domain/status/format.ts'
import { ratingContextOf, ratingOf } from '../../../src/domain/status/rating.ts'
import { summaryOf } from '../../../src/features/reports/summary/summary.ts'
import {
  aPlan,
  type MilestoneSketch,
  type PlanSketch,
  type ProjectSketch,
} from '../../support/plans.ts'

const delivery = { settings: { scheme: 'delivery' } }

function ratingOn(asAt: string, project: Omit<ProjectSketch, 'ref'>, sketch: PlanSketch = {}) {
  const plan = aPlan({ ...sketch, asAt, projects: [{ ref: '2.1', ...project }] })
  const [only] = plan.projects
  if (!only) throw new Error('The plan has no project')
  return { rating: ratingOf(only, ratingContextOf(plan)), project: only, plan }
}

describe('a project that somebody rates', () => {
  const updates = [
    { state: 'red', onDay: '2017-02-20' },
    { state: 'red', onDay: '2017-02-13' },
    { state: 'green', onDay: '2017-02-06' },
  ]

  test('is in the state that was said last', () => {
    expect(ratingOn('2017-02-24', { updates }).rating).toMatchObject({
      state: { key: 'red' },
      since: null,
      update: { onDay: '2017-02-20' },
      lastRated: null,
    })
  })

  test('and keeps it while an improvement waits for a second person', () => {
    const waits = { state: 'green', onDay: '2017-02-23', awaitsConfirmation: true }
    const { rating } = ratingOn('2017-02-24', { updates: [waits, ...updates] })
    expect(rating).toMatchObject({
      state: { key: 'red' },
      update: { onDay: '2017-02-20' },
    })
  })

  test('never rated, it has no state and no day, whatever is overdue', () => {
    const { rating } = ratingOn('2017-02-24', { milestones: [{ due: '2017-01-31' }] })
    expect(rating).toMatchObject({ state: { key: 'blank' }, since: null, lastRated: null })
  })

  test.each([
    ['N/A', [{ state: 'not-applicable', onDay: '2017-02-21' }]],
    ['an empty cell of a sheet', [{ state: 'blank', onDay: '2017-02-21' }]],
    [
      'first one, then the other',
      [
        { state: 'blank', onDay: '2017-02-23' },
        { state: 'not-applicable', onDay: '2017-02-21' },
      ],
    ],
  ])('its last rating is remembered across %s', (_what, later) => {
    const { rating, project, plan } = ratingOn('2017-02-24', { updates: [...later, ...updates] })
    expect(rating.lastRated).toMatchObject({ state: { key: 'red' }, until: '2017-02-21' })
    expect(formatProjectState(project, ratingContextOf(plan))).toContain(
      '(was ◆ Red until Tue 21 Feb 2017, not rated since)',
    )
  })

  test('what was never rated before N/A has no last rating', () => {
    const { rating } = ratingOn('2017-02-24', {
      updates: [{ state: 'not-applicable', onDay: '2017-02-21' }],
    })
    expect(rating).toMatchObject({
      state: { key: 'not-applicable' },
      lastRated: null,
    })
  })
})

describe('a project whose milestones the plan rates', () => {
  const dueOn28 = { due: '2017-02-28', rating: 'on-track', ratedOn: '2017-02-01' }
  const cases: [string, string, MilestoneSketch[], string, string | null][] = [
    ['stands as they are rated', '2017-02-28', [dueOn28], 'on-track', '2017-02-01'],
    ['turns the day after one is due', '2017-03-01', [dueOn28], 'major-issues', '2017-03-01'],
    [
      'turns the day on which one is done',
      '2017-03-08',
      [{ ...dueOn28, doneOn: '2017-03-06' }],
      'completed',
      '2017-03-06',
    ],
    [
      'is late until then',
      '2017-03-05',
      [{ ...dueOn28, doneOn: '2017-03-06' }],
      'major-issues',
      '2017-03-01',
    ],
    [
      'is what it was rated where that was said after the day',
      '2017-03-08',
      [{ ...dueOn28, ratedOn: '2017-03-03' }],
      'on-track',
      '2017-03-03',
    ],
    [
      'is not late with what its plan calls completed',
      '2017-03-08',
      [{ ...dueOn28, rating: 'completed' }],
      'completed',
      '2017-02-01',
    ],
    [
      'turns back when the milestone is moved',
      '2017-03-08',
      [
        {
          ...dueOn28,
          due: '2017-04-28',
          moves: [{ from: '2017-02-28', to: '2017-04-28', onDay: '2017-03-06' }],
        },
      ],
      'on-track',
      '2017-03-06',
    ],
    [
      'is at least at risk with one that its owner flags',
      '2017-02-24',
      [{ ...dueOn28, ratedOn: '2016-12-01', addedOn: '2016-12-01', atRisk: 'The writer is ill' }],
      'minor-issues',
      '2017-01-02',
    ],
    [
      'counts an unrated milestone once it is late',
      '2017-02-24',
      [dueOn28, { due: '2017-02-10' }],
      'major-issues',
      '2017-02-11',
    ],
  ]
  test.each(cases)('%s', (_what, asAt, milestones, state, since) => {
    const { rating } = ratingOn(asAt, { milestones }, { programme: delivery })
    expect(rating).toMatchObject({ state: { key: state }, since, update: null, lastRated: null })
  })

  test('stands as its lead says where one says anything', () => {
    const updates = [{ state: 'minor-issues', onDay: '2017-02-20' }]
    const { rating } = ratingOn(
      '2017-03-08',
      { milestones: [dueOn28], updates },
      { programme: delivery },
    )
    expect(rating).toMatchObject({
      state: { key: 'minor-issues' },
      update: { onDay: '2017-02-20' },
    })
  })

  test('and its last rating is that of its milestones where somebody calls it not applicable', () => {
    const updates = [{ state: 'not-applicable', onDay: '2017-03-06' }]
    const { rating } = ratingOn(
      '2017-03-08',
      { milestones: [dueOn28], updates },
      { programme: delivery },
    )
    expect(rating.lastRated).toMatchObject({ state: { key: 'major-issues' }, until: '2017-03-06' })
  })
})

describe('whoever says how a project stands says the same', () => {
  const plan: Plan = aPlan({
    asAt: '2017-03-08',
    programme: delivery,
    projects: [
      { ref: '1.1', milestones: [{ due: '2017-02-28', rating: 'on-track' }] },
      { ref: '1.2', milestones: [{ due: '2017-05-31', rating: 'on-track' }] },
      { ref: '1.3', milestones: [{ due: '2017-05-31' }] },
      { ref: '1.4', updates: [{ state: 'minor-issues', reason: 'Two posts are vacant' }] },
    ],
  })
  const expected = { 'major-issues': 1, 'minor-issues': 1, 'on-track': 1, completed: 0, blank: 1 }

  test('the digest, the status, the roll-up and the summary sheet', () => {
    const rollUp = rollUpPlan(plan, [])
    const since = plan.asAt
    const digest = composeDigest({ plan, register: [], previous: null, since })
    expect(Object.fromEntries(digest.counts.map(({ state, count }) => [state, count]))).toEqual(
      expected,
    )
    const { counts, offScale } = rollUp.projects
    expect(
      Object.fromEntries([...counts, ...offScale].map(({ state, count }) => [state.key, count])),
    ).toEqual(expected)
    const { reds, notRated } = findExceptions({ plan, rollUp, overrides: [] })
    expect([reds, notRated].map((some) => some.map(({ ref }) => ref))).toEqual([['1.1'], ['1.3']])
    const { rows } = summaryOf({ plan, reader: 'board' })
    const cells = rows.flatMap((row) => (row.kind === 'project' ? row.rating : []))
    expect(cells).toEqual([
      'Missed deadline/Major issues',
      'On track/No issues',
      '',
      'Possibility of missing deadlines/Minor issues',
    ])
  })
})
