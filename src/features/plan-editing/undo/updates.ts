import { Refusal } from '../../../base/errors.ts'
import { formatProject } from '../../../domain/plan/format.ts'
import { loadProject, programmeById } from '../../../domain/plan/store.ts'
import { formatProjectState } from '../../../domain/status/format.ts'
import { ratingContextOf } from '../../../domain/status/rating.ts'
import {
  findStandingUpdate,
  isUpdateBuiltOn,
  latestUpdateBy,
  type WithdrawableUpdate,
  withdrawUpdate,
} from '../../../domain/status/withdrawal.ts'
import { withdrawalBy } from '../office-lookup.ts'
import type { Undoable, UndoableKind } from './undoable.ts'

/** Updates of a project, "no change" included. */
export const updates: UndoableKind = {
  arg: 'update',
  find: async (tx, programmeIds, id) => undoableOf(await findStandingUpdate(tx, programmeIds, id)),
  latest: async (tx, programmeIds, byId, since) =>
    undoableOf(await latestUpdateBy(tx, programmeIds, byId, since)),
}

function undoableOf(update: WithdrawableUpdate | undefined): Undoable | undefined {
  if (!update) return undefined
  const { id, programmeId, projectId, byId, at } = update
  return {
    ...{ programmeId, projectId, byId, at },
    takeBack: async (context, reason) => {
      const { tx, today } = context
      if (await isUpdateBuiltOn(tx, update)) throw new Refusal(builtOnText)
      await withdrawUpdate(tx, id, withdrawalBy(context, reason))
      const project = await loadProject(tx, projectId, today)
      const programme = await programmeById(tx, programmeId)
      const state = formatProjectState(project, ratingContextOf({ programme, asAt: today }))
      return { lines: [formatProject(project), `Taken back: it is ${state}, as before.`] }
    },
  }
}

const builtOnText =
  'That update was confirmed or followed by another one since. Nothing was changed. Send a new update instead.'
