import { Prisma, type ReadTx } from '../../infra/db.ts'
import type { Programme } from '../programme/programme.ts'
import { programmesById } from './store.ts'

/** Whose roles, workstreams and projects are in which programme: everybody whom a plan may name. */
const peopleOfProgrammes = Prisma.sql`
  SELECT "programmeId", "personId" FROM "Membership"
  UNION ALL
  SELECT "programmeId", owner."personId" FROM "WorkstreamOwner" owner
  JOIN "Workstream" workstream ON workstream.id = owner."workstreamId"
  UNION ALL
  SELECT "programmeId", lead."personId" FROM "ProjectLead" lead
  JOIN "Project" project ON project.id = lead."projectId"`

/** For those of these people who are in other programmes that are not archived, too: these, in the order of their keys. */
export async function loadOtherProgrammes(
  tx: ReadTx,
  programmeId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Programme[]>> {
  const rows = await tx.$queryRaw<{ personId: string; programmeId: string }[]>`
    SELECT DISTINCT one."personId", one."programmeId", programme.key
    FROM (${peopleOfProgrammes}) one JOIN "Programme" programme ON programme.id = one."programmeId"
    WHERE one."personId" = ANY(${[...personIds]}::uuid[]) AND programme."archivedAt" IS NULL
      AND one."programmeId" <> ${programmeId}::uuid
    ORDER BY programme.key`
  if (rows.length === 0) return new Map()
  const programmes = await programmesById(tx, [...new Set(rows.map((row) => row.programmeId))])
  const found = new Map<string, Programme[]>()
  for (const row of rows) {
    const programme = programmes.get(row.programmeId)
    if (programme) found.set(row.personId, [...(found.get(row.personId) ?? []), programme])
  }
  return found
}
