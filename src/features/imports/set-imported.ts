import type { PlanField } from '../../domain/plan/fields.ts'
import { type RevisionDetails, reviseField } from '../../domain/plan/revise.ts'
import type { PlanDiff } from './diff-types.ts'
import { type ImportContext, importProvenance } from './import-context.ts'

/** Under which history an import changes the plan. */
export const revisionDetails = (to: ImportContext): RevisionDetails => ({
  programmeId: to.programmeId,
  reason: null,
  said: importProvenance(to),
  importId: to.importId,
})

/** Numbers of what the file adds. */
export const addedRefs = ({ added }: PlanDiff, kind: 'workstream' | 'project') =>
  new Set(added.filter(({ what }) => what === kind).map(({ ref }) => ref))

/** What is new has its first owners and links from its first day: there is nothing to be kept of earlier ones. */
export async function setImported(
  to: ImportContext,
  field: PlanField,
  itemId: string,
  ids: readonly string[],
  isNew: boolean,
): Promise<void> {
  if (isNew) await field.write(to.tx, itemId, ids)
  else await reviseField(to.tx, field, itemId, ids, revisionDetails(to))
}
