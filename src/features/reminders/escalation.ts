import type { Person } from '../../domain/people/person.ts'
import { type Plan, type Project, workstreamOf } from '../../domain/plan/plan.ts'
import {
  type Recipient,
  type RecipientQuery,
  resolveRecipient,
} from '../../domain/plan/recipients.ts'
import { isAnsweredBy } from './rules/due-date.ts'
import { remindersSetting } from './settings.ts'
import type { EscalationLevel } from './types.ts'

/** Who else is told of a project where something stays overdue, and from which rung of the ladder on. */
export type EscalationRecipient = Recipient & { readonly escalationLevel: EscalationLevel }

/**
 * The workstream's leads and its sponsors, or their deputies, without those who are asked anyway. Who of them cannot
 * be reached is passed over: the lead is asked still. Empty where nothing of the project is overdue.
 */
export function escalationRecipients(
  plan: Plan,
  project: Project,
  asking: RecipientQuery,
  asked: readonly Recipient[],
): EscalationRecipient[] {
  const { overdue } = remindersSetting.of(plan.programme.settings)
  const isLate = project.milestones.some(
    (milestone) =>
      milestone.due !== null && milestone.due < asking.day && !isAnsweredBy(milestone, asking.day),
  )
  const workstream = workstreamOf(plan, project)
  if (!isLate || !workstream) return []
  const known = new Set(asked.map(({ person }) => person?.id))
  const told = (
    ids: readonly string[],
    rung: EscalationLevel,
    role: 'workstream lead' | 'sponsor',
  ) =>
    ids
      .flatMap((id): Person[] => {
        const person = plan.people.get(id)
        return person ? [person] : []
      })
      .flatMap((person): EscalationRecipient[] => {
        const { recipient } = resolveRecipient(plan, { person, role, why: null }, asking)
        if (!recipient?.person || known.has(recipient.person.id)) return []
        known.add(recipient.person.id)
        return [{ ...recipient, escalationLevel: rung }]
      })
  return [
    ...(overdue.workstream === null ? [] : told(workstream.leads, 'workstream', 'workstream lead')),
    ...(overdue.sponsor === null ? [] : told(workstream.sponsors, 'sponsor', 'sponsor')),
  ]
}
