import { describe, expect, test } from '@jest/globals'
import { civilDate, momentAt } from '../../../src/base/dates.ts'
import type { Contactability } from '../../../src/domain/people/contactability.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { type DueReminders, remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import { stepName } from '../../../src/features/reminders/rules/due-date.ts'
import { aPlan, type MilestoneSketch, type PlanSketch } from '../../support/plans.ts'

interface Ask {
  readonly said?: readonly string[]
  readonly reach?: (personId: string) => Contactability
}

function at(day: string, time: string, plans: Plan | Plan[], ask: Ask = {}): DueReminders {
  const now = momentAt(civilDate(day), time, 'Europe/London')
  const said = new Set(ask.said)
  const { reach = () => 'reached' } = ask
  return remindersDue({
    plans: [plans].flat(),
    now,
    topicsSentTo: () => said,
    contactabilityOf: reach,
  })
}

/** Priya leads 2.1, which has these milestones. */
function priyas(...milestones: MilestoneSketch[]): Plan {
  return aPlan({ projects: [{ ref: '2.1', leads: ['priya'], milestones }] })
}

/** What one message says: ["2.1/1 -3", "2.1/2 overdue"]. */
function told({ reminders }: DueReminders): string[] {
  return reminders.flatMap(({ items }) =>
    items.map(
      ({ subject, step }) =>
        `${subject.replace('milestone:', '')} ${step === null ? 'overdue' : stepName(step)}`,
    ),
  )
}

describe('the steps of one milestone due Fri 31 Mar 2017', () => {
  test.each([
    ['ten working days before', '2017-03-17', '2.1/1 -10'],
    ['three working days before', '2017-03-28', '2.1/1 -3'],
    ['on the day', '2017-03-31', '2.1/1 0'],
    ['two working days overdue', '2017-04-04', '2.1/1 +2'],
    ['five working days overdue', '2017-04-07', '2.1/1 +5'],
    ['ten, counted over Good Friday and Easter Monday', '2017-04-18', '2.1/1 +10'],
    ['after that on the first working day of a week', '2017-04-24', '2.1/1 +14'],
    ['and of the next, over May Day', '2017-05-02', '2.1/1 +19'],
  ])('%s', (_, day, expected) => {
    expect(told(at(day, '09:00', priyas({ due: '2017-03-31' })))).toEqual([expected])
  })

  test.each([
    ['eleven working days before', '2017-03-16'],
    ['Saturday', '2017-04-01'],
    ['Sunday', '2017-04-02'],
    ['Good Friday', '2017-04-14'],
    ['Easter Monday', '2017-04-17'],
  ])('nothing is said on a %s', (_, day) => {
    expect(told(at(day, '09:00', priyas({ due: '2017-03-31' })))).toEqual([])
  })
})

describe('a due day that is not worked', () => {
  test.each([
    ['a Saturday', '2017-04-01', '2017-03-31'],
    ['Good Friday', '2017-04-14', '2017-04-13'],
    ['Easter Monday', '2017-04-17', '2017-04-13'],
    ['Christmas Day', '2017-12-25', '2017-12-22'],
  ])('%s counts as the working day before it', (_, due, day) => {
    const { reminders } = at(day, '09:00', priyas({ due }))
    expect(reminders[0]?.items).toMatchObject([
      { step: 0, workingDaysLeft: 0, due, effectiveDue: day },
    ])
  })

  test('and is overdue on the working day after it', () => {
    const { reminders } = at('2017-04-18', '09:00', priyas({ due: '2017-04-14' }))
    expect(reminders[0]?.items).toMatchObject([{ workingDaysLeft: -1 }])
  })
})

