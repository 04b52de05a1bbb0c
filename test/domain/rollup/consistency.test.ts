import { describe, expect, test } from '@jest/globals'
import { findContradictions } from '../../../src/domain/rollup/consistency.ts'
import { rollUpPlan } from '../../../src/domain/rollup/rules.ts'
import { aPlan, type PlanSketch, type ProjectSketch } from '../../support/plans.ts'

const asAt = '2017-02-24'
const found = (sketch: PlanSketch) => {
  const plan = aPlan({ asAt, ...sketch })
  return findContradictions(plan, rollUpPlan(plan, []))
}
const ofOne = (project: Omit<ProjectSketch, 'ref'>, settings?: unknown) =>
  found({ projects: [{ ref: '1.1', ...project }], programme: { settings } }).map(
    ({ kind, ref, certain }) => [ref, kind, certain],
  )

describe('contradictions within a plan', () => {
  test('none in a consistent plan', () => {
    expect(found({})).toEqual([])
    expect(ofOne({})).toEqual([])
    expect(ofOne({ updates: [{ state: 'green' }], milestones: [{ due: '2017-03-01' }] })).toEqual(
      [],
    )
    expect(ofOne({ updates: [{ state: 'red', reason: 'The supplier left' }] })).toEqual([])
  })

  test.each(['red', 'amber'])('%s without commentary', (state) => {
    expect(ofOne({ updates: [{ state }] })).toEqual([['1.1', 'no commentary', true]])
  })

  test('a Green with commentary in a sheet, but not one from chat', () => {
    const green = { state: 'green', reason: '5' }
    expect(ofOne({ updates: [{ ...green, source: 'import' }] })).toEqual([
      ['1.1', 'green with commentary', true],
    ])
    expect(ofOne({ updates: [{ ...green, source: 'slack' }] })).toEqual([])
  })

  test('Green with a missed milestone, until it is done or moved', () => {
    const updates = [{ state: 'green' }]
    expect(ofOne({ updates, milestones: [{ due: '2017-02-23' }] })).toEqual([
      ['1.1', 'green with missed milestones', true],
    ])
    expect(ofOne({ updates, milestones: [{ due: '2017-02-23', doneOn: '2017-02-24' }] })).toEqual(
      [],
    )
    expect(ofOne({ updates, milestones: [{ due: '2017-02-24' }] })).toEqual([])
  })

  test('complete with open milestones', () => {
    const complete = { updates: [{ state: 'blue' }], milestones: [{ due: '2017-03-23' }] }
    expect(ofOne(complete, { scheme: 'brag' })).toEqual([
      ['1.1', 'complete with open milestones', true],
    ])
  })

  test('a milestone under the heading of another month', () => {
    const under = (heading: string, due: string) =>
      ofOne({ milestones: [{ heading, due }] }).map(([, kind]) => kind)
    expect(under('March', '2017-02-28')).toEqual(['month'])
    expect(under('Mar 17', '2017-03-28')).toEqual([])
    expect(under('Deadline', '2017-03-28')).toEqual([])
    expect(under('March – April', '2017-05-28')).toEqual([])
  })

  test('moving a milestone out of its month is no contradiction', () => {
    const moves = [{ from: '2017-03-28', to: '2017-05-28', onDay: '2017-02-20' }]
    expect(ofOne({ milestones: [{ heading: 'March', due: '2017-05-28', moves }] })).toEqual([])
  })

  test('criteria that come to another colour than the declared one, with the reason that was given', () => {
    const [mismatch] = found({
      projects: [
        {
          ref: '1.1',
          updates: [
            {
              state: 'green',
              criteria: ['scope', 'resource', 'plan', 'timescales'],
              derived: 'amber',
              divergenceReason: 'the money is there from April',
            },
          ],
        },
      ],
    })
    expect(mismatch).toMatchObject({ kind: 'ticks', ref: '1.1' })
    expect(mismatch?.says).toBe('Declared ● Green; the criteria come to ▲ Amber.')
    expect(mismatch?.should).toContain('the money is there from April')
  })

  test('a tick for what the commentary says is missing: a question, not a verdict', () => {
    const update = { state: 'amber', reason: 'The plan is being drafted', derived: 'amber' }
    const criteria = ['scope', 'requirements', 'plan', 'timescales']
    expect(ofOne({ updates: [{ ...update, criteria }] })).toEqual([
      ['1.1', 'ticks and commentary', false],
    ])
  })

  test.each([
    ['amber', 'Scope still to be defined'],
    ['amber', 'Awaiting confirmation of resource and timescales'],
    ['red', 'The plan is being drafted'],
  ])('without ticks, %s where the commentary reads like another colour: %s', (state, reason) => {
    expect(ofOne({ updates: [{ state, reason }] })).toEqual([
      ['1.1', 'commentary and colour', false],
    ])
    // Of a programme that asks for no criteria, nothing of the kind can be said.
    expect(ofOne({ updates: [{ state, reason }] }, { criteria: [] })).toEqual([])
  })

  test('percentages that add up to 99', () => {
    const projects = ['red', 'amber', 'green'].map((state, at) => ({
      ref: `1.${at + 1}`,
      updates: [{ state, reason: state === 'green' ? null : 'The supplier left' }],
    }))
    const all = found({ projects })
    expect(all.map(({ kind, ref }) => [kind, ref])).toEqual([
      ['percentages', 'the programme'],
      ['percentages', 'workstream 1'],
    ])
    expect(all[0]?.says).toBe('Red 33%, Amber 33% and Green 33% add up to 99%.')
  })
})
