import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { boardTarget } from '../../../../src/domain/digests/audience/compose-for.ts'
import { digestContent } from '../../../../src/domain/digests/content/content.ts'
import { checkDigest } from '../../../../src/features/digests/fact-check/check-digest.ts'
import type { MilestoneSketch, ProjectSketch } from '../../../support/plans.ts'
import { toldAfter, toldSince, type Week } from './told-weeks.ts'

/** What the fact check found in digests of random weeks: each a story, told as it should be. */

const said = (onDay: string, state: string, more: object = {}) => ({ onDay, state, ...more })
const calm: ProjectSketch = { ref: '1.9', updates: [said('2017-01-09', 'green')] }
const week = (
  asAt: string,
  project: Omit<ProjectSketch, 'ref'>,
  more: Partial<Week> = {},
): Week => ({
  ...{ asAt, projects: [{ ref: '1.1', ...project }, calm] },
  ...more,
})
const due = (asAt: string, milestone: MilestoneSketch) => week(asAt, { milestones: [milestone] })
const lifeOn = (onDay: string) =>
  ({ state: 'on hold', onDay: civilDate(onDay), reason: null, reviewOn: null }) as const
const movementOf = ({ content }: ReturnType<typeof toldAfter>) =>
  content.snapshot.projects.find(({ id }) => id === '1.1')?.movement

describe('a milestone', () => {
  test('that was overdue, was moved and passed its day again is newly overdue', () => {
    const moves = [{ from: '2017-02-10', to: '2017-02-24', onDay: '2017-02-21' }]
    const told = toldAfter(
      due('2017-02-20', { due: '2017-02-10' }),
      due('2017-02-27', { due: '2017-02-24', moves }),
    )
    expect(told.content.missed).toMatchObject([{ due: '2017-02-24', isNew: true }])
    expect(told.findings).toEqual([])
  })

  test('that was done and is open again is newly overdue, and counted as reopened', () => {
    const told = toldAfter(
      due('2017-02-20', { due: '2017-02-10', doneOn: '2017-02-09' }),
      due('2017-02-27', { due: '2017-02-10' }),
    )
    expect(told.content.missed).toMatchObject([{ isNew: true }])
    expect(told.content.otherChanges).toEqual(['1 milestone reopened'])
    expect(told.findings).toEqual([])
  })

  test('that was late before its project came into the plan is late, and no news', () => {
    const told = toldAfter(
      { asAt: '2017-02-20', projects: [calm] },
      due('2017-02-27', { due: '2016-12-30' }),
    )
    expect(told.content.missed).toMatchObject([{ isNew: false }])
    expect(told.text).not.toContain('newly overdue')
    expect(told.findings).toEqual([])
  })

  test('whose move was taken back has its day from before, and not the reason of an older move', () => {
    const first = {
      from: '2017-01-31',
      to: '2017-03-31',
      onDay: '2017-01-20',
      reason: 'The writer is ill',
    }
    const second = { from: '2017-03-31', to: '2017-06-30', onDay: '2017-02-17' }
    const told = toldAfter(
      due('2017-02-20', { due: '2017-06-30', moves: [first, second] }),
      due('2017-02-27', { due: '2017-03-31', moves: [first] }),
    )
    const reason = 'A move was taken back'
    expect(told.content.moved).toMatchObject([{ from: '2017-06-30', due: '2017-03-31', reason }])
    expect(told.findings).toEqual([])
  })

  test('whose only move was taken back is told, too', () => {
    const moves = [{ from: '2017-03-31', to: '2017-06-30', onDay: '2017-02-17' }]
    const told = toldAfter(
      due('2017-02-20', { due: '2017-06-30', moves }),
      due('2017-02-27', { due: '2017-03-31' }),
    )
    expect(told.content.moved).toMatchObject([{ from: '2017-06-30', due: '2017-03-31' }])
    expect(told.text).not.toContain('Nothing moved')
    expect(told.findings).toEqual([])
  })
})

test('a milestone that its owner flagged at risk is a change', () => {
  const told = toldAfter(
    due('2017-02-20', { due: '2017-06-30' }),
    due('2017-02-27', { due: '2017-06-30', atRisk: 'The writer is ill', flaggedOn: '2017-02-22' }),
  )
  expect(told.content.otherChanges).toEqual(['1 milestone newly at risk'])
  expect(told.text).not.toContain('Nothing moved')
  expect(told.findings).toEqual([])
})

