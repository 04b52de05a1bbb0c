import { type CivilDate, fullDate } from '../../base/dates.ts'
import { Prisma, queryRows, type ReadTx } from '../../infra/db.ts'

/** A project that had another number once, so that people who still type that one are understood. */
export interface RenumberedProject {
  readonly id: string
  readonly programmeId: string
  /** Its number now. */
  readonly ref: string
  readonly title: string
  /** The day on which it got that. */
  readonly since: CivilDate
  /** Whether the person who asks leads it. */
  readonly isLed: boolean
}

/**
 * The projects that had this number and have another now, in the programmes the person belongs to; those that had it
 * last come first. `key`: of one programme alone.
 */
export function findRenumbered(
  tx: ReadTx,
  {
    personId,
    ref,
    key,
  }: { readonly personId: string; readonly ref: string; readonly key: string | null },
): Promise<RenumberedProject[]> {
  return queryRows<RenumberedProject>(
    tx,
    Prisma.sql`
    SELECT p.id, p."programmeId", p.ref, p.title, now."onDay"::text AS since,
      EXISTS (
        SELECT FROM "ProjectLead" WHERE "projectId" = p.id AND "personId" = ${personId}::uuid
      ) AS "isLed"
    FROM "Project" p
    JOIN "Programme" g ON g.id = p."programmeId"
      AND (${key}::text IS NULL OR lower(g.key) = lower(${key}::text))
    JOIN "Membership" m ON m."programmeId" = g.id AND m."personId" = ${personId}::uuid
    JOIN LATERAL (
      SELECT max(sequence) AS until FROM "PlanRevision"
      WHERE "projectId" = p.id AND field = 'ref' AND lower("from" #>> '{}') = lower(${ref})
    ) had ON had.until IS NOT NULL
    JOIN LATERAL (
      SELECT "onDay" FROM "PlanRevision" WHERE "projectId" = p.id AND field = 'ref'
      ORDER BY sequence DESC LIMIT 1
    ) now ON true
    WHERE lower(p.ref) <> lower(${ref}) AND (p.life IS NULL OR p.life ->> 'state' <> 'removed')
    GROUP BY p.id, now."onDay", had.until
    ORDER BY had.until DESC`,
  )
}

/**
 * The one that is meant by a number that no project has now: the last that had it. Undefined where several programmes
 * could be meant.
 */
export function meantByFormerRef(
  renumbered: readonly RenumberedProject[],
): RenumberedProject | undefined {
  const isOneProgramme = new Set(renumbered.map(({ programmeId }) => programmeId)).size === 1
  return isOneProgramme ? renumbered[0] : undefined
}

/** "2.1 is 3.4 since Fri 27 Nov 2026." */
export function formerRefRemark(ref: string, { ref: now, since }: RenumberedProject): string {
  return `${ref} is ${now} since ${fullDate(since)}.`
}

/** "2.1 is now Housing. Your project Practice standards is 3.4 since Fri 27 Nov 2026." */
export function reusedRefRemark(ref: string, title: string, led: RenumberedProject): string {
  return `${ref} is now ${title}. Your project ${led.title} is ${led.ref} since ${fullDate(led.since)}.`
}
