import type { CivilDate } from '../../base/dates.ts'
import { batched, withOrdinals } from '../../infra/batch-loader.ts'
import { Prisma, queryRows } from '../../infra/db.ts'

// Less than the history of a project, for who need not load it. One statement for all who ask at the same moment.

/** Whether any update of a project came with ticked criteria. */
export const hasTicks = batched<string, boolean>(async (tx, projectIds) => {
  const found = await tx.project.findMany({
    where: { id: { in: [...projectIds] }, updates: { some: { derived: { not: null } } } },
    select: { id: true },
  })
  const ticked = new Set(found.map(({ id }) => id))
  return projectIds.map((id) => ticked.has(id))
})

interface ReasonsQuery {
  readonly projectId: string
  readonly today: CivilDate
  /** How many days with an update to go back. */
  readonly days: number
}

/** The last reason of each of the last days before today on which a project was updated, newest first. */
export const recentReasons = batched<ReasonsQuery, readonly (string | null)[]>(async (tx, all) => {
  const rows = await queryRows<{ readonly nth: number; readonly reasons: (string | null)[] }>(
    tx,
    Prisma.sql`
      SELECT asked.nth,
        ARRAY(SELECT DISTINCT ON ("onDay") reason FROM "StatusUpdate"
          WHERE "projectId" = asked."projectId" AND "onDay" < asked.today
          ORDER BY "onDay" DESC, at DESC, id DESC LIMIT asked.days) AS reasons
      FROM json_to_recordset(${withOrdinals(all)}::json)
        AS asked (nth int, "projectId" uuid, today date, days int)`,
  )
  const reasons = new Map(rows.map((row) => [row.nth, row.reasons]))
  return all.map((_, nth) => reasons.get(nth) ?? new Error('A project was not looked at'))
})
