import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Context } from '../../chat/commands.ts'
import type { Tx } from '../../infra/db.ts'
import { type FoundProject, knownPerson } from '../plan/access.ts'
import { answersFor } from '../plan/rights.ts'
import type { UpdateChecked } from './rules.ts'

/** Appends an update to the project's history, as at the person's day. `toConfirm`: it counts once confirmed. */
export async function recordUpdate(
  context: Context,
  project: FoundProject,
  update: UpdateChecked,
  toConfirm: boolean,
): Promise<void> {
  const { tx, actor, now, today, place } = context
  const { state, reason, path, greenBy, criteria, derived, differs } = update
  await tx.statusUpdate.create({
    data: {
      id: newId(),
      projectId: project.id,
      state: state.key,
      reason,
      path,
      greenBy: greenBy && toDbDate(greenBy),
      criteria: [...criteria],
      derived: derived?.key ?? null,
      differs,
      toConfirm,
      byId: knownPerson(actor),
      forId: answersFor(knownPerson(actor), project),
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
  })
}

/**
 * The state that counts as at a day, as stateOf tells it of a whole project: read by itself, because a project's
 * history grows with every update and an update need not read it.
 */
export async function countingState(tx: Tx, projectId: string, asAt: CivilDate): Promise<string> {
  const until = { lte: toDbDate(asAt) }
  const counts = [{ toConfirm: false }, { confirmation: { is: { onDay: until } } }]
  const row = await tx.statusUpdate.findFirst({
    where: { projectId, onDay: until, OR: counts },
    orderBy: [{ onDay: 'desc' }, { at: 'desc' }, { id: 'desc' }],
    select: { state: true },
  })
  return row?.state ?? 'blank'
}
