import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { formatRollUpResult } from '../../../src/domain/rollup/format.ts'
import type { OverrideRow } from '../../../src/domain/rollup/overrides.ts'
import { rollUpPlan } from '../../../src/domain/rollup/rules.ts'
import { percentagesOf, rollUp, tallyOf } from '../../../src/domain/scheme/roll-up.ts'
import type { RollUpPolicy } from '../../../src/domain/scheme/roll-up-settings.ts'
import { rag, type Scheme, type State } from '../../../src/domain/scheme/schemes.ts'
import { aPlan } from '../../support/plans.ts'

const shares = { redShare: 0.25, minRated: 0 }
const worst: RollUpPolicy = { policy: 'worst', ...shares }
const plurality: RollUpPolicy = { policy: 'plurality', ...shares }
const proportion: RollUpPolicy = { policy: 'proportion', ...shares }

const letters: Record<string, string> = { R: 'red', A: 'amber', G: 'green', '-': 'blank' }
const keysOf = (mix: string) => Array.from(mix, (letter) => letters[letter] ?? letter)
const rolled = (mix: string, policy: RollUpPolicy, scheme = rag) =>
  rollUp(tallyOf(keysOf(mix), scheme), policy)?.label ?? 'no colour'

describe('each policy makes one colour of many', () => {
  test.each([
    ['', 'no colour', 'no colour', 'no colour'],
    ['-', 'no colour', 'no colour', 'no colour'],
    ['---', 'no colour', 'no colour', 'no colour'],
    ['R', 'Red', 'Red', 'Red'],
    ['A', 'Amber', 'Amber', 'Amber'],
    ['G', 'Green', 'Green', 'Green'],
    ['G-', 'Green', 'Green', 'Green'],
    ['R---', 'Red', 'Red', 'Red'],
    ['GGG', 'Green', 'Green', 'Green'],
    ['GGGA', 'Amber', 'Green', 'Amber'],
    ['GGGR', 'Red', 'Green', 'Red'],
    ['GGGGR', 'Red', 'Green', 'Amber'],
    // What is not rated makes the share neither smaller nor larger.
    ['GGGGR----', 'Red', 'Green', 'Amber'],
    ['GGGR-----', 'Red', 'Green', 'Red'],
    // Ties go to the worse.
    ['RG', 'Red', 'Red', 'Red'],
    ['AG', 'Amber', 'Amber', 'Amber'],
    ['RAG', 'Red', 'Red', 'Red'],
    ['RAAGG', 'Red', 'Amber', 'Amber'],
    ['RAAGGG', 'Red', 'Green', 'Amber'],
    ['AAAAG', 'Amber', 'Amber', 'Amber'],
  ])('%s: worst %s, plurality %s, proportion at 25%% %s', (mix, ...expected) => {
    expect([worst, plurality, proportion].map((policy) => rolled(mix, policy))).toEqual(expected)
  })

  test.each([
    [0, 'Red'],
    [0.2, 'Red'],
    [0.21, 'Amber'],
    [1, 'Amber'],
  ])('one Red of five, with Red from a share of %p, is %s', (redShare, expected) => {
    expect(rolled('RGGGG', { ...proportion, redShare })).toBe(expected)
  })

  test('a share of nothing is no Red: all Green stays Green', () => {
    expect(rolled('GG', { ...proportion, redShare: 0 })).toBe('Green')
  })
})

describe('half rated is enough for a colour, unless the programme says otherwise', () => {
  test.each([
    ['G--------', 0.5, 'no colour'],
    ['R--------', 0.5, 'no colour'],
    ['GGGG-----', 0.5, 'no colour'],
    ['GGGGG----', 0.5, 'Green'],
    ['G-', 0.5, 'Green'],
    [`${'G'.repeat(7)}${'-'.repeat(93)}`, 0.07, 'Green'],
    ['G--------', 0, 'Green'],
    ['GGGG-', 1, 'no colour'],
    ['GGGGG', 1, 'Green'],
    ['-----', 0, 'no colour'],
  ])('%s, where %p have to be rated: %s', (mix, minRated, expected) => {
    expect(rolled(mix, { ...worst, minRated })).toBe(expected)
  })

  test('what does not apply or needs no update lacks no rating; what is not yet available does', () => {
    const keys = (special: string) => ['green', special, special, special]
    const labelOf = (special: string) =>
      rollUp(tallyOf(keys(special), rag), { ...worst, minRated: 0.5 })?.label
    expect(['not-applicable', 'no-update-required', 'not-yet-available'].map(labelOf)).toEqual([
      ...['Green', 'Green', undefined],
    ])
  })
})