describe('the time of day', () => {
  test.each([
    ['08:59', 0],
    ['09:00', 1],
    ['12:30', 1],
    ['17:00', 1],
    ['17:01', 0],
  ])('at %s, %s messages', (time, count) => {
    expect(at('2017-03-31', time, priyas({ due: '2017-03-31' })).reminders).toHaveLength(count)
  })

  test.each([
    ['before the clocks go forward, 09:00 is 09:00 UTC', '2017-03-24', '09:00:00'],
    ['after they went forward, 08:00 UTC', '2017-03-27', '08:00:00'],
    ['before they go back, 08:00 UTC', '2017-10-27', '08:00:00'],
    ['after they went back, 09:00 UTC', '2017-10-30', '09:00:00'],
  ])('%s', (_, due, utc) => {
    const nine = new Date(`${due}T${utc}Z`)
    const ask = { plans: [priyas({ due })], topicsSentTo: () => new Set<string>() }
    const before = remindersDue({ ...ask, now: new Date(nine.getTime() - 60_000) })
    const then = remindersDue({ ...ask, now: nine })
    expect(before.reminders).toEqual([])
    expect(then.reminders).toMatchObject([{ at: nine }])
  })

  test('is that of the person, and else that of the programme', () => {
    const sketch: PlanSketch = {
      projects: [{ ref: '2.1', leads: ['priya', 'tom'], milestones: [{ due: '2017-03-31' }] }],
      people: [{ id: 'priya', zone: 'America/New_York' }, { id: 'tom' }],
    }
    const told = (time: string) =>
      at('2017-03-31', time, aPlan(sketch)).reminders.map(({ person }) => person?.id)
    expect(told('09:00')).toEqual(['tom'])
    expect(told('14:00')).toEqual(['priya', 'tom'])
  })

  test('and the day too: Auckland is asked on its own Friday', () => {
    const plan = aPlan({
      programme: { zone: 'Pacific/Auckland' },
      projects: [{ ref: '2.1', leads: ['priya'], milestones: [{ due: '2017-03-31' }] }],
    })
    const { reminders } = at('2017-03-30', '21:00', plan)
    expect(reminders).toMatchObject([{ day: '2017-03-31', key: 'reminder:priya:2017-03-31' }])
  })
})

describe('what is said once', () => {
  test('is not said again, and a milestone not due is not news', () => {
    const plan = priyas({ due: '2017-03-31' })
    const first = at('2017-03-28', '09:00', plan).reminders[0]
    expect(first?.topics).toEqual(['reminder:priya:2017-03-28', '2.1/1:2017-03-31:-3'])
    expect(at('2017-03-28', '09:01', plan, { said: first?.topics ?? [] }).reminders).toEqual([])
    expect(at('2017-03-29', '09:00', plan, { said: first?.topics ?? [] }).reminders).toEqual([])
  })

  test('a second message on the same day waits, though there is something new', () => {
    const plan = priyas({ due: '2017-03-31' }, { due: '2017-03-31' })
    const said = ['reminder:priya:2017-03-31', '2.1/1:2017-03-31:0']
    expect(at('2017-03-31', '11:00', plan, { said }).reminders).toEqual([])
    expect(told(at('2017-04-03', '09:00', plan, { said }))).toEqual(['2.1/1 overdue', '2.1/2 0'])
  })

  test('a message lists all that is overdue with what is new, the oldest first', () => {
    const plan = priyas(
      { due: '2017-03-31' },
      { due: '2017-03-01' },
      { due: '2017-03-20' },
      { due: '2017-04-05' },
    )
    const said = ['2.1/2:2017-03-01:+20', '2.1/4:2017-04-05:-3']
    expect(told(at('2017-03-31', '09:00', plan, { said }))).toEqual([
      '2.1/2 overdue',
      '2.1/3 overdue',
      '2.1/1 0',
    ])
  })

  test('overdue alone, with nothing new, is no message', () => {
    expect(
      at('2017-04-03', '09:00', priyas({ due: '2017-03-31' }), { said: ['2.1/1:2017-03-31:0'] })
        .reminders,
    ).toEqual([])
  })
})

describe('a day that was missed', () => {
  test.each([
    ['one working day late', '2017-03-29', ['2.1/1 -3']],
    ['two working days late', '2017-03-30', ['2.1/1 -3']],
    [
      'when the next step is there too, the later one is said and both count as said',
      '2017-03-31',
      ['2.1/1 0'],
    ],
  ])('%s', (_, day, expected) => {
    expect(told(at(day, '09:00', priyas({ due: '2017-03-31' })))).toEqual(expected)
  })

  test.each([
    ['three working days late is said', '2017-03-22', ['2.1/1 -10']],
    ['four working days late is dropped', '2017-03-23', []],
  ])('%s', (_, day, expected) => {
    expect(told(at(day, '09:00', priyas({ due: '2017-03-31' })))).toEqual(expected)
  })

  test('what was missed and done meanwhile is not said', () => {
    expect(
      told(at('2017-04-03', '09:00', priyas({ due: '2017-03-31', doneOn: '2017-04-02' }))),
    ).toEqual([])
  })
})

