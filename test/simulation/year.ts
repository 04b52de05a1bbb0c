import { civilDate, dateIn } from '../../src/base/dates.ts'
import type { Person } from '../../src/domain/people/person.ts'
import type { Plan, StatusUpdate } from '../../src/domain/plan/plan.ts'
import type { RoundInputs } from '../../src/domain/rounds/rules.ts'
import { remindersDue } from '../../src/features/reminders/due-reminders.ts'
import type { Reminder } from '../../src/features/reminders/reminder.ts'
import { isDueMilestone } from '../../src/features/reminders/rules/due-milestone.ts'
import { isUndatedMilestone } from '../../src/features/reminders/rules/undated.ts'
import { type Day, dayAfter, isQuiet, localTime } from './independent-calendar.ts'
import { between, oneOf, type Random } from './random.ts'
import { withProject } from './world.ts'

/**
 * A year of one service, or two replicas of it, on a clock of its own. The ledger is a map of keys, as the database's
 * unique index is; what is under test is what the rules decide, and that nothing but the ledger is remembered.
 */

export interface Sent {
  readonly key: string
  readonly to: string
  readonly decidedAt: Date
  readonly sentAt: Date
  readonly says: readonly string[]
  /** What its rows are about: 'milestone:…', 'project:…'. */
  readonly subjects: readonly string[]
}

export interface Year {
  readonly sent: readonly Sent[]
  /** Decided, and dropped as no longer so before it could be sent. */
  readonly dropped: number
  /** Refused by the ledger: a replica, or a restarted process, had decided the same. */
  readonly repeats: number
  /** Each date that a milestone had, and until when it was owed by it. */
  readonly owed: readonly Owed[]
  /** The plans on the last day. */
  readonly plans: readonly Plan[]
}

/** A milestone was due on a day, from the one on which that was said until it was moved or finished. */
export interface Owed {
  readonly planId: string
  readonly projectId: string
  readonly milestoneId: string
  readonly due: Day
  readonly from: Day
  /** The day it was finished or moved, null where it never was. */
  readonly until: Day | null
}

export interface Asked {
  readonly plans: readonly Plan[]
  readonly random: Random
  readonly from: Day
  readonly to: Day
  /** Minutes of the day, UTC, at which the service ticks. */
  readonly ticks: readonly number[]
  /** Whether the service runs at a moment. */
  readonly isUp: (at: Date) => boolean
  /** Whether a person's platform takes messages at a moment. */
  readonly reaches: (personId: string, at: Date) => boolean
  /** How many of ten ticks are also a second replica's, which read the ledger before the first wrote to it. */
  readonly twins: number
}

interface Waiting {
  readonly reminder: Reminder
  readonly to: Person
  readonly decidedAt: Date
}

export function runYear(asked: Asked): Year {
  const { random } = asked
  let plans = [...asked.plans]
  const story = createStory(plans, random)
  const ledger = createLedger()
  const sent: Sent[] = []
  let waiting: Waiting[] = []
  let dropped = 0
  for (let day = asked.from; day <= asked.to; day = dayAfter(day)) {
    plans = story.onDay(plans, day)
    for (const minute of asked.ticks) {
      const now = new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000)
      if (!asked.isUp(now)) continue
      const left: Waiting[] = []
      for (const one of waiting) {
        if (isStale(one, now)) {
          ledger.drop(one.reminder.key)
          dropped += 1
        } else left.push(one)
      }
      waiting = left
      for (const reminder of decisionsOf(plans, ledger, now, random() * 10 < asked.twins)) {
        if (!reminder.person || !ledger.decide(reminder)) continue
        waiting.push({ reminder, to: reminder.person, decidedAt: now })
      }
      const kept: Waiting[] = []
      for (const one of waiting) {
        if (!asked.reaches(one.to.id, now)) {
          kept.push(one)
          continue
        }
        const message = freshened(one, plans, now)
        if (message) sent.push(message)
        else {
          ledger.drop(one.reminder.key)
          dropped += 1
        }
      }
      waiting = kept
    }
  }
  return { sent, dropped, repeats: ledger.repeats(), owed: story.owed(), plans }
}

/** What one replica decides, or two that read the same ledger: everything twice. */
function decisionsOf(
  plans: readonly Plan[],
  ledger: ReturnType<typeof createLedger>,
  now: Date,
  isTwin: boolean,
): Reminder[] {
  const rounds = (id: string): RoundInputs | undefined => {
    const programme = plans.find((plan) => plan.programme.id === id)?.programme
    if (!programme) return undefined
    const schedule = { weekday: 'monday', time: '09:00', zone: programme.zone } as const
    return { programme, schedule, changes: [] }
  }
  const { reminders } = remindersDue({ plans, now, topicsSentTo: ledger.saidTo, rounds })
  return isTwin ? [...reminders, ...reminders] : [...reminders]
}

/** What the dispatcher asks before it sends: the day, the person's leave and hours, and what is still open. */
function freshened(
  { reminder, to, decidedAt }: Waiting,
  plans: readonly Plan[],
  now: Date,
): Sent | undefined {
  const { zone, day, key, topics } = reminder
  const here = localTime(zone, now)
  if (here.day !== day) return undefined
  if (here.time > '17:00') return undefined
  if (to.quiet && isQuiet(to.quiet, here.time)) return undefined
  const open = reminder.items.filter((item) => {
    if (!isDueMilestone(item) && !isUndatedMilestone(item)) return true
    const milestone = plans
      .flatMap(({ projects }) => projects)
      .find(({ id }) => id === item.project.id)
      ?.milestones.find(({ id }) => id === item.milestone.id)
    return (
      milestone !== undefined &&
      milestone.completion === null &&
      milestone.due === item.milestone.due
    )
  })
  if (open.length === 0 && reminder.alarms.length === 0) return undefined
  const subjects = open.map(({ subject }) => subject)
  return { key, to: to.id, decidedAt, sentAt: now, says: topics, subjects }
}

