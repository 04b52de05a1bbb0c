import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { composeDigest } from '../../../../src/features/digests/content/compose.ts'
import {
  type DigestContent,
  digestContent,
} from '../../../../src/features/digests/content/content.ts'
import { movementOf } from '../../../../src/features/digests/content/movement.ts'
import { tell } from '../../../../src/features/digests/content/scheme-told.ts'
import {
  countInWords,
  coverageInWords,
  decisionOf,
  headlineOf,
  leftOutInWords,
  pathInWords,
} from '../../../../src/features/digests/shown/words.ts'
import type { Entry } from '../../../../src/features/register/entry.ts'
import { rag, stateByKey } from '../../../../src/features/status/schemes.ts'
import { aPlan, type PlanSketch, type ProjectSketch } from '../../../support/plans.ts'
import { aDecision, aDependency, aHeadline, aRisk } from '../../../support/register.ts'

const since = civilDate('2017-02-20')

function digest(
  sketch: PlanSketch,
  previous: DigestContent | null = null,
  register: readonly Entry[] = [],
): DigestContent {
  const plan = aPlan(sketch)
  const content = composeDigest({ plan, register, previous, since: previous?.asAt ?? since })
  // As it is kept: frozen as JSON and read again.
  return digestContent.parse(JSON.parse(JSON.stringify(content)))
}

const notListed = ({ leftOut }: DigestContent) => leftOutInWords(leftOut, '/rag')

const rated = (ref: string, state: string, onDay = '2017-02-22'): ProjectSketch => ({
  ref,
  updates: state === 'blank' ? [] : [{ state, onDay }],
})

describe('how a state moved', () => {
  const state = (key: string) => stateByKey(rag, key)
  test.each([
    ['green', 'amber', 'worse'],
    ['green', 'red', 'worse'],
    ['amber', 'red', 'worse'],
    ['red', 'amber', 'better'],
    ['red', 'green', 'better'],
    ['amber', 'green', 'better'],
    ['red', 'red', 'same'],
    ['blank', 'blank', 'same'],
    ['blank', 'red', 'first rated'],
    ['blank', 'green', 'first rated'],
    ['green', 'blank', 'no longer rated'],
    ['green', 'not-applicable', 'no longer rated'],
    ['not-applicable', 'red', 'first rated'],
    ['blank', 'not-applicable', 'same'],
  ])('%s to %s is %s', (before, now, expected) => {
    expect(movementOf(state(before), state(now))).toBe(expected)
  })

  test('a project that the last digest did not know is new', () => {
    expect(movementOf(undefined, state('red'))).toBe('new')
  })
})

describe('a first digest', () => {
  const content = digest({
    projects: [
      rated('1.1', 'green'),
      rated('1.2', 'green'),
      { ref: '1.3', updates: [{ state: 'red', reason: 'No provider', onDay: '2017-02-22' }] },
      rated('1.4', 'blank'),
    ],
  })

  test('has counts without a last time', () => {
    expect(content.counts.map(countInWords)).toEqual([
      '◆ Red 1',
      '▲ Amber 0',
      '● Green 2',
      '○ Not rated 1',
    ])
  })

  test('has no movement, and says so', () => {
    expect(content).toMatchObject({ worse: [], better: [], notes: [], previousAsAt: null })
    expect(headlineOf(content)).toBe('The first digest: nothing to compare with yet.')
  })

  test('a project without a rating is never Green, and is said to be left out', () => {
    expect(notListed(content)).toBe(
      'Not listed: 2 Greens (/rag projects green); 1 project without a rating (/rag projects not rated).',
    )
  })
})

describe('a digest after another', () => {
  const before = digest({
    asAt: '2017-02-20',
    projects: [
      rated('1.1', 'green'),
      rated('1.2', 'amber'),
      rated('1.3', 'green'),
      rated('1.4', 'blank'),
      rated('1.5', 'red'),
    ],
  })
  const content = digest(
    {
      asAt: '2017-02-27',
      projects: [
        {
          ref: '1.1',
          title: 'Pay review',
          updates: [{ state: 'red', reason: 'No money', onDay: '2017-02-22' }],
        },
        rated('1.2', 'green'),
        rated('1.3', 'green', '2017-02-13'),
        rated('1.4', 'amber'),
        rated('1.6', 'green'),
      ],
    },
    before,
  )

  test('tells what got worse and what got better', () => {
    expect(content.worse).toMatchObject([
      { id: '1.1', ref: '1.1', title: 'Pay review', from: 'green', to: 'red', reason: 'No money' },
    ])
    expect(content.better).toMatchObject([{ ref: '1.2', from: 'amber', to: 'green' }])
    expect(headlineOf(content)).toBe(
      '1 project got worse and 1 project got better since Mon 20 Feb 2017.',
    )
  })

  test('has last time beside each count', () => {
    expect(content.counts.map(countInWords)).toEqual([
      '◆ Red 1 (was 1)',
      '▲ Amber 1 (was 1)',
      '● Green 3 (was 2)',
      '○ Not rated 0 (was 1)',
    ])
  })

  test('tells which projects came, went and were rated first, and which Greens are not listed', () => {
    expect(content.notes).toEqual([
      '1 project is new in the plan.',
      '1 project is no longer in the plan.',
      '1 project is rated for the first time.',
    ])
    expect(notListed(content)).toBe(
      'Not listed: 1 Green unchanged, 1 new Green (/rag projects green).',
    )
  })

  test('compared with itself nothing moved', () => {
    const again = digest(
      { asAt: '2017-02-27', projects: [rated('1.1', 'red')] },
      digest({ asAt: '2017-02-27', projects: [rated('1.1', 'red')] }),
    )
    expect(headlineOf(again)).toBe('Nothing moved since Mon 27 Feb 2017.')
  })
})

