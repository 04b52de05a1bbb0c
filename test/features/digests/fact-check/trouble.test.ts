import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import type { Polarity } from '../../../../src/domain/measures/measure.ts'
import { aMeasure } from '../../../domain/measures/measure-builder.ts'
import type { ProjectSketch, UpdateSketch } from '../../../support/plans.ts'
import { aDecision, aDependency } from '../../../support/register.ts'
import { toldAfter, type Week } from './told-weeks.ts'

/** What goes wrong in programmes between two digests, as the second of them tells it. */

const said = (onDay: string, state: string): UpdateSketch => ({ onDay, state })
const rated = (ref: string, state: string): ProjectSketch => ({
  ref,
  updates: [said('2017-02-14', state)],
})
const [monday, nextMonday] = ['2017-02-20', '2017-02-27']

describe('two changes of the roll-up in one week', () => {
  const states = ['red', 'green', 'green', 'green', 'green', 'green']
  const projects = states.map((state, at) => rated(`${at + 1}.1`, state))
  const week = (asAt: string, policies: readonly string[]): Week => {
    const rollUpChanges = policies.map((policy, at) => {
      return { policy, onDay: `2017-02-2${1 + at}`, byId: null }
    })
    const settings = { rollUp: { policy: 'worst' }, rollUpChanges }
    return { asAt, projects, programme: { settings } }
  }

  test.each([
    ['back to the rule of before change nothing', ['plurality', 'worst'], 'Nothing moved since'],
    [
      'are told as one: what changed is the rule, and nothing got better',
      ['plurality', 'proportion'],
      'Overall ▲ Amber, by another rule, was Red\n',
    ],
  ])('%s', (_what, policies, told) => {
    const { text, findings } = toldAfter(week(monday, policies), week(nextMonday, policies))
    expect(text).toContain(told)
    expect(text).not.toContain('better')
    expect(findings).toEqual([])
  })
})

test('an import that is undone takes ratings back: nobody rates these projects any more', () => {
  const unrated = [{ ref: '1.1' }, { ref: '1.2' }]
  const told = toldAfter(
    { asAt: monday, projects: [rated('1.1', 'red'), rated('1.2', 'green')] },
    { asAt: nextMonday, projects: unrated },
  )
  expect(told.text).toContain('2 projects no longer rated (before: 1 Red).')
  expect(told.text).toContain('○ Not rated, was Red. no lead: nobody rates it any more\n')
  expect(told.text).toContain('○ Not rated, was Red (–, was R)\nNobody rates it any more\n')
  expect(told.text).not.toMatch(/milestones are rated|No reason given/)
  expect(told.findings).toEqual([])
})

test('a project that is renumbered is neither new nor gone, and somebody reads why its number is another', () => {
  const red = rated('1.1', 'red')
  const told = toldAfter(
    { asAt: monday, projects: [red] },
    { asAt: nextMonday, projects: [{ ...red, id: '1.1', ref: '1.7' }] },
  )
  expect(told.content.otherChanges).toEqual(['1 project renumbered (1.1 is now 1.7)'])
  expect(told.text).not.toContain('Nothing moved')
  expect(told.text).toContain('Still ◆ Red\n1.7 ')
  expect(told.findings).toEqual([])
})

test('a workstream whose every project is on hold lacks no colour: it has no live project', () => {
  const workstreams = [{ ref: '1' }, { ref: '2' }]
  const told = toldAfter(
    { asAt: monday, projects: [rated('1.1', 'red'), rated('2.1', 'green')] },
    {
      ...{ asAt: nextMonday, workstreams, onHold: ['1.1'] },
      projects: [{ ...rated('2.1', 'green'), updates: [said('2017-02-24', 'red')] }],
    },
  )
  expect(told.text).toContain('Overall ◆ Red for 2 rounds\n')
  expect(told.text).toContain('1 Workstream 1  no live project, was Red\n')
  expect(told.text).toContain('1 project set aside (before: 1 Red)')
  expect(told.findings).toEqual([])
})

