import { type CivilDate, dateIn, momentAt, timeIn } from '../../base/dates.ts'
import type { Calendar } from '../../base/working-days.ts'
import { calendarOf, isWorkingMoment } from '../calendars/calendar.ts'
import { isWithin, speakingHours } from '../calendars/hours.ts'
import type { Milestone, Person, Plan, Programme, Project } from '../plan/plan.ts'
import { type Alarm, alarmsOn } from './alarms.ts'
import { type Reach, type Recipient, type Role, recipientsOf } from './recipients.ts'
import { type Due, dueOn, type ReminderRules, standardRules } from './steps.ts'

/** One milestone in somebody's message. */
export interface DueItem extends Pick<Due, 'due' | 'by' | 'workingDays'> {
  readonly programme: Programme
  readonly project: Project
  readonly milestone: Milestone
  /** The step it is mentioned for; null where it stands there because it is overdue still. */
  readonly step: number | null
  readonly role: Role
  readonly why: string | null
}

/** One person's message of one day. */
export interface Reminder {
  /** `reminder:<person>:<day>`: there is never a second one. */
  readonly key: string
  /** Null where nobody is there to be told; then `key` names the programme. */
  readonly person: Person | null
  readonly zone: string
  readonly day: CivilDate
  /** When it is said if nothing is in the way. */
  readonly at: Date
  /** Most urgent first. */
  readonly items: readonly DueItem[]
  /** For the programme office: who leads something and cannot be reached. */
  readonly alarms: readonly string[]
  /** What it tells of, for the ledger: its own key, and one for each thing that is said for the first time. */
  readonly says: readonly string[]
}

export interface WhatIsKnown {
  readonly plans: readonly Plan[]
  /** What a person was told before, as the keys in `says`. */
  readonly said: (personId: string) => ReadonlySet<string>
  /** Whether a person can be reached in chat. Without it, everybody can. */
  readonly reach?: (personId: string) => Reach
  readonly rules?: ReminderRules
}

export interface Reminders {
  readonly reminders: readonly Reminder[]
  /** What should be said and there is nobody to say it to. */
  readonly unowned: readonly Reminder[]
}

/**
 * What should have been said by `now`: one message per person and working day of theirs, from 09:00 to 17:00 in their
 * zone and outside their quiet hours. Asked twice, or late, it answers the same; what `said` holds is not said again.
 */
export function remindersDue({ now, ...known }: WhatIsKnown & { readonly now: Date }): Reminders {
  const { rules = standardRules } = known
  const messages = [...daysAt(known.plans, now, rules)].flatMap((day) =>
    desksOn(day, known)
      .filter((desk) => dateIn(desk.zone, now) === day && isOpen(desk, now, rules))
      .flatMap((desk) => messageOf(desk, known) ?? []),
  )
  return {
    reminders: messages.filter(({ person }) => person !== null),
    unowned: messages.filter(({ person }) => person === null),
  }
}

/** The days it is now where somebody may be spoken to, if only as far as the time of day goes. */
function daysAt(plans: readonly Plan[], now: Date, { hours }: ReminderRules): Set<CivilDate> {
  const days = new Set<CivilDate>()
  for (const { programme, people } of plans) {
    const everyone = [{ zone: null, quiet: null }, ...people.values()]
    // People are many, and the clocks they live by few.
    const clocks = Map.groupBy(everyone, ({ zone, quiet }) => `${zone} ${quiet?.from} ${quiet?.to}`)
    for (const [first] of clocks.values()) {
      const zone = first?.zone ?? programme.zone
      const isSpokenTo = isWithin(timeIn(zone, now), speakingHours(hours, first?.quiet ?? null))
      if (isSpokenTo) days.add(dateIn(zone, now))
    }
  }
  return days
}

function isOpen({ person, zone, programmes }: Desk, now: Date, { hours }: ReminderRules): boolean {
  return programmes.some((programme) =>
    isWorkingMoment(person, { zone, settings: programme.settings }, now, hours),
  )
}

