import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, dateIn } from '../../../src/base/dates.ts'
import type { Contactability } from '../../../src/domain/people/contactability.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import type { RoundChange } from '../../../src/domain/rounds/rules.ts'
import { defaultSchedule } from '../../../src/domain/schedule/schedule.ts'
import type { ReminderContext } from '../../../src/features/reminders/agendas.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import { lookAtPlan } from '../../../src/features/reminders/look-at-plan.ts'
import { type NextLookInput, nextReminderLook } from '../../../src/features/reminders/next-look.ts'
import type { Reminder } from '../../../src/features/reminders/reminder.ts'
import type { Snooze } from '../../../src/features/reminders/suppression.ts'
import { aPlan } from '../../support/plans.ts'
import { from, plainPlans, plans } from './arbitrary-plans.ts'

/** A tick that looks at what is due sends at the same moments what one that looks at everything would. */

const minuteMs = 60_000
const stepMs = 60 * minuteMs
const start = new Date(`${addDays(from, -1)}T00:00:00Z`).getTime()
const end = new Date(`${addDays(from, 15)}T00:00:00Z`).getTime()
const moment = fc.integer({ min: 0, max: (end - start) / stepMs }).map((at) => start + at * stepMs)
const who = fc.constantFrom('ann', 'bob', 'cy', 'dee', 'olu', 'wanda')

interface Put {
  readonly who: string
  /** Which of the plans' milestones. */
  readonly nth: number
  readonly from: number
  readonly forMs: number
}

const put = fc.record({
  who,
  nth: fc.nat(30),
  from: moment,
  forMs: fc
    .oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 200 }))
    .map((steps) => steps * stepMs),
})

const stories = fc.record({
  plans: fc.oneof(plans, plainPlans),
  /** In one zone looks are rare, so that each must be at the right time. */
  zones: fc.constantFrom('any' as const, 'any but one' as const, 'one' as const, 'one' as const),
  changes: fc.array(
    fc.record({ at: moment, kind: fc.constantFrom('nudged' as const, 'closed' as const) }),
    { maxLength: 4 },
  ),
  snoozes: fc.array(put, { maxLength: 6 }),
  mutes: fc.array(put, { maxLength: 3 }),
  backAt: moment,
})

type Story = (typeof stories extends fc.Arbitrary<infer One> ? One : never) & {
  readonly plans: readonly Plan[]
}

/** What stands at a moment; everything that is written later is in the future of the plan and its people. */
function contextOf(story: Story, told: ReadonlyMap<string, ReadonlySet<string>>) {
  const everyPlan = story.plans.map((plan) =>
    story.zones === 'any' ? plan : withZones(plan, story.zones),
  )
  const milestones = everyPlan.flatMap(({ projects }) =>
    projects.flatMap((project) => project.milestones.map(({ id }) => ({ id, project }))),
  )
  const placed = (all: readonly Put[], id: string) =>
    all.flatMap((one, at) => {
      const milestone = milestones[one.nth % Math.max(1, milestones.length)]
      const theirs = milestone?.project.leads[0] ?? one.who
      return theirs === id && milestone ? [{ ...one, at, milestone }] : []
    })
  const changes = story.changes
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, kind }): RoundChange => {
      const round = addDays(dateIn('UTC', new Date(at)), (8 - new Date(at).getUTCDay()) % 7)
      return { round, kind, until: null, byId: null, at: new Date(at) }
    })
  return {
    plans: everyPlan,
    topicsSentTo: (id: string) => told.get(id) ?? new Set<string>(),
    suppressionsOf: (id: string) => ({
      snoozes: placed(story.snoozes, id).map(
        ({ at, from: asked, forMs, milestone }): Snooze => ({
          ...{ id: `s${at}`, subject: `milestone:${milestone.id}` },
          ...{ at: new Date(asked), until: new Date(asked + forMs) },
        }),
      ),
      mutes: placed(story.mutes, id).map(({ at, from: asked, forMs, milestone }) => ({
        ...{ id: `m${at}`, projectId: milestone.project.id, at: new Date(asked), endedAt: null },
        until: dateIn('UTC', new Date(asked + forMs)),
      })),
    }),
    rounds: (programmeId: string) => {
      const programme = everyPlan.find((plan) => plan.programme.id === programmeId)?.programme
      return programme && { programme, schedule: defaultSchedule(programme.zone), changes }
    },
  } satisfies ReminderContext
}

function withZones(plan: Plan, zones: 'any but one' | 'one'): Plan {
  const zone = 'Europe/London'
  const people = [...plan.people].map(([id, person]) => {
    const isUnknown = zones === 'any but one' && id === 'ann'
    return [id, isUnknown ? { ...person, zone: null } : { ...person, zone }] as const
  })
  const programme = zones === 'one' ? { ...plan.programme, zone } : plan.programme
  return { ...plan, programme, people: new Map(people) }
}

type Tick = (context: ReturnType<typeof contextOf>, now: Date) => readonly Reminder[]

