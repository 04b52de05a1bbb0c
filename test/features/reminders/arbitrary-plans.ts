import fc from 'fast-check'
import { addDays, civilDate, weekdays } from '../../../src/base/dates.ts'
import { areQuietHours } from '../../../src/domain/calendars/hours.ts'
import type { Person } from '../../../src/domain/people/person.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { aPlan, type MilestoneSketch } from '../../support/plans.ts'

/** Plans, calendars and people at random, for properties. */

export const from = civilDate('2017-03-20')
export const to = civilDate('2017-04-21')
const zones = ['Europe/London', 'America/New_York', 'Pacific/Auckland', 'Australia/Lord_Howe']
const names = ['ann', 'bob', 'cy', 'dee']

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

const leads = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 })

/** Whole hours: a stretch between two is met where somebody asks each hour. */
const time = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:00`)

/** When somebody works: any days from a day on, leave with and without deputies, quiet at any hours. */
const worked = (fewest: number, longest: number): fc.Arbitrary<Worked> =>
  fc.record({
    patterns: fc.array(
      fc.record({ from: day, weekdays: fc.subarray([...weekdays], { minLength: fewest }) }),
      {
        maxLength: 2,
      },
    ),
    leaves: fc
      .option(
        fc.record({
          from: day,
          days: fc.integer({ min: 0, max: longest }),
          deputyId: fc.option(fc.constantFrom(...names, 'stranger'), { freq: 4 }),
        }),
      )
      .map((one) =>
        one
          ? [
              {
                from: one.from,
                to: addDays(one.from, one.days),
                deputyId: one.deputyId,
                programmeId: null,
              },
            ]
          : [],
      ),
    quiet: fc.option(fc.record({ from: time, to: time }).filter(areQuietHours)),
  })

const closures = fc.option(day).map((one) => (one ? [{ from: one, to: addDays(one, 2) }] : []))
const calendar = fc.constantFrom('england-and-wales', 'scotland', 'northern-ireland')

type Worked = Pick<Person, 'patterns' | 'leaves' | 'quiet'>

interface Sketched {
  readonly projects: readonly { leads: readonly string[]; milestones: readonly MilestoneSketch[] }[]
  readonly people: readonly Worked[]
  readonly settings: readonly unknown[]
}

/** Two programmes in two zones, each with a calendar, and people in several. */
function plansFrom(sketch: fc.Arbitrary<Sketched>): fc.Arbitrary<Plan[]> {
  return sketch.map(({ projects, people, settings }) =>
    ['a', 'b'].map((id, at) =>
      aPlan({
        programme: { id, zone: zones[at] ?? 'Europe/London', settings: settings[at] },
        projects: projects
          .filter((_, index) => index % 2 === at)
          .map((project, index) => ({ ...project, ref: `${id}.${index + 1}` })),
        workstreams: at === 0 ? [{ ref: 'a', leads: ['wanda'] }] : [],
        programmeOffice: at === 0 ? ['olu'] : [],
        people: names.map((name, index) => ({
          id: name,
          zone: zones[index] ?? 'Europe/London',
          ...people[index],
        })),
      }),
    ),
  )
}

const projects = fc.array(fc.record({ leads, milestones: fc.array(milestone, { maxLength: 4 }) }), {
  maxLength: 6,
})
const plain = fc.record({
  patterns: fc.constant([]),
  leaves: fc.constant([]),
  quiet: fc.constant(null),
})
const four = { minLength: 4, maxLength: 4 }
const two = { minLength: 2, maxLength: 2 }

/** Everybody works Monday to Friday, in England. */
export const plainPlans = plansFrom(
  fc.record({ projects, people: fc.array(plain, four), settings: fc.array(fc.constant({}), two) }),
)
const plansOf = (people: fc.Arbitrary<Worked>) =>
  plansFrom(
    fc.record({
      projects,
      people: fc.array(people, four),
      settings: fc.array(fc.record({ calendar, closures }), two),
    }),
  )
/** Any calendars, patterns, leave, deputies and quiet hours. */
export const plans = plansOf(worked(1, 18))
/** The same with people who work three days a week at least, and are away for five at most. */
export const oftenThere = plansOf(worked(3, 4))
