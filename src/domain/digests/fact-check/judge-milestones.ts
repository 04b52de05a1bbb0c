import { daysBetween } from '../../../base/dates.ts'
import type { ClaimOf } from './claims.ts'
import type { DigestFacts } from './facts.ts'

/** Why what is said of one milestone is not so, in a sentence; null where it is so. */
export function milestoneFault(
  claim: ClaimOf<'due' | 'overdue'>,
  { milestones, asAt }: DigestFacts,
): string | null {
  const fact = milestones.find(
    ({ project, milestone }) => project.id === claim.project && milestone.number === claim.number,
  )
  if (!fact) return 'There is no such milestone in the plan.'
  const { due } = fact.milestone
  if (claim.says === 'due') return due === claim.due ? null : `It is due ${due ?? 'on no day'}.`
  const days = due && daysBetween(due, asAt)
  return days === claim.days ? null : `It is due ${due ?? 'on no day'}.`
}
