import { describe, expect, test } from '@jest/globals'
import { civilDate, momentAt, type Weekday } from '../../../src/base/dates.ts'
import type { Contactability } from '../../../src/domain/people/contactability.ts'
import type { Leave, Person } from '../../../src/domain/people/person.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import { stepName } from '../../../src/features/reminders/rules/due-date.ts'
import { aPlan, type MilestoneSketch } from '../../support/plans.ts'

/** Reminders count and keep to the days of who is told: patterns, leave, closures, deputies. */

interface Sketch {
  readonly milestone: MilestoneSketch
  readonly people?: Readonly<Record<string, Partial<Person>>>
  readonly settings?: unknown
  readonly leads?: readonly string[]
  readonly workstreamLeads?: readonly string[]
  readonly programmeOffice?: readonly string[]
}

function planOf(sketch: Sketch): Plan {
  const { milestone, people = {}, settings, leads = ['asha'] } = sketch
  return aPlan({
    programme: { settings },
    projects: [{ ref: '2.1', leads, milestones: [milestone] }],
    workstreams: [{ ref: '2', leads: sketch.workstreamLeads ?? [] }],
    programmeOffice: sketch.programmeOffice ?? [],
    people: Object.entries(people).map(([id, about]) => ({ id, ...about })),
  })
}

/** What is said day by day, asked at noon: "2017-03-29 asha 0". */
function reminderLog(
  sketch: Sketch,
  from: string,
  to: string,
  contactabilityOf?: (id: string) => Contactability,
): string[] {
  const plans = [planOf(sketch)]
  const told = new Map<string, Set<string>>()
  const said = (id: string) => told.get(id) ?? new Set<string>()
  const lines: string[] = []
  const last = momentAt(civilDate(to), '12:00', 'Europe/London').getTime()
  const first = momentAt(civilDate(from), '12:00', 'Europe/London').getTime()
  for (let moment = first; moment <= last + 3_600_000; moment += 24 * 3_600_000) {
    const now = new Date(moment)
    for (const { person, day, items, topics } of remindersDue({
      ...{ plans, now, topicsSentTo: said },
      ...(contactabilityOf && { contactabilityOf: contactabilityOf }),
    }).reminders) {
      const id = person?.id ?? ''
      told.set(id, new Set([...said(id), ...topics]))
      for (const { step } of items) if (step !== null) lines.push(`${day} ${id} ${stepName(step)}`)
    }
  }
  return lines
}

const monToWed: Weekday[] = ['monday', 'tuesday', 'wednesday']
const partTime = { patterns: [{ from: civilDate('2017-01-02'), weekdays: monToWed }] }
const leave = (from: string, to: string, deputyId: string | null = null): { leaves: Leave[] } => ({
  leaves: [{ from: civilDate(from), to: civilDate(to), deputyId, programmeId: null }],
})