describe('any scheme rolls up by its order of severity', () => {
  const state = (key: string, severity: number): State => ({
    ...rag.blank,
    key,
    label: key,
    severity,
    good: severity === 0,
  })
  const own: Scheme = {
    key: 'own',
    // Written down in no order.
    label: 'Own',
    specials: rag.specials,
    states: [
      state('complete', 0),
      state('serious', 3),
      state('fine', 0),
      state('minor', 1),
      state('major', 2),
    ],
    blank: rag.blank,
  }
  const of = (keys: string[], policy: RollUpPolicy) => rollUp(tallyOf(keys, own), policy)?.key

  test('worst of', () => {
    expect(of(['complete', 'minor', 'major'], worst)).toBe('major')
  })
  test('proportion: below the share, a Red gives the state next to it, and otherwise the worst there is', () => {
    const fine = Array.from({ length: 9 }, () => 'fine')
    expect(of(['serious', ...fine], proportion)).toBe('major')
    expect(of(['minor', ...fine], proportion)).toBe('minor')
    expect(of(fine, proportion)).toBe('fine')
  })
  test('a key that the scheme does not have is not rated', () => {
    expect(tallyOf(['red', 'minor'], own)).toMatchObject({ rated: 1, total: 2 })
  })
})

describe('a state off the scale', () => {
  test('is counted and never rolled up', () => {
    const tally = tallyOf(keysOf('RG--'), rag)
    expect(tally.offScale.map(({ state, count }) => [state.label, count])).toEqual([
      ['Not rated', 2],
    ])
    expect(tally).toMatchObject({ rated: 2, total: 4 })
  })
})

describe('percentages', () => {
  test.each([
    ['RAG', [33, 33, 33]],
    ['GGGGGAR', [14, 14, 71]],
    ['G', [0, 0, 100]],
    ['-', [0, 0, 0]],
  ])('of %s are each rounded on their own', (mix, expected) => {
    expect(percentagesOf(tallyOf(keysOf(mix), rag))).toEqual(expected)
  })
})

const override = (row: Partial<OverrideRow> & Pick<OverrideRow, 'id' | 'onDay'>): OverrideRow => ({
  workstreamId: null,
  state: 'amber',
  reason: 'The new contract starts next week',
  byId: 'priya',
  at: new Date(`${row.onDay}T12:00:00Z`),
  confirmation: null,
  ...row,
})
const confirmed = (onDay: string) => ({
  byId: 'sol',
  onDay: civilDate(onDay),
  at: new Date(`${onDay}T13:00:00Z`),
})

