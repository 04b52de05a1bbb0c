import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, civilDate, dateIn, timeIn } from '../../../src/base/dates.ts'
import { englandAndWales, workingDaysFrom } from '../../../src/base/working-days.ts'
import type { Plan } from '../../../src/features/plan/plan.ts'
import { preview } from '../../../src/features/reminders/preview.ts'
import { type Reminder, remindersDue } from '../../../src/features/reminders/rules.ts'
import { dueOn, standardRules } from '../../../src/features/reminders/steps.ts'
import { aPlan, type MilestoneSketch } from '../../support/plans.ts'

const calendar = englandAndWales()
const from = civilDate('2017-03-20')
const to = civilDate('2017-04-21')
const zones = ['Europe/London', 'America/New_York', 'Pacific/Auckland', 'Australia/Lord_Howe']

const day = fc.integer({ min: -20, max: 40 }).map((days) => addDays(from, days))

const milestone: fc.Arbitrary<MilestoneSketch> = fc
  .record({
    due: fc.option(day, { freq: 8 }),
    doneOn: fc.option(day, { nil: undefined, freq: 2 }),
    moved: fc.option(fc.record({ onDay: day, from: day }), { nil: undefined, freq: 2 }),
  })
  .map(({ due, doneOn, moved }) => ({
    due,
    ...(doneOn && { doneOn }),
    moves: moved ? [{ ...moved, to: due }] : [],
  }))

const leads = fc.uniqueArray(fc.constantFrom('ann', 'bob', 'cy', 'dee'), { maxLength: 2 })

/** Two programmes in two zones, with people in several. */
const plans: fc.Arbitrary<Plan[]> = fc
  .array(fc.record({ leads, milestones: fc.array(milestone, { maxLength: 4 }) }), { maxLength: 6 })
  .map((projects) =>
    ['a', 'b'].map((id, at) =>
      aPlan({
        programme: { id, zone: zones[at] ?? 'Europe/London' },
        projects: projects
          .filter((_, index) => index % 2 === at)
          .map((project, index) => ({ ...project, ref: `${id}.${index + 1}` })),
        programmeOffice: at === 0 ? ['olu'] : [],
        people: zones.map((zone, index) => ({
          id: ['ann', 'bob', 'cy', 'dee'][index] ?? 'ann',
          zone,
        })),
      }),
    ),
  )

/** Asks each hour of every day, as a service would that is down now and then. */
function live(
  plans: readonly Plan[],
  isDown: (tick: number) => boolean,
): { now: Date; reminder: Reminder }[] {
  const told = new Map<string, Set<string>>()
  const said = (id: string) => told.get(id) ?? new Set<string>()
  const sent: { now: Date; reminder: Reminder }[] = []
  const hour = 60 * 60_000
  const start = new Date(`${addDays(from, -1)}T00:00:00Z`).getTime()
  const end = new Date(`${addDays(to, 2)}T00:00:00Z`).getTime()
  for (let tick = 0; start + tick * hour < end; tick += 1) {
    if (isDown(tick)) continue
    const now = new Date(start + tick * hour)
    const { reminders } = remindersDue({ plans, calendar, now, said })
    for (const reminder of reminders) {
      const id = reminder.person?.id ?? ''
      told.set(id, new Set([...said(id), ...reminder.says]))
      sent.push({ now, reminder })
    }
  }
  return sent
}

const repeated = <T>(all: readonly T[]): T[] => all.filter((one, at) => all.indexOf(one) !== at)
const quick = { numRuns: 15 }

describe('over any plans, asked each hour for weeks', () => {
  test('nobody gets two messages a day, or one on a day off, or one outside 09:00 to 17:00', () => {
    fc.assert(
      fc.property(plans, (all) => {
        const sent = live(all, () => false)
        expect(repeated(sent.map(({ reminder }) => reminder.key))).toEqual([])
        for (const { now, reminder } of sent) {
          const { zone, day } = reminder
          expect(dateIn(zone, now)).toBe(day)
          expect(calendar.why(day)).toBeUndefined()
          expect(timeIn(zone, now) >= '09:00' && timeIn(zone, now) <= '17:00').toBe(true)
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
          reminder.says.map((key) => `${reminder.person?.id} ${key}`),
        )
        expect(repeated(said)).toEqual([])
      }),
      quick,
    )
  })

  test('everything is said that falls due, on its own day, to everyone it concerns', () => {
    fc.assert(
      fc.property(plans, (all) => {
        const said = new Set(live(all, () => false).flatMap(({ reminder }) => reminder.says))
        for (const { project, milestone, plan } of everything(all)) {
          const hasSomebody = project.leads.length > 0 || plan.programmeOffice.length > 0
          const { due, doneOn } = milestone
          const isOpen = due !== null && due >= from && due <= to && !(doneOn && doneOn <= due)
          const isArmed = (milestone.moves.at(-1)?.onDay ?? milestone.addedOn) <= from
          if (hasSomebody && isOpen && isArmed) expect(said).toContain(`${milestone.id}:${due}:0`)
        }
      }),
      quick,
    )
  })

  test('what is done or out of reach is never mentioned, what is mentioned is due', () => {
    fc.assert(
      fc.property(plans, (all) => {
        for (const { reminder } of live(all, () => false)) {
          for (const { milestone, by, workingDays, step } of reminder.items) {
            expect(dueOn(milestone, reminder.day, calendar, standardRules)).toBeDefined()
            expect(workingDaysFrom(calendar, reminder.day, by)).toBe(workingDays)
            expect(step !== null || workingDays < 0).toBe(true)
            expect(workingDays).toBeLessThanOrEqual(10)
          }
        }
      }),
      quick,
    )
  })

  test('the preview foretells exactly what is then said', () => {
    fc.assert(
      fc.property(plans, (all) => {
        const period = { from: addDays(from, -1), to: addDays(to, 1) }
        const foretold = preview({ plans: all, calendar, ...period }).flatMap(
          ({ reminders }) => reminders,
        )
        const sent = live(all, () => false).map(({ reminder }) => reminder)
        const brief = (one: Reminder) => [
          one.key,
          one.at,
          one.says,
          one.items.map((item) => item.milestone.id),
        ]
        const byKey = (a: Reminder, b: Reminder) => a.key.localeCompare(b.key)
        expect(foretold.toSorted(byKey).map(brief)).toEqual(sent.toSorted(byKey).map(brief))
      }),
      quick,
    )
  })
})

function everything(all: readonly Plan[]) {
  return all.flatMap((plan) =>
    plan.projects.flatMap((project) =>
      project.milestones.map((milestone) => ({ plan, project, milestone })),
    ),
  )
}
