import type { ReadTx } from '../../infra/db.ts'

/** Ids of everybody in these programmes: members, owners of workstreams, leads of projects. */
export async function memberIdsOf(tx: ReadTx, programmeIds: readonly string[]): Promise<string[]> {
  if (programmeIds.length === 0) return []
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "personId"::text AS id FROM "Membership" WHERE "programmeId" = ANY(${[...programmeIds]}::uuid[])
    UNION
    SELECT owner."personId"::text FROM "WorkstreamOwner" owner
    JOIN "Workstream" stream ON stream.id = owner."workstreamId"
    WHERE stream."programmeId" = ANY(${[...programmeIds]}::uuid[])
    UNION
    SELECT lead."personId"::text FROM "ProjectLead" lead
    JOIN "Project" project ON project.id = lead."projectId"
    WHERE project."programmeId" = ANY(${[...programmeIds]}::uuid[])`
  return rows.map(({ id }) => id)
}
