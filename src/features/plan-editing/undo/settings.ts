import { Refusal } from '../../../base/errors.ts'
import { listOf, plural } from '../../../base/text.ts'
import { builtOnSince } from '../../../domain/plan/built-on.ts'
import {
  changedTogether,
  firstBuiltOn,
  takeSettingsBack,
} from '../../../domain/programme/settings-undo.ts'
import { findRevision, latestRevisionBy } from '../../../domain/revisions/revision-store.ts'
import type { Revision } from '../../../domain/revisions/revisions.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { officeProvenance } from '../office-lookup.ts'
import { settingLabel } from '../setting-labels.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** Settings of a programme: all that one line changed, together. */
export const settings = undoableKind(
  'setting',
  {
    find: (tx, programmeIds, id) => findRevision(tx, programmeIds, id, ['programme']),
    latest: (...asked) => latestRevisionBy(...asked, ['programme']),
  },
  undoableOf,
)

/** What a sheet taught, and the names in digests, are no settings that a person gave by themselves. */
const isTakenBack = ({ field, byId, importId }: Revision) =>
  byId !== null && importId === null && field !== 'digestNames'

function undoableOf(revision: Revision): Undoable | undefined {
  if (revision.isUndone || !isTakenBack(revision)) return undefined
  const { programmeId, byId, at } = revision
  return {
    ...{ programmeId, projectId: null, byId, at },
    takeBack: async (context, reason) => {
      const { tx } = context
      const changes = (await changedTogether(tx, revision)).filter(isTakenBack)
      const labels = listOf(changes.map(({ field }) => settingLabel(field)))
      const builtOn = await firstBuiltOn(tx, changes)
      if (builtOn)
        throw new Refusal(await builtOnSince(tx, builtOn, `“${settingLabel(builtOn.field)}”`))
      await assertStatesUnused(tx, changes)
      await takeSettingsBack(tx, changes, reason, officeProvenance(context))
      return { lines: [`Taken back: as it was before: ${labels}.`] }
    },
  }
}

const stateSettings: readonly string[] = ['scheme', 'ownScheme']

/** @throws Refusal where somebody has rated by the states that would go */
async function assertStatesUnused(tx: ReadTx, changes: readonly Revision[]): Promise<void> {
  const change = changes.find(({ field }) => stateSettings.includes(field))
  if (!change) return
  const { programmeId, at } = change
  const where = { project: { programmeId }, at: { gt: at }, withdrawnOn: null }
  const updates = await tx.statusUpdate.count({ where })
  if (updates === 0) return
  throw new Refusal(
    `${plural(updates, 'update was', 'updates were')} given by these states since. Nothing was changed. Choose the states again: admin scheme.`,
  )
}
