import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { lockProgramme } from './lock.ts'

/** A programme was archived or restored. */
export interface Archiving {
  readonly isArchived: boolean
  readonly reason: string | null
  /** Null for an administrator whose account is linked to nobody. */
  readonly byId: string | null
  /** The platform on which it was said. */
  readonly source: string
  /** UTC. */
  readonly at: Date
}

/** Archives or restores a programme. False, and nothing is written, where it is so already. */
export async function setArchived(
  tx: Tx,
  programmeId: string,
  archiving: Archiving,
): Promise<boolean> {
  await lockProgramme(tx, programmeId)
  const { isArchived, at } = archiving
  const { count } = await tx.programme.updateMany({
    where: { id: programmeId, archivedAt: isArchived ? null : { not: null } },
    data: { archivedAt: isArchived ? at : null },
  })
  if (count === 0) return false
  await tx.programmeArchiving.create({ data: { id: newId(), programmeId, ...archiving } })
  return true
}

/** The last time that each of these programmes was archived or restored, by id; the others have no entry. */
export async function lastArchivings(
  tx: ReadTx,
  programmeIds: readonly string[],
): Promise<ReadonlyMap<string, Archiving>> {
  const rows = await tx.programmeArchiving.findMany({
    where: { programmeId: { in: [...programmeIds] } },
    orderBy: { at: 'asc' },
  })
  return new Map(rows.map((row) => [row.programmeId, row]))
}

/** Every time that a programme was archived or restored, newest first. */
export async function loadArchivings(
  tx: ReadTx,
  programmeId: string,
): Promise<readonly Archiving[]> {
  return tx.programmeArchiving.findMany({ where: { programmeId }, orderBy: { at: 'desc' } })
}
