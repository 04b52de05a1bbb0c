import type { CivilDate } from '../../base/dates.ts'
import { Prisma, queryRows, type ReadTx } from '../../infra/db.ts'
import type { FoundProject } from '../plan/lookup.ts'
import type { ProgrammeSettings } from '../programme/setting.ts'
import {
  type DimensionRating,
  type DimensionStates,
  dimensionsSetting,
  type RatingsByProject,
} from './dimensions.ts'

interface RatingRow extends DimensionRating {
  readonly projectId: string
}

/**
 * How the projects of a programme stand by dimension at the end of a day, by their ids: each dimension as the last update
 * that counts and names it has it, so that one taken back takes its ratings along. No statement where none is kept.
 * @param latest how many of each dimension, newest first
 */
export async function loadDimensionRatings(
  tx: ReadTx,
  which: { readonly programmeId: string } | { readonly projectId: string },
  settings: ProgrammeSettings,
  asAt: CivilDate,
  latest = 1,
): Promise<RatingsByProject> {
  const { kept } = dimensionsSetting.of(settings)
  if (kept.length === 0) return new Map()
  const projects =
    'projectId' in which
      ? Prisma.sql`p.id = ${which.projectId}::uuid`
      : Prisma.sql`p."programmeId" = ${which.programmeId}::uuid`
  const rows = await queryRows<RatingRow>(
    tx,
    Prisma.sql`
    SELECT p.id AS "projectId", asked.key AS dimension, said.state, said."onDay"::text AS "onDay"
    FROM "Project" p
    CROSS JOIN unnest(string_to_array(${kept.join(' ')}, ' ')) WITH ORDINALITY asked (key, place)
    CROSS JOIN LATERAL (
      SELECT u.dimensions ->> asked.key AS state, u."onDay", u.at FROM "StatusUpdate" u
      WHERE u."projectId" = p.id AND u."onDay" <= ${asAt}::date AND u.dimensions ->> asked.key IS NOT NULL
        AND (u."withdrawnOn" IS NULL OR u."withdrawnOn" > ${asAt}::date)
        AND (NOT u."toConfirm" OR EXISTS (
          SELECT FROM "Confirmation" c WHERE c."updateId" = u.id AND c."onDay" <= ${asAt}::date))
      ORDER BY u."onDay" DESC, u.at DESC, u.id DESC LIMIT ${latest}) said
    WHERE ${projects}
    ORDER BY p.id, asked.place, said."onDay" DESC, said.at DESC`,
  )
  return Map.groupBy(rows, ({ projectId }) => projectId)
}

/** The same of one project. */
export async function loadProjectDimensions(
  tx: ReadTx,
  { id: projectId, programme }: Pick<FoundProject, 'id' | 'programme'>,
  asAt: CivilDate,
  latest = 1,
): Promise<readonly DimensionRating[]> {
  const ratings = await loadDimensionRatings(tx, { projectId }, programme.settings, asAt, latest)
  return ratings.get(projectId) ?? []
}

/** The same as keys of states. */
export async function loadDimensionStates(
  tx: ReadTx,
  project: Pick<FoundProject, 'id' | 'programme'>,
  asAt: CivilDate,
): Promise<DimensionStates> {
  const ratings = await loadProjectDimensions(tx, project, asAt)
  return Object.fromEntries(ratings.map(({ dimension, state }) => [dimension, state]))
}