describe('a milestone that is', () => {
  test.each([
    ['done', { due: '2017-03-31', doneOn: '2017-03-30' }],
    ['said to be done', { due: '2017-03-31', awaitedSince: '2017-03-30' }],
    ['without a date', { due: null }],
  ])('%s is not spoken of', (_, milestone) => {
    expect(told(at('2017-03-31', '09:00', priyas(milestone)))).toEqual([])
  })

  test('added seven working days before it is due is told of at three, not at once', () => {
    const plan = priyas({ due: '2017-03-31', addedOn: '2017-03-22' })
    expect(told(at('2017-03-22', '09:00', plan))).toEqual([])
    expect(told(at('2017-03-28', '09:00', plan))).toEqual(['2.1/1 -3'])
  })

  test('moved is armed anew for its new date', () => {
    const moves = [{ from: '2017-03-31', to: '2017-04-28', onDay: '2017-03-29' }]
    const plan = priyas({ due: '2017-04-28', moves })
    const said = ['2.1/1:2017-03-31:-10', '2.1/1:2017-03-31:-3']
    expect(told(at('2017-03-31', '09:00', plan, { said }))).toEqual([])
    expect(at('2017-04-12', '09:00', plan, { said }).reminders[0]?.topics).toContain(
      '2.1/1:2017-04-28:-10',
    )
  })

  test('moved to a date that is near is told of at the nearest step not in the past', () => {
    const moves = [{ from: '2017-06-30', to: '2017-03-31', onDay: '2017-03-21' }]
    const plan = priyas({ due: '2017-03-31', moves })
    expect(told(at('2017-03-22', '09:00', plan))).toEqual([])
    expect(told(at('2017-03-28', '09:00', plan))).toEqual(['2.1/1 -3'])
  })
})

describe('who is told', () => {
  const milestones = [{ due: '2017-03-31' }]
  const workstreams = [{ ref: '2', leads: ['wanda'], sponsors: ['sara'] }]
  const led = {
    projects: [{ ref: '2.1', leads: ['priya', 'tom'], milestones }],
    workstreams,
    programmeOffice: ['olu'],
  }
  const unled = { ...led, projects: [{ ref: '2.1', milestones }] }

  test.each<[string, PlanSketch, readonly string[], [string, string, string | null][]]>([
    [
      'each of the joint leads',
      led,
      [],
      [
        ['priya', 'lead', null],
        ['tom', 'lead', null],
      ],
    ],
    ['the lead who has an account', led, ['priya'], [['tom', 'lead', null]]],
    [
      'the programme office where no lead has one',
      led,
      ['priya', 'tom'],
      [['olu', 'programme office', 'priya and tom have no account in chat']],
    ],
    [
      "the workstream's leads where there is no lead yet",
      unled,
      [],
      [['wanda', 'workstream lead', 'no lead yet']],
    ],
    [
      'its sponsors where it has no lead either',
      { ...unled, workstreams: [{ ref: '2', sponsors: ['sara'] }] },
      [],
      [['sara', 'sponsor', 'no lead yet']],
    ],
    [
      'the programme office where nobody is recorded',
      { ...unled, workstreams: [] },
      [],
      [['olu', 'programme office', 'no lead yet']],
    ],
  ])('%s', (_, sketch, withoutAccount, expected) => {
    const { reminders, unowned } = at('2017-03-31', '09:00', aPlan(sketch), {
      reach: (id) => (withoutAccount.includes(id) ? 'no account' : 'reached'),
    })
    const told = reminders.flatMap(({ person, items: [item] }) =>
      item ? [[person?.id, item.role, item.why]] : [],
    )
    expect(told).toEqual(expected)
    expect(unowned).toEqual([])
  })

  test('where nobody is there at all, it is reported as unowned', () => {
    const plan = aPlan({ projects: [{ ref: '2.1', milestones }] })
    const { reminders, unowned } = at('2017-03-31', '09:00', plan)
    expect(reminders).toEqual([])
    expect(unowned).toMatchObject([
      {
        person: null,
        items: [{ role: 'nobody', why: 'no lead yet', milestone: { id: '2.1/1' } }],
      },
    ])
  })

  test('a person in two programmes gets one message', () => {
    const other = aPlan({
      programme: { id: 'other' },
      projects: [{ ref: '7.1', leads: ['priya'], milestones: [{ due: '2017-03-30' }] }],
    })
    const { reminders } = at('2017-03-31', '09:00', [priyas({ due: '2017-03-31' }), other])
    expect(reminders).toHaveLength(1)
    expect(reminders[0]?.items.map(({ project }) => project?.ref)).toEqual(['7.1', '2.1'])
  })
})
