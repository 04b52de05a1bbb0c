import { capitalised } from '../../../base/text.ts'
import { fieldOf } from '../../../domain/measures/fields.ts'
import { freeNumberOf } from '../../../domain/plan/number-holders.ts'
import { assertProjectsHaveWorkstreams } from '../../../domain/plan/placement.ts'
import { undoRevision } from '../../../domain/plan/revise.ts'
import { findRevision, latestRevisionBy } from '../../../domain/revisions/revision-store.ts'
import type { Revision } from '../../../domain/revisions/revisions.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { officeProvenance } from '../office-lookup.ts'
import { describeItem, projectOfRevision } from './revised-item.ts'
import type { Undoable, UndoableKind } from './undoable.ts'

/** Changes of the plan: titles, leads, states of life, additions, milestones opened again. */
export const revisions: UndoableKind = {
  arg: 'revision',
  find: async (tx, programmeIds, id) => undoableOf(tx, await findRevision(tx, programmeIds, id)),
  latest: async (tx, programmeIds, byId, since) =>
    undoableOf(tx, await latestRevisionBy(tx, programmeIds, byId, since)),
}

async function undoableOf(
  tx: ReadTx,
  revision: Revision | undefined,
): Promise<Undoable | undefined> {
  if (!revision) return undefined
  const { programmeId, byId, at } = revision
  return {
    ...{ programmeId, byId, at },
    projectId: await projectOfRevision(tx, revision),
    takeBack: async (context, reason) => {
      const said = officeProvenance(context)
      const field = fieldOf(revision)
      await freeNumberOf(context.tx, revision, { programmeId, reason, said })
      const undone = await undoRevision(context.tx, field, revision, { reason, said })
      await assertProjectsHaveWorkstreams(context.tx, programmeId)
      const line = `Taken back. ${capitalised(field.label)}: as before.`
      return {
        lines: [await describeItem(context.tx, revision), line],
        redo: { revision: undone },
      }
    },
  }
}