describe('a project', () => {
  test('that was rated twice since it was not applicable is not rated for the first time', () => {
    const before = [said('2017-02-14', 'not-applicable'), said('2017-02-07', 'red')]
    const since = [said('2017-02-24', 'amber'), said('2017-02-22', 'green'), ...before]
    const told = toldAfter(
      week('2017-02-20', { updates: before }),
      week('2017-02-27', { updates: since }),
    )
    expect(movementOf(told)).toBe('rated again')
    expect(told.findings).toEqual([])
  })

  test('whose first rating was taken back, and that is rated then, is not rated for the first time', () => {
    const told = toldAfter(
      week('2017-02-20', { updates: [said('2017-02-17', 'red', { source: 'import' })] }),
      week('2017-02-27', {}),
      week('2017-03-06', { updates: [said('2017-03-03', 'green')] }),
    )
    expect(movementOf(told)).toBe('rated again')
    expect(told.text).not.toContain('first time')
    expect(told.text).not.toContain('again,')
    expect(told.findings).toEqual([])
  })

  test('that is not rated for another reason than before is a change', () => {
    const before = [said('2017-02-14', 'not-applicable')]
    const told = toldAfter(
      week('2017-02-20', { updates: before }),
      week('2017-02-27', { updates: [said('2017-02-24', 'not-yet-available'), ...before] }),
    )
    expect(told.content.otherChanges).toEqual(['1 project not rated for another reason'])
    expect(told.text).not.toContain('Nothing moved')
    expect(told.findings).toEqual([])
  })

  test('that is put on hold is set aside, and when it is live again it is back, not new', () => {
    const green = { updates: [said('2017-02-14', 'green')] }
    const [first, third] = [week('2017-02-20', green), week('2017-03-06', green)]
    const resting = { asAt: '2017-02-27', projects: [calm], onHold: ['1.1'] }
    const held = toldAfter(first, resting)
    expect(held.content.otherChanges).toEqual(['1 project set aside'])
    expect(held.text).toContain('On hold since Mon 27 Feb 2017')
    expect(held.findings).toEqual([])
    // A digest that tells of nobody by name is not told to be whole.
    const nameless = { ...held.content, lifeChanges: [] }
    const faults = checkDigest({ ...held, content: nameless, target: boardTarget })
    expect(faults.map(({ because }) => because)).toContain('1.1 should be in it.')
    const again = { onDay: civilDate('2017-03-01'), reason: 'the grant came', isUndo: false }
    const reopened = new Map([['1.1', { ...again, from: lifeOn('2017-02-27') }]])
    const told = toldAfter(first, resting, { ...third, setAside: { reopenings: reopened } })
    expect(told.content.otherChanges).toEqual(['1 project back in the plan'])
    expect(told.text).toContain(
      'Live again since Wed 1 Mar 2017; it was on hold since Mon 27 Feb 2017',
    )
    expect(told.text).toContain('the grant came')
    expect(told.findings).toEqual([])
  })

  test.each([
    ['is told, with both days', false, ['1 project set aside and live again']],
    ['by a mistake that was taken back is no news', true, []],
  ])('that was closed and live again between two digests %s', (_, isUndo, changes) => {
    const green = { updates: [said('2017-02-14', 'green')] }
    const reopening = { onDay: civilDate('2017-02-24'), reason: null, isUndo }
    const from = {
      ...lifeOn('2017-02-22'),
      state: 'closed',
      ending: 'stopped',
      into: null,
    } as const
    const reopenings = new Map([['1.1', { ...reopening, from }]])
    const told = toldAfter(
      week('2017-02-20', green),
      week('2017-02-27', green, { setAside: { reopenings } }),
    )
    expect(told.content.otherChanges).toEqual(changes)
    const words = 'Live again since Fri 24 Feb 2017; it was closed on Wed 22 Feb 2017: stopped'
    expect(told.text.includes(words)).toBe(!isUndo)
    expect(told.text.includes('Nothing moved')).toBe(isUndo)
    expect(told.findings).toEqual([])
  })

  test('that is on hold is told again where it is closed, also after a digest of before it kept their lives', () => {
    const first = week('2017-02-20', { updates: [said('2017-02-14', 'green')] })
    const held = { asAt: '2017-02-27', projects: [calm], onHold: ['1.1'] }
    const life = {
      ...lifeOn('2017-03-03'),
      state: 'closed',
      ending: 'finished',
      into: null,
    } as const
    const project = { id: '1.1', ref: '1.1', title: 'Website', workstreamId: '1', tags: [], life }
    const closed = { ...held, asAt: '2017-03-06', setAside: { projects: [project] } }
    const words = 'Closed on Fri 3 Mar 2017: finished'
    const told = toldAfter(first, held, closed)
    expect(told.content.otherChanges).toEqual(['1 project set aside'])
    expect(told.text).toContain(words)
    expect(told.findings).toEqual([])
    const { content } = toldAfter(first, held)
    const old = { ...content, snapshot: { ...content.snapshot, setAside: ['1.1'] } }
    const frozen = digestContent.parse(JSON.parse(JSON.stringify(old)))
    expect(toldSince(frozen, closed).text).toContain(words)
    expect(toldSince(told.content, { ...closed, asAt: '2017-03-13' }).text).not.toContain(words)
  })

  test('that comes back Green is counted among those that are not listed', () => {
    const before = [said('2017-02-14', 'not-applicable'), said('2017-02-07', 'green')]
    const told = toldAfter(
      week('2017-02-20', { updates: before }),
      week('2017-02-27', { updates: [said('2017-02-24', 'green'), ...before] }),
    )
    const whats = told.content.leftOut.map(({ what }) => what)
    expect(whats).toContain('1 Green newly rated')
    expect(told.findings).toEqual([])
  })

  test('that is listed as not rated any more is not counted as not listed', () => {
    const red = [said('2017-02-14', 'red')]
    const told = toldAfter(
      week('2017-02-20', { updates: red }),
      week('2017-02-27', { updates: [said('2017-02-24', 'not-applicable'), ...red] }),
    )
    expect(told.content.noLongerRated).toMatchObject([{ ref: '1.1' }])
    expect(told.content.leftOut.map(({ what }) => what).join()).not.toContain('N/A')
    expect(told.findings).toEqual([])
  })
})

