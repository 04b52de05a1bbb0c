import type { ReadTx } from '../infra/db.ts'
import type { Role } from './actions.ts'
import { may } from './rights.ts'

/** What does not depend on a thing of a programme: its members may do it, or its office. */
export type ProgrammeAction =
  | 'read plan'
  | 'change plan'
  | 'publish digest'
  | 'run programme'
  | 'archive programme'
  | 'give roles'

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
    include: { programme: { select: { archivedAt: true } } },
  })
  return programmeIds.every((id) => {
    const held = rows.filter(({ programmeId }) => programmeId === id)
    const roles = held.flatMap(({ role }): Role[] =>
      role === 'programme_office' ? ['member', 'office'] : ['member'],
    )
    const isArchived = held.some(({ programme }) => programme.archivedAt !== null)
    return may(action, { roles, standsInFor: [], isArchived })
  })
}

/** Those of these programmes that were archived, by id. */
export async function archivedAmong(
  tx: ReadTx,
  programmeIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (programmeIds.length === 0) return new Set()
  const rows = await tx.programme.findMany({
    where: { id: { in: [...programmeIds] }, archivedAt: { not: null } },
    select: { id: true },
  })
  return new Set(rows.map(({ id }) => id))
}