/** What is sent at which moment. */
function live(story: Story, tick: Tick): string[] {
  const told = new Map<string, Set<string>>()
  const sent: string[] = []
  for (let now = start; now < end; now += stepMs) {
    const at = new Date(now)
    for (const { key, topics, person } of tick(contextOf(story, told), at)) {
      const id = person?.id ?? ''
      told.set(id, new Set([...(told.get(id) ?? []), ...topics]))
      sent.push(`${at.toISOString()} ${key} ${topics.toSorted().join(' ')}`)
    }
  }
  return sent.toSorted()
}

/** Bob's only account is gone until then. */
const reach =
  ({ backAt }: Story, now: Date) =>
  (id: string): Contactability =>
    id === 'bob' && now.getTime() < backAt ? 'gone' : 'reached'

test('over any plans, people and rounds it sends the same at the same moments as looking at everything each time', () => {
  let looks = 0
  let ticks = 0
  fc.assert(
    fc.property(stories, (story) => {
      const everything = live(
        story,
        (context, now) =>
          remindersDue({ ...context, now, contactabilityOf: reach(story, now) }).reminders,
      )
      const nextAt = new Map(story.plans.map(({ programme }) => [programme.id, new Date(0)]))
      const due = live(story, (context, now) => {
        const contactabilityOf = reach(story, now)
        const at = { ...context, now, contactabilityOf }
        const shared = new Set<string>()
        const reminders = context.plans.flatMap((plan) => {
          ticks += 1
          if ((nextAt.get(plan.programme.id) ?? now) > now) return []
          looks += 1
          const look = lookAtPlan({
            ...at,
            plans: [plan],
            otherProgrammesOf: (id) =>
              context.plans.flatMap((other) =>
                other !== plan && other.people.has(id) ? [other.programme] : [],
              ),
            contactabilityChangesAt: plan.people.has('bob') ? [new Date(story.backAt)] : [],
          })
          nextAt.set(plan.programme.id, look.nextAt)
          for (const id of look.sharedIds) shared.add(id)
          return look.reminders
        })
        return [...reminders, ...remindersDue({ ...at, personIds: shared }).reminders]
      })
      expect(due).toEqual(everything)
    }),
    { numRuns: 15 },
  )
  // Hours: with minutes it is a sixtieth of that.
  expect(looks / ticks).toBeLessThan(0.25)
})

const office = aPlan({
  programme: { settings: { round: { opens: { daysBefore: 4, at: '10:00' } } } },
  programmeOffice: ['olu'],
  people: [{ id: 'olu', zone: 'Europe/London' }],
})
const quietOffice = aPlan({
  programmeOffice: ['olu'],
  people: [{ id: 'olu', zone: 'Europe/London', quiet: { from: '08:00', to: '14:00' } }],
})
const sundays = aPlan({
  programmeOffice: ['olu'],
  people: [
    {
      ...{ id: 'olu', zone: 'America/New_York' },
      patterns: [{ from: from, weekdays: ['sunday'] as const }],
    },
  ],
})
const snooze = { subject: 'milestone:2.1/1', at: new Date(start) } as const

// Friday 24 March 2017 in London, whose clocks go forward on Sunday 26 March.
test.each<[string, Plan, string, string, Partial<NextLookInput>]>([
  ['its people’s hours begin', office, '2017-03-24T08:59:00Z', '2017-03-24T09:00:00Z', {}],
  [
    'after a weekend in which clocks change',
    office,
    '2017-03-24T09:00:00Z',
    '2017-03-27T08:00:00Z',
    {},
  ],
  ['quiet hours end', quietOffice, '2017-03-24T09:00:00Z', '2017-03-24T14:00:00Z', {}],
  [
    'somebody works on Sundays, in another zone',
    sundays,
    '2017-03-24T21:00:00Z',
    '2017-03-26T08:00:00Z',
    {},
  ],
  [
    'a round opens',
    office,
    '2017-03-28T08:00:00Z',
    '2017-03-28T09:00:00Z',
    {
      rounds: () => ({
        programme: office.programme,
        schedule: defaultSchedule('Europe/London'),
        changes: [],
      }),
    },
  ],
  [
    'a change of a round was written by a clock that is ahead',
    office,
    '2017-03-24T09:00:00Z',
    '2017-03-24T09:00:30Z',
    {
      rounds: () => ({
        programme: office.programme,
        schedule: defaultSchedule('Europe/London'),
        changes: [
          {
            ...{ round: from, kind: 'nudged', until: null, byId: null },
            at: new Date('2017-03-24T09:00:30Z'),
          },
        ],
      }),
    },
  ],
  [
    'a snooze ends',
    office,
    '2017-03-24T09:00:00Z',
    '2017-03-24T11:17:00Z',
    {
      suppressionsOf: () => ({
        snoozes: [{ ...snooze, id: 's', until: new Date('2017-03-24T11:17:00Z') }],
        mutes: [],
      }),
    },
  ],
  [
    'an account that was gone is tried again',
    office,
    '2017-03-24T09:00:00Z',
    '2017-03-24T12:34:56Z',
    { contactabilityChangesAt: [new Date('2017-03-24T12:34:56Z')] },
  ],
])('the next look: %s', (_, plan, now, next, input) => {
  const looked = nextReminderLook({
    ...{ plans: [plan], now: new Date(now), contactabilityChangesAt: [] },
    ...input,
  })
  expect(looked).toEqual(new Date(next))
})
