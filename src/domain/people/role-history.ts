import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { Provenance } from '../revisions/provenance.ts'
import { appendRevision } from '../revisions/revision-store.ts'
import type { Revision } from '../revisions/revisions.ts'

export interface RoleChange {
  readonly programmeId: string
  readonly said: Provenance
  /** The import that does it. */
  readonly importId?: string | undefined
}

/** Runs what gives and takes roles in a programme, and appends to the history whose roles it changed. */
export async function withRoleHistory<Result>(
  tx: Tx,
  { programmeId, said, importId }: RoleChange,
  change: () => Promise<Result>,
): Promise<Result> {
  const before = await rolesByPerson(tx, programmeId)
  const result = await change()
  const after = await rolesByPerson(tx, programmeId)
  for (const itemId of new Set([...before.keys(), ...after.keys()])) {
    const [from, to] = [before.get(itemId) ?? [], after.get(itemId) ?? []]
    if (isDeepStrictEqual(from, to)) continue
    const revision = { item: 'member' as const, itemId, field: 'roles', from, to, reason: null }
    await appendRevision(tx, programmeId, { ...revision, importId }, said)
  }
  return result
}

const rolesSchema = z.array(z.enum(['lead', 'sponsor', 'programme_office', 'viewer']))

/** Gives somebody the roles that they had before a change; where others were given since, those stay. */
export async function restoreRoles(
  tx: Tx,
  { programmeId, itemId: personId, from, to }: Revision,
  said: Provenance,
): Promise<void> {
  const present = (await rolesByPerson(tx, programmeId)).get(personId) ?? []
  if (!isDeepStrictEqual(present, to)) return
  const [before, after] = [rolesSchema.parse(from), rolesSchema.parse(to)]
  const member = { programmeId, personId }
  await withRoleHistory(tx, { programmeId, said }, async () => {
    const gone = after.filter((role) => !before.includes(role))
    await tx.membership.deleteMany({ where: { ...member, role: { in: gone } } })
    const back = before.filter((role) => !after.includes(role))
    await tx.membership.createMany({ data: back.map((role) => ({ ...member, role })) })
  })
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