test('updates after the round closed are counted beside it: nothing says that no project was updated', () => {
  const at = (moment: string) => new Date(`2017-02-${moment}:00Z`)
  const round = {
    round: civilDate('2017-02-27'),
    ...{ countsFrom: at('16T12:00'), opens: at('21T09:00'), nudges: at('23T09:00') },
    ...{ closes: at('23T12:00'), issuedAt: at('27T09:00'), nudgedAt: null },
  }
  const green = [said('2017-02-14', 'green')]
  const told = toldAfter(
    week('2017-02-20', { updates: green }),
    week('2017-02-27', { updates: [said('2017-02-24', 'red'), ...green] }, { round }),
  )
  expect(told.text).toContain('0 of 2 projects updated this round, 1 other after it closed.')
  expect(told.findings).toEqual([])
})

test('a workstream that had no colour for a while is not rated for the first time', () => {
  const rested = (asAt: string) => ({
    asAt,
    projects: [{ ref: '2.1' }],
    workstreams: [{ ref: '1' }],
  })
  const told = toldAfter(
    { asAt: '2017-02-06', projects: [calm, { ref: '2.1' }] },
    ...['2017-02-13', '2017-02-20', '2017-02-27', '2017-03-06', '2017-03-13'].map(rested),
    { asAt: '2017-03-20', projects: [calm, { ref: '2.1' }] },
  )
  const [first] = told.content.snapshot.workstreams
  expect(first).toMatchObject({ movement: 'rated again' })
  expect(told.findings).toEqual([])
})

test('a project that went to another workstream is a change', () => {
  const other = { ref: '2.1' }
  const workstreams = [{ ref: '1' }, { ref: '2' }]
  const now = { asAt: '2017-02-27', workstreams, projects: [{ ...calm, workstream: '2' }, other] }
  const told = toldAfter({ asAt: '2017-02-20', projects: [calm, other] }, now)
  expect(told.content.otherChanges).toEqual(['1 project in another workstream'])
  expect(told.text).not.toContain('Nothing moved')
  expect(told.findings).toEqual([])
})

