import { type CivilDate, daysBetween } from '../../base/dates.ts'
import type { Plan, Project } from '../../domain/plan/plan.ts'
import { type Recipient, type RecipientQuery, recipientsOf } from '../../domain/plan/recipients.ts'
import { responseStatuses } from '../../domain/rounds/response-status.ts'
import type { UpdateRound } from '../../domain/rounds/rules.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { formatProjectState } from '../../domain/status/format.ts'
import { type AttestCheck, checkAttestable } from '../../domain/status/no-change-rules.ts'
import { ratingContextOf } from '../../domain/status/rating.ts'

/** A project that owes an update, and one person who is asked for it. */
export interface OutstandingUpdate {
  readonly project: Project
  /** In which role they are asked. */
  readonly recipient: Recipient
  /** "▲ Amber". */
  readonly state: string
  /** The age of its last update in days; null where it was never updated. */
  readonly age: number | null
  /** Whether "no change" can be recorded, and if not, why. */
  readonly attestable: AttestCheck
}

/**
 * The updates that a round still waits for, by the id of the person who is asked, in the plan's order. The key null has
 * the projects for which nobody can be asked.
 */
export function outstandingUpdates(
  plan: Plan,
  round: UpdateRound,
  query: RecipientQuery,
): Map<string | null, OutstandingUpdate[]> {
  const scheme = schemeOf(plan.programme.settings)
  const context = ratingContextOf(plan)
  const owed = new Map<string | null, OutstandingUpdate[]>()
  for (const { project, status } of responseStatuses(plan, round)) {
    if (status !== 'owed') continue
    const common = {
      project,
      state: formatProjectState(project, context),
      age: ageOf(project, query.day),
      attestable: checkAttestable(project, scheme, query.day),
    }
    for (const recipient of recipientsOf(plan, project, query)) {
      const id = recipient.person?.id ?? null
      owed.set(id, [...(owed.get(id) ?? []), { ...common, recipient }])
    }
  }
  return owed
}

function ageOf({ updates: [last] }: Project, day: CivilDate): number | null {
  return last ? Math.max(0, daysBetween(last.onDay, day)) : null
}
