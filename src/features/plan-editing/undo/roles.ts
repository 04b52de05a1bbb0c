import { Refusal } from '../../../base/errors.ts'
import { authorName, namesOf } from '../../../domain/people/names.ts'
import {
  areRolesAsChanged,
  latestRoleChangeBy,
  takeRolesBack,
} from '../../../domain/people/role-history.ts'
import { builtOnSince } from '../../../domain/plan/built-on.ts'
import { findRevision } from '../../../domain/revisions/revision-store.ts'
import type { Revision } from '../../../domain/revisions/revisions.ts'
import { officeProvenance } from '../office-lookup.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** Roles that somebody was given or lost by a line or a form. */
export const roles = undoableKind(
  'role',
  {
    find: (tx, programmeIds, id) => findRevision(tx, programmeIds, id, ['member']),
    latest: latestRoleChangeBy,
  },
  undoableOf,
)

function undoableOf(revision: Revision): Undoable | undefined {
  if (revision.isUndone) return undefined
  const { programmeId, itemId, byId, at } = revision
  return {
    ...{ programmeId, projectId: null, byId, at },
    takeBack: async (context, reason) => {
      const { tx } = context
      const name = authorName(await namesOf(tx, [itemId]), itemId)
      if (!(await areRolesAsChanged(tx, revision)))
        throw new Refusal(await builtOnSince(tx, revision, `The roles of ${name}`))
      const undone = await takeRolesBack(tx, revision, reason, officeProvenance(context))
      const line = `Taken back: ${name} is what they were before.`
      return { lines: [line], ...(undone && { redo: { role: undone } }) }
    },
  }
}
