import { describe, expect, test } from '@jest/globals'
import { addDays, type CivilDate, civilDate, momentAt } from '../../../src/base/dates.ts'
import { defaultSchedule } from '../../../src/features/digests/schedule.ts'
import type { Measure } from '../../../src/features/measures/measure.ts'
import type { Leave, Person } from '../../../src/features/plan/plan.ts'
import type { WhatIsKnown } from '../../../src/features/reminders/desks.ts'
import type { Item } from '../../../src/features/reminders/items.ts'
import { stepName } from '../../../src/features/reminders/rules/dated.ts'
import { remindersDue } from '../../../src/features/reminders/rules.ts'
import type { RoundChange } from '../../../src/features/rounds/rules.ts'
import { aPlan, type PlanSketch } from '../../support/plans.ts'

/** Each rule of the table, day by day, over weekends, bank holidays and clock changes. */

const quiet = {
  reminders: {
    undated: null,
    greenBy: false,
    readings: false,
    roundOpen: false,
    roundClosing: false,
  },
}

/** Only this rule speaks. */
const only = (rule: object) => ({ reminders: { ...quiet.reminders, ...rule } })

type Known = Partial<Omit<WhatIsKnown, 'plans' | 'said'>>

/** What is said from a day to a day, asked at ten each morning: "2017-03-29 asha round". */
function diary(sketch: PlanSketch, from: string, to: string, known: Known = {}): string[] {
  const plans = [aPlan(sketch)]
  const told = new Map<string, Set<string>>()
  const said = (id: string) => told.get(id) ?? new Set<string>()
  const lines: string[] = []
  for (let day = civilDate(from); day <= civilDate(to); day = addDays(day, 1)) {
    const now = momentAt(day, '10:00', 'Europe/London')
    for (const reminder of remindersDue({ ...known, plans, said, now }).reminders) {
      const id = reminder.person?.id ?? ''
      told.set(id, new Set([...said(id), ...reminder.says]))
      for (const item of reminder.items) if (item.rule) lines.push(`${day} ${id} ${lineOf(item)}`)
    }
  }
  return lines
}

const lineOf = ({ kind, step, subject }: Item) =>
  [kind, step === null ? '' : stepName(step), subject.split(':')[1]].filter(Boolean).join(' ')

const away = (from: string, to: string, deputyId: string | null = null): { leaves: Leave[] } => ({
  leaves: [{ from: civilDate(from), to: civilDate(to), deputyId }],
})

describe('milestones without a date', () => {
  const sketch = (person: Partial<Person> = {}): PlanSketch => ({
    programme: { settings: only({ undated: 10 }) },
    projects: [
      { ref: '2.1', leads: ['asha'], milestones: [{ due: null }] },
      { ref: '2.2', leads: ['asha'], milestones: [{ due: null, addedOn: '2017-03-30' }] },
    ],
    people: [{ id: 'asha', ...person }],
  })

  test('are asked for once a fortnight, all together, after the clocks changed as before', () => {
    expect(diary(sketch(), '2017-03-20', '2017-04-14')).toEqual([
      '2017-03-27 asha undated 2.1/1',
      '2017-04-10 asha undated 2.1/1',
      '2017-04-10 asha undated 2.2/1',
    ])
  })

  test('on a bank holiday they are asked for on the next working day', () => {
    expect(diary(sketch(), '2017-12-30', '2018-01-08')).toEqual([
      '2018-01-02 asha undated 2.1/1',
      '2018-01-02 asha undated 2.2/1',
    ])
  })

  test('who is away is asked when they are back', () => {
    const person = away('2017-04-08', '2017-04-13')
    expect(diary(sketch(person), '2017-04-03', '2017-04-22')).toEqual([
      '2017-04-18 asha undated 2.1/1',
      '2017-04-18 asha undated 2.2/1',
    ])
  })

  test('one that is done is not asked for', () => {
    const done: PlanSketch = {
      ...sketch(),
      projects: [
        { ref: '2.1', leads: ['asha'], milestones: [{ due: null, doneOn: '2017-03-01' }] },
      ],
    }
    expect(diary(done, '2017-03-20', '2017-04-14')).toEqual([])
  })
})

