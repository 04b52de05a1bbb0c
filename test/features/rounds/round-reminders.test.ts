import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { defaultSchedule } from '../../../src/domain/schedule/schedule.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import { aPlan, type UpdateSketch } from '../../support/plans.ts'

/**
 * A round from Tuesday 21 February 2017 at 09:00 to Thursday 23 at 12:00, its nudge on Thursday at 09:00, as Asha gets
 * to hear of it: asked at each of these moments, what is said is remembered.
 */
function heard(
  moments: readonly string[],
  how: { nudgedAt?: string; settings?: unknown; updates?: readonly UpdateSketch[] } = {},
) {
  const { nudgedAt, settings, updates = [] } = how
  const plan = aPlan({
    programme: { settings },
    projects: [{ ref: '2.1', leads: ['asha'], updates }],
  })
  const nudged = {
    ...{ round: civilDate('2017-02-27'), kind: 'nudged' as const, until: null, byId: null },
    at: new Date(`${nudgedAt}Z`),
  }
  const rounds = () => ({
    programme: plan.programme,
    schedule: defaultSchedule('Europe/London'),
    changes: nudgedAt ? [nudged] : [],
  })
  const said = new Set<string>()
  return moments.flatMap((moment) => {
    const now = new Date(`${moment}Z`)
    const { reminders } = remindersDue({ plans: [plan], now, topicsSentTo: () => said, rounds })
    for (const { topics } of reminders) for (const key of topics) said.add(key)
    return reminders.map(({ dailyLimitException }) =>
      dailyLimitException ? `${moment} apart: ${dailyLimitException}` : moment,
    )
  })
}

const [tuesday, wednesday, thursday] = ['2017-02-21T09:00', '2017-02-22T09:00', '2017-02-23T09:00']
const everyHour = ['21', '22', '23', '24'].flatMap((day) =>
  ['09', '10', '11', '12', '13', '14'].map((hour) => `2017-02-${day}T${hour}:00`),
)

describe('a lead is told of a round', () => {
  test('once when it opens and once on the morning it closes, in the day’s message', () => {
    expect(heard(everyHour)).toEqual([tuesday, thursday])
  })

  test('not at all where an early update counts as the answer', () => {
    const updates = [{ state: 'green', onDay: '2017-02-17' }]
    expect(heard(everyHour, { updates })).toEqual([])
  })

  test('by the office’s nudge in place of the planned one, in that day’s message', () => {
    expect(heard(everyHour, { nudgedAt: '2017-02-22T08:30' })).toEqual([tuesday, wednesday])
  })

  test('by the office’s nudge in a second message where the day’s was sent already: the one exception, once', () => {
    expect(heard(everyHour, { nudgedAt: '2017-02-21T10:30' })).toEqual([
      tuesday,
      '2017-02-21T11:00 apart: nudge',
    ])
  })

  test('once more by the office’s nudge after the planned one', () => {
    expect(heard(everyHour, { nudgedAt: '2017-02-23T10:30' })).toEqual([
      tuesday,
      thursday,
      '2017-02-23T11:00 apart: nudge',
    ])
  })

  test('by the office’s nudge also where the programme plans none', () => {
    const settings = { reminders: { roundClosing: false } }
    expect(heard(everyHour, { settings })).toEqual([tuesday])
    expect(heard(everyHour, { settings, nudgedAt: '2017-02-23T10:30' })).toEqual([
      tuesday,
      '2017-02-23T11:00',
    ])
  })
})
