import { fullDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { authorName, namesOf } from '../../../domain/people/names.ts'
import { formatProject } from '../../../domain/plan/format.ts'
import { loadRecentProject, programmeById } from '../../../domain/plan/store.ts'
import { formatProjectState } from '../../../domain/status/format.ts'
import { ratingContextOf } from '../../../domain/status/rating.ts'
import {
  findStandingUpdate,
  latestUpdateBy,
  loadUpdateBuiltOn,
  type UpdateBuiltOn,
  type WithdrawableUpdate,
  withdrawUpdate,
} from '../../../domain/status/withdrawal.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { withdrawalBy } from '../office-lookup.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** Updates of a project, "no change" included. */
export const updates = undoableKind(
  'update',
  { find: findStandingUpdate, latest: latestUpdateBy },
  undoableOf,
)

function undoableOf(update: WithdrawableUpdate): Undoable {
  const { id, programmeId, projectId, byId, at } = update
  return {
    ...{ programmeId, projectId, byId, at },
    takeBack: async (context, reason) => {
      const { tx, today } = context
      const builtOn = await loadUpdateBuiltOn(tx, update)
      if (builtOn) throw new Refusal(await builtOnText(tx, builtOn))
      await withdrawUpdate(tx, id, withdrawalBy(context, reason))
      const project = await loadRecentProject(tx, projectId, today)
      const programme = await programmeById(tx, programmeId)
      const state = formatProjectState(project, ratingContextOf({ programme, asAt: today }))
      return { lines: [formatProject(project), `Taken back: it is ${state}, as before.`] }
    },
  }
}

async function builtOnText(tx: ReadTx, { how, byId, onDay }: UpdateBuiltOn): Promise<string> {
  const who = byId ? authorName(await namesOf(tx, [byId]), byId) : 'a sheet'
  return `That update was ${how} since (${who}, ${fullDate(onDay)}). Nothing was changed. Send a new update instead.`
}