describe("a programme's own way to rate", () => {
  const programme = (scheme: string) => ({ programme: { settings: { scheme } } })
  const projects = [
    rated('1.1', 'blue'),
    rated('1.2', 'amber'),
    rated('1.3', 'green'),
    rated('1.4', 'not-applicable'),
  ]
  const before = digest({
    asAt: '2017-02-20',
    ...programme('brag'),
    projects: [rated('1.1', 'green'), rated('1.2', 'amber'), rated('1.3', 'green')],
  })

  test('counts its states, worst first, and Blue is better than Green', () => {
    const content = digest({ ...programme('brag'), projects }, before)
    expect(content.counts.map(countInWords)).toEqual([
      '◆ Red 0 (was 0)',
      '▲ Amber 1 (was 1)',
      '● Green 1 (was 2)',
      '■ Blue 1 (was 0)',
      '□ N/A 1 (was 0)',
      '○ Not rated 0 (was 0)',
    ])
    expect(content.better).toMatchObject([{ ref: '1.1', from: 'green', to: 'blue' }])
    expect(notListed(content)).toBe(
      'Not listed: 1 Green unchanged (/rag projects green); 1 project at “N/A” (/rag projects n/a).',
    )
  })

  test('that changed since is compared with nothing, and said', () => {
    const content = digest(
      { ...programme('delivery'), projects: [rated('1.1', 'on-track'), rated('1.2', 'blank')] },
      before,
    )
    expect(content).toMatchObject({ worse: [], better: [] })
    expect(content.counts.map(countInWords)).toEqual([
      '◆ Missed deadline/Major issues 0',
      '▲ Possibility of missing deadlines/Minor issues 0',
      '● On track/No issues 1',
      '■ Completed 0',
      '○ Not rated 1',
    ])
    expect(content.notes).toContain('2 projects are rated on another scale than last time.')
    expect(notListed(content)).toContain(
      '1 new project at “On track/No issues” (/rag projects on track/no issues)',
    )
  })

  test('is that of a digest that was frozen before there was a choice: RAG', () => {
    const { scheme: _, ...old } = digest({ projects: [rated('1.1', 'green')] })
    const frozen = digestContent.parse(JSON.parse(JSON.stringify(old)))
    expect(digest({ projects: [rated('1.1', 'red')] }, frozen).worse).toHaveLength(1)
  })
})

describe('who has not updated', () => {
  const projects = [
    { ...rated('1.1', 'green', '2017-02-20'), leads: ['ann'] },
    { ...rated('1.2', 'green', '2017-02-19'), leads: ['bob', 'cy'] },
    { ...rated('1.3', 'blank'), leads: ['bob'] },
  ]
  test('is a count', () => {
    const content = digest({ projects })
    expect(coverageInWords(content)).toBe('1 of 3 projects updated since Mon 20 Feb 2017.')
    expect(content.notUpdated.names).toBeNull()
  })
  test('with names of leads only where the programme allows it', () => {
    const content = digest({ projects, programme: { digestNames: true } })
    expect(content.notUpdated.names).toEqual(['bob', 'cy'])
  })
  test('or nobody', () => {
    const content = digest({ projects: [rated('1.1', 'green')] })
    expect(coverageInWords(content)).toBe('1 of 1 project updated since Mon 20 Feb 2017.')
  })
})

describe('the path to green', () => {
  const asAt = civilDate('2017-02-24')
  test.each([
    ['2017-03-31', 'two posts are filled', 'Green by Fri 31 Mar 2017: two posts are filled'],
    ['2017-03-31', null, 'Green by Fri 31 Mar 2017'],
    ['2017-02-17', null, 'Green by Fri 17 Feb 2017, which has passed'],
    [null, 'two posts are filled', 'Path to green: two posts are filled (no date given)'],
    [null, null, 'No path to green given'],
  ])('%s, %s', (greenBy, path, words) => {
    const told = { greenBy: greenBy === null ? null : civilDate(greenBy), path }
    expect(pathInWords(told, { asAt, scheme: tell(rag) })).toBe(words)
  })

  test('that is missing is something to decide', () => {
    const content = digest({
      projects: [
        rated('1.1', 'red'),
        { ref: '1.2', updates: [{ state: 'red', onDay: '2017-02-22', greenBy: '2017-03-31' }] },
        rated('1.3', 'amber'),
        rated('1.4', 'red'),
      ],
    })
    expect(decisionOf(content)).toBe(
      'To decide, no path to green is given: Red 1.1 and 1.4; Amber 1.3.',
    )
  })
})

