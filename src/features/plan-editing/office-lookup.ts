import { archivedRefusal, refusalText } from '../../authority/refusals.ts'
import { authorise, relationToProject } from '../../authority/rights.ts'
import { Refusal } from '../../base/errors.ts'
import { sourceOf } from '../../base/request-context.ts'
import type { QueryContext } from '../../chat/commands.ts'
import { type FoundMeasure, findMeasure, measureTitle } from '../../domain/measures/lookup.ts'
import { type FoundProject, findProject, mayIn, requirePersonId } from '../../domain/plan/lookup.ts'
import type { Provenance } from '../../domain/plan/milestone-store.ts'
import type { Withdrawal } from '../../domain/plan/withdrawal.ts'

/** @throws Refusal for a person who is not in the programme's office */
export async function findProjectForOffice(
  context: QueryContext,
  named: string,
): Promise<FoundProject> {
  const found = await findProject(context, named)
  requireOffice(context, found)
  return found
}

/** @throws Refusal for a person who is not in the office of the project's programme */
export function requireOffice({ actor }: QueryContext, project: FoundProject): void {
  const relation = relationToProject(requirePersonId(actor), project)
  authorise('change plan', relation, project.programme.title)
}

/** @throws Refusal for a person who is not in the programme's office */
export async function findMeasureForOffice(
  context: QueryContext,
  named: string,
): Promise<FoundMeasure> {
  const { tx, actor, today } = context
  const found = await findMeasure(tx, actor, { measure: named }, today)
  if (await mayIn(context, 'change plan', found.programme)) return found
  if (found.programme.isArchived) throw archivedRefusal()
  throw new Refusal(refusalText('change plan', found.programme.title))
}

/** "Measure 3 Care leavers in work". */
export const measureHeading = ({ measure }: FoundMeasure): string =>
  `Measure ${measureTitle(measure)}`

/** Who says something in their own name, when and from where. */
export function officeProvenance({ actor, today, now, ...asked }: QueryContext): Provenance {
  const byId = requirePersonId(actor)
  return { byId, onBehalfOfId: null, source: sourceOf(asked), onDay: today, at: now }
}

/** The person takes something back now. */
export function withdrawalBy(
  { actor, today: onDay, now: at }: QueryContext,
  reason: string | null,
): Withdrawal {
  return { byId: requirePersonId(actor), onDay, at, reason }
}
