import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, dateIn, timeIn } from '../../../src/base/dates.ts'
import { workingDaysFrom } from '../../../src/base/working-days.ts'
import { calendarOf, isWorkingMoment, leaveOn } from '../../../src/domain/calendars/calendar.ts'
import type { Contactability } from '../../../src/domain/people/contactability.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import { preview } from '../../../src/features/reminders/preview.ts'
import type { Reminder } from '../../../src/features/reminders/reminder.ts'
import { isDueMilestone } from '../../../src/features/reminders/rules/due-milestone.ts'
import { isUndatedMilestone } from '../../../src/features/reminders/rules/undated.ts'

import { from, oftenThere, plainPlans, plans, to } from './arbitrary-plans.ts'

interface Sent {
  readonly now: Date
  readonly reminder: Reminder
}

/** Asks each hour of every day, as a service would that is down now and then. */
function live(
  plans: readonly Plan[],
  isDown: (tick: number) => boolean,
  reach?: (id: string) => Contactability,
): Sent[] {
  const told = new Map<string, Set<string>>()
  const said = (id: string) => told.get(id) ?? new Set<string>()
  const sent: Sent[] = []
  const hour = 60 * 60_000
  const start = new Date(`${addDays(from, -1)}T00:00:00Z`).getTime()
  const end = new Date(`${addDays(to, 2)}T00:00:00Z`).getTime()
  for (let tick = 0; start + tick * hour < end; tick += 1) {
    if (isDown(tick)) continue
    const now = new Date(start + tick * hour)
    const { reminders } = remindersDue({
      plans,
      now,
      topicsSentTo: said,
      ...(reach && { contactabilityOf: reach }),
    })
    for (const reminder of reminders) {
      const id = reminder.person?.id ?? ''
      told.set(id, new Set([...said(id), ...reminder.topics]))
      sent.push({ now, reminder })
    }
  }
  return sent
}

const repeated = <T>(all: readonly T[]): T[] => all.filter((one, at) => all.indexOf(one) !== at)
const quick = { numRuns: 10 }

