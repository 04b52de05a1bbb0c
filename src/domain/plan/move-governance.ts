import { z } from 'zod'
import { relationToProject } from '../../authority/rights.ts'
import { civilDay } from '../../base/civil-day.ts'
import type { CivilDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { ReadContext } from '../context.ts'
import { requirePersonId } from './lookup.ts'
import type { FoundMilestone } from './milestones.ts'
import { approvalReason } from './move-approval.ts'
import { lastAgreedDay } from './move-requests.ts'
import { moveApprovalSetting } from './settings.ts'

/** Why a move waits, as the end of a sentence; null where it counts at once, as a sponsor's own does. */
export async function approvalReasonFor(
  { tx, actor }: Pick<ReadContext, 'tx' | 'actor'>,
  { foundProject, milestone }: FoundMilestone,
  to: CivilDate,
): Promise<string | null> {
  const { programme } = foundProject
  const setting = moveApprovalSetting.of(programme.settings)
  if (setting.days === null && !setting.seen) return null
  const { roles } = relationToProject(requirePersonId(actor), foundProject)
  if (roles.includes('sponsor')) return null
  const agreed = (await lastAgreedDay(tx, milestone.id)) ?? milestone.baselineDue
  const seen = setting.seen ? await lastToldDay(tx, programme.id, milestone.id) : null
  return approvalReason({ from: milestone.due, to, agreed, seen }, setting)
}

/** As much of a posted digest as says when milestones were due. */
const toldDays = z.object({
  snapshot: z.object({
    milestones: z.array(z.object({ id: z.string(), due: civilDay.nullable() })),
  }),
})

/** The day on which a milestone is due by the last digest that was posted; null where none told of it. */
async function lastToldDay(
  tx: ReadTx,
  programmeId: string,
  milestoneId: string,
): Promise<CivilDate | null> {
  const last = await tx.digest.findFirst({
    where: { programmeId },
    orderBy: [{ asAt: 'desc' }, { issuedAt: 'desc' }],
    select: { content: true },
  })
  const milestones = last ? toldDays.parse(last.content).snapshot.milestones : []
  return milestones.find(({ id }) => id === milestoneId)?.due ?? null
}