describe('milestones', () => {
  const asAt = '2017-02-27'
  const milestones = (...sketches: ProjectSketch['milestones'][]) => ({
    projects: [{ ...rated('1.1', 'green'), milestones: sketches.flatMap((each) => each ?? []) }],
  })
  const about = (entries: readonly { number: number }[]) => entries.map(({ number }) => number)

  test('are finished, missed, due within 14 days, or left out with a count', () => {
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

  test('newly missed ones come first, and say what they were', () => {
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

  test('moved since the last digest are told with the reason, once', () => {
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

  test('done late in the records show in the next digest', () => {
    const before = digest({ asAt: '2017-02-20', ...milestones([{ due: '2017-02-17' }]) })
    const content = digest(
      { asAt, ...milestones([{ due: '2017-02-17', doneOn: '2017-02-17' }]) },
      before,
    )
    expect(about(content.finished)).toEqual([1])
    expect(headlineOf(content)).toBe('1 milestone finished since Mon 20 Feb 2017.')
  })
})

describe('the register', () => {
  const asAt = '2017-02-27'
  const numbers = (entries: readonly { number: number }[]) => entries.map(({ number }) => number)
  const lastWeek = (...register: Entry[]) => digest({ asAt: '2017-02-20' }, null, register)

  test('gives every decision that is needed, overdue first, whether it is new or not', () => {
    const old = aDecision(1, '2017-03-31', { askedOf: 'the Cabinet' })
    const register = [old, aDecision(2, '2017-02-24'), aDecision(3, null, { closedOn: asAt })]
    const content = digest({ asAt }, lastWeek(old), register)
    expect(content.decisions).toMatchObject([
      { number: 2, neededBy: '2017-02-24', isNew: true },
      { number: 1, askedOf: 'the Cabinet', isNew: false, project: { ref: '2.1' } },
    ])
  })

  test('gives the Red risks and the new ones, worst first, and counts the others', () => {
    const known = [aRisk(1, 'amber'), aRisk(2, 'red'), aRisk(3, 'blank')]
    const content = digest({ asAt }, lastWeek(...known), [...known, aRisk(4, 'green')])
    expect(content.risks).toMatchObject([
      { number: 2, state: 'red', isNew: false },
      { number: 4, state: 'green', isNew: true },
    ])
    expect(notListed(content)).toBe('Not listed: 2 other open risks (/rag risks).')
  })

  test('gives the dependencies that are held up, and counts the others', () => {
    const content = digest(
      {
        asAt,
        projects: [
          rated('2.2', 'red'),
          { ...rated('2.3', 'amber'), milestones: [{ due: '2017-02-24' }] },
          rated('2.4', 'amber'),
        ],
      },
      null,
      ['2.2', '2.3', '2.4', 'the regional partnership'].map((ref, at) => aDependency(at + 1, ref)),
    )
    expect(content.dependencies).toMatchObject([
      { number: 1, waitsFor: { ref: '2.2' }, state: 'red', missed: 0 },
      { number: 2, waitsFor: { ref: '2.3' }, state: 'amber', missed: 1 },
    ])
    expect(notListed(content)).toBe(
      'Not listed: 2 dependencies that are not held up (/rag dependencies).',
    )
  })

  test('gives the headlines since the last digest, each once', () => {
    const old = aHeadline(1, { onDay: '2017-02-17' })
    // Added on the day of the last digest, after it was posted.
    const late = aHeadline(2, { onDay: '2017-02-20' })
    const register = [old, late, aHeadline(3, { onDay: '2017-02-24' })]
    const content = digest({ asAt }, lastWeek(old), register)
    expect(numbers(content.headlines)).toEqual([3, 2])
    expect(numbers(digest({ asAt: '2017-03-06' }, content, register).headlines)).toEqual([])
  })

  test('of a first digest is compared by the day', () => {
    const register = [
      aHeadline(1, { onDay: '2017-02-17' }),
      aHeadline(2, { onDay: '2017-02-20' }),
      aHeadline(3, { onDay: '2017-02-28' }),
    ]
    expect(numbers(digest({ asAt }, null, register).headlines)).toEqual([2])
  })

  test('may be missing from a digest that was frozen before there was one', () => {
    const { decisions, risks, dependencies, headlines, snapshot, ...rest } = lastWeek()
    expect([decisions, risks, dependencies, headlines]).toEqual([[], [], [], []])
    const { register: _, ...known } = snapshot
    const old = digestContent.parse(JSON.parse(JSON.stringify({ ...rest, snapshot: known })))
    expect(old).toMatchObject({ decisions: [], headlines: [], snapshot: { register: null } })
    const register = [
      aRisk(1, 'green', { onDay: '2017-02-17' }),
      aRisk(2, 'green', { onDay: asAt }),
    ]
    expect(numbers(digest({ asAt }, old, register).risks)).toEqual([2])
  })
})
