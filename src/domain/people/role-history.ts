import { isDeepStrictEqual } from 'node:util'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { Provenance } from '../revisions/provenance.ts'
import { appendRevision } from '../revisions/revision-store.ts'

/** Runs what gives and takes roles in a programme, and appends to the history whose roles it changed. */
export async function withRoleHistory<Result>(
  tx: Tx,
  { programmeId, said }: { readonly programmeId: string; readonly said: Provenance },
  change: () => Promise<Result>,
): Promise<Result> {
  const before = await rolesByPerson(tx, programmeId)
  const result = await change()
  const after = await rolesByPerson(tx, programmeId)
  for (const itemId of new Set([...before.keys(), ...after.keys()])) {
    const [from, to] = [before.get(itemId) ?? [], after.get(itemId) ?? []]
    if (isDeepStrictEqual(from, to)) continue
    const revision = { item: 'member' as const, itemId, field: 'roles', from, to, reason: null }
    await appendRevision(tx, programmeId, revision, said)
  }
  return result
}

/** Sorted, so that two can be compared. */
async function rolesByPerson(
  tx: ReadTx,
  programmeId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx.membership.findMany({ where: { programmeId }, orderBy: { role: 'asc' } })
  const byPerson = Map.groupBy(rows, ({ personId }) => personId)
  return new Map([...byPerson].map(([id, roles]) => [id, roles.map(({ role }) => role)]))
}