describe('a project past the day it was to be Green', () => {
  const sketch = (
    greenBy: string,
    state = 'amber',
    people: PlanSketch['people'] = [],
  ): PlanSketch => ({
    programme: { settings: only({ greenBy: true }) },
    projects: [{ ref: '2.1', leads: ['asha'], updates: [{ state, greenBy, onDay: '2017-03-01' }] }],
    people,
  })

  test.each([
    ['a Friday: on the Monday, over the clock change', '2017-03-24', '2017-03-27'],
    ['a Saturday: on the Monday', '2017-03-25', '2017-03-27'],
    ['the Thursday before Easter: on the Tuesday', '2017-04-13', '2017-04-18'],
  ])('that was %s', (_, greenBy, on) => {
    expect(diary(sketch(greenBy), '2017-03-20', '2017-04-20')[0]).toBe(`${on} asha green-by +1 2.1`)
  })

  test('is asked of again once a fortnight, until it is updated', () => {
    expect(diary(sketch('2017-03-24', 'red'), '2017-03-20', '2017-04-30')).toEqual([
      '2017-03-27 asha green-by +1 2.1',
      '2017-04-10 asha green-by +11 2.1',
      '2017-04-26 asha green-by +21 2.1',
    ])
    const updated: PlanSketch = {
      ...sketch('2017-03-24'),
      projects: [
        {
          ref: '2.1',
          leads: ['asha'],
          updates: [
            { state: 'green', onDay: '2017-03-24' },
            { state: 'red', greenBy: '2017-03-24', onDay: '2017-03-01' },
          ],
        },
      ],
    }
    expect(diary(updated, '2017-03-20', '2017-04-30')).toEqual([])
  })

  test('is not asked of where it is Green, or the day has not passed', () => {
    expect(diary(sketch('2017-03-24', 'green'), '2017-03-20', '2017-03-31')).toEqual([])
    expect(diary(sketch('2017-04-28'), '2017-03-20', '2017-04-28')).toEqual([])
  })

  test('the deputy is asked while the lead is away', () => {
    const people = [{ id: 'asha', ...away('2017-03-24', '2017-04-05', 'tom') }, { id: 'tom' }]
    expect(diary(sketch('2017-03-24', 'amber', people), '2017-03-20', '2017-04-04')).toEqual([
      '2017-03-27 tom green-by +1 2.1',
    ])
  })
})

const measure = (about: Partial<Measure>): Measure => ({
  ...{ id: 'm1', number: 1, title: 'Visits in time', kind: 'kpi', polarity: 'increase' },
  ...{ baseline: null, baselineState: null, target: '90%', targetOn: null, frequency: 'Quarterly' },
  ...{ method: null, nextDue: null, addedOn: civilDate('2016-01-01'), outcomes: [], said: [] },
  projects: [{ id: '2.1', ref: '2.1', title: 'Project 2.1' }],
  ...about,
})

const read = (forDay: string) => [
  {
    ...{ id: `r${forDay}`, raw: '80%', declared: null, period: null, byId: null, source: 'test' },
    ...{ forDay: civilDate(forDay), onDay: civilDate(forDay) },
  },
]

describe('a reading that has not come', () => {
  const sketch: PlanSketch = {
    programme: { settings: only({ readings: true }) },
    projects: [
      { ref: '2.1', leads: ['asha'] },
      { ref: '2.2', leads: ['asha'] },
    ],
    programmeOffice: ['olu'],
  }
  const having = (about: Partial<Measure>) => ({ measures: () => [measure(about)] })

  test('is asked for on the working day after it was due, and once a fortnight', () => {
    const known = having({ said: read('2016-12-31') })
    expect(diary(sketch, '2017-03-27', '2017-04-28', known)).toEqual([
      '2017-04-03 asha reading +1 m1',
      '2017-04-19 asha reading +11 m1',
    ])
  })

  test('of a measure of two projects of one lead is one row, and of none the office’s', () => {
    const both = ['2.1', '2.2'].map((id) => ({ id, ref: id, title: `Project ${id}` }))
    const said = read('2016-12-31')
    expect(diary(sketch, '2017-04-03', '2017-04-07', having({ said, projects: both }))).toEqual([
      '2017-04-03 asha reading +1 m1',
    ])
    expect(diary(sketch, '2017-04-03', '2017-04-07', having({ said, projects: [] }))).toEqual([
      '2017-04-03 olu reading +1 m1',
    ])
  })

  test('is not asked for where no frequency is known', () => {
    const known = having({ frequency: null, said: read('2016-12-31') })
    expect(diary(sketch, '2017-03-27', '2017-04-28', known)).toEqual([])
  })
})

