import { type CivilDate, dateIn, momentAt, timeIn } from '../../base/dates.ts'
import type { Calendar } from '../../base/working-days.ts'
import type { Milestone, Person, Plan, Programme, Project } from '../plan/plan.ts'
import { type Recipient, type Role, recipientsOf } from './recipients.ts'
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
  /** What it tells of, for the ledger: its own key, and one for each thing that is said for the first time. */
  readonly says: readonly string[]
}

export interface WhatIsKnown {
  readonly plans: readonly Plan[]
  readonly calendar: Calendar
  /** What a person was told before, as the keys in `says`. */
  readonly said: (personId: string) => ReadonlySet<string>
  /** Whether a person can be reached in chat. Without it, everybody can. */
  readonly hasAccount?: (personId: string) => boolean
  readonly rules?: ReminderRules
}

export interface Reminders {
  readonly reminders: readonly Reminder[]
  /** What should be said and there is nobody to say it to. */
  readonly unowned: readonly Reminder[]
}

/**
 * What should have been said by `now`: one message per person and working day, from 09:00 to 17:00 in their zone.
 * Asked twice, or late, it answers the same; what `said` holds is not said again.
 */
export function remindersDue({ now, ...known }: WhatIsKnown & { readonly now: Date }): Reminders {
  const { calendar, rules = standardRules } = known
  const messages = desksOf(known).flatMap((desk) => {
    const day = speakingDay(desk.zone, now, calendar, rules)
    return (day && messageOn(desk, day, known)) ?? []
  })
  return {
    reminders: messages.filter(({ person }) => person !== null),
    unowned: messages.filter(({ person }) => person === null),
  }
}

/** Everything open that one person answers for; nobody has a desk too, one for each programme. */
export interface Desk {
  readonly id: string
  readonly person: Person | null
  readonly zone: string
  readonly open: readonly Open[]
}

interface Open {
  readonly programme: Programme
  readonly project: Project
  readonly milestone: Milestone
  readonly recipient: Recipient
}

/** In the order of the plans. Somebody in several programmes has one desk, with the first one's zone if need be. */
export function desksOf({ plans, hasAccount = () => true }: WhatIsKnown): Desk[] {
  const desks = new Map<string, Desk & { readonly open: Open[] }>()
  for (const plan of plans) {
    const { programme } = plan
    for (const project of plan.projects) {
      for (const recipient of recipientsOf(plan, project, hasAccount)) {
        const { person } = recipient
        const id = person?.id ?? `nobody-${programme.id}`
        const desk = desks.get(id) ?? { id, person, zone: person?.zone ?? programme.zone, open: [] }
        desk.open.push(
          ...project.milestones.map((milestone) => ({ programme, project, milestone, recipient })),
        )
        desks.set(id, desk)
      }
    }
  }
  return [...desks.values()]
}

/** The message of a working day, or undefined where there is nothing new to say. */
export function messageOn(desk: Desk, day: CivilDate, known: WhatIsKnown): Reminder | undefined {
  const { calendar, rules = standardRules } = known
  const key = `reminder:${desk.id}:${day}`
  const said = known.said(desk.id)
  if (said.has(key)) return undefined
  const seen = desk.open.flatMap((open) => {
    const due = dueOn(open.milestone, day, calendar, rules)
    return due
      ? [{ open, due, fresh: due.triggers.filter((trigger) => !said.has(trigger.key)) }]
      : []
  })
  const says = seen.flatMap(({ fresh }) => fresh.map((trigger) => trigger.key))
  if (says.length === 0) return undefined
  const items = seen
    .filter(({ due, fresh }) => fresh.length > 0 || due.workingDays < 0)
    .map(({ open, due, fresh }) => itemOf(open, due, fresh.at(-1)?.step ?? null))
    // Days are text in order of size, and sorting is stable: the same day keeps the order of the plan.
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  const at = momentAt(day, rules.from, desk.zone)
  return { key, person: desk.person, zone: desk.zone, day, at, items, says: [key, ...says] }
}

function itemOf({ recipient, ...about }: Open, due: Due, step: number | null): DueItem {
  const { role, why } = recipient
  return { ...about, due: due.due, by: due.by, workingDays: due.workingDays, step, role, why }
}

/** Whether it is a working day and the time of day to speak in any of these zones. */
export function isTimeToSpeak(
  zones: Iterable<string>,
  now: Date,
  calendar: Calendar,
  rules: ReminderRules = standardRules,
): boolean {
  return [...zones].some((zone) => speakingDay(zone, now, calendar, rules) !== undefined)
}

/** The day in `zone` if it is worked and it is the time of day to speak; undefined otherwise. */
function speakingDay(
  zone: string,
  now: Date,
  calendar: Calendar,
  rules: ReminderRules,
): CivilDate | undefined {
  const day = dateIn(zone, now)
  if (!calendar.isWorkingDay(day)) return undefined
  const time = timeIn(zone, now)
  return rules.from <= time && time <= rules.until ? day : undefined
}
