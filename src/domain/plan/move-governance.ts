import { z } from 'zod'
import { relationToProject } from '../../authority/rights.ts'
import { civilDay } from '../../base/civil-day.ts'
import { type CivilDate, fromNullableDbDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { ReadContext } from '../context.ts'
import { requirePersonId } from './lookup.ts'
import type { FoundMilestone } from './milestones.ts'
import { approvalReason } from './move-approval.ts'
import { lastAgreedDay } from './move-requests.ts'
import { type MoveApproval, moveApprovalSetting } from './settings.ts'

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
  const told = setting.seen ? await lastToldDays(tx, programme.id) : undefined
  const seen = told?.get(milestone.id) ?? null
  return approvalReason({ from: milestone.due, to, agreed, seen }, setting)
}

/** As much of a posted digest as says when milestones were due. */
const toldDays = z.object({
  snapshot: z.object({
    milestones: z.array(z.object({ id: z.string(), due: civilDay.nullable() })),
  }),
})

/** The days on which milestones were due by the last digest that was posted, by id; empty where none was. */
async function lastToldDays(
  tx: ReadTx,
  programmeId: string,
): Promise<ReadonlyMap<string, CivilDate | null>> {
  const last = await tx.digest.findFirst({
    where: { programmeId },
    orderBy: [{ asAt: 'desc' }, { issuedAt: 'desc' }],
    select: { content: true },
  })
  const milestones = last ? toldDays.parse(last.content).snapshot.milestones : []
  return new Map(milestones.map(({ id, due }) => [id, due]))
}

/** A milestone as far as the rule of moves needs it, named as a sheet names it. */
export interface GovernedMilestone {
  /** Its project's. */
  readonly ref: string
  readonly number: number
  readonly due: CivilDate | null
  readonly agreed: CivilDate | null
  readonly seen: CivilDate | null
  readonly isDone: boolean
  /** The day that a request of it which still waits asks for. */
  readonly askedFor: CivilDate | null
}

/** The milestones of a programme as they stand now; none where its moves count at once. */
export async function loadGovernedMilestones(
  tx: ReadTx,
  programmeId: string,
  { days, seen }: MoveApproval,
): Promise<GovernedMilestone[]> {
  if (days === null && !seen) return []
  const rows = await tx.milestone.findMany({
    where: { isRemoved: false, project: { programmeId } },
    include: {
      project: { select: { ref: true } },
      done: { select: { milestoneId: true } },
      moveRequests: {
        where: { OR: [{ outcome: null }, { outcome: 'agreed' }] },
        orderBy: { at: 'desc' },
      },
    },
  })
  const told = await lastToldDays(tx, programmeId)
  return rows.map(({ id, number, project: { ref }, due, baselineDue, done, moveRequests }) => {
    const agreed = moveRequests.find(({ outcome }) => outcome === 'agreed')
    // One that was asked for another day than it has now can no longer be agreed to.
    const waiting = moveRequests.find(
      ({ outcome, from }) => outcome === null && from.getTime() === due?.getTime(),
    )
    return {
      ...{ ref, number, due: fromNullableDbDate(due) },
      agreed: fromNullableDbDate(agreed?.to ?? baselineDue),
      seen: told.get(id) ?? null,
      isDone: done !== null,
      askedFor: fromNullableDbDate(waiting?.to ?? null),
    }
  })
}
