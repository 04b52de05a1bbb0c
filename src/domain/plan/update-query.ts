import type { CivilDate } from '../../base/dates.ts'
import { Prisma } from '../../infra/db.ts'
import { type JsonRow, jsonRows } from '../../infra/json-rows.ts'
import { offScaleKeys } from '../scheme/schemes.ts'
import type { PastUpdates, StatusUpdate } from './plan.ts'

/** How much of what was said of projects is read: all of it, or what counted on a day and all since. */
export type UpdatesRead =
  | 'all'
  | {
      readonly since: CivilDate
      /** And so many of the last ones, however old. */
      readonly latest?: number
    }

/** An update as its columns have it. */
interface UpdateRow extends Omit<StatusUpdate, 'at'> {
  readonly at: string
}

/** As `pastSql` has it. */
export type PastRow = readonly [
  from: CivilDate,
  ticks: JsonRow | null,
  states: readonly (PastUpdates['states'][number] | null)[],
]

/** `p`: a project, with the day that is asked for as "asAt". What was taken back by then does not stand. */
const stands = (alias: Prisma.Sql) =>
  Prisma.sql`(${alias}."withdrawnOn" IS NULL OR ${alias}."withdrawnOn" > p."asAt")`

/** Nobody had to confirm it, or somebody has. */
const counts = (alias: Prisma.Sql) => Prisma.sql`(NOT ${alias}."toConfirm" OR EXISTS (
  SELECT FROM "Confirmation" c WHERE c."updateId" = ${alias}.id AND c."onDay" <= p."asAt"))`

const u = Prisma.raw('u')
const later = Prisma.raw('later')

/** What was said by the day and counts. */
const countingSql = Prisma.sql`
  "StatusUpdate" u WHERE u."projectId" = p.id AND u."onDay" <= p."asAt" AND ${stands(u)} AND ${counts(u)}`

/** Not overruled by what was said later on its day. */
const lastOfItsDay = Prisma.sql`NOT EXISTS (
  SELECT FROM "StatusUpdate" later
  WHERE later."projectId" = p.id AND later."onDay" = u."onDay" AND (later.at, later.id) > (u.at, u.id)
    AND ${stands(later)} AND ${counts(later)})`

/** As the partial index has them: a list of constants, not of parameters. */
const offScale = Prisma.raw(`('${offScaleKeys.join("', '")}')`)

const updateRows = jsonRows<UpdateRow>('u', {
  ...{ id: true, state: true, reason: true, greenBy: true, path: true },
  criteria: Prisma.sql`COALESCE(u.criteria, '{}')`,
  ...{ derived: true, divergenceReason: true },
  awaitsConfirmation: Prisma.sql`u."toConfirm" AND c.id IS NULL`,
  confirmedById: Prisma.sql`c."byId"`,
  ...{ byId: true, onBehalfOfId: true, source: true, attestsId: true, audience: true },
  ...{ onDay: true, at: true },
})

export function updateOf(values: JsonRow): StatusUpdate {
  const row = updateRows.rowOf(values)
  return { ...row, at: new Date(row.at) }
}

const stateJson = Prisma.sql`json_build_object('state', u.state, 'onDay', u."onDay")`

const withConfirmation = Prisma.sql`"StatusUpdate" u
  LEFT JOIN "Confirmation" c ON c."updateId" = u.id AND c."onDay" <= p."asAt"
  WHERE u."projectId" = p.id AND u."onDay" <= p."asAt" AND ${stands(u)}`

/** Newest first, from p."readFrom" on. */
export const updatesSql = Prisma.sql`
  SELECT ${updateRows.sql} FROM ${withConfirmation} AND u."onDay" >= p."readFrom"
  ORDER BY u."onDay" DESC, u.at DESC, u.id DESC`

/**
 * The projects `p` with two days more: "countedOn", that of the update that counted at the end of p.since, null where none
 * did; and "readFrom", from which on all is read. The index of a project's updates gives both from the newest on.
 */
export function readDaysCte(updates: UpdatesRead): Prisma.Sql {
  const countedOn =
    updates === 'all'
      ? Prisma.sql`NULL::date`
      : Prisma.sql`(SELECT u."onDay" FROM ${countingSql} AND u."onDay" <= p.since
          ORDER BY u."onDay" DESC LIMIT 1)`
  return Prisma.sql`
    counted AS MATERIALIZED (SELECT p.*, ${countedOn} AS "countedOn" FROM live p),
    p AS MATERIALIZED (
      SELECT p.*, COALESCE(${readFromSql(updates)}, '-infinity') AS "readFrom" FROM counted p)`
}

function readFromSql(updates: UpdatesRead): Prisma.Sql {
  const latest = updates === 'all' ? undefined : updates.latest
  if (latest === undefined) return Prisma.sql`p."countedOn"`
  return Prisma.sql`CASE WHEN p."countedOn" IS NOT NULL THEN LEAST(p."countedOn", COALESCE((
    SELECT u."onDay" FROM "StatusUpdate" u
    WHERE u."projectId" = p.id AND u."onDay" <= p."asAt" AND ${stands(u)}
    ORDER BY u."onDay" DESC OFFSET ${latest - 1}::int LIMIT 1), '-infinity')) END`
}

/**
 * What rules know of the time before the updates that are read: the last update with ticked criteria, and, where the
 * project was once rated and then not, the days around that. Each is found by an index.
 *
 * `unrated`: the last day on which it ended without a rating; `rated`: the last one before that with one. Between them
 * lies the first day without; after them, the last day of another state than the one that counts, if any. Null where all
 * updates are read. As a list: from which day on, those ticks, those days.
 */
export const pastSql = Prisma.sql`
  CASE WHEN p."readFrom" > '-infinity' THEN json_build_array(
    p."readFrom",
    (
      SELECT ${updateRows.sql} FROM ${withConfirmation} AND u.derived IS NOT NULL
      ORDER BY u."onDay" DESC, u.at DESC, u.id DESC LIMIT 1),
    COALESCE((
      SELECT json_build_array(
        (SELECT ${stateJson} FROM ${countingSql}
          AND u."onDay" > unrated."onDay" AND u."onDay" < p."countedOn" AND ${lastOfItsDay}
          AND u.state <> (SELECT u.state FROM ${countingSql} AND u."onDay" = p."countedOn"
            ORDER BY u.at DESC, u.id DESC LIMIT 1)
          ORDER BY u."onDay" DESC LIMIT 1),
        json_build_object('state', unrated.state, 'onDay', unrated."onDay"),
        (SELECT json_build_object('state', unrated.state, 'onDay', u."onDay") FROM ${countingSql}
          AND u."onDay" > rated."onDay" ORDER BY u."onDay" LIMIT 1),
        json_build_object('state', rated.state, 'onDay', rated."onDay"))
      FROM (
        SELECT u.state, u."onDay" FROM ${countingSql} AND u."onDay" <= p."countedOn" AND u.state IN ${offScale}
          AND ${lastOfItsDay} ORDER BY u."onDay" DESC LIMIT 1) unrated,
      LATERAL (
        SELECT u.state, u."onDay" FROM ${countingSql} AND u."onDay" < unrated."onDay" AND u.state NOT IN ${offScale}
          AND ${lastOfItsDay} ORDER BY u."onDay" DESC LIMIT 1) rated
    ), '[]')) END`
