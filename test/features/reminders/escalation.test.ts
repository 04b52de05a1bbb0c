import { describe, expect, test } from '@jest/globals'
import { addDays, civilDate, momentAt, weekdayOf } from '../../../src/base/dates.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import { aPlan, type PlanSketch } from '../../support/plans.ts'
import { away, quiet, reminderLog } from './reminder-log.ts'

describe('escalation of an overdue milestone', () => {
  const sketch = (settings: object = quiet, people: PlanSketch['people'] = []): PlanSketch => ({
    programme: { settings },
    projects: [{ ref: '2.1', leads: ['asha'], milestones: [{ due: '2017-03-31' }] }],
    workstreams: [{ ref: '2', leads: ['wanda'], sponsors: ['sara'] }],
    people,
  })
  const fromApril = (lines: string[]) => lines.filter((line) => line > '2017-04-01')

  test('the lead, then the workstream’s lead too, then the sponsor too, then all of them once a week', () => {
    expect(fromApril(reminderLog(sketch(), '2017-03-31', '2017-05-05'))).toEqual([
      '2017-04-04 asha milestone +2 2.1/1',
      '2017-04-07 asha milestone +5 2.1/1',
      '2017-04-07 wanda milestone +5 2.1/1',
      '2017-04-18 asha milestone +10 2.1/1',
      '2017-04-18 wanda milestone +10 2.1/1',
      '2017-04-18 sara milestone +10 2.1/1',
      '2017-04-24 asha milestone +14 2.1/1',
      '2017-04-24 wanda milestone +14 2.1/1',
      '2017-04-24 sara milestone +14 2.1/1',
      '2017-05-02 asha milestone +19 2.1/1',
      '2017-05-02 wanda milestone +19 2.1/1',
      '2017-05-02 sara milestone +19 2.1/1',
    ])
  })

  test('of twenty that nobody answers becomes one message a week, which says so', () => {
    const milestones = Array.from({ length: 20 }, (_, at) => ({
      due: addDays(civilDate('2017-01-02'), at),
    }))
    const plan = { ...sketch(), projects: [{ ref: '2.1', leads: ['asha'], milestones }] }
    const days = new Set(
      reminderLog(plan, '2017-02-27', '2017-05-25')
        .filter((line) => line.includes(' sara '))
        .map((line) => line.slice(0, 10)),
    )
    expect([...days].map((day) => weekdayOf(civilDate(day)))).toEqual(
      // Easter Monday and the two bank holidays of May are no working days: they are told on the Tuesday.
      [...days].map((day) => (['2017-04-18', '2017-05-02'].includes(day) ? 'tuesday' : 'monday')),
    )
    expect(days.size).toBe(13)
    const now = momentAt(civilDate('2017-03-06'), '10:00', 'Europe/London')
    const said = remindersDue({ plans: [aPlan(plan)], topicsSentTo: () => new Set(), now })
    const told = said.reminders.flatMap(({ items }) => items.map(({ view }) => view.when))
    expect(told.length).toBeGreaterThan(0)
    for (const when of told) {
      expect(when).toContain('Told once a week until it is done or has a new date')
    }
  })

  test('follows the programme’s setting: one level off, another earlier, no repeats', () => {
    const overdue = { lead: 1, workstream: null, sponsor: 3, every: null }
    const settings = { reminders: { ...quiet.reminders, overdue } }
    expect(fromApril(reminderLog(sketch(settings), '2017-03-31', '2017-05-05'))).toEqual([
      '2017-04-03 asha milestone +1 2.1/1',
      '2017-04-05 asha milestone +3 2.1/1',
      '2017-04-05 sara milestone +3 2.1/1',
    ])
  })

  test('a sponsor who is away with a deputy: the deputy is told', () => {
    const people = [{ id: 'sara', ...away('2017-04-10', '2017-04-21', 'dev') }, { id: 'dev' }]
    const lines = reminderLog(sketch(quiet, people), '2017-03-31', '2017-04-25')
    expect(lines).toContain('2017-04-18 dev milestone +10 2.1/1')
    expect(lines.filter((line) => line.includes('sara'))).toEqual([])
  })

  test('tells each person why they get it, in their one message of the day', () => {
    const now = momentAt(civilDate('2017-04-18'), '10:00', 'Europe/London')
    const { reminders } = remindersDue({
      plans: [aPlan(sketch())],
      topicsSentTo: () => new Set(),
      now,
    })
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
    expect(reminderLog(sketch(), '2017-03-13', '2017-04-18', { suppressionsOf: pauses })).toEqual([
      '2017-04-07 wanda milestone +5 2.1/1',
      '2017-04-18 wanda milestone +10 2.1/1',
      '2017-04-18 sara milestone +10 2.1/1',
    ])
  })
})