describe('a workstream is not better', () => {
  const red = { ref: '1.1', updates: [said('2017-02-14', 'red')] }
  const before = { asAt: '2017-02-20', projects: [red, calm] }
  const none = [said('2017-02-24', 'not-applicable'), ...red.updates]
  test.each([
    ['closed', { asAt: '2017-02-27', projects: [calm], onHold: ['1.1'] }],
    ['called not applicable', { asAt: '2017-02-27', projects: [{ ...red, updates: none }, calm] }],
  ])('because its Red was %s', (_what, now) => {
    const told = toldAfter(before, now)
    expect(told.content.snapshot.workstreams).toMatchObject([{ movement: 'other projects' }])
    expect(told.content.snapshot.programme).toMatchObject({ movement: 'other projects' })
    expect(told.text).toContain('Overall ● Green, from other projects, was Red')
    expect(told.text).not.toContain('better')
    expect(told.findings).toEqual([])
  })

  test('a colour set by hand counts in what the programme is compared by', () => {
    const by = { byId: null, onDay: civilDate('2017-02-10'), at: new Date('2017-02-10T12:00:00Z') }
    const set = { id: 'o1', workstreamId: '2', state: 'green', reason: 'Agreed', ...by }
    const overrides = [{ ...set, confirmation: by }]
    const settings = { rollUp: { policy: 'proportion', redShare: 0.9 } }
    const on = (asAt: string, state: string) => {
      // What stands below the colour that was set moves the other way, and counts for nothing.
      const other = said('2017-02-14', state === 'red' ? 'green' : 'red')
      const projects = [
        { ref: '1.1', updates: [said('2017-02-14', state)] },
        { ref: '2.1', updates: [other] },
      ]
      return { asAt, overrides, projects, programme: { settings } }
    }
    const told = toldAfter(on('2017-02-20', 'green'), on('2017-02-27', 'red'))
    expect(told.content.snapshot.programme).toMatchObject({ state: 'amber', movement: 'worse' })
    expect(told.findings).toEqual([])
  })

  test('or worse because a Red came into the plan; it is, where one of its own turned Red', () => {
    const green = { asAt: '2017-02-20', projects: [calm] }
    const came = toldAfter(green, { asAt: '2017-02-27', projects: [red, calm] })
    expect(came.content.snapshot.programme).toMatchObject({ movement: 'other projects' })
    const turned = { ...calm, updates: [said('2017-02-24', 'red'), ...(calm.updates ?? [])] }
    const told = toldAfter(green, { asAt: '2017-02-27', projects: [turned] })
    expect(told.content.snapshot.programme).toMatchObject({ movement: 'worse' })
  })
})

test('projects whose milestones were rated instead are counted beside those that were updated', () => {
  const rated = (onDay: string) => [
    { due: '2017-06-30', rating: 'green', ratedOn: onDay, ratedIn: 'slack' },
  ]
  const projects = (onDay: string) => [{ ref: '1.1', milestones: rated(onDay) }, calm]
  const told = toldAfter(
    { asAt: '2017-02-20', projects: projects('2017-02-14') },
    { asAt: '2017-02-27', projects: projects('2017-02-22') },
  )
  expect(told.text).toContain(
    '0 of 2 projects updated since Mon 20 Feb 2017; the milestones of 1 other project were rated.',
  )
  expect(told.text).not.toContain('No project was updated')
  expect(told.findings).toEqual([])
})

test('a workstream without a live project does not count among those that are not rated', () => {
  const workstreams = ['1', '2', '3'].map((ref) => ({ ref }))
  const told = toldAfter({ asAt: '2017-02-27', workstreams, projects: [calm], onHold: ['2.1'] })
  expect(told.content.snapshot.programme).toMatchObject({ state: 'green' })
  expect(told.findings).toEqual([])
})

describe('the first digest', () => {
  test('in the middle of a programme says that 62 milestones are overdue, and calls none of them news', () => {
    const milestones = Array.from({ length: 62 }, (_, at) => ({
      due: `2017-0${1 + (at % 2)}-${10 + (at % 15)}`,
    }))
    const told = toldAfter(week('2017-02-27', { milestones }))
    expect(told.text).toContain('nothing to compare with yet. 62 milestones are overdue.')
    expect(told.text).not.toMatch(/newly overdue|already|still/i)
    expect(told.text).not.toContain('updated')
    expect(told.findings).toEqual([])
  })
})

test('a plan of which every project is on hold is not told to have none yet', () => {
  const told = toldAfter(
    { asAt: '2017-02-20', projects: [calm] },
    { asAt: '2017-02-27', onHold: ['1.9'] },
  )
  expect(told.text).toContain('No project is live; 1 is on hold, in the pipeline or closed.')
  expect(told.findings).toEqual([])
})
