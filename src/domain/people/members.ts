import type { ReadTx } from '../../infra/db.ts'

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
