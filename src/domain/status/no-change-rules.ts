import { type CivilDate, fullDate } from '../../base/dates.ts'
import { coveredPersonIds } from '../calendars/calendar.ts'
import { type Plan, type Project, type StatusUpdate, workstreamOf } from '../plan/plan.ts'
import { formatState, goalOf, needsReason, type Scheme, stateByKey } from '../scheme/schemes.ts'

/** Whether the last thing that was said of a project can be said again as it is. */
export type AttestCheck =
  | { readonly ok: true; readonly update: StatusUpdate }
  /** Why not, as the end of a sentence that begins with the project. */
  | { readonly ok: false; readonly why: string }

/**
 * What "no change" would attest. Nobody can attest what was never said, nor that all is as it was where a promised day
 * has passed: that needs an update. What awaits confirmation can be said again, and awaits it still.
 */
export function checkAttestable(
  { updates }: Project,
  scheme: Scheme,
  today: CivilDate,
): AttestCheck {
  const [last] = updates
  const state = stateByKey(scheme, last?.state ?? scheme.blank.key)
  if (!last || state.key === scheme.blank.key) return { ok: false, why: 'was never rated' }
  if (needsReason(state) && last.greenBy !== null && last.greenBy < today) {
    const goal = goalOf(scheme).label
    return {
      ok: false,
      why: `is ${formatState(state)}, and was to be ${goal} by ${fullDate(last.greenBy)}, which has passed`,
    }
  }
  return { ok: true, update: last }
}

/** Pressed twice, or by two leads: once a day is enough. A sheet that was imported that day is nobody's word. */
export function wasUpdatedOn({ onDay, source }: StatusUpdate, day: CivilDate): boolean {
  return onDay === day && source !== 'import'
}

/**
 * The lead in whose name a person answers for a project when they say "all": themselves, or whom they stand in for.
 * What others lead, a workstream's lead or the programme office attests project by project and not in one go.
 */
export function leadRepresentedBy(
  plan: Plan,
  project: Project,
  personId: string,
): string | undefined {
  const { leads } = project
  const own = leads.length > 0 ? leads : (workstreamOf(plan, project)?.leads ?? [])
  if (own.includes(personId)) return personId
  const away = coveredPersonIds(plan.people.values(), personId, plan.asAt)
  return own.find((id) => away.includes(id))
}
