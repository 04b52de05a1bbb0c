import type { CivilDate } from '../../base/dates.ts'
import { Prisma, queryRows, type ReadTx } from '../../infra/db.ts'
import type { Completion, Flag, Milestone, Move, Project, StatusUpdate } from './plan.ts'

/**
 * Projects with their history as at a day, in one statement. A plan has tens of thousands of updates after a few years,
 * and Prisma takes ten times as long to build objects from rows as PostgreSQL takes to write them as JSON
 * (docs/performance.md). Days are text in JSON, as in our own types; moments are parsed.
 */
interface ProjectRow extends Omit<Project, 'updates' | 'milestones'> {
  readonly updates: readonly (Omit<StatusUpdate, 'at'> & { readonly at: string })[]
  readonly milestones: readonly MilestoneRow[]
}

interface MilestoneRow extends Omit<Milestone, 'due' | 'doneOn' | 'rating' | 'flag' | 'moves'> {
  readonly moves: readonly Move[]
  readonly completion: Completion | null
  /** The latest flag, which may say that it is no longer at risk. */
  readonly flag: (Flag & { readonly atRisk: boolean }) | null
  readonly rating: string | null
}

/** All projects that belong to a programme on a day, in the order of the plan. */
export function loadProjects(tx: ReadTx, programmeId: string, asAt: CivilDate): Promise<Project[]> {
  const isInThePlan = Prisma.sql`p."addedOn" IS NULL OR p."addedOn" <= ${asAt}::date`
  return queryProjects(
    tx,
    Prisma.sql`p."programmeId" = ${programmeId}::uuid AND (${isInThePlan})`,
    asAt,
  )
}

/** One project as at a day, by id. */
export async function projectById(
  tx: ReadTx,
  id: string,
  asAt: CivilDate,
): Promise<Project | undefined> {
  const [project] = await queryProjects(tx, Prisma.sql`p.id = ${id}::uuid`, asAt)
  return project
}

async function queryProjects(tx: ReadTx, which: Prisma.Sql, asAt: CivilDate): Promise<Project[]> {
  const rows = await queryRows<{ project: ProjectRow }>(
    tx,
    Prisma.sql`
    SELECT json_build_object(
      'id', p.id, 'ref', p.ref, 'title', p.title, 'workstreamId', p."workstreamId", 'tags', p.tags,
      'leads', ARRAY(SELECT "personId" FROM "ProjectLead" WHERE "projectId" = p.id ORDER BY position),
      'attributes', (${attributesSql(asAt)}),
      'updates', ARRAY(${updatesSql(asAt)}),
      'milestones', ARRAY(${milestonesSql(asAt)})
    ) AS project
    FROM "Project" p WHERE ${which} ORDER BY p.position`,
  )
  return rows.map(({ project }) => projectOf(project))
}

/** Of each attribute the latest value; one that was taken away is left out. */
const attributesSql = (asAt: CivilDate) => Prisma.sql`
  SELECT COALESCE(json_object_agg(key, value) FILTER (WHERE value IS NOT NULL), '{}')
  FROM (
    SELECT DISTINCT ON (key) key, value FROM "ProjectAttribute"
    WHERE "projectId" = p.id AND "onDay" <= ${asAt}::date
    ORDER BY key, "onDay" DESC, at DESC, id DESC) AS latest`

/** Newest first. */
const updatesSql = (asAt: CivilDate) => Prisma.sql`
  SELECT json_build_object(
    'id', u.id, 'state', u.state, 'reason', u.reason, 'greenBy', u."greenBy", 'path', u.path,
    'criteria', COALESCE(u.criteria, '{}'), 'derived', u.derived, 'divergenceReason', u."divergenceReason",
    'awaitsConfirmation', u."toConfirm" AND c.id IS NULL, 'confirmedById', c."byId",
    'byId', u."byId", 'onBehalfOfId', u."onBehalfOfId", 'source', u.source, 'attestsId', u."attestsId",
    'audience', u.audience, 'onDay', u."onDay", 'at', u.at)
  FROM "StatusUpdate" u
  LEFT JOIN "Confirmation" c ON c."updateId" = u.id AND c."onDay" <= ${asAt}::date
  WHERE u."projectId" = p.id AND u."onDay" <= ${asAt}::date
  ORDER BY u."onDay" DESC, u.at DESC, u.id DESC`

/** By number; moves oldest first, of flags and ratings the latest. */
const milestonesSql = (asAt: CivilDate) => Prisma.sql`
  SELECT json_build_object(
    'id', m.id, 'number', m.number, 'about', m.about, 'raw', m.raw, 'heading', m.heading,
    'earliest', m.earliest, 'baselineDue', m."baselineDue", 'precision', m.precision,
    'addedOn', m."addedOn",
    'moves', ARRAY(
      SELECT json_build_object(
        'from', "from", 'to', "to", 'reason', reason, 'byId', "byId", 'onBehalfOfId', "onBehalfOfId",
        'onDay', "onDay")
      FROM "MilestoneMove" WHERE "milestoneId" = m.id AND "onDay" <= ${asAt}::date
      ORDER BY "onDay", at),
    'completion', (
      SELECT json_build_object(
        'onDay', d."onDay", 'evidence', d.evidence, 'byId', d."byId", 'onBehalfOfId', d."onBehalfOfId",
        'awaitsConfirmation', d."toConfirm" AND c.id IS NULL, 'confirmedById', c."byId")
      FROM "MilestoneCompletion" d
      LEFT JOIN "Confirmation" c ON c."milestoneId" = d."milestoneId" AND c."onDay" <= ${asAt}::date
      WHERE d."milestoneId" = m.id AND d."onDay" <= ${asAt}::date),
    'flag', (
      SELECT json_build_object(
        'atRisk', "atRisk", 'reason', reason, 'byId', "byId", 'onBehalfOfId', "onBehalfOfId", 'onDay', "onDay")
      FROM "MilestoneFlag" WHERE "milestoneId" = m.id AND "onDay" <= ${asAt}::date
      ORDER BY "onDay" DESC, at DESC LIMIT 1),
    'rating', (
      SELECT state FROM "MilestoneRating" WHERE "milestoneId" = m.id AND "onDay" <= ${asAt}::date
      ORDER BY "onDay" DESC, at DESC LIMIT 1))
  FROM "Milestone" m
  WHERE m."projectId" = p.id AND m."addedOn" <= ${asAt}::date
  ORDER BY m.number`

function projectOf({ updates, milestones, ...project }: ProjectRow): Project {
  return {
    ...project,
    updates: updates.map(({ at, ...update }) => ({ ...update, at: new Date(at) })),
    milestones: milestones.map(milestoneOf),
  }
}

function milestoneOf({ flag, ...milestone }: MilestoneRow): Milestone {
  const { moves, baselineDue, completion } = milestone
  const last = moves.at(-1)
  return {
    ...milestone,
    due: last ? last.to : baselineDue,
    doneOn: completion && !completion.awaitsConfirmation ? completion.onDay : null,
    flag: flagOf(flag),
  }
}

function flagOf(flag: MilestoneRow['flag']): Flag | null {
  if (!flag?.atRisk) return null
  const { atRisk: _, ...said } = flag
  return said
}
