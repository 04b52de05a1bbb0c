import { Refusal } from '../../../base/errors.ts'
import { formatProject, shortMilestoneText } from '../../../domain/plan/format.ts'
import { milestoneCompletion } from '../../../domain/plan/milestone-fields.ts'
import { reviseField } from '../../../domain/plan/revise.ts'
import { loadRecentProject } from '../../../domain/plan/store.ts'
import type { Prisma, ReadTx } from '../../../infra/db.ts'
import { officeProvenance } from '../office-lookup.ts'
import type { Undoable, UndoableKind } from './undoable.ts'

/** Milestones that were reported done. The button names the milestone: it is done once at a time. */
export const completions: UndoableKind = {
  arg: 'done',
  find: (tx, programmeIds, milestoneId) => firstCompletion(tx, programmeIds, { milestoneId }),
  latest: (tx, programmeIds, byId, since) =>
    firstCompletion(tx, programmeIds, { byId, at: { gte: since } }),
}

async function firstCompletion(
  tx: ReadTx,
  programmeIds: readonly string[],
  where: Prisma.MilestoneCompletionWhereInput,
): Promise<Undoable | undefined> {
  const row = await tx.milestoneCompletion.findFirst({
    where: { ...where, milestone: { project: { programmeId: { in: [...programmeIds] } } } },
    orderBy: { at: 'desc' },
    include: { milestone: { include: { project: true } }, confirmation: true },
  })
  if (!row) return undefined
  const { milestoneId, byId, at, confirmation, milestone } = row
  const { projectId } = milestone
  const { programmeId } = milestone.project
  return {
    ...{ programmeId, projectId, byId, at },
    takeBack: async (context, reason) => {
      if (confirmation) throw new Refusal(builtOnText)
      const details = { programmeId, reason, said: officeProvenance(context) }
      const redo = await reviseField(context.tx, milestoneCompletion, milestoneId, null, details)
      const project = await loadRecentProject(context.tx, projectId, context.today)
      const open = project.milestones.find(({ id }) => id === milestoneId)
      const line = `Taken back: open again${open ? `: ${shortMilestoneText(open)}` : ''}`
      return {
        lines: [formatProject(project), line],
        ...(redo ? { redo: { revision: redo } } : {}),
      }
    },
  }
}

const builtOnText =
  'A second person confirmed that milestone since. Nothing was changed. Open it again with its reason: reopen.'
