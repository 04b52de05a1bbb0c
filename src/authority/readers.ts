import type { ReadTx } from '../infra/db.ts'
import type { Role } from './actions.ts'
import { may } from './rights.ts'

/** Who may read a message of Milepost's: asked before it is sent, edited, shown again or explained. */

/** What its reader must be allowed to do in each programme that a message tells of. */
export type ReaderAction = 'read plan' | 'run programme'

/** Whether a person may do this in all of these programmes; in none, true. */
export async function mayInAll(
  tx: ReadTx,
  personId: string,
  action: ReaderAction,
  programmeIds: readonly string[],
): Promise<boolean> {
  if (programmeIds.length === 0) return true
  const rows = await tx.membership.findMany({
    where: { personId, programmeId: { in: [...programmeIds] } },
  })
  return programmeIds.every((id) => {
    const roles = rows.flatMap(({ programmeId, role }): Role[] =>
      programmeId === id
        ? ['member', ...(role === 'programme_office' ? (['office'] as const) : [])]
        : [],
    )
    return may(action, { roles, standsInFor: [] })
  })
}
