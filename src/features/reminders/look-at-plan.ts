import type { ReminderContext } from './agendas.ts'
import { type DueReminders, remindersDue } from './due-reminders.ts'
import { nextReminderLook } from './next-look.ts'

/** What is due in the plan of one programme, whose people may be in others, too. */
export interface PlanLook extends DueReminders {
  /** People of other programmes, too, who may have a message. It is about all of them: their plans tell together. */
  readonly sharedIds: ReadonlySet<string>
  /** When it has to be looked at next, if nothing of it is changed. */
  readonly nextAt: Date
}

interface PlanLookInput extends ReminderContext {
  readonly now: Date
  readonly contactabilityChangesAt: readonly Date[]
  readonly otherProgrammesOf: NonNullable<ReminderContext['otherProgrammesOf']>
}

/** Looks at the plans of `input`, one as a rule: the reminders of those who are in no other programme are complete. */
export function lookAtPlan(input: PlanLookInput): PlanLook {
  const { plans, otherProgrammesOf } = input
  const due = remindersDue(input)
  const isShared = (id: string) => otherProgrammesOf(id).length > 0
  const people = plans.flatMap((plan) => [...plan.people.values()])
  const sharedIds = [
    ...due.reminders.flatMap(({ person }) => (person ? [person.id] : [])),
    // Whose zone nobody knows has that of one of their programmes: which one, all of them together tell.
    ...people.flatMap(({ id, zone }) => (zone === null ? [id] : [])),
  ].filter(isShared)
  return {
    reminders: due.reminders.filter(({ person }) => person === null || !isShared(person.id)),
    unowned: due.unowned,
    sharedIds: new Set(sharedIds),
    nextAt: nextReminderLook(input),
  }
}