describe('a project that another one waits for', () => {
  const life = { state: 'closed', onDay: civilDate('2017-02-22'), reason: null } as const
  const told = (more: Partial<Week>) => {
    const register = [aDependency(1, '1.1', { project: null })]
    return toldAfter(
      { asAt: monday, projects: [rated('1.1', 'red'), rated('2.4', 'green')], register },
      { asAt: nextMonday, projects: [rated('2.4', 'green')], register, onHold: ['1.1'], ...more },
    )
  }
  const closed = (ending: 'merged' | 'finished', into: string | null) => {
    const project = { id: '1.1', ref: '1.1', title: 'Website', workstreamId: '1', tags: [] }
    return { setAside: { projects: [{ ...project, life: { ...life, ending, into } }] } }
  }

  test.each([
    ['put on hold', {}, '1.1 Project 1.1: on hold since Mon 27 Feb 2017'],
    [
      'merged into another',
      closed('merged', '2.4'),
      '1.1 Website: closed on Wed 22 Feb 2017: merged into 2.4',
    ],
  ])('holds it up where it is %s', (_what, more, why) => {
    const { text, findings } = told(more)
    expect(text).toContain(`Held up by another project\nDependency 1\n${why}\n`)
    expect(text).toContain('1 project set aside (before: 1 Red)')
    expect(findings).toEqual([])
  })

  test('does not where it is finished', () => {
    expect(told(closed('finished', null)).content.dependencies).toEqual([])
  })
})

describe('a KPI whose polarity changes', () => {
  const known = [
    { raw: '70', forDay: '2017-02-10' },
    { raw: '60', forDay: '2017-01-10' },
  ]
  const week = (asAt: string, polarity: Polarity, target = '70', readings = known): Week => {
    const measure = aMeasure({ polarity, target, readings })
    // Each reading has an id of its own, whatever came after it.
    const allReadings = measure.allReadings.map((one) => ({ ...one, id: one.raw }))
    const measures = [{ ...measure, allReadings }]
    return { asAt, projects: [rated('1.1', 'green')], measures }
  }

  test('and keeps its colour goes the other way by that, and not by its reading', () => {
    const told = toldAfter(week(monday, 'increase'), week(nextMonday, 'decrease'))
    expect(told.text).toContain(
      'KPI 1 Audits graded good or better  ● Green, ↓ worse\nWas ↑ better: its target or aim was changed, not its reading\n',
    )
    expect(told.findings).toEqual([])
  })

  test('is not why a new reading goes the other way', () => {
    const later = [{ raw: '69', forDay: '2017-02-24' }, ...known]
    const told = toldAfter(week(monday, 'increase'), week(nextMonday, 'increase', '70', later))
    expect(told.text).toContain('KPI 1 Audits graded good or better  ● Green, ↓ worse\n“69”')
    expect(told.text).not.toContain('was changed')
    expect(told.findings).toEqual([])
  })

  test('and its colour with it says both, in the week of the change alone', () => {
    const weeks = [week(monday, 'increase', '65'), week(nextMonday, 'decrease', '65')]
    const why = 'Was Green, ↑ better: its target or aim was changed, not its reading\n'
    expect(toldAfter(...weeks).text).toContain(why)
    const later = toldAfter(...weeks, week('2017-03-06', 'decrease', '65'))
    expect(later.text).not.toContain('was changed')
    expect(later.findings).toEqual([])
  })
})

test('a week in which nothing but a decision was taken is not one in which nothing moved', () => {
  const asked = { text: 'Which partner', project: null }
  const week = (asAt: string, more: object = {}): Week => {
    const register = [aDecision(1, '2017-03-31', { ...asked, ...more })]
    return { asAt, projects: [rated('1.1', 'green')], register }
  }
  const told = toldAfter(
    week(monday),
    week(nextMonday, { outcome: 'Option B', closedOn: '2017-02-22' }),
  )
  expect(told.text).not.toContain('Nothing moved')
  expect(told.text).toContain('Decided (1): Decision 1, Which partner · Option B')
  expect(told.findings).toEqual([])
})
