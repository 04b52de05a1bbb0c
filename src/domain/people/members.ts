import type { ReadTx, Tx } from '../../infra/db.ts'

/** Ids of everybody in these programmes: members, owners of workstreams, leads of projects. */
export async function memberIdsOf(tx: ReadTx, programmeIds: readonly string[]): Promise<string[]> {
  if (programmeIds.length === 0) return []
  const inTheirs = { programmeId: { in: [...programmeIds] } }
  const rows = await tx.person.findMany({
    where: {
      OR: [
        { memberships: { some: inTheirs } },
        { workstreams: { some: { workstream: inTheirs } } },
        { projects: { some: { project: inTheirs } } },
      ],
    },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Gives people a role in a programme, besides those they have. */
export async function grantRole(
  tx: Tx,
  programmeId: string,
  personIds: readonly string[],
  role: 'lead' | 'sponsor',
): Promise<void> {
  await tx.membership.createMany({
    data: personIds.map((personId) => ({ programmeId, personId, role })),
    skipDuplicates: true,
  })
}
