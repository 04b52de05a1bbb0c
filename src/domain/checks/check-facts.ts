import type { CivilDate } from '../../base/dates.ts'
import { batched, withOrdinals } from '../../infra/batch-loader.ts'
import { Prisma, queryRows } from '../../infra/db.ts'
import { benefits } from '../plan/attributes/benefits.ts'
import type { CheckFacts } from './check.ts'
import { repeatThreshold } from './repeated-commentary.ts'

interface CheckFactsQuery {
  readonly projectId: string
  readonly today: CivilDate
}

/**
 * Every update asks this, so it is one statement over the tables of several owners, shared by all who ask at the same
 * moment: a statement for each fact cost a quarter of the time of an update (docs/performance.md). LIMIT 1 and no EXISTS,
 * which PostgreSQL may answer for all of them by one pass over the whole history.
 */
export const loadCheckFacts = batched<CheckFactsQuery, CheckFacts>(async (tx, all) => {
  const rows = await queryRows<CheckFacts & { readonly nth: number }>(
    tx,
    Prisma.sql`
      SELECT asked.nth,
        (SELECT count(*)::int FROM "Milestone"
          WHERE "projectId" = asked."projectId" AND "doneOn" IS NULL AND NOT "isRemoved" AND due < asked.today
        ) AS "overdueMilestones",
        (SELECT true FROM "ProjectMeasure" link JOIN "Reading" one ON one."measureId" = link."measureId"
          WHERE link."projectId" = asked."projectId" LIMIT 1) IS NOT NULL AS "hasReadings",
        (SELECT true FROM "ProjectAttribute"
          WHERE "projectId" = asked."projectId" AND key = ${benefits.key} LIMIT 1) IS NOT NULL AS "hasBenefits",
        (SELECT true FROM "StatusUpdate"
          WHERE "projectId" = asked."projectId" AND derived IS NOT NULL AND "withdrawnOn" IS NULL LIMIT 1
        ) IS NOT NULL AS "hasTicks",
        ARRAY(
          SELECT DISTINCT ON ("onDay") reason FROM "StatusUpdate"
          WHERE "projectId" = asked."projectId" AND "onDay" < asked.today AND "withdrawnOn" IS NULL
          ORDER BY "onDay" DESC, at DESC, id DESC LIMIT ${repeatThreshold - 1}) AS "recentReasons"
      FROM json_to_recordset(${withOrdinals(all)}::json) AS asked (nth int, "projectId" uuid, today date)`,
  )
  const byOrdinal = new Map(rows.map((row) => [row.nth, row]))
  return all.map((_, nth) => byOrdinal.get(nth) ?? new Error('A project was not looked at'))
})