describe('a plan rolls up from projects to workstreams to the programme', () => {
  const projects = [
    { ref: '1.1', updates: [{ state: 'red' }] },
    { ref: '1.2', updates: [{ state: 'green' }] },
    { ref: '2.1', updates: [{ state: 'green' }] },
    { ref: '3.1' },
  ]
  const rolledUp = (asAt: string, overrides: OverrideRow[] = [], policy = worst) =>
    rollUpPlan(aPlan({ asAt, projects, programme: { settings: { rollUp: policy } } }), overrides)

  test('and says why a workstream has no colour: no live project, none rated, too few', () => {
    const workstreams = ['1', '2', '3'].map((ref) => ({ ref }))
    const red = { ref: '3.1', updates: [{ state: 'red' }] }
    const plan = aPlan({
      workstreams,
      projects: [{ ref: '2.1' }, red, { ref: '3.2' }, { ref: '3.3' }],
    })
    const said = rollUpPlan(plan, []).workstreams.map(({ standing }) =>
      formatRollUpResult(standing, plan.people),
    )
    expect(said).toEqual([
      'no colour: no live project',
      'no colour: nothing is rated yet',
      'no colour: not enough rated, 1 of 3',
    ])
  })

  test('with the counts of what was rolled up', () => {
    const { programme, projects: all, workstreams } = rolledUp('2017-02-24')
    expect(workstreams.map(({ standing }) => standing.state?.label)).toEqual([
      'Red',
      'Green',
      undefined,
    ])
    expect(programme.state?.label).toBe('Red')
    expect(programme.parts).toMatchObject({ rated: 2, total: 3 })
    expect(all).toMatchObject({ rated: 3, total: 4 })
  })

  test('by the policy that held on that day', () => {
    const settings = {
      rollUp: worst,
      rollUpChanges: [{ ...plurality, onDay: '2017-03-06', byId: null }],
    }
    const on = (asAt: string) =>
      rollUpPlan(aPlan({ asAt, projects: [...projects, ...greens], programme: { settings } }), [])
        .workstreams[0]?.standing.state?.label
    const greens = [
      { ref: '1.3', updates: [{ state: 'green' }] },
      { ref: '1.4', updates: [{ state: 'green' }] },
    ]
    expect([on('2017-03-05'), on('2017-03-06')]).toEqual(['Red', 'Green'])
  })

  test('an empty plan has no colour', () => {
    const { programme } = rollUpPlan(aPlan(), [])
    expect(programme.state).toBeNull()
  })

  test('an override counts once a second person has confirmed it, from that day on', () => {
    const rows = [
      override({
        id: 'o1',
        workstreamId: '1',
        onDay: civilDate('2017-02-20'),
        confirmation: confirmed('2017-02-22'),
      }),
    ]
    const before = rolledUp('2017-02-19', rows)
    expect(before.workstreams[0]?.standing).toMatchObject({ override: null, awaiting: null })

    const asked = rolledUp('2017-02-21', rows)
    expect(asked.workstreams[0]?.standing.state?.label).toBe('Red')
    expect(asked.workstreams[0]?.standing.awaiting).toMatchObject({ id: 'o1', confirmedOn: null })

    const counts = rolledUp('2017-02-22', rows)
    expect(counts.workstreams[0]?.standing).toMatchObject({
      state: { label: 'Amber' },
      rolledUp: { label: 'Red' },
      override: { id: 'o1', confirmedById: 'sol' },
      awaiting: null,
    })
    expect(counts.programme.state?.label).toBe('Amber')
  })

  test('another one leaves the first in force until it is confirmed, and an end ends both', () => {
    const first = override({
      id: 'o1',
      onDay: civilDate('2017-02-01'),
      confirmation: confirmed('2017-02-02'),
    })
    const second = override({ id: 'o2', state: 'green', onDay: civilDate('2017-02-10') })
    const end = override({ id: 'o3', state: null, onDay: civilDate('2017-02-20') })
    const rows = [end, second, first]
    expect(rolledUp('2017-02-10', rows).programme).toMatchObject({
      override: { id: 'o1' },
      awaiting: { id: 'o2' },
    })
    expect(rolledUp('2017-02-20', rows).programme).toMatchObject({
      state: { label: 'Red' },
      override: null,
      awaiting: null,
    })
  })

  test('a confirmation that comes after the end confirms nothing', () => {
    const late = override({
      id: 'o1',
      onDay: civilDate('2017-02-01'),
      confirmation: confirmed('2017-02-05'),
    })
    const end = override({ id: 'o2', state: null, onDay: civilDate('2017-02-03') })
    expect(rolledUp('2017-02-24', [late, end]).programme.override).toBeNull()
  })
})

describe('a plan that rates milestones and not projects, as W20 does', () => {
  const milestones = (...ratings: string[]) =>
    ratings.map((rating) => ({ due: '2017-03-31', rating }))
  const projects = [
    { ref: '1.1', milestones: milestones('green', 'amber') },
    { ref: '1.2', milestones: milestones('green') },
    { ref: '1.3', milestones: milestones('red'), updates: [{ state: 'green' }] },
    { ref: '1.4', milestones: [{ due: null }] },
  ]

  test('takes the colour of a project from its milestones unless the project has one', () => {
    const { projects: tally, programme } = rollUpPlan(aPlan({ projects }), [])
    expect(tally.counts.map(({ state, count }) => [state.key, count])).toEqual([
      ['red', 0],
      ['amber', 1],
      ['green', 2],
    ])
    expect([tally.rated, tally.total, programme.state?.key]).toEqual([3, 4, 'amber'])
  })
})
