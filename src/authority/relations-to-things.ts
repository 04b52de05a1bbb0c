import type { CivilDate } from '../base/dates.ts'
import { Prisma, queryRows, type ReadTx } from '../infra/db.ts'
import { type Action, type Role, rolesByAction } from './actions.ts'
import type { Relation } from './rights.ts'

/**
 * What a button may name. `decisions`: the open ones of a programme, of which one is enough. `anything`: nothing of a
 * programme, so that it is for whoever may do it anywhere.
 */
export interface Thing {
  readonly kind:
    | ('project' | 'milestone' | 'measure' | 'entry' | 'question' | 'programme')
    | ('decisions' | 'anything')
  /** Its id; of a programme, and of its decisions, the programme's id or key; '' of anything. */
  readonly id: string
}

export const keyOf = ({ kind, id }: Thing): string => `${kind}:${id.toLowerCase()}`

export interface Reader {
  readonly personId: string
  /** Deputies are deputies for as long as a lead is away. */
  readonly today: CivilDate
}

/** Whether everybody in a programme may do it, so that nobody has to be looked up. */
export function isForMembers(action: Action): boolean {
  const enough: readonly Role[] = rolesByAction[action]
  return enough.some((role) => role === 'anyone' || role === 'person' || role === 'member')
}

/**
 * What one person is to many things, by keyOf, in one statement. To a thing of a programme that they are not in, and to
 * one that does not exist, they are nothing. Without `standsInFor`: it answers what they may do, not in whose name.
 */
export async function loadRelationsToThings(
  tx: ReadTx,
  { personId, today }: Reader,
  things: readonly Thing[],
): Promise<ReadonlyMap<string, Relation>> {
  const named = things.map(keyOf).join('\n')
  const rows = await queryRows<{ key: string; roles: string; archived: number }>(
    tx,
    relationsQuery(personId, today, named),
  )
  return new Map(
    rows.map(({ key, roles, archived }) => {
      const held = roles.split(',').filter((role): role is Role => role in knownRoles)
      return [key, { roles: held, standsInFor: [], isArchived: archived === 1 }]
    }),
  )
}

const knownRoles: Readonly<Partial<Record<Role, true>>> = {
  ...{ person: true, member: true, lead: true, 'workstream lead': true },
  ...{ deputy: true, sponsor: true, owner: true, office: true },
}

/**
 * The same rules as in programme-roles.ts: whom the people file lists as a viewer alone owns nothing; leave that an
 * office said counts in its own programme. A thing is looked for in the projects it belongs to; `isWide`: in all of its
 * programme's, for what belongs to no project.
 */
