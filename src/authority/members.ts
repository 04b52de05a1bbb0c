import type { ReadTx } from '../infra/db.ts'
import type { Role } from './actions.ts'
import { may } from './rights.ts'

/** What does not depend on a thing of a programme: its members may do it, or its office. */
export type ProgrammeAction = 'read plan' | 'change plan' | 'publish digest' | 'run programme'

/** What a reader must be allowed to do in each programme that a message tells of. */
export type ReaderAction = Extract<ProgrammeAction, 'read plan' | 'run programme'>

/** Whether a person may do this in all of these programmes; in none, true. */
export async function mayInAll(
  tx: ReadTx,
  personId: string,
  action: ProgrammeAction,
  programmeIds: readonly string[],
): Promise<boolean> {
  if (programmeIds.length === 0) return true
  const rows = await tx.membership.findMany({
    where: { personId, programmeId: { in: [...programmeIds] } },
  })
  return programmeIds.every((id) => {
    const held = rows.filter(({ programmeId }) => programmeId === id)
    const roles = held.flatMap(({ role }): Role[] =>
      role === 'programme_office' ? ['member', 'office'] : ['member'],
    )
    return may(action, { roles, standsInFor: [] })
  })
}
