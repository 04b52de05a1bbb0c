import type { CivilDate } from '../../base/dates.ts'
import { batched, withOrdinals } from '../../infra/batch-loader.ts'
import { Prisma, queryRows } from '../../infra/db.ts'

/** How many milestones of a project are overdue on a day. One statement for all who ask at the same moment. */
export const countOverdueMilestones = batched<
  { readonly projectId: string; readonly today: CivilDate },
  number
>(async (tx, all) => {
  const rows = await queryRows<{ readonly nth: number; readonly count: number }>(
    tx,
    Prisma.sql`
      SELECT asked.nth, count(one.id)::int AS count
      FROM json_to_recordset(${withOrdinals(all)}::json) AS asked (nth int, "projectId" uuid, today date)
      LEFT JOIN "Milestone" one ON one."projectId" = asked."projectId"
        AND one."doneOn" IS NULL AND one.due < asked.today
      GROUP BY asked.nth`,
  )
  const counts = new Map(rows.map(({ nth, count }) => [nth, count]))
  return all.map((_, nth) => counts.get(nth) ?? new Error('A project was not looked at'))
})
