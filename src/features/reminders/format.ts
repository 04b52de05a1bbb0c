import type { Role } from '../../domain/plan/recipients.ts'
import type { ReminderItem } from './reminder.ts'

/** For sorting: the most urgent first, and of equal urgency the earliest day. */
export function byUrgency({ view: a }: ReminderItem, { view: b }: ReminderItem): number {
  if (a.rank !== b.rank) return a.rank - b.rank
  // Civil dates sort as text. Sorting is stable: the same day keeps the order of the plan.
  const [one, other] = [a.day ?? '', b.day ?? '']
  return one < other ? -1 : one > other ? 1 : 0
}

export const informationHeading = 'For your information'

/** 'as its lead', after "You get this". */
export const roleText: Record<Role, string> = {
  lead: 'as its lead',
  owner: 'as its owner',
  deputy: 'as deputy',
  'workstream lead': 'as lead of the workstream',
  sponsor: 'as sponsor of the workstream',
  'programme office': 'as programme office',
  nobody: '',
}
