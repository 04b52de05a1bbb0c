import { Refusal } from '../../../base/errors.ts'
import { formatMilestoneTiming, formatProject } from '../../../domain/plan/format.ts'
import {
  findStandingMove,
  isMoveBuiltOn,
  latestMoveBy,
  type WithdrawableMove,
  withdrawMove,
} from '../../../domain/plan/move-withdrawal.ts'
import { loadProject } from '../../../domain/plan/store.ts'
import { withdrawalBy } from '../office-lookup.ts'
import type { Undoable, UndoableKind } from './undoable.ts'

/** Milestones that were moved to another date. */
export const moves: UndoableKind = {
  arg: 'move',
  find: async (tx, programmeIds, id) => undoableOf(await findStandingMove(tx, programmeIds, id)),
  latest: async (tx, programmeIds, byId, since) =>
    undoableOf(await latestMoveBy(tx, programmeIds, byId, since)),
}

function undoableOf(move: WithdrawableMove | undefined): Undoable | undefined {
  if (!move) return undefined
  const { milestoneId, programmeId, projectId, byId, at } = move
  return {
    ...{ programmeId, projectId, byId, at },
    takeBack: async (context, reason) => {
      const { tx, today } = context
      if (await isMoveBuiltOn(tx, move)) throw new Refusal(builtOnText)
      await withdrawMove(tx, move, withdrawalBy(context, reason))
      const project = await loadProject(tx, projectId, today)
      const milestone = project.milestones.find(({ id }) => id === milestoneId)
      const timing = milestone ? formatMilestoneTiming(milestone, today) : 'taken out of the plan'
      const line = `Taken back: milestone ${milestone?.number ?? ''} is ${timing}.`
      return { lines: [formatProject(project), line] }
    },
  }
}

const builtOnText =
  'That milestone was moved again or finished since. Nothing was changed. Move it to the right date instead.'
