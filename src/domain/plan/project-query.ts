import type { CivilDate } from '../../base/dates.ts'
import { Prisma, queryRows, type ReadTx } from '../../infra/db.ts'
import { parseLife } from './life.ts'
import type { Completion, Flag, Milestone, Move, Project, StatusUpdate } from './plan.ts'

/**
 * Projects with their history as at a day, in one statement. A plan has tens of thousands of updates after a few years,
 * and Prisma takes ten times as long to build objects from rows as PostgreSQL takes to write them as JSON
 * (docs/performance.md). Days are text in JSON, as in our own types; moments are parsed.
 */
interface ProjectRow extends Omit<Project, 'updates' | 'milestones'>, WithEarlier {
  readonly updates: readonly (Omit<StatusUpdate, 'at'> & { readonly at: string })[]
  readonly milestones: readonly MilestoneRow[]
}

/** What fields were at the end of the day, where they changed since (revisions.ts); null: none did. */
interface WithEarlier {
  readonly earlier: Readonly<Record<string, unknown>> | null
}

interface MilestoneRow extends Omit<Milestone, 'due' | 'doneOn' | 'flag' | 'moves'>, WithEarlier {
  readonly isRemoved: boolean
  readonly moves: readonly Move[]
  readonly completion: Completion | null
  /** The latest flag, which may say that it is no longer at risk. */
  readonly flag: (Flag & { readonly atRisk: boolean }) | null
}

/** How much of what was said of projects is read: all of it, or what counted on a day and all since. */
export type UpdatesRead = 'all' | { readonly since: CivilDate }

/** The live projects of a programme on a day, in the order of the plan. */
export async function loadLiveProjects(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
  updates: UpdatesRead,
): Promise<Project[]> {
  const wasLive = Prisma.sql`p.life IS NULL OR ${lifeChangedSince(asAt)}`
  const projects = await queryProjects(
    tx,
    Prisma.sql`${inPlan(programmeId, asAt)} AND (${wasLive})`,
    asAt,
    updates,
  )
  return projects.filter(({ life }) => life === null)
}

const inPlan = (programmeId: string, asAt: CivilDate) => Prisma.sql`
  p."programmeId" = ${programmeId}::uuid AND (p."addedOn" IS NULL OR p."addedOn" <= ${asAt}::date)`

const lifeChangedSince = (asAt: CivilDate) => Prisma.sql`EXISTS (
  SELECT FROM "PlanRevision" WHERE "projectId" = p.id AND field = 'life' AND "onDay" > ${asAt}::date)`

/** One project as at a day, by id, wherever it stands in its life. */
export async function projectById(
  tx: ReadTx,
  id: string,
  asAt: CivilDate,
): Promise<Project | undefined> {
  const [project] = await queryProjects(tx, Prisma.sql`p.id = ${id}::uuid`, asAt, 'all')
  return project
}

async function queryProjects(
  tx: ReadTx,
  which: Prisma.Sql,
  asAt: CivilDate,
  updates: UpdatesRead,
): Promise<Project[]> {
  const rows = await queryRows<{ project: ProjectRow }>(
    tx,
    Prisma.sql`
    SELECT json_build_object(
      'id', p.id, 'ref', p.ref, 'title', p.title, 'workstreamId', p."workstreamId", 'tags', p.tags,
      'life', p.life, 'earlier', (${earlierSql(Prisma.sql`"projectId" = p.id`, asAt)}),
      'leads', ARRAY(SELECT "personId" FROM "ProjectLead" WHERE "projectId" = p.id ORDER BY position),
      'attributes', (${attributesSql(asAt)}),
      'updates', ARRAY(${updatesSql(asAt, updates)}),
      'milestones', ARRAY(${milestonesSql(asAt)})
    ) AS project
    FROM "Project" p WHERE ${which} ORDER BY p.position, p.ref`,
  )
  return rows.map(({ project }) => projectOf(project, asAt))
}

/** Of each field that changed since, what it was: the first of the later revisions says so. */
const earlierSql = (isOfItem: Prisma.Sql, asAt: CivilDate) => Prisma.sql`
  SELECT json_object_agg(field, "from")
  FROM (
    SELECT DISTINCT ON (field) field, "from" FROM "PlanRevision"
    WHERE ${isOfItem} AND "onDay" > ${asAt}::date
    ORDER BY field, sequence) AS first`

/** Of each attribute the latest value; one that was taken away is left out. */
const attributesSql = (asAt: CivilDate) => Prisma.sql`
  SELECT COALESCE(json_object_agg(key, value) FILTER (WHERE value IS NOT NULL), '{}')
  FROM (
    SELECT DISTINCT ON (key) key, value FROM "ProjectAttribute"
    WHERE "projectId" = p.id AND "onDay" <= ${asAt}::date AND ${standsOn(asAt)}
    ORDER BY key, "onDay" DESC, at DESC, id DESC) AS latest`

/** Not taken back by the end of the day. */
const standsOn = (asAt: CivilDate) =>
  Prisma.sql`("withdrawnOn" IS NULL OR "withdrawnOn" > ${asAt}::date)`

/** Newest first. */
const updatesSql = (asAt: CivilDate, updates: UpdatesRead) => Prisma.sql`
  SELECT json_build_object(
    'id', u.id, 'state', u.state, 'reason', u.reason, 'greenBy', u."greenBy", 'path', u.path,
    'criteria', COALESCE(u.criteria, '{}'), 'derived', u.derived, 'divergenceReason', u."divergenceReason",
    'awaitsConfirmation', u."toConfirm" AND c.id IS NULL, 'confirmedById', c."byId",
    'byId', u."byId", 'onBehalfOfId', u."onBehalfOfId", 'source', u.source, 'attestsId', u."attestsId",
    'audience', u.audience, 'onDay', u."onDay", 'at', u.at)
  FROM "StatusUpdate" u
  LEFT JOIN "Confirmation" c ON c."updateId" = u.id AND c."onDay" <= ${asAt}::date
  WHERE u."projectId" = p.id AND u."onDay" <= ${asAt}::date AND ${standsOn(asAt)}
    ${updates === 'all' ? Prisma.empty : Prisma.sql`AND u."onDay" >= (${countedFromSql(asAt, updates.since)})`}
  ORDER BY u."onDay" DESC, u.at DESC, u.id DESC`

