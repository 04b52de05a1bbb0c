import { type CivilDate, fullDate } from '../../base/dates.ts'
import { coveredPersonIds } from '../calendars/calendar.ts'
import { type Plan, type Project, type StatusUpdate, workstreamOf } from '../plan/plan.ts'
import { formatState, goalOf, needsReason, type Scheme, stateByKey } from '../scheme/schemes.ts'

/** Whether the last update of a project can be attested unchanged. */
export type AttestCheck =
  | { readonly ok: true; readonly update: StatusUpdate }
  /** Why not, as the end of a sentence that begins with the project. */
  | { readonly ok: false; readonly why: string }

/**
 * The update that "no change" would attest. A project without an update, or whose green-by day has passed, needs a new
 * update instead. An update that awaits confirmation can be attested, and still awaits it.
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
      why: `is ${formatState(state)}, and was to be back to ${goal} by ${fullDate(last.greenBy)}, which has passed`,
    }
  }
  return { ok: true, update: last }
}

/** Whether a person updated it that day already: once a day is enough. An import is nobody's word. */
export function wasUpdatedOn({ onDay, source }: StatusUpdate, day: CivilDate): boolean {
  return onDay === day && source !== 'import'
}

/**
 * The lead for whom a person attests a project by "no change all": themselves, or the lead whose deputy they are. What
 * others lead, a workstream's lead or the programme office attests one project at a time.
 */
export function leadRepresentedBy(
  plan: Plan,
  project: Project,
  personId: string,
): string | undefined {
  const { leads } = project
  const own = leads.length > 0 ? leads : (workstreamOf(plan, project)?.leads ?? [])
  if (own.includes(personId)) return personId
  const away = coveredPersonIds(plan.people.values(), personId, plan.asAt, plan.programme.id)
  return own.find((id) => away.includes(id))
}