const relationsQuery = (personId: string, today: CivilDate, named: string) => Prisma.sql`
  WITH named AS (
    SELECT name, split_part(name, ':', 1) AS kind, split_part(name, ':', 2) AS id
    FROM unnest(string_to_array(${named}, E'\n')) AS name
  ), held AS (
    SELECT member."programmeId", bool_or(member.role <> 'viewer') AS "mayOwn",
      bool_or(member.role = 'programme_office') AS "isOffice",
      bool_or(member.role = 'sponsor') AS "isSponsor",
      bool_or(programme."archivedAt" IS NOT NULL) AS archived
    FROM "Membership" member JOIN "Programme" programme ON programme.id = member."programmeId"
    WHERE member."personId" = ${personId}::uuid
    GROUP BY member."programmeId"
  ), owner AS (
    SELECT held."programmeId", ${personId}::uuid AS "personId", false AS "isCovered" FROM held WHERE held."mayOwn"
    UNION
    SELECT held."programmeId", leave."personId", true
    FROM held JOIN "Leave" leave ON leave."deputyId" = ${personId}::uuid
      AND coalesce(leave."programmeId", held."programmeId") = held."programmeId"
      AND leave."from" <= ${today}::date AND leave."to" >= ${today}::date
      AND coalesce(leave."returnedOn" > ${today}::date, true)
    WHERE EXISTS (
      SELECT FROM "Membership" away
      WHERE away."programmeId" = held."programmeId" AND away."personId" = leave."personId" AND away.role <> 'viewer'
    )
  ), thing AS (
    SELECT name, project."programmeId", project.id AS "projectId", false AS "isWide"
    FROM named JOIN "Project" project ON project.id::text = named.id WHERE named.kind = 'project'
    UNION ALL
    SELECT name, project."programmeId", project.id, false
    FROM named JOIN "Milestone" milestone ON milestone.id::text = named.id
      JOIN "Project" project ON project.id = milestone."projectId" WHERE named.kind = 'milestone'
    UNION ALL
    SELECT name, measure."programmeId", link."projectId", false
    FROM named JOIN "Measure" measure ON measure.id::text = named.id
      LEFT JOIN "ProjectMeasure" link ON link."measureId" = measure.id WHERE named.kind = 'measure'
    UNION ALL
    SELECT name, entry."programmeId", entry."projectId", entry."projectId" IS NULL
    FROM named JOIN "RegisterEntry" entry ON entry.id::text = named.id WHERE named.kind = 'entry'
    UNION ALL
    SELECT name, question."programmeId", question."projectId", false
    FROM named JOIN "Question" question ON question.id::text = named.id WHERE named.kind = 'question'
    UNION ALL
    SELECT name, programme.id, NULL, true
    FROM named JOIN "Programme" programme ON programme.id::text = named.id OR lower(programme.key) = named.id
    WHERE named.kind = 'programme'
    UNION ALL
    SELECT name, programme.id, entry."projectId", entry."projectId" IS NULL
    FROM named JOIN "Programme" programme ON programme.id::text = named.id OR lower(programme.key) = named.id
      JOIN "RegisterEntry" entry ON entry."programmeId" = programme.id AND entry.kind = 'decision'
    WHERE named.kind = 'decisions'
      AND NOT EXISTS (SELECT FROM "RegisterClosing" closing WHERE closing."entryId" = entry.id)
    UNION ALL
    SELECT name, held."programmeId", NULL, true FROM named, held WHERE named.kind = 'anything'
  ), project AS (
    SELECT thing.*, project.id, project."workstreamId"
    FROM thing LEFT JOIN "Project" project
      ON project.id = thing."projectId" OR thing."isWide" AND project."programmeId" = thing."programmeId"
  ), owned AS (
    SELECT project.name, lead."personId", 'lead' AS role
    FROM project JOIN "ProjectLead" lead ON lead."projectId" = project.id
      JOIN owner ON owner."personId" = lead."personId" AND owner."programmeId" = project."programmeId"
    UNION
    SELECT project.name, one."personId", CASE one.role WHEN 'lead' THEN 'workstream lead' ELSE 'sponsor' END
    FROM project JOIN "WorkstreamOwner" one ON one."workstreamId" = project."workstreamId"
      JOIN owner ON owner."personId" = one."personId" AND owner."programmeId" = project."programmeId"
  )
  SELECT thing.name AS key,
    concat_ws(',', 'person', 'member',
      CASE WHEN bool_or(held."isOffice") THEN 'office' END,
      CASE WHEN bool_or(held."isSponsor" AND (thing."isWide" OR thing.name ~ '^(entry|decisions):')) THEN 'sponsor' END,
      (SELECT string_agg(DISTINCT CASE
          WHEN owned."personId" = ${personId}::uuid THEN owned.role
          WHEN owned.role <> 'sponsor' THEN 'deputy' END, ',')
        FROM owned WHERE owned.name = thing.name),
      CASE WHEN thing.name LIKE 'entry:%' THEN (SELECT DISTINCT 'owner'
        FROM "RegisterEntry" entry
          LEFT JOIN LATERAL (
            SELECT review."ownerId" FROM "RegisterReview" review
            WHERE review."entryId" = entry.id AND review."withdrawnOn" IS NULL ORDER BY review.at DESC LIMIT 1
          ) latest ON true
          JOIN owner ON owner."personId" = coalesce(latest."ownerId", entry."ownerId")
            AND owner."programmeId" = entry."programmeId"
        WHERE thing.name = 'entry:' || entry.id) END
    ) AS roles,
    CASE WHEN bool_and(held.archived) THEN 1 ELSE 0 END AS archived
  FROM thing JOIN held ON held."programmeId" = thing."programmeId"
  GROUP BY thing.name`