describe('an update round, from Tuesday to Thursday noon for the digest on Monday', () => {
  const sketch = (
    people: PlanSketch['people'] = [],
    updates: readonly string[] = [],
  ): PlanSketch => ({
    programme: { settings: only({ roundOpen: true, roundClosing: true }) },
    projects: ['2.1', '2.2'].map((ref) => ({
      ref,
      leads: ['asha'],
      updates: [
        ...(updates.includes(ref) ? [{ state: 'green', onDay: '2017-03-28' }] : []),
        { state: 'green', onDay: '2017-03-01' },
      ],
    })),
    people,
  })
  const rounds = (changes: readonly RoundChange[] = []) => ({
    rounds: () => {
      const { programme } = aPlan(sketch())
      return { programme, schedule: defaultSchedule('Europe/London'), changes }
    },
  })

  test('is told of on the day it opens, and once more to who has not answered', () => {
    expect(diary(sketch([], ['2.2']), '2017-03-28', '2017-04-02', rounds())).toEqual([
      '2017-03-28 asha round 2.1',
      '2017-03-30 asha round 2.1',
    ])
  })

  test('in the week after the clocks changed, at the same hour; before Easter, in working days', () => {
    expect(diary(sketch(), '2017-03-27', '2017-03-29', rounds())).toEqual([
      '2017-03-28 asha round 2.1',
      '2017-03-28 asha round 2.2',
    ])
    const easter = diary(sketch(), '2017-04-07', '2017-04-17', rounds())
    expect([...new Set(easter.map((line) => line.slice(0, 10)))]).toEqual([
      '2017-04-07',
      '2017-04-11',
    ])
  })

  test('who works on Wednesdays alone is told then', () => {
    const patterns = [{ from: civilDate('2017-01-02'), weekdays: ['wednesday' as const] }]
    expect(diary(sketch([{ id: 'asha', patterns }]), '2017-03-27', '2017-04-01', rounds())).toEqual(
      ['2017-03-29 asha round 2.1', '2017-03-29 asha round 2.2'],
    )
  })

  test('“nudge now” is a message of its own that day, and only to who has not answered', () => {
    const plans = [aPlan(sketch([], ['2.2']))]
    const at = new Date('2017-03-29T13:00:00Z')
    const change = { round: civilDate('2017-04-03'), kind: 'nudged', until: null, byId: null, at }
    const known = { plans, ...rounds([change as RoundChange]) }
    const day = 'reminder:asha:2017-03-29'
    const before = new Set([day, 'round:programme:2017-04-03:opened:2.1'])
    const asked = (time: string, told: ReadonlySet<string>) =>
      remindersDue({ ...known, said: () => told, now: new Date(`2017-03-29T${time}:00Z`) })
        .reminders
    expect(asked('12:59', before)).toEqual([])
    const [nudge, ...more] = asked('13:00', before)
    expect(more).toEqual([])
    expect(nudge).toMatchObject({
      apart: 'nudge',
      items: [{ kind: 'round', subject: 'project:2.1' }],
    })
    expect(nudge?.key).toBe(`${day}:round:programme:2017-04-03:nudged:2.1`)
    expect(asked('13:01', new Set([...before, ...(nudge?.says ?? [])]))).toEqual([])
  })

  test('what was to be Green by now cannot be attested: its row says so and asks for an update', () => {
    const late: PlanSketch = {
      programme: { settings: only({ roundOpen: true, greenBy: true }) },
      projects: [
        {
          ref: '2.1',
          leads: ['asha'],
          updates: [{ state: 'red', greenBy: '2017-03-27', onDay: '2017-03-01' }],
        },
      ],
    }
    const now = momentAt(civilDate('2017-03-28'), '10:00', 'Europe/London')
    const { reminders } = remindersDue({
      plans: [aPlan(late)],
      said: () => new Set(),
      now,
      ...rounds(),
    })
    expect(reminders.flatMap(({ items }) => items)).toMatchObject([
      { kind: 'round', mustUpdate: expect.stringContaining('was to be Green by Mon 27 Mar 2017') },
    ])
  })
})