describe("steps are counted in the person's own days", () => {
  test('who works Monday to Wednesday hears on Wednesday of what is due on Friday', () => {
    const sketch = { milestone: { due: '2017-03-31' }, people: { asha: partTime } }
    expect(reminderLog(sketch, '2017-03-01', '2017-04-13')).toEqual([
      '2017-03-07 asha -10',
      '2017-03-22 asha -3',
      '2017-03-29 asha 0',
      '2017-04-04 asha +2',
      '2017-04-11 asha +5',
    ])
  })

  test('what falls on Good Friday is reminded by Thursday, and for some by Wednesday', () => {
    const milestone = { due: '2017-04-14' }
    expect(reminderLog({ milestone }, '2017-04-13', '2017-04-17')).toEqual(['2017-04-13 asha 0'])
    const people = { asha: partTime }
    expect(reminderLog({ milestone, people }, '2017-04-12', '2017-04-17')).toEqual([
      '2017-04-12 asha 0',
    ])
  })

  test('Easter Monday is worked in Scotland', () => {
    const milestone = { due: '2017-04-17' }
    const settings = { calendar: 'scotland' }
    expect(reminderLog({ milestone, settings }, '2017-04-17', '2017-04-17')).toEqual([
      '2017-04-17 asha 0',
    ])
  })

  test('a closure moves it to the working day before', () => {
    const settings = { closures: [{ from: '2017-03-30', to: '2017-03-31' }] }
    expect(
      reminderLog({ milestone: { due: '2017-03-31' }, settings }, '2017-03-29', '2017-04-02'),
    ).toEqual(['2017-03-29 asha 0'])
  })

  test('leave without a deputy: what is due comes before it, what is overdue after it', () => {
    const sketch = {
      milestone: { due: '2017-03-29' },
      people: { asha: leave('2017-03-27', '2017-04-07') },
    }
    expect(reminderLog(sketch, '2017-03-16', '2017-04-19')).toEqual([
      '2017-03-21 asha -3',
      '2017-03-24 asha 0',
      '2017-04-11 asha +2',
      '2017-04-18 asha +5',
    ])
  })

  test('what was moved onto a day off is said on the first day after, and not lost', () => {
    const moves = [{ from: '2017-03-01', to: '2017-03-31', onDay: '2017-03-30' }]
    const sketch = { milestone: { due: '2017-03-31', moves }, people: { asha: partTime } }
    expect(reminderLog(sketch, '2017-03-30', '2017-04-05')).toEqual([
      '2017-04-03 asha 0',
      '2017-04-04 asha +2',
    ])
  })

  test('quiet hours move the day’s message, over the clock change too', () => {
    const quiet = { from: '17:30', to: '09:30' }
    const plan = planOf({ milestone: { due: '2017-03-27' }, people: { asha: { quiet } } })
    const at = (moment: string) =>
      remindersDue({ plans: [plan], now: new Date(moment), topicsSentTo: () => new Set() })
        .reminders
    expect(at('2017-03-27T08:29:00Z')).toEqual([])
    expect(at('2017-03-27T08:30:00Z')).toMatchObject([{ at: new Date('2017-03-27T08:30:00Z') }])
  })

  test('who works in two programmes hears on 2 January of the English one alone', () => {
    const of = (id: string, calendar: string) =>
      aPlan({
        programme: { id, settings: { calendar } },
        projects: [
          {
            ref: `${id}.1`,
            leads: ['asha'],
            milestones: [{ due: '2018-01-02', addedOn: '2017-06-01' }],
          },
        ],
      })
    const plans = [of('e', 'england-and-wales'), of('s', 'scotland')]
    const now = new Date('2018-01-02T12:00:00Z')
    const { reminders } = remindersDue({ plans, now, topicsSentTo: () => new Set() })
    expect(reminders.flatMap(({ items }) => items.map(({ project }) => project?.ref))).toEqual([
      'e.1',
    ])
  })
})

