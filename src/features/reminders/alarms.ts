import { listOf } from '../../base/text.ts'
import { programmeCalendar } from '../calendars/calendar.ts'
import type { Plan } from '../plan/plan.ts'
import { type Asking, unreached } from './recipients.ts'
import { dueOn, type ReminderRules } from './steps.ts'

/** Somebody leads what should be spoken of, and cannot be written to: for the programme office to mend. */
export interface Alarm {
  /** For the ledger: it is raised once, and again a month later while nothing was mended. */
  readonly key: string
  readonly says: string
}

/**
 * The alarms of a programme on one of its working days: its leads who cannot be reached in chat, and of whose milestones
 * something should be said that day or should have been within the last few.
 */
export function alarmsOn(plan: Plan, { day, reach }: Asking, rules: ReminderRules): Alarm[] {
  const calendar = programmeCalendar(plan.programme)
  if (!calendar.isWorkingDay(day)) return []
  const refs = new Map<string, string[]>()
  for (const { ref, leads, milestones } of plan.projects) {
    const missed = leads.filter((id) => reach(id) !== 'reached')
    if (missed.length === 0) continue
    const speaks = milestones.some(
      (milestone) => (dueOn(milestone, day, calendar, rules)?.triggers.length ?? 0) > 0,
    )
    if (speaks) for (const id of missed) refs.set(id, [...(refs.get(id) ?? []), ref])
  }
  return [...refs].flatMap(([id, theirs]) => {
    const person = plan.people.get(id)
    if (!person) return []
    return {
      key: `alarm:${plan.programme.id}:${id}:${reach(id)}`,
      says: `${unreached([person], reach)}, and leads ${listOf(theirs)} of ${plan.programme.key}`,
    }
  })
}