describe('over any plans, calendars and people, asked each hour for weeks', () => {
  test('nobody gets two messages a day, or one on a day off, on leave or in quiet hours', () => {
    fc.assert(
      fc.property(plans, (all) => {
        const sent = live(all, () => false)
        expect(repeated(sent.map(({ reminder }) => reminder.key))).toEqual([])
        for (const { now, reminder } of sent) {
          const { zone, day, person, items } = reminder
          expect(dateIn(zone, now)).toBe(day)
          for (const { programme } of items) {
            expect(person && leaveOn(person, day, programme.id)).toBeUndefined()
            expect(calendarOf(person, programme).nonWorkingReason(day)).toBeUndefined()
            expect(isWorkingMoment(person, { ...programme, zone }, now)).toBe(true)
          }
          const isNine = timeIn(zone, now) >= '09:00' && timeIn(zone, now) <= '17:00'
          expect(isNine || person?.quiet !== null).toBe(true)
        }
      }),
      quick,
    )
  })

  test('nothing is said twice to the same person, also where the service is down now and then', () => {
    fc.assert(
      fc.property(plans, fc.infiniteStream(fc.boolean()), (all, downs) => {
        const sent = live(all, () => downs.next().value)
        const said = sent.flatMap(({ reminder }) =>
          reminder.topics.map((key) => `${reminder.person?.id} ${key}`),
        )
        expect(repeated(said)).toEqual([])
      }),
      quick,
    )
  })

  test('everything is said that falls due, on its own day, to everyone it concerns', () => {
    fc.assert(
      fc.property(plainPlans, (all) => {
        const said = saidIn(live(all, () => false))
        for (const { milestone } of dueWithin(all, 0)) {
          expect(said).toContain(`${milestone.id}:${milestone.due}:0`)
        }
      }),
      quick,
    )
  })

  test('nothing that falls due is used up by a day off: it is said before, or after', () => {
    fc.assert(
      fc.property(oftenThere, (all) => {
        const said = saidIn(live(all, () => false))
        // Leave, a closure, Easter and days off beside each other make two weeks.
        for (const { milestone } of dueWithin(all, 16)) {
          const keys = [...said].filter((key) =>
            key.startsWith(`${milestone.id}:${milestone.due}:`),
          )
          expect(keys.length).toBeGreaterThan(0)
        }
      }),
      quick,
    )
  })

  test('what is done or out of reach is never mentioned, and days are counted as the person works them', () => {
    fc.assert(
      fc.property(plans, (all) => {
        for (const { reminder } of live(all, () => false)) {
          for (const item of reminder.items) {
            if (isUndatedMilestone(item)) expect(item.milestone.due).toBeNull()
            if (!isDueMilestone(item)) continue
            const { milestone, programme, effectiveDue, workingDaysLeft, ruleText } = item
            const theirs = calendarOf(reminder.person, programme)
            expect(milestone.doneOn === null || milestone.doneOn > reminder.day).toBe(true)
            expect(workingDaysFrom(theirs, reminder.day, effectiveDue)).toBe(workingDaysLeft)
            expect(ruleText !== null || workingDaysLeft < 0).toBe(true)
            expect(workingDaysLeft).toBeLessThanOrEqual(10)
          }
        }
      }),
      quick,
    )
  })

  test('a deputy is told while the lead is away, and of nobody else', () => {
    fc.assert(
      fc.property(plans, (all) => {
        for (const { reminder } of live(all, () => false)) {
          const asDeputy = reminder.items.filter(({ role }) => role === 'deputy')
          for (const { project, programme } of asDeputy) {
            if (!project) throw new Error('a deputy stands in for the lead of a project')
            const people = project.leads.flatMap((id) => all[0]?.people.get(id) ?? [])
            const away = people.map((lead) => leaveOn(lead, reminder.day, programme.id)?.deputyId)
            // A workstream's lead has deputies as well, where there is no lead yet.
            expect(project.leads.length === 0 || away.includes(reminder.person?.id)).toBe(true)
          }
        }
      }),
      quick,
    )
  })

  test('nobody is written to who cannot be reached, and the office is told so once', () => {
    fc.assert(
      fc.property(plans, fc.constantFrom<Contactability>('gone', 'no account'), (all, how) => {
        const reach = (id: string): Contactability => (id === 'ann' ? how : 'reached')
        const sent = live(all, () => false, reach)
        expect(sent.filter(({ reminder }) => reminder.person?.id === 'ann')).toEqual([])
        const alarms = sent.flatMap(({ reminder }) =>
          reminder.alarms.map((alarm) => `${reminder.person?.id} ${alarm.split(',')[0]}`),
        )
        expect(repeated(alarms)).toEqual([])
      }),
      quick,
    )
  })

  test('the preview foretells exactly what is then said', () => {
    fc.assert(
      fc.property(plans, (all) => {
        const period = { from: addDays(from, -1), to: addDays(to, 1) }
        const foretold = preview({ plans: all, ...period }).flatMap(({ reminders }) => reminders)
        const sent = live(all, () => false).map(({ reminder }) => reminder)
        const brief = (one: Reminder) => [
          one.key,
          one.at,
          one.topics,
          one.items.map((item) => item.subject),
        ]
        const byKey = (a: Reminder, b: Reminder) => a.key.localeCompare(b.key)
        // A day that has ended in Auckland when the asking begins, or begun when it ends, is on one side only.
        const inside = ({ day }: Reminder) => day >= from && day <= to
        const both = [foretold, sent].map((all) => all.filter(inside).toSorted(byKey).map(brief))
        expect(both[0]).toEqual(both[1])
      }),
      quick,
    )
  })
})

const saidIn = (sent: readonly Sent[]) => new Set(sent.flatMap(({ reminder }) => reminder.topics))

/** What is open and falls due between the days of the test, that many days from its ends, and has somebody. */
function dueWithin(all: readonly Plan[], margin: number) {
  return everything(all).filter(({ project, milestone, plan }) => {
    const hasSomebody = project.leads.length > 0 || plan.programmeOffice.length > 0
    const { due, doneOn } = milestone
    const isIn = due !== null && due >= addDays(from, margin) && due <= addDays(to, -margin)
    const isArmed = (milestone.moves.at(-1)?.onDay ?? milestone.addedOn) <= from
    return hasSomebody && isIn && isArmed && !(doneOn && doneOn <= addDays(due, margin))
  })
}

function everything(all: readonly Plan[]) {
  return all.flatMap((plan) =>
    plan.projects.flatMap((project) =>
      project.milestones.map((milestone) => ({ plan, project, milestone })),
    ),
  )
}
