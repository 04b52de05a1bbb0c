import { Prisma, queryRows, type ReadTx } from '../../infra/db.ts'

/** Updates read without the plan they belong to. */

export interface LatestUpdate {
  readonly id: string
  readonly projectId: string
  /** Key of a state of the programme's scheme. */
  readonly state: string
  /** The update that it says again ("no change"); null where it says something new. */
  readonly attestsId: string | null
}

/** The last update of each of these projects, by the project's id. */
export async function loadLatestUpdates(
  tx: ReadTx,
  projectIds: readonly string[],
): Promise<Map<string, LatestUpdate>> {
  if (projectIds.length === 0) return new Map()
  // Prisma's own distinct would read every update that there ever was.
  const rows = await queryRows<LatestUpdate>(
    tx,
    Prisma.sql`
      SELECT DISTINCT ON ("projectId") id, "projectId", state, "attestsId"
      FROM "StatusUpdate"
      WHERE "projectId" = ANY(${[...projectIds]}::uuid[]) AND "withdrawnOn" IS NULL
      ORDER BY "projectId", "onDay" DESC, at DESC, id DESC`,
  )
  return new Map(rows.map((row) => [row.projectId, row]))
}

/**
 * The updates that were saved or taken back since a moment; `key` names one such event. Under load they are many, and
 * Prisma takes its time with each row.
 */
export function updatesSince(
  tx: ReadTx,
  since: Date,
): Promise<{ key: string; projectId: string }[]> {
  return queryRows(
    tx,
    Prisma.sql`
      SELECT id::text AS key, "projectId" FROM "StatusUpdate" WHERE at > ${since}::timestamptz
      UNION ALL
      SELECT 'withdrawn ' || id, "projectId" FROM "StatusUpdate"
      WHERE "withdrawnAt" > ${since}::timestamptz`,
  )
}