function isStale({ reminder }: Waiting, now: Date): boolean {
  return dateIn(reminder.zone, now) > reminder.day
}

function createLedger() {
  const said = new Map<string, Set<string>>()
  const byKey = new Map<string, Reminder>()
  let refused = 0
  return {
    saidTo: (id: string): ReadonlySet<string> => said.get(id) ?? new Set(),
    decide(reminder: Reminder): boolean {
      if (byKey.has(reminder.key)) {
        refused += 1
        return false
      }
      byKey.set(reminder.key, reminder)
      const id = reminder.person?.id ?? ''
      const theirs = said.get(id) ?? new Set()
      for (const what of reminder.topics) theirs.add(what)
      said.set(id, theirs)
      return true
    },
    /** What was not sent was not said: but its own key stays, so that the day's message is never decided again. */
    drop(key: string): void {
      const reminder = byKey.get(key)
      const theirs = said.get(reminder?.person?.id ?? '')
      for (const what of reminder?.topics ?? []) if (what !== key) theirs?.delete(what)
    },
    repeats: () => refused,
  }
}

/** What people do with their plans meanwhile: finish, move, report. */
function createStory(plans: readonly Plan[], random: Random) {
  const open = new Map<string, Owed>()
  const ended: Owed[] = []
  for (const { programme, projects } of plans) {
    for (const project of projects) {
      for (const { id, due, addedOn } of project.milestones) {
        if (due === null) continue
        const owed = { planId: programme.id, projectId: project.id, milestoneId: id }
        open.set(id, { ...owed, due, from: addedOn, until: null })
      }
    }
  }

  function onDay(now: readonly Plan[], day: Day): Plan[] {
    return now.map((plan) => {
      let changed: Plan = { ...plan, asAt: civilDate(day) }
      for (const project of plan.projects) {
        if (random() < 0.08) changed = update(changed, project.id, day)
        for (const milestone of project.milestones) {
          if (milestone.completion !== null) continue
          const chance = random()
          const isNear = milestone.due !== null && milestone.due <= dayAfter(day, 7)
          if (isNear && chance < 0.05) changed = finish(changed, project.id, milestone.id, day)
          else if (isNear && chance < 0.08) changed = move(changed, project.id, milestone.id, day)
        }
      }
      return changed
    })
  }

  function end(id: string, day: Day): void {
    const owed = open.get(id)
    if (owed) ended.push({ ...owed, until: day })
    open.delete(id)
  }

  function finish(plan: Plan, projectId: string, id: string, day: Day): Plan {
    end(id, day)
    const onDay = civilDate(day)
    const completion = {
      ...{ onDay, evidence: null, byId: null, onBehalfOfId: null, confirmedById: null },
      awaitsConfirmation: false,
    }
    return changeMilestone(plan, projectId, id, day, (one) => ({
      ...one,
      doneOn: onDay,
      completion,
    }))
  }

  function move(plan: Plan, projectId: string, id: string, day: Day): Plan {
    const before = open.get(id)
    const to = civilDate(dayAfter(day, oneOf(random, [-3, 2, 5, 14, 30, 60, 90])))
    if (!before || before.due === to) return plan
    end(id, day)
    open.set(id, { ...before, due: to, from: day, until: null })
    const how = { reason: 'More time', byId: null, onBehalfOfId: null, onDay: civilDate(day) }
    return changeMilestone(plan, projectId, id, day, (one) => ({
      ...one,
      due: to,
      moves: [...one.moves, { from: one.due, to, ...how }],
    }))
  }

  function update(plan: Plan, projectId: string, day: Day): Plan {
    const state = oneOf(random, ['red', 'amber', 'green'])
    const onDay = civilDate(day)
    const at = new Date(Date.parse(`${day}T00:00:00Z`) + between(random, 7, 18) * 3_600_000)
    const said: StatusUpdate = {
      ...{
        id: `${projectId}:${day}`,
        state,
        reason: null,
        path: null,
        criteria: [],
        derived: null,
      },
      ...{
        divergenceReason: null,
        awaitsConfirmation: false,
        confirmedById: null,
        byId: null,
        onBehalfOfId: null,
      },
      ...{ source: 'slack', attestsId: null, audience: 'board', onDay, at },
      greenBy: state === 'green' ? null : civilDate(dayAfter(day, between(random, 5, 60))),
    }
    return withProject(
      plan,
      projectId,
      (one) => ({ ...one, updates: [said, ...one.updates.slice(0, 3)] }),
      civilDate(day),
    )
  }

  return { onDay, owed: (): Owed[] => [...ended, ...open.values()] }
}

type MilestoneOf = Plan['projects'][number]['milestones'][number]

function changeMilestone(
  plan: Plan,
  projectId: string,
  id: string,
  day: Day,
  change: (one: MilestoneOf) => MilestoneOf,
): Plan {
  return withProject(
    plan,
    projectId,
    (one) => ({
      ...one,
      milestones: one.milestones.map((each) => (each.id === id ? change(each) : each)),
    }),
    civilDate(day),
  )
}
