import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import { aPlan, type PlanSketch } from '../../support/plans.ts'
import { type Known, quiet, reminderLog } from './reminder-log.ts'

describe('a snooze or mute', () => {
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
    suppressionsOf: (id) => ({
      mutes: [],
      snoozes:
        id === 'asha'
          ? [{ id: 's1', subject: 'milestone:2.1/1', at: new Date(at), until: new Date(until) }]
          : [],
    }),
  })

  test('sends the milestone again on the day the snooze ends, to the person who snoozed it alone', () => {
    const known = snoozed('2017-03-28T11:00:00Z', '2017-03-29T23:00:00Z')
    expect(reminderLog(sketch, '2017-03-29', '2017-03-30', known)).toEqual([
      ...['2017-03-29 asha milestone -3 2.1/2'],
      ...['2017-03-29 tom milestone -3 2.1/1', '2017-03-29 tom milestone -3 2.1/2'],
      '2017-03-30 asha milestone -3 2.1/1',
    ])
  })

  test('that ends on a day off sends it on the next working day', () => {
    const known = snoozed('2017-03-31T11:00:00Z', '2017-04-01T23:00:00Z')
    const lines = reminderLog(sketch, '2017-03-31', '2017-04-03', known).filter(
      (line) => line > '2017-04',
    )
    expect(lines).toEqual(['2017-04-03 asha milestone 0 2.1/1'])
  })

  test('for an hour makes one second message on the same day', () => {
    const known = {
      plans: [aPlan(sketch)],
      ...snoozed('2017-03-31T09:00:00Z', '2017-03-31T10:00:00Z'),
    }
    const told = new Set(['reminder:asha:2017-03-31', '2.1/1:2017-03-31:0', '2.1/2:2017-03-31:0'])
    const asked = (time: string, said: ReadonlySet<string>) =>
      remindersDue({
        ...known,
        topicsSentTo: (id) => (id === 'asha' ? said : new Set(['reminder:tom:2017-03-31'])),
        now: new Date(`2017-03-31T${time}:00Z`),
      }).reminders
    expect(asked('09:59', told)).toEqual([])
    const [again, ...more] = asked('10:00', told)
    expect(more).toEqual([])
    expect(again).toMatchObject({
      dailyLimitException: 'hour',
      items: [{ subject: 'milestone:2.1/1' }],
    })
    expect(again?.items).toHaveLength(1)
    expect(asked('10:01', new Set([...told, ...(again?.topics ?? [])]))).toEqual([])
  })

  test('never makes a stale status look fresh: the plan does not change', () => {
    const known = snoozed('2017-03-28T11:00:00Z', '2017-04-28T23:00:00Z')
    const plan = aPlan(sketch)
    const before = JSON.stringify(plan.projects)
    remindersDue({
      plans: [plan],
      topicsSentTo: () => new Set(),
      now: new Date('2017-03-31T10:00:00Z'),
      ...known,
    })
    expect(JSON.stringify(plan.projects)).toBe(before)
  })

  test('sends what is open once more when a mute ends', () => {
    const at = new Date('2017-03-01T12:00:00Z')
    const pauses = (id: string) => ({
      snoozes: [],
      mutes:
        id === 'asha'
          ? [{ id: 'm', projectId: '2.1', at, until: civilDate('2017-04-03'), endedAt: null }]
          : [],
    })
    const lines = reminderLog(sketch, '2017-03-27', '2017-04-05', { suppressionsOf: pauses })
    expect(lines.filter((line) => line.includes('asha'))).toEqual([
      '2017-04-04 asha milestone +2 2.1/1',
      '2017-04-04 asha milestone +2 2.1/2',
    ])
  })

  test('sends nothing early when a mute ends before the first step', () => {
    const mute = { id: 'm', projectId: '2.1', at: new Date('2017-03-01T12:00:00Z') }
    const mutes = [{ ...mute, until: civilDate('2017-03-27'), endedAt: null }]
    const ahead: PlanSketch = {
      programme: { settings: quiet },
      projects: [
        {
          ref: '2.1',
          leads: ['asha'],
          milestones: [{ due: '2017-03-29' }, { due: '2017-04-27' }],
        },
      ],
    }
    const pauses = () => ({ snoozes: [], mutes })
    expect(reminderLog(ahead, '2017-03-27', '2017-03-31', { suppressionsOf: pauses })).toEqual([
      '2017-03-28 asha milestone -3 2.1/1',
      '2017-03-29 asha milestone 0 2.1/1',
      '2017-03-31 asha milestone +2 2.1/1',
    ])
  })
})
