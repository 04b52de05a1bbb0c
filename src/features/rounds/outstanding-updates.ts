import { type CivilDate, daysBetween } from '../../base/dates.ts'
import type { Plan, Project } from '../../domain/plan/plan.ts'
import { type Asking, type Recipient, recipientsOf } from '../../domain/plan/recipients.ts'
import { standingsIn } from '../../domain/rounds/response-status.ts'
import type { UpdateRound } from '../../domain/rounds/rules.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { type Attestable, attestable } from '../../domain/status/no-change-rules.ts'
import { statedAs } from '../updates/views.ts'

/** A project that owes its update, as one person is asked for it. */
export interface OwedRow {
  readonly project: Project
  /** As whom they are asked. */
  readonly recipient: Recipient
  /** "▲ Amber". */
  readonly state: string
  /** How old its last update is, in days; null where it never had one. */
  readonly age: number | null
  /** Whether "no change" can be said of it, and if not, why. */
  readonly attestable: Attestable
}

/** Everybody who owes an update in a round, by id, with the projects in the plan's order. Nobody has the key null. */
export function owedIn(
  plan: Plan,
  round: UpdateRound,
  asking: Asking,
): Map<string | null, OwedRow[]> {
  const scheme = schemeOf(plan.programme.settings)
  const owed = new Map<string | null, OwedRow[]>()
  for (const { project, is } of standingsIn(plan, round)) {
    if (is !== 'owed') continue
    const about = {
      project,
      state: statedAs(project, scheme),
      age: ageOf(project, asking.day),
      attestable: attestable(project, scheme, asking.day),
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