describe('the ladder of what is overdue', () => {
  const sketch = (settings: object = quiet, people: PlanSketch['people'] = []): PlanSketch => ({
    programme: { settings },
    projects: [{ ref: '2.1', leads: ['asha'], milestones: [{ due: '2017-03-31' }] }],
    workstreams: [{ ref: '2', leads: ['wanda'], sponsors: ['sara'] }],
    people,
  })
  const fromApril = (lines: string[]) => lines.filter((line) => line > '2017-04-01')

  test('the lead, then the workstream’s lead too, then the sponsor too, then all of them', () => {
    expect(fromApril(diary(sketch(), '2017-03-31', '2017-05-05'))).toEqual([
      '2017-04-04 asha milestone +2 2.1/1',
      '2017-04-07 asha milestone +5 2.1/1',
      '2017-04-07 wanda milestone +5 2.1/1',
      '2017-04-18 asha milestone +10 2.1/1',
      '2017-04-18 wanda milestone +10 2.1/1',
      '2017-04-18 sara milestone +10 2.1/1',
      '2017-05-03 asha milestone +20 2.1/1',
      '2017-05-03 wanda milestone +20 2.1/1',
      '2017-05-03 sara milestone +20 2.1/1',
    ])
  })

  test('as the programme sets it: a rung off, another earlier, no repeats', () => {
    const overdue = { lead: 1, workstream: null, sponsor: 3, every: null }
    const settings = { reminders: { ...quiet.reminders, overdue } }
    expect(fromApril(diary(sketch(settings), '2017-03-31', '2017-05-05'))).toEqual([
      '2017-04-03 asha milestone +1 2.1/1',
      '2017-04-05 asha milestone +3 2.1/1',
      '2017-04-05 sara milestone +3 2.1/1',
    ])
  })

  test('a sponsor who is away with a deputy: the deputy is told', () => {
    const people = [{ id: 'sara', ...away('2017-04-10', '2017-04-21', 'dev') }, { id: 'dev' }]
    const lines = diary(sketch(quiet, people), '2017-03-31', '2017-04-25')
    expect(lines).toContain('2017-04-18 dev milestone +10 2.1/1')
    expect(lines.filter((line) => line.includes('sara'))).toEqual([])
  })

  test('says to each why it is them, in their one message of the day', () => {
    const now = momentAt(civilDate('2017-04-18'), '10:00', 'Europe/London')
    const { reminders } = remindersDue({ plans: [aPlan(sketch())], said: () => new Set(), now })
    expect(
      reminders.map(({ person, items: [item] }) => [person?.id, item?.role, item?.why]),
    ).toEqual([
      ['asha', 'lead', null],
      ['wanda', 'workstream lead', 'it is overdue by 10 working days'],
      ['sara', 'sponsor', 'it is overdue by 10 working days'],
    ])
  })

  test('a lead’s mute does not stop it', () => {
    const mute = { id: 'mute', projectId: '2.1', at: new Date('2017-03-01T12:00:00Z') }
    const pauses = (id: string) => ({
      snoozes: [],
      mutes: id === 'asha' ? [{ ...mute, until: civilDate('2017-06-30'), endedAt: null }] : [],
    })
    expect(diary(sketch(), '2017-03-13', '2017-04-18', { pauses })).toEqual([
      '2017-04-07 wanda milestone +5 2.1/1',
      '2017-04-18 wanda milestone +10 2.1/1',
      '2017-04-18 sara milestone +10 2.1/1',
    ])
  })
})

