import { Refusal } from '../../base/errors.ts'
import type { Tx } from '../../infra/db.ts'
import { fieldOf } from '../measures/fields.ts'
import { withdrawImportedMeasures } from '../measures/store.ts'
import { restoreRoles } from '../people/role-history.ts'
import { withdrawImportedAttributes } from '../plan/attributes/store.ts'
import { projectRef, workstreamRef } from '../plan/fields.ts'
import { milestoneCompletion } from '../plan/milestone-fields.ts'
import { withdrawImportedRatings } from '../plan/milestone-store.ts'
import { withdrawImportedMoves } from '../plan/move-withdrawal.ts'
import { nextRefLike } from '../plan/refs.ts'
import { reviseField, undoRevision } from '../plan/revise.ts'
import type { Withdrawal } from '../plan/withdrawal.ts'
import { withdrawImportedEntries } from '../register/imported-entries.ts'
import type { Provenance } from '../revisions/provenance.ts'
import { loadImportRevisions } from '../revisions/revision-store.ts'
import type { Revision } from '../revisions/revisions.ts'
import { withdrawImportedUpdates } from '../status/withdrawal.ts'
import { markImportWithdrawn, type PlanImport } from './import-store.ts'

/**
 * Takes back everything that an import did: what it added is out of the plan again, what it changed is what it was, what
 * it said of projects that were there before does not count any more. Rows stay, and count for the days until then. It
 * has to be the last import of its programme on which nobody has built (built-on.ts): all that sheets said since its
 * moment is then its own. @throws Refusal where somebody has at the same moment
 */
export async function withdrawImport(
  tx: Tx,
  { id, programmeId, at }: PlanImport,
  withdrawal: Withdrawal,
  said: Provenance,
): Promise<void> {
  if (!(await markImportWithdrawn(tx, id, withdrawal))) throw takenBackAlready()
  const { onDay, reason } = withdrawal
  const since = { programmeId, at, onDay }
  await withdrawImportedUpdates(tx, since, withdrawal)
  await withdrawImportedMoves(tx, since, withdrawal)
  await withdrawImportedRatings(tx, since)
  await withdrawImportedAttributes(tx, since)
  await withdrawImportedMeasures(tx, id, since)
  await withdrawImportedEntries(tx, { ...since, importId: id })
  const done = await tx.milestoneCompletion.findMany({
    where: { source: 'import', at: { gte: at }, milestone: { project: { programmeId } } },
    select: { milestoneId: true },
  })
  for (const { milestoneId } of done) {
    await reviseField(tx, milestoneCompletion, milestoneId, null, { programmeId, reason, said })
  }
  const revisions = await loadImportRevisions(tx, id)
  await freeNumbers(tx, programmeId, revisions, { reason, said })
  for (const revision of revisions) {
    if (revision.isUndone) continue
    if (revision.item === 'member') await restoreRoles(tx, revision, said)
    else await undoRevision(tx, fieldOf(revision), revision, { reason, said })
  }
}

/**
 * What the import added keeps its row, and with it its number, which may be that of something that the import numbered
 * anew: it gets the next free one, so that the other can have its own back.
 */
async function freeNumbers(
  tx: Tx,
  programmeId: string,
  revisions: readonly Revision[],
  details: { readonly reason: string | null; readonly said: Provenance },
): Promise<void> {
  const where = { programmeId }
  const select = { id: true, ref: true }
  for (const [field, rows] of [
    [workstreamRef, await tx.workstream.findMany({ where, select })],
    [projectRef, await tx.project.findMany({ where, select })],
  ] as const) {
    const numbered = revisions.filter((one) => one.item === field.item && one.field === field.key)
    const wanted = new Set(numbered.map(({ from }) => from))
    const itsOwn = new Set(numbered.map(({ itemId }) => itemId))
    const taken = rows.map(({ ref }) => ref)
    for (const { id, ref } of rows) {
      if (!wanted.has(ref) || itsOwn.has(id)) continue
      const free = nextRefLike(ref, taken)
      taken.push(free)
      await reviseField(tx, field, id, free, { programmeId, ...details })
    }
  }
}

const takenBackAlready = () =>
  new Refusal('That import was taken back already. Nothing was changed.')
