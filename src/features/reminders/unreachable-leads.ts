import { listOf } from '../../base/text.ts'
import { programmeCalendar } from '../../domain/calendars/calendar.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { type RecipientQuery, unreachableText } from '../../domain/plan/recipients.ts'
import { hasDueDateTriggers } from './rules/due-date.ts'

/** For the programme office: a lead who should be reminded of something and cannot be reached in chat. */
export interface Alarm {
  /** Kept as a topic of the sent message: it is raised once, and again a month later while nothing has changed. */
  readonly key: string
  readonly text: string
}

/**
 * The alarms of a programme on one of its working days: its leads who cannot be reached in chat, and about whose
 * milestones something should be sent that day or should have been within the last few.
 */
export function unreachableLeadAlarms(
  plan: Plan,
  { day, contactabilityOf }: RecipientQuery,
): Alarm[] {
  const { programme } = plan
  const calendar = programmeCalendar(programme)
  if (!calendar.isWorkingDay(day)) return []
  const refs = new Map<string, string[]>()
  for (const project of plan.projects) {
    const unreachable = project.leads.filter((id) => contactabilityOf(id) !== 'reached')
    if (unreachable.length === 0) continue
    const recipient = { since: null }
    const input = { programme, project, calendar, day, recipient, escalationLevel: 'lead' as const }
    if (!hasDueDateTriggers(input)) continue
    for (const id of unreachable) refs.set(id, [...(refs.get(id) ?? []), project.ref])
  }
  return [...refs].flatMap(([id, projectRefs]) => {
    const person = plan.people.get(id)
    if (!person) return []
    return {
      key: `alarm:${programme.id}:${id}:${contactabilityOf(id)}`,
      text: `${unreachableText([person], contactabilityOf)}, and leads ${listOf(projectRefs)} of ${programme.key}`,
    }
  })
}
