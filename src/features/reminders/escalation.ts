import type { Person } from '../../domain/people/person.ts'
import { type Plan, type Project, workstreamOf } from '../../domain/plan/plan.ts'
import {
  type Recipient,
  type RecipientQuery,
  resolveRecipient,
} from '../../domain/plan/recipients.ts'
import type { EscalationLevel } from './finding.ts'
import { overdueRule } from './rules/due-date.ts'
import { isAnsweredBy } from './rules/due-milestone.ts'

/** Somebody above a project's lead who is told while a milestone stays overdue. */
export type EscalationRecipient = Recipient & { readonly escalationLevel: EscalationLevel }

/**
 * The workstream's leads and sponsors, or their deputies, except those who are asked anyway. One who cannot be reached
 * is passed over, since the lead is still asked. Empty while nothing of the project is overdue.
 */
export function escalationRecipients(
  plan: Plan,
  project: Project,
  query: RecipientQuery,
  recipients: readonly Recipient[],
): EscalationRecipient[] {
  const escalation = overdueRule.settingOf(plan.programme)
  const isOverdue = project.milestones.some(
    (milestone) =>
      milestone.due !== null && milestone.due < query.day && !isAnsweredBy(milestone, query.day),
  )
  const workstream = workstreamOf(plan, project)
  if (!isOverdue || !workstream) return []
  const included = new Set(recipients.map(({ person }) => person?.id))
  const resolve = (
    ids: readonly string[],
    escalationLevel: EscalationLevel,
    role: 'workstream lead' | 'sponsor',
  ) =>
    ids
      .flatMap((id): Person[] => {
        const person = plan.people.get(id)
        return person ? [person] : []
      })
      .flatMap((person): EscalationRecipient[] => {
        const candidate = { person, role, reason: null, why: null }
        const { recipient } = resolveRecipient(plan, candidate, query)
        if (!recipient?.person || included.has(recipient.person.id)) return []
        included.add(recipient.person.id)
        return [{ ...recipient, escalationLevel }]
      })
  return [
    ...(escalation.workstream === null
      ? []
      : resolve(workstream.leads, 'workstream', 'workstream lead')),
    ...(escalation.sponsor === null ? [] : resolve(workstream.sponsors, 'sponsor', 'sponsor')),
  ]
}
