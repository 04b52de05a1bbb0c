import { describe, expect, test } from '@jest/globals'
import { addDays, type CivilDate, civilDate, momentAt } from '../../../src/base/dates.ts'
import type { Person } from '../../../src/domain/people/person.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import { aPlan, type PlanSketch } from '../../support/plans.ts'
import { away, quiet, reminderLog } from './reminder-log.ts'

describe('edge cases', () => {
  const plan = (settings: object, person: Partial<Person> = {}): PlanSketch => ({
    programme: { settings },
    projects: [{ ref: '2.1', leads: ['asha'], milestones: [{ due: '2017-03-31' }, { due: null }] }],
    people: [{ id: 'asha', ...person }],
  })

  test('a rule of 400 days neither crashes nor hangs, and sends on its day', () => {
    const overdue = { lead: 400, workstream: 400, sponsor: 400, every: 400 }
    const rules = { before: [400], undated: 400, overdue }
    const began = performance.now()
    const lines = reminderLog(
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
    expect(remindersDue({ plans, topicsSentTo: () => new Set(), now }).reminders).toMatchObject([
      { zone: 'Europe/London', at: now },
    ])
  })

  test('leave that ends before it starts is ignored', () => {
    const lines = reminderLog(
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
    expect(reminderLog(sketch, '2017-03-28', '2017-03-31')).toEqual([
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
    expect(reminderLog(sketch, '2017-03-28', '2017-04-12')).toEqual([
      '2017-03-29 asha milestone 2.1/1',
      '2017-04-03 asha milestone +23 2.1/1',
      '2017-04-10 asha milestone +28 2.1/1',
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
      for (const reminder of remindersDue({ plans, topicsSentTo: () => told, now }).reminders) {
        said.push(...reminder.topics)
        for (const key of reminder.topics) told.add(key)
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
    const asked = (now: Date) =>
      remindersDue({ plans, topicsSentTo: () => new Set(), now }).reminders
    expect(asked(early)).toEqual([])
    expect(asked(nine)).toMatchObject([{ at: nine }])
  })
})