describe('what is put off', () => {
  const sketch: PlanSketch = {
    programme: { settings: quiet },
    projects: [
      {
        ref: '2.1',
        leads: ['asha', 'tom'],
        milestones: [{ due: '2017-03-31' }, { due: '2017-03-31' }],
        updates: [{ state: 'green', onDay: '2017-03-01' }],
      },
    ],
  }
  const snoozed = (at: string, until: string): Known => ({
    pauses: (id) => ({
      mutes: [],
      snoozes:
        id === 'asha'
          ? [{ id: 's1', subject: 'milestone:2.1/1', at: new Date(at), until: new Date(until) }]
          : [],
    }),
  })

  test('is said again in the message of the day on which it ends, to who put it off alone', () => {
    const known = snoozed('2017-03-28T11:00:00Z', '2017-03-29T23:00:00Z')
    expect(diary(sketch, '2017-03-29', '2017-03-30', known)).toEqual([
      ...['2017-03-29 asha milestone -3 2.1/2'],
      ...['2017-03-29 tom milestone -3 2.1/1', '2017-03-29 tom milestone -3 2.1/2'],
      '2017-03-30 asha milestone -3 2.1/1',
    ])
  })

  test('that ends on a day off is said on the next working day', () => {
    const known = snoozed('2017-03-31T11:00:00Z', '2017-04-01T23:00:00Z')
    const lines = diary(sketch, '2017-03-31', '2017-04-03', known).filter(
      (line) => line > '2017-04',
    )
    expect(lines).toEqual(['2017-04-03 asha milestone 0 2.1/1'])
  })

  test('for an hour is said within the day, in a message of its own, once', () => {
    const known = {
      plans: [aPlan(sketch)],
      ...snoozed('2017-03-31T09:00:00Z', '2017-03-31T10:00:00Z'),
    }
    const told = new Set(['reminder:asha:2017-03-31', '2.1/1:2017-03-31:0', '2.1/2:2017-03-31:0'])
    const asked = (time: string, said: ReadonlySet<string>) =>
      remindersDue({
        ...known,
        said: (id) => (id === 'asha' ? said : new Set(['reminder:tom:2017-03-31'])),
        now: new Date(`2017-03-31T${time}:00Z`),
      }).reminders
    expect(asked('09:59', told)).toEqual([])
    const [again, ...more] = asked('10:00', told)
    expect(more).toEqual([])
    expect(again).toMatchObject({ apart: 'hour', items: [{ subject: 'milestone:2.1/1' }] })
    expect(again?.items).toHaveLength(1)
    expect(asked('10:01', new Set([...told, ...(again?.says ?? [])]))).toEqual([])
  })

  test('never makes a stale status look fresh: the plan is the same with it', () => {
    const known = snoozed('2017-03-28T11:00:00Z', '2017-04-28T23:00:00Z')
    const plan = aPlan(sketch)
    const before = JSON.stringify(plan.projects)
    remindersDue({
      plans: [plan],
      said: () => new Set(),
      now: new Date('2017-03-31T10:00:00Z'),
      ...known,
    })
    expect(JSON.stringify(plan.projects)).toBe(before)
  })

  test('a mute that was ended: what is open is said once more', () => {
    const at = new Date('2017-03-01T12:00:00Z')
    const pauses = (id: string) => ({
      snoozes: [],
      mutes:
        id === 'asha'
          ? [{ id: 'm', projectId: '2.1', at, until: civilDate('2017-04-03'), endedAt: null }]
          : [],
    })
    const lines = diary(sketch, '2017-03-27', '2017-04-05', { pauses })
    expect(lines.filter((line) => line.includes('asha'))).toEqual([
      '2017-04-04 asha milestone +2 2.1/1',
      '2017-04-04 asha milestone +2 2.1/2',
    ])
  })
})

