import { describe, expect, test } from '@jest/globals'
import { addDays, civilDate } from '../../../src/base/dates.ts'
import type { CheckAnswer, RaisedCheck } from '../../../src/domain/checks/check.ts'
import { buildNameAllowlist } from '../../../src/domain/checks/personal-data-detector.ts'
import { type CheckContext, openChecks } from '../../../src/domain/checks/rules.ts'
import { isWithheld } from '../../../src/domain/checks/safeguarding-check.ts'
import type { Headline } from '../../../src/domain/register/entry.ts'
import { aPlan, type ProjectSketch, type UpdateSketch } from '../../support/plans.ts'
import { aMeasure } from '../measures/a-measure.ts'

/** Fridays before the plan's day, Fri 24 Mar 2017: what the last rounds served. */
const rounds = ['2017-03-17', '2017-03-10', '2017-03-03'].map(civilDate)
const nothing: CheckContext = {
  ...{ answers: [], measures: [], rounds, entries: [] },
  names: buildNameAllowlist(['Jamie Cole']),
}

const five = ['scope', 'requirements', 'resource', 'plan', 'timescales']

function checksOf(
  project: Omit<ProjectSketch, 'ref'>,
  known: Partial<CheckContext> = {},
): RaisedCheck[] {
  const plan = aPlan({ asAt: '2017-03-24', projects: [{ ref: '2.1', ...project }] })
  return openChecks(plan, { ...nothing, ...known })
}

const keysOf = (raised: readonly RaisedCheck[]) => raised.map(({ check }) => check)
const green: UpdateSketch = { state: 'green', onDay: '2017-03-20' }
const amber: UpdateSketch = { state: 'amber', onDay: '2017-03-01', reason: 'Late' }

/** What was answered to a question, as it is kept. */
const answered = ({ check, project, fingerprints }: RaisedCheck): CheckAnswer => ({
  ...{
    check,
    fingerprints,
    projectId: project?.id ?? null,
    answer: 'Yes, because …',
    byId: 'asha',
  },
  onDay: civilDate('2017-03-23'),
})

describe('Green with milestones overdue', () => {
  const late = [{ due: '2017-03-20' }, { due: '2017-03-23' }]

  test('trips with two', () => {
    const [raised] = checksOf({ updates: [green], milestones: late })
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
    expect(checksOf({ updates: [green], milestones })).toEqual([])
  })

  test('does not under an Amber, which says so itself', () => {
    const update = { ...amber, greenBy: '2017-04-30' }
    expect(checksOf({ updates: [update], milestones: late })).toEqual([])
  })

  test('is not asked again of the same milestones, nor of fewer, and is of another one', () => {
    const [first] = checksOf({ updates: [green], milestones: late })
    const answers = first ? [answered(first)] : []
    expect(checksOf({ updates: [green], milestones: late }, { answers })).toEqual([])
    const more = [...late, { due: '2017-03-22' }]
    expect(keysOf(checksOf({ updates: [green], milestones: more }, { answers }))).toEqual([
      'overdue',
    ])
  })
})

describe('the same commentary', () => {
  const said = (...words: readonly (string | Partial<UpdateSketch>)[]): UpdateSketch[] =>
    words.map((one, at) => ({
      ...{
        state: 'amber',
        greenBy: '2017-04-30',
        onDay: addDays(civilDate('2017-03-22'), -7 * at),
      },
      ...(typeof one === 'string' ? { reason: one } : one),
    }))

  test('trips the third time, whatever the case, the spaces and the punctuation', () => {
    const updates = said('Waiting for legal', 'waiting  for legal.', 'WAITING, for Legal!')
    expect(keysOf(checksOf({ updates }))).toEqual(['repeated'])
  })

  test('does not the second time, nor where a word is another', () => {
    expect(checksOf({ updates: said('Waiting for legal', 'Waiting for legal') })).toEqual([])
    expect(
      checksOf({ updates: said('Waiting for legal', 'Waiting for HR', 'Waiting for legal') }),
    ).toEqual([])
  })

  test('counts a day once, on which something else was put right', () => {
    const [today, ...before] = said('Waiting for legal', 'Waiting for legal')
    const corrected = { ...today, state: 'amber', greenBy: '2017-05-31' }
    expect(checksOf({ updates: [corrected, ...(today ? [today] : []), ...before] })).toEqual([])
  })

  const attested = { reason: 'Waiting for legal', attestsId: 'first' }

  test('attested with "no change" counts too where the state asks for a reason', () => {
    const reds = said(attested, attested, 'Waiting for legal').map((one) => ({
      ...one,
      state: 'red',
    }))
    expect(keysOf(checksOf({ updates: reds }))).toEqual(['repeated'])
  })

  test('attested under a Green is all there is to say', () => {
    const greens = said(attested, attested, 'Waiting for legal').map((one) => ({
      ...one,
      state: 'green',
    }))
    expect(checksOf({ updates: greens })).toEqual([])
  })

  test('is asked of again when it was said three times more', () => {
    const times = (count: number) => ({
      updates: Array.from({ length: count }, (_, at) => ({
        ...{ state: 'amber', greenBy: '2017-04-30', reason: 'Waiting for legal' },
        onDay: `2017-03-${20 - at}`,
      })),
    })
    const [first] = checksOf(times(3))
    const answers = first ? [answered(first)] : []
    expect(checksOf(times(5), { answers })).toEqual([])
    expect(keysOf(checksOf(times(6), { answers }))).toEqual(['repeated'])
  })
})