describe('while a lead is away', () => {
  const milestone = { due: '2017-03-30' }
  const away = leave('2017-03-27', '2017-04-07', 'tom')
  const others = { workstreamLeads: ['wanda'], programmeOffice: ['olu'] }

  test('their deputy is told of what falls into the leave, and nobody of it twice', () => {
    const people = { asha: away, tom: {} }
    expect(reminderLog({ milestone, people, ...others }, '2017-03-20', '2017-04-12')).toEqual([
      '2017-03-21 asha -3',
      '2017-03-24 asha 0',
      '2017-03-27 tom -3',
      '2017-03-30 tom 0',
      '2017-04-03 tom +2',
      '2017-04-06 tom +5',
      '2017-04-06 wanda +5',
      '2017-04-11 asha +2',
    ])
  })

  test.each<[string, Sketch['people'], string, string | null]>([
    ['the deputy', { tom: {} }, 'tom', 'asha is away until Fri 7 Apr 2017'],
    [
      "the workstream's lead, where the deputy is away too",
      { tom: leave('2017-03-28', '2017-03-31') },
      'wanda',
      'asha is away until Fri 7 Apr 2017, and tom, their deputy, is away too',
    ],
    [
      'the same where the deputy has a deputy: chains are not followed',
      { tom: leave('2017-03-28', '2017-03-31', 'sam'), sam: {} },
      'wanda',
      'asha is away until Fri 7 Apr 2017, and tom, their deputy, is away too',
    ],
    [
      'the same where two are deputies for one another',
      { tom: leave('2017-03-28', '2017-03-31', 'asha') },
      'wanda',
      'asha is away until Fri 7 Apr 2017, and tom, their deputy, is away too and named asha',
    ],
    [
      'the programme office, where the workstream’s lead is away as well',
      { tom: leave('2017-03-28', '2017-03-31'), wanda: leave('2017-03-30', '2017-03-30') },
      'olu',
      'asha is away until Fri 7 Apr 2017, and tom, their deputy, is away too',
    ],
    [
      "the workstream's lead, where the deputy is not in the programme",
      {},
      'wanda',
      'asha is away until Fri 7 Apr 2017, and their deputy is not in this programme',
    ],
  ])('%s is told', (_, people, expected, why) => {
    const plan = planOf({ milestone, ...others, people: { asha: away, ...people } })
    const now = new Date('2017-03-30T11:00:00Z')
    const { reminders } = remindersDue({ plans: [plan], now, topicsSentTo: () => new Set() })
    expect(reminders.map(({ person, items }) => [person?.id, items[0]?.why])).toEqual([
      [expected, why],
    ])
  })

  test('a deputy without an account is none', () => {
    const contactabilityOf = (id: string): Contactability =>
      id === 'tom' ? 'no account' : 'reached'
    const plan = planOf({ milestone, ...others, people: { asha: away, tom: {} } })
    const now = new Date('2017-03-30T11:00:00Z')
    const { reminders } = remindersDue({
      plans: [plan],
      now,
      topicsSentTo: () => new Set(),
      contactabilityOf: contactabilityOf,
    })
    expect(reminders).toMatchObject([
      { person: { id: 'wanda' }, items: [{ why: expect.stringContaining('tom has no account') }] },
    ])
  })

  test('a deputy who leads it too is told once, as lead', () => {
    const plan = planOf({ milestone, leads: ['asha', 'tom'], people: { asha: away } })
    const now = new Date('2017-03-30T11:00:00Z')
    const { reminders } = remindersDue({ plans: [plan], now, topicsSentTo: () => new Set() })
    expect(reminders).toMatchObject([{ person: { id: 'tom' }, items: [{ role: 'lead' }] }])
    expect(reminders[0]?.items).toHaveLength(1)
  })
})

describe('a lead who cannot be reached', () => {
  const sketch = {
    milestone: { due: '2017-03-30' },
    leads: ['asha', 'tom'],
    programmeOffice: ['olu'],
  }

  test.each<[Contactability, string]>([
    ['gone', 'asha can no longer be reached in chat, and leads 2.1 of P1'],
    ['no account', 'asha has no account in chat, and leads 2.1 of P1'],
  ])(
    'and is %s: the programme office is told so, once, while the others are reminded',
    (how, says) => {
      const contactabilityOf = (id: string): Contactability => (id === 'asha' ? how : 'reached')
      const plans = [planOf(sketch)]
      const now = new Date('2017-03-30T11:00:00Z')
      const ask = { plans, now, contactabilityOf }
      const { reminders } = remindersDue({ ...ask, topicsSentTo: () => new Set() })
      const alarms = reminders.map(({ person, alarms }) => [person?.id, alarms])
      expect(alarms).toEqual([
        ['tom', []],
        ['olu', [says]],
      ])
      const told = new Set(reminders.flatMap((reminder) => reminder.topics))
      const later = new Date('2017-04-03T11:00:00Z')
      const again = remindersDue({ ...ask, now: later, topicsSentTo: () => told }).reminders
      expect(again.flatMap((reminder) => reminder.alarms)).toEqual([])
    },
  )
})
