import { toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Context } from '../../chat/commands.ts'
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