describe('trouble', () => {
  const plan = (settings: object, person: Partial<Person> = {}): PlanSketch => ({
    programme: { settings },
    projects: [{ ref: '2.1', leads: ['asha'], milestones: [{ due: '2017-03-31' }, { due: null }] }],
    people: [{ id: 'asha', ...person }],
  })

  test('a rule of 400 days neither crashes nor hangs, and speaks when its day has come', () => {
    const overdue = { lead: 400, workstream: 400, sponsor: 400, every: 400 }
    const rules = { before: [400], undated: 400, overdue }
    const began = performance.now()
    const lines = diary(
      plan({ reminders: { ...quiet.reminders, ...rules } }),
      '2017-01-02',
      '2018-12-31',
    )
    expect(performance.now() - began).toBeLessThan(10_000)
    const steps = lines.flatMap((line) => / milestone (\S+) /.exec(line)?.[1] ?? [])
    expect(new Set(steps)).toEqual(new Set(['+400']))
  })

  test('a person in no zone is told in the programme’s', () => {
    const now = new Date('2017-03-31T08:00:00Z')
    const plans = [aPlan(plan(quiet, { zone: null }))]
    expect(remindersDue({ plans, said: () => new Set(), now }).reminders).toMatchObject([
      { zone: 'Europe/London', at: now },
    ])
  })

  test('leave that ends before it starts is none', () => {
    const lines = diary(
      plan(quiet, away('2017-04-05', '2017-03-20', 'tom')),
      '2017-03-28',
      '2017-03-31',
    )
    expect(lines).toEqual([
      '2017-03-28 asha milestone -3 2.1/1',
      '2017-03-31 asha milestone 0 2.1/1',
    ])
  })

  test('two deputies for one another, both away: the office is told, and nobody waits for ever', () => {
    const people = [
      { id: 'asha', ...away('2017-03-27', '2017-04-07', 'tom') },
      { id: 'tom', ...away('2017-03-27', '2017-04-07', 'asha') },
    ]
    const sketch = { ...plan(quiet), people, programmeOffice: ['olu'] }
    expect(diary(sketch, '2017-03-28', '2017-03-31')).toEqual([
      '2017-03-28 olu milestone -3 2.1/1',
      '2017-03-31 olu milestone 0 2.1/1',
    ])
  })

  test('a milestone moved to a day that had passed is told of at once, and then as usual', () => {
    const moves = [{ from: '2017-06-30', to: '2017-03-01', onDay: '2017-03-29' }]
    const sketch: PlanSketch = {
      programme: { settings: quiet },
      projects: [{ ref: '2.1', leads: ['asha'], milestones: [{ due: '2017-03-01', moves }] }],
    }
    expect(diary(sketch, '2017-03-28', '2017-04-12')).toEqual([
      '2017-03-29 asha milestone +20 2.1/1',
      '2017-04-12 asha milestone +30 2.1/1',
    ])
  })

  test('a clock that is set back an hour, or forward a day and back again, says nothing twice', () => {
    const plans = [aPlan(plan(quiet))]
    const told = new Set<string>()
    const said: string[] = []
    for (const moment of [
      '03-31T08:30',
      '03-31T07:30',
      '04-03T08:30',
      '03-31T08:45',
      '04-03T09:00',
    ]) {
      const now = new Date(`2017-${moment}:00Z`)
      for (const reminder of remindersDue({ plans, said: () => told, now }).reminders) {
        said.push(...reminder.says)
        for (const key of reminder.says) told.add(key)
      }
    }
    expect(said).toEqual([...new Set(said)])
    expect(said).toContain('2.1/1:2017-03-31:0')
  })

  test.each<[string, CivilDate]>([
    ['spring', civilDate('2017-03-26')],
    ['autumn', civilDate('2017-10-29')],
  ])('a reminder keeps its hour over the %s clock change', (_, sunday) => {
    const due = addDays(sunday, 1)
    const sketch: PlanSketch = {
      programme: { settings: quiet },
      projects: [{ ref: '2.1', leads: ['asha'], milestones: [{ due }] }],
    }
    const plans = [aPlan(sketch)]
    const nine = momentAt(due, '09:00', 'Europe/London')
    const early = new Date(nine.getTime() - 60_000)
    const asked = (now: Date) => remindersDue({ plans, said: () => new Set(), now }).reminders
    expect(asked(early)).toEqual([])
    expect(asked(nine)).toMatchObject([{ at: nine }])
  })
})