/** Everything open that one person answers for on a day; nobody has a desk too, one for each programme. */
export interface Desk {
  readonly id: string
  readonly person: Person | null
  readonly zone: string
  readonly day: CivilDate
  /** Those that something on it belongs to. */
  readonly programmes: readonly Programme[]
  readonly open: readonly Open[]
  readonly alarms: readonly Alarm[]
}

interface Open {
  readonly programme: Programme
  readonly project: Project
  readonly milestone: Milestone
  readonly recipient: Recipient
  /** That of the recipient in the programme. */
  readonly calendar: Calendar
}

/** In the order of the plans. Somebody in several programmes has one desk, with the first one's zone if need be. */
export function desksOn(day: CivilDate, known: WhatIsKnown): Desk[] {
  const { plans, reach = () => 'reached', rules = standardRules } = known
  const asking = { day, reach }
  const desks = new Map<string, DeskInHand>()
  const deskOf = (person: Person | null, programme: Programme): DeskInHand => {
    const id = person?.id ?? `nobody-${programme.id}`
    const zone = person?.zone ?? programme.zone
    const desk = desks.get(id) ?? { id, person, zone, day, programmes: [], open: [], alarms: [] }
    if (!desk.programmes.includes(programme)) desk.programmes.push(programme)
    desks.set(id, desk)
    return desk
  }
  for (const plan of plans) {
    const { programme } = plan
    for (const project of plan.projects) {
      for (const recipient of recipientsOf(plan, project, asking)) {
        const { person } = recipient
        const about = { programme, project, recipient, calendar: calendarOf(person, programme) }
        deskOf(person, programme).open.push(
          ...project.milestones.map((milestone) => ({ ...about, milestone })),
        )
      }
    }
    const alarms = alarmsOn(plan, asking, rules)
    for (const id of alarms.length > 0 ? plan.programmeOffice : []) {
      const person = plan.people.get(id)
      if (person && reach(id) === 'reached') deskOf(person, programme).alarms.push(...alarms)
    }
  }
  return [...desks.values()]
}

type DeskInHand = Desk & {
  readonly programmes: Programme[]
  readonly open: Open[]
  readonly alarms: Alarm[]
}

/** The desk's message of its day, or undefined where there is nothing new to say. */
export function messageOf(desk: Desk, known: WhatIsKnown): Reminder | undefined {
  const { rules = standardRules } = known
  const { person, zone, day } = desk
  const key = `reminder:${desk.id}:${day}`
  const said = known.said(desk.id)
  if (said.has(key)) return undefined
  const seen = desk.open
    .filter(({ calendar }) => calendar.isWorkingDay(day))
    .flatMap((open) => {
      const due = dueOn(open.milestone, day, open.calendar, rules, open.recipient.since)
      return due
        ? [{ open, due, fresh: due.triggers.filter((trigger) => !said.has(trigger.key)) }]
        : []
    })
  const isAtWork = desk.programmes.some((one) => calendarOf(person, one).isWorkingDay(day))
  const alarms = isAtWork ? desk.alarms.filter((alarm) => !said.has(alarm.key)) : []
  const says = [
    ...seen.flatMap(({ fresh }) => fresh.map((trigger) => trigger.key)),
    ...alarms.map((alarm) => alarm.key),
  ]
  if (says.length === 0) return undefined
  const items = seen
    .filter(({ due, fresh }) => fresh.length > 0 || due.workingDays < 0)
    .map(({ open, due, fresh }) => itemOf(open, due, fresh.at(-1)?.step ?? null))
    // Days are text in order of size, and sorting is stable: the same day keeps the order of the plan.
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  const at = momentAt(day, firstTime(person, rules), zone)
  const told = alarms.map((alarm) => alarm.says)
  return { key, person, zone, day, at, items, alarms: told, says: [key, ...says] }
}

/** When on a working day the person is first spoken to. */
function firstTime(person: Person | null, { hours }: ReminderRules): string {
  return speakingHours(hours, person?.quiet ?? null)[0]?.from ?? hours.from
}

function itemOf({ recipient, ...about }: Open, due: Due, step: number | null): DueItem {
  const { programme, project, milestone } = about
  const { role, why } = recipient
  const { by, workingDays } = due
  return { programme, project, milestone, due: due.due, by, workingDays, step, role, why }
}
