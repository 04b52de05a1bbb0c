import { batched, withOrdinals } from '../../infra/batch-loader.ts'
import { Prisma, queryRows, type ReadTx } from '../../infra/db.ts'
import type { Programme } from '../programme/programme.ts'
import { type Life, parseLife } from './life.ts'
import { programmeOf } from './store.ts'

/** What a person named: a project's id, or its ref, perhaps with the key of its programme. */
interface ProjectLookup {
  readonly personId: string
  readonly id: string | null
  readonly ref: string
  readonly key: string | null
}

/** A project that fits what was named, with the ids of the people who answer for it, in the order of the plan. */
export interface ProjectMatch {
  readonly id: string
  readonly ref: string
  readonly title: string
  readonly life: Life
  readonly programme: Programme
  readonly isArchived: boolean
  readonly leads: readonly string[]
  readonly workstreamLeads: readonly string[]
  readonly sponsors: readonly string[]
  readonly programmeOffice: readonly string[]
  /** Whether another project of the programme once had the number that was named. */
  readonly hadAnother: boolean
  /** Whether anybody who leads it has ever named the person who asks as a deputy. */
  readonly hasDeputy: boolean
}

interface ProjectMatchRow {
  readonly nth: number
  readonly found: Omit<ProjectMatch, 'programme' | 'life'> & { readonly life: unknown }
  readonly programme: Parameters<typeof programmeOf>[0]
}

/** Of an owner whom the plan names: whoever has left the programme, or is a viewer of it alone, changes nothing there. */
const mayChangeThings = Prisma.sql`EXISTS (
  SELECT FROM "Membership"
  WHERE "programmeId" = g.id AND "personId" = owner."personId" AND role <> 'viewer')`

/**
 * The projects that fit what a person named, in the programmes they belong to, by the programmes' keys. Every update
 * asks this; in SQL it is one statement for all of them instead of ten for each (docs/performance.md).
 */
export const findProjectMatches = batched<ProjectLookup, ProjectMatch[]>(
  async (tx: ReadTx, all) => {
    const rows = await queryRows<ProjectMatchRow>(
      tx,
      Prisma.sql`
    SELECT asked.nth, to_json(g) AS programme, json_build_object(
      'id', p.id, 'ref', p.ref, 'title', p.title, 'life', p.life,
      'isArchived', g."archivedAt" IS NOT NULL,
      'leads', leads.ids, 'workstreamLeads', owners.leads, 'sponsors', owners.sponsors,
      'programmeOffice', ARRAY(
        SELECT "personId" FROM "Membership"
        WHERE "programmeId" = g.id AND role = 'programme_office'),
      'hadAnother', asked.id IS NULL AND EXISTS (
        SELECT FROM "PlanRevision"
        WHERE "programmeId" = g.id AND field = 'ref' AND "projectId" <> p.id
          AND lower("from" #>> '{}') = lower(asked.ref)),
      'hasDeputy', EXISTS (
        SELECT FROM "Leave"
        WHERE "deputyId" = asked."personId" AND "personId" = ANY (leads.ids || owners.leads))
    ) AS found
    FROM json_to_recordset(${withOrdinals(all)}::json)
      AS asked (nth int, "personId" uuid, id uuid, ref text, key text)
    JOIN "Programme" g ON (asked.key IS NULL OR lower(g.key) = lower(asked.key)) AND EXISTS (
      SELECT FROM "Membership" WHERE "personId" = asked."personId" AND "programmeId" = g.id)
    JOIN LATERAL (
      SELECT * FROM "Project" WHERE id = asked.id AND "programmeId" = g.id
      UNION ALL
      SELECT * FROM "Project"
      WHERE asked.id IS NULL AND "programmeId" = g.id AND lower(ref) = lower(asked.ref)
    ) p ON p.life IS NULL OR p.life ->> 'state' <> 'removed'
    CROSS JOIN LATERAL (
      SELECT ARRAY(
        SELECT "personId" FROM "ProjectLead" owner
        WHERE "projectId" = p.id AND ${mayChangeThings} ORDER BY position) AS ids
    ) leads
    CROSS JOIN LATERAL (
      SELECT
        ARRAY(
          SELECT "personId" FROM "WorkstreamOwner" owner
          WHERE "workstreamId" = p."workstreamId" AND role = 'lead' AND ${mayChangeThings}
          ORDER BY position) AS leads,
        ARRAY(
          SELECT "personId" FROM "WorkstreamOwner" owner
          WHERE "workstreamId" = p."workstreamId" AND role = 'sponsor' AND ${mayChangeThings}
          ORDER BY position) AS sponsors
    ) owners
    ORDER BY g.key`,
    )
    const found = Map.groupBy(rows, ({ nth }) => nth)
    return all.map((_, nth) =>
      (found.get(nth) ?? []).map((row) => ({
        ...row.found,
        life: parseLife(row.found.life),
        programme: programmeOf(row.programme),
      })),
    )
  },
)

/** Where projects stand in their lives, by id. One that is not there at all has no entry. */
export async function loadLives(
  tx: ReadTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Life>> {
  const rows = await tx.project.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, life: true },
  })
  return new Map(rows.map(({ id, life }) => [id, parseLife(life)]))
}
