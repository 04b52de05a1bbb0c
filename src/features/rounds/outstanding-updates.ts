import { type CivilDate, daysBetween } from '../../base/dates.ts'
import type { Plan, Project } from '../../domain/plan/plan.ts'
import { type Recipient, type RecipientQuery, recipientsOf } from '../../domain/plan/recipients.ts'
import { responseStatuses } from '../../domain/rounds/response-status.ts'
import type { UpdateRound } from '../../domain/rounds/rules.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { formatProjectState } from '../../domain/status/format.ts'
import { type AttestCheck, checkAttestable } from '../../domain/status/no-change-rules.ts'

/** A project that owes its update, and one person who is asked for it. */
export interface OutstandingUpdate {
  readonly project: Project
  /** In which role they are asked. */
  readonly recipient: Recipient
  /** "▲ Amber". */
  readonly state: string
  /** How old its last update is, in days; null where it never had one. */
  readonly age: number | null
  /** Whether "no change" can be recorded, and if not, why. */
  readonly attestable: AttestCheck
}

/** Everybody who owes an update in a round, by id, with their projects in the plan's order; null where nobody can be asked. */
export function outstandingUpdates(
  plan: Plan,
  round: UpdateRound,
  asking: RecipientQuery,
): Map<string | null, OutstandingUpdate[]> {
  const scheme = schemeOf(plan.programme.settings)
  const owed = new Map<string | null, OutstandingUpdate[]>()
  for (const { project, status } of responseStatuses(plan, round)) {
    if (status !== 'owed') continue
    const about = {
      project,
      state: formatProjectState(project, scheme),
      age: ageOf(project, asking.day),
      attestable: checkAttestable(project, scheme, asking.day),
    }
    for (const recipient of recipientsOf(plan, project, asking)) {
      const id = recipient.person?.id ?? null
      owed.set(id, [...(owed.get(id) ?? []), { ...about, recipient }])
    }
  }
  return owed
}

function ageOf({ updates: [last] }: Project, day: CivilDate): number | null {
  return last ? Math.max(0, daysBetween(last.onDay, day)) : null
}
