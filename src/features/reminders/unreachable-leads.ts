import { listOf } from '../../base/text.ts'
import { programmeCalendar } from '../../domain/calendars/calendar.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { type RecipientQuery, unreachableText } from '../../domain/plan/recipients.ts'
import { findDueSoon, findOverdue } from './rules/due-date.ts'

/** Somebody leads what should be spoken of, and cannot be written to: for the programme office to mend. */
export interface Alarm {
  /** For the ledger: it is raised once, and again a month later while nothing was mended. */
  readonly key: string
  readonly text: string
}

/**
 * The alarms of a programme on one of its working days: its leads who cannot be reached in chat, and of whose milestones
 * something should be said that day or should have been within the last few.
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
    const missed = project.leads.filter((id) => contactabilityOf(id) !== 'reached')
    if (missed.length === 0) continue
    const seen = {
      programme,
      project,
      calendar,
      day,
      recipient: { since: null },
      escalationLevel: 'lead',
    } as const
    const speaks = [...findDueSoon(seen), ...findOverdue(seen)].some(
      ({ triggers }) => triggers.length > 0,
    )
    if (speaks) for (const id of missed) refs.set(id, [...(refs.get(id) ?? []), project.ref])
  }
  return [...refs].flatMap(([id, theirs]) => {
    const person = plan.people.get(id)
    if (!person) return []
    return {
      key: `alarm:${programme.id}:${id}:${contactabilityOf(id)}`,
      text: `${unreachableText([person], contactabilityOf)}, and leads ${listOf(theirs)} of ${programme.key}`,
    }
  })
}