describe('Amber without a day', () => {
  test('trips for four rounds, the coming one included, with no green-by date', () => {
    const [raised] = checksOf({ updates: [amber] })
    expect(raised).toMatchObject({ check: 'path', fingerprints: ['2017-03-01:none'] })
    expect(raised?.question).toContain('▲ Amber for 4 rounds')
  })

  test('trips with one that has passed', () => {
    const [raised] = checksOf({ updates: [{ ...amber, greenBy: '2017-03-23' }] })
    expect(raised?.question).toContain('its Green-by day, Thu 23 Mar 2017, has passed')
  })

  test.each([
    ['its day is today', [{ ...amber, greenBy: '2017-03-24' }]],
    ['it is the third round', [{ ...amber, onDay: '2017-03-04' }]],
    [
      'it was Green in between',
      [{ ...amber, onDay: '2017-03-13' }, { ...green, onDay: '2017-03-09' }, amber],
    ],
    ['it is Red, which the board sees anyway', [{ ...amber, state: 'red' }]],
  ])('does not where %s', (_, updates) => {
    expect(checksOf({ updates })).toEqual([])
  })

  test('is asked again of another day that passes', () => {
    const [first] = checksOf({ updates: [amber] })
    const answers = first ? [answered(first)] : []
    expect(checksOf({ updates: [amber] }, { answers })).toEqual([])
    const later = { ...amber, onDay: '2017-03-21', greenBy: '2017-03-22' }
    expect(keysOf(checksOf({ updates: [later, amber] }, { answers }))).toEqual(['path'])
  })
})

describe('a measure that worsens under a Green', () => {
  const measure = (now: string, project = '2.1') => [
    aMeasure({
      projects: [{ id: project, ref: project, title: '' }],
      readings: [
        { raw: now, forDay: '2017-03-01' },
        { raw: '61%', forDay: '2017-02-01' },
      ],
    }),
  ]

  test('trips', () => {
    const [raised] = checksOf({ updates: [green] }, { measures: measure('58%') })
    expect(raised?.check).toBe('measure')
    expect(raised?.question).toContain('got worse, from “61%” to “58%”')
  })

  test('goes by its polarity', () => {
    const measures = measure('58%').map((one) => ({ ...one, polarity: 'decrease' as const }))
    expect(checksOf({ updates: [green] }, { measures })).toEqual([])
  })

  test.each([
    ['the figure stayed', 'green', measure('61%')],
    ['it is another project’s', 'green', measure('58%', '2.2')],
    ['the reading is no number', 'green', measure('58% (tbc)')],
    ['the project is Red', 'red', measure('58%')],
  ])('does not where %s', (_, state, measures) => {
    expect(checksOf({ updates: [{ ...green, state, reason: 'x' }] }, { measures })).toEqual([])
  })
})

describe('all criteria ticked under a Red', () => {
  const red = { state: 'red', onDay: '2017-03-20', reason: 'The supplier left' }
  const ticked = { criteria: five, derived: 'green' }

  test('trips, also where the ticks came before the Red', () => {
    expect(keysOf(checksOf({ updates: [{ ...red, ...ticked }] }))).toEqual(['criteria'])
    expect(
      keysOf(checksOf({ updates: [red, { ...green, ...ticked, onDay: '2017-03-13' }] })),
    ).toEqual(['criteria'])
  })

  test.each([
    ['one is not ticked', { ...red, criteria: five.slice(1), derived: 'red' }],
    [
      'the form was told why',
      { ...red, ...ticked, divergenceReason: 'The supplier left last night' },
    ],
    ['it is Amber', { ...red, ...ticked, state: 'amber', greenBy: '2017-04-30' }],
  ])('does not where %s', (_, update) => {
    expect(checksOf({ updates: [update] })).toEqual([])
  })
})

describe('words that tell of a child', () => {
  const about = (reason: string) => [
    { ...amber, onDay: '2017-03-20', greenBy: '2017-04-30', reason },
  ]

  test('trip wherever a digest may tell them', () => {
    const [raised] = checksOf({ updates: about('We had to move pupil Ella') })
    expect(raised?.question).toContain('“pupil Ella”')
    const moved = [
      { from: '2017-03-01', to: '2017-05-01', onDay: '2017-03-02', reason: 'Child X is ill' },
    ]
    expect(keysOf(checksOf({ milestones: [{ due: '2017-05-01', moves: moved }] }))).toEqual([
      'child',
    ])
    const headline: Headline = {
      ...{ kind: 'headline', id: 'h', number: 1, text: 'Family F was moved', project: null },
      ...{ byId: null, source: 'test', onDay: civilDate('2017-03-20'), closing: null },
    }
    expect(checksOf({}, { entries: [headline] })).toMatchObject([{ check: 'child', project: null }])
  })

  test('do not where they are the name of somebody who leads', () => {
    const plan = aPlan({
      projects: [
        {
          ref: '2.1',
          updates: about('The pupil tracker is with pupil lead Jamie'),
        },
      ],
    })
    expect(openChecks(plan, nothing)).toEqual([])
  })

  test('are withheld until somebody answers for them, and stay settled wherever they are said again', () => {
    const text = 'All well. Child X is the name of a play.'
    const [raised] = checksOf({ updates: about(text) })
    const answers = raised ? [answered(raised)] : []
    const names = buildNameAllowlist([])
    expect(isWithheld(text, { answers: [], names })).toBe(true)
    expect(isWithheld(text, { answers, names })).toBe(false)
    expect(isWithheld('Child X is the name of a play!', { answers, names })).toBe(false)
    expect(isWithheld('Child X has moved', { answers, names })).toBe(true)
  })
})