/**
 * The day of the update that counted at the end of a day; where none did, all are wanted. The index of a project's updates
 * gives it from the newest on: one row, and those that wait for somebody to confirm them.
 */
const countedFromSql = (asAt: CivilDate, since: CivilDate) => Prisma.sql`
  SELECT COALESCE((
    SELECT counted."onDay" FROM "StatusUpdate" counted
    WHERE counted."projectId" = p.id AND counted."onDay" <= ${since}::date AND counted."onDay" <= ${asAt}::date
      AND (counted."withdrawnOn" IS NULL OR counted."withdrawnOn" > ${asAt}::date)
      AND (NOT counted."toConfirm" OR EXISTS (
        SELECT FROM "Confirmation" c WHERE c."updateId" = counted.id AND c."onDay" <= ${asAt}::date))
    ORDER BY counted."onDay" DESC LIMIT 1), '-infinity'::date)`

/**
 * By number; moves oldest first, ratings newest first, of flags the latest. A sheet that has the day to which a milestone
 * was moved in chat is kept, so that the next sheet is compared with it, and is no move.
 */
const milestonesSql = (asAt: CivilDate) => Prisma.sql`
  SELECT json_build_object(
    'id', m.id, 'number', m.number, 'about', m.about, 'raw', m.raw, 'heading', m.heading,
    'earliest', m.earliest, 'baselineDue', m."baselineDue", 'precision', m.precision,
    'addedOn', m."addedOn", 'isRemoved', m."isRemoved",
    'earlier', (${earlierSql(Prisma.sql`"milestoneId" = m.id`, asAt)}),
    'moves', ARRAY(
      SELECT json_build_object(
        'from', "from", 'to', "to", 'reason', reason, 'byId', "byId", 'onBehalfOfId', "onBehalfOfId",
        'onDay', "onDay")
      FROM "MilestoneMove"
      WHERE "milestoneId" = m.id AND "onDay" <= ${asAt}::date AND ${standsOn(asAt)}
        AND "from" IS DISTINCT FROM "to"
      ORDER BY "onDay", at),
    'completion', (
      SELECT json_build_object(
        'onDay', d."onDay", 'isDayUnknown', d."isDayUnknown", 'evidence', d.evidence, 'byId', d."byId", 'onBehalfOfId', d."onBehalfOfId",
        'awaitsConfirmation', d."toConfirm" AND c.id IS NULL, 'confirmedById', c."byId")
      FROM "MilestoneCompletion" d
      LEFT JOIN "Confirmation" c ON c."milestoneId" = d."milestoneId" AND c."onDay" <= ${asAt}::date
      WHERE d."milestoneId" = m.id AND d."onDay" <= ${asAt}::date),
    'flag', (
      SELECT json_build_object(
        'atRisk', "atRisk", 'reason', reason, 'byId', "byId", 'onBehalfOfId', "onBehalfOfId", 'onDay', "onDay")
      FROM "MilestoneFlag" WHERE "milestoneId" = m.id AND "onDay" <= ${asAt}::date
      ORDER BY "onDay" DESC, at DESC LIMIT 1),
    'ratings', ARRAY(
      SELECT json_build_object('state', state, 'source', source, 'onDay', "onDay") FROM "MilestoneRating"
      WHERE "milestoneId" = m.id AND "onDay" <= ${asAt}::date AND ${standsOn(asAt)}
      ORDER BY "onDay" DESC, at DESC))
  FROM "Milestone" m
  WHERE m."projectId" = p.id AND m."addedOn" <= ${asAt}::date
  ORDER BY m.number`

function projectOf(row: ProjectRow, asAt: CivilDate): Project {
  const { updates, milestones, life, ...project } = asAtRow(row)
  return {
    ...project,
    life: parseLife(life),
    updates: updates.map(({ at, ...update }) => ({ ...update, at: new Date(at) })),
    milestones: milestones.flatMap((milestone) => milestoneOf(asAtRow(milestone), asAt) ?? []),
  }
}

/** The row with the values that its fields had at the end of the day. */
function asAtRow<Row extends WithEarlier>({ earlier, ...row }: Row): Omit<Row, 'earlier'> {
  return { ...row, ...earlier }
}

/** Undefined where it had been taken out of the plan. */
function milestoneOf(
  { flag, isRemoved, ...milestone }: Omit<MilestoneRow, 'earlier'>,
  asAt: CivilDate,
): Milestone | undefined {
  if (isRemoved) return undefined
  const { moves, baselineDue } = milestone
  const completion = completionAsAt(milestone.completion, asAt)
  const last = moves.at(-1)
  return {
    ...milestone,
    completion,
    due: last ? last.to : baselineDue,
    doneOn: completion && !completion.awaitsConfirmation ? completion.onDay : null,
    flag: flagOf(flag),
  }
}

/** A completion that was taken back later comes from a revision, which does not know the day that is asked for. */
function completionAsAt(completion: Completion | null, asAt: CivilDate): Completion | null {
  return completion && completion.onDay <= asAt ? completion : null
}

function flagOf(flag: MilestoneRow['flag']): Flag | null {
  if (!flag?.atRisk) return null
  const { atRisk: _, ...said } = flag
  return said
}
