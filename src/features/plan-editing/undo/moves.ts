import { fullDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { authorName, namesOf } from '../../../domain/people/names.ts'
import { formatMilestoneTiming, formatProject } from '../../../domain/plan/format.ts'
import {
  findStandingMove,
  latestMoveBy,
  loadMoveBuiltOn,
  type MoveBuiltOn,
  type WithdrawableMove,
  withdrawMove,
} from '../../../domain/plan/move-withdrawal.ts'
import { loadRecentProject } from '../../../domain/plan/store.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { withdrawalBy } from '../office-lookup.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** Milestones that were moved to another date. */
export const moves = undoableKind(
  'move',
  { find: findStandingMove, latest: latestMoveBy },
  undoableOf,
)

function undoableOf(move: WithdrawableMove): Undoable {
  const { milestoneId, programmeId, projectId, byId, at } = move
  return {
    ...{ programmeId, projectId, byId, at },
    takeBack: async (context, reason) => {
      const { tx, today } = context
      const builtOn = await loadMoveBuiltOn(tx, move)
      if (builtOn) throw new Refusal(await builtOnText(tx, builtOn))
      await withdrawMove(tx, move, withdrawalBy(context, reason))
      const project = await loadRecentProject(tx, projectId, today)
      const milestone = project.milestones.find(({ id }) => id === milestoneId)
      const timing = milestone ? formatMilestoneTiming(milestone, today) : 'taken out of the plan'
      const line = `Taken back: milestone ${milestone?.number ?? ''} is ${timing}.`
      return { lines: [formatProject(project), line] }
    },
  }
}

async function builtOnText(tx: ReadTx, { how, byId, onDay }: MoveBuiltOn): Promise<string> {
  const who = byId ? authorName(await namesOf(tx, [byId]), byId) : 'a sheet'
  return `That milestone was ${how} since (${who}, ${fullDate(onDay)}). Nothing was changed. Move it to the right date instead.`
}
