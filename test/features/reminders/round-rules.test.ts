import { describe, expect, test } from '@jest/globals'
import { civilDate, momentAt } from '../../../src/base/dates.ts'
import type { RoundChange } from '../../../src/domain/rounds/rules.ts'
import { defaultSchedule } from '../../../src/domain/schedule/schedule.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import { aPlan, type PlanSketch } from '../../support/plans.ts'
import { only, reminderLog } from './reminder-log.ts'

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
    expect(reminderLog(sketch([], ['2.2']), '2017-03-28', '2017-04-02', rounds())).toEqual([
      '2017-03-28 asha round 2.1',
      '2017-03-30 asha round 2.1',
    ])
  })

  test('in the week after the clocks changed, at the same hour; before Easter, in working days', () => {
    expect(reminderLog(sketch(), '2017-03-27', '2017-03-29', rounds())).toEqual([
      '2017-03-28 asha round 2.1',
      '2017-03-28 asha round 2.2',
    ])
    const easter = reminderLog(sketch(), '2017-04-07', '2017-04-17', rounds())
    expect([...new Set(easter.map((line) => line.slice(0, 10)))]).toEqual([
      '2017-04-07',
      '2017-04-11',
    ])
  })

  test('who works on Wednesdays alone is told then', () => {
    const patterns = [{ from: civilDate('2017-01-02'), weekdays: ['wednesday' as const] }]
    expect(
      reminderLog(sketch([{ id: 'asha', patterns }]), '2017-03-27', '2017-04-01', rounds()),
    ).toEqual(['2017-03-29 asha round 2.1', '2017-03-29 asha round 2.2'])
  })

  test('“nudge now” is a message of its own that day, and only to who has not answered', () => {
    const plans = [aPlan(sketch([], ['2.2']))]
    const at = new Date('2017-03-29T13:00:00Z')
    const change = { round: civilDate('2017-04-03'), kind: 'nudged', until: null, byId: null, at }
    const known = { plans, ...rounds([change as RoundChange]) }
    const day = 'reminder:asha:2017-03-29'
    const before = new Set([day, 'round:programme:2017-04-03:opened:2.1'])
    const asked = (time: string, told: ReadonlySet<string>) =>
      remindersDue({ ...known, topicsSentTo: () => told, now: new Date(`2017-03-29T${time}:00Z`) })
        .reminders
    expect(asked('12:59', before)).toEqual([])
    const [nudge, ...more] = asked('13:00', before)
    expect(more).toEqual([])
    expect(nudge).toMatchObject({
      dailyLimitException: 'nudge',
      items: [{ kind: 'round', subject: 'project:2.1' }],
    })
    expect(nudge?.key).toBe(`${day}:round:programme:2017-04-03:nudged:2.1`)
    expect(asked('13:01', new Set([...before, ...(nudge?.topics ?? [])]))).toEqual([])
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
      topicsSentTo: () => new Set(),
      now,
      ...rounds(),
    })
    expect(reminders.flatMap(({ items }) => items)).toMatchObject([
      {
        kind: 'round',
        noChangeProblem: expect.stringContaining('was to be back to Green by Mon 27 Mar 2017'),
      },
    ])
  })
})
