import { Refusal } from '../../base/errors.ts'
import type { Tx } from '../../infra/db.ts'
import { fieldOf } from '../measures/fields.ts'
import { withdrawImportedMeasures } from '../measures/store.ts'
import { restoreRoles } from '../people/role-history.ts'
import { withdrawImportedAttributes } from '../plan/attributes/store.ts'
import { milestoneCompletion } from '../plan/milestone-fields.ts'
import { withdrawImportedRatings } from '../plan/milestone-store.ts'
import { withdrawImportedMoves } from '../plan/move-withdrawal.ts'
import { freeNumbers } from '../plan/number-holders.ts'
import { reviseField, undoRevision } from '../plan/revise.ts'
import type { Withdrawal } from '../plan/withdrawal.ts'
import { withdrawImportedEntries } from '../register/imported-entries.ts'
import type { Provenance } from '../revisions/provenance.ts'
import { loadImportRevisions } from '../revisions/revision-store.ts'
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
  // What it added keeps its row, and may have the number of what it numbered anew.
  await freeNumbers(tx, revisions, { programmeId, reason, said })
  for (const revision of revisions) {
    if (revision.isUndone) continue
    if (revision.item === 'member') await restoreRoles(tx, revision, said)
    else await undoRevision(tx, fieldOf(revision), revision, { reason, said })
  }
}

const takenBackAlready = () =>
  new Refusal('That import was taken back already. Nothing was changed.')
