import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import type { Entry } from '../../../src/domain/register/entry.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import { entryAnswer } from '../../../src/features/reminders/rules/entry-answers.ts'
import { aPlan, type PlanSketch } from '../../support/plans.ts'
import { aDependency, anAction, anIssue, aReview, aRisk } from '../../support/register.ts'
import { away, type Known, only, reminderLog } from './reminder-log.ts'

/** Asha leads 2.1; Tom, who owns entries, leads nothing. */
const sketch: PlanSketch = {
  programme: { settings: only({}) },
  projects: [{ ref: '2.1', leads: ['asha'] }],
  people: [{ id: 'asha' }, { id: 'tom' }, { id: 'ben' }, { id: 'priya' }],
  programmeOffice: ['priya'],
}

const logOf = (entries: readonly Entry[], known: Known = {}, plan: Partial<PlanSketch> = {}) =>
  reminderLog({ ...sketch, ...plan }, '2017-03-20', '2017-04-25', {
    openEntries: () => entries,
    ...known,
  })

const action = (due: string, ownerId: string | null = 'tom') => anAction(1, due, { ownerId })

describe('an action', () => {
  test.each([
    [
      'a Friday',
      '2017-03-31',
      ['2017-03-28 -3', '2017-03-31 0', '2017-04-04 +2', '2017-04-20 +12'],
    ],
    [
      'a Sunday',
      '2017-04-02',
      ['2017-03-28 -3', '2017-03-31 0', '2017-04-04 +2', '2017-04-20 +12'],
    ],
    ['Good Friday', '2017-04-14', ['2017-04-10 -3', '2017-04-13 0', '2017-04-19 +2']],
  ])('due on %s is told to its owner before, on and after its day', (_, due, told) => {
    const lines = told.map((one) => {
      const [on, step] = one.split(' ')
      return `${on} tom action ${step} action 1`
    })
    expect(logOf([action(due)])).toEqual(lines)
  })

  test('is told to its owner’s deputy; with nobody to ask, to the leads of its project', () => {
    const people = (tom: object) => ({
      people: [{ id: 'asha' }, { id: 'tom', ...tom }, { id: 'ben' }, { id: 'priya' }],
    })
    const due = [action('2017-03-31')]
    const firstOf = (tom: object, known: Known = {}) => logOf(due, known, people(tom))[0]
    expect(firstOf(away('2017-03-20', '2017-04-25', 'ben'))).toBe(
      '2017-03-28 ben action -3 action 1',
    )
    const gone: Known = { contactabilityOf: (id) => (id === 'tom' ? 'gone' : 'reached') }
    expect(firstOf({}, gone)).toBe('2017-03-28 asha action -3 action 1')
    expect(logOf([action('2017-03-31', null)])[0]).toBe('2017-03-28 asha action -3 action 1')
    const ofProgramme = [anAction(1, '2017-03-31', { project: null })]
    expect(logOf(ofProgramme)[0]).toBe('2017-03-28 priya action -3 action 1')
  })

  test('that was put off is told anew, and not of what was ahead of its old day', () => {
    const moved: Entry = {
      ...action('2017-03-31'),
      reviews: [aReview({ onDay: '2017-03-29', ownerId: 'tom' })],
    }
    expect(logOf([moved])).toEqual([
      '2017-03-31 tom action 0 action 1',
      '2017-04-04 tom action +2 action 1',
      '2017-04-20 tom action +12 action 1',
    ])
  })

  test('is told of nothing where the programme turned the rule off', () => {
    const plan = { programme: { settings: only({ actions: false }) } }
    expect(logOf([action('2017-03-31')], {}, plan)).toEqual([])
  })
})

describe('a risk or an issue to be looked at again', () => {
  test('is told on its day, and then once a fortnight', () => {
    const reviewOn = civilDate('2017-03-24')
    const entries = [
      { ...aRisk(1, 'red'), ownerId: 'tom', reviewOn },
      { ...anIssue(1, 'red'), ownerId: 'tom', reviewOn },
      { ...aRisk(2, 'red'), ownerId: 'tom' },
    ]
    expect(logOf(entries)).toEqual([
      '2017-03-24 tom entry-review 0 risk 1',
      '2017-03-24 tom entry-review 0 issue 1',
      '2017-04-07 tom entry-review +10 risk 1',
      '2017-04-07 tom entry-review +10 issue 1',
      '2017-04-25 tom entry-review +20 risk 1',
      '2017-04-25 tom entry-review +20 issue 1',
    ])
  })
})

describe('a row that was sent', () => {
  const risk = { ...aRisk(1, 'red'), reviewOn: civilDate('2017-06-30') }
  test.each([
    ['open', action('2017-03-31'), null],
    ['put off', action('2017-04-30'), '→ Moved to Sun 30 Apr 2017'],
    ['closed', anAction(1, '2017-03-31', { closedOn: '2017-03-29' }), '✓ Closed'],
    ['looked at again', risk, '✓ Reviewed'],
  ])('of what is %s says so', (_, entry, answer) => {
    expect(entryAnswer(entry, '2017-03-31')).toBe(answer)
  })
})

describe('a project that another one waits for', () => {
  const moves = [
    { from: '2017-03-31', to: '2017-06-30', onDay: '2017-03-22', byId: 'ben', reason: 'ill' },
    { from: '2017-06-30', to: '2017-05-31', onDay: '2017-03-24', byId: 'ben', reason: 'well' },
  ]
  const plan: PlanSketch = {
    ...sketch,
    projects: [
      { ref: '2.1', leads: ['asha'] },
      { ref: '2.2', leads: ['ben'], milestones: [{ about: 'Website', due: '2017-05-31', moves }] },
    ],
  }
  const newsOf = (entries: readonly Entry[]) => {
    const openEntries = () => entries
    const context = { plans: [aPlan(plan)], topicsSentTo: () => new Set<string>(), openEntries }
    return remindersDue({ ...context, now: new Date('2017-03-27T09:00:00Z') }).reminders.flatMap(
      ({ person, news }) => news.map((text) => `${person?.id}: ${text}`),
    )
  }

  test('warns the leads of that one when it slips, once, and not when it comes sooner', () => {
    const waits = { ...aDependency(1, '2.2'), onDay: civilDate('2017-03-01') }
    expect(newsOf([waits])).toEqual([
      expect.stringMatching(
        /^asha: 2\.1 .* waits for 2\.2 .*: 1\. Website moved, Fri 31 Mar 2017 → Fri 30 Jun 2017$/,
      ),
    ])
    expect(newsOf([{ ...waits, onDay: civilDate('2017-03-23') }])).toEqual([])
  })
})
