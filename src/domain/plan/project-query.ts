import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { Prisma, queryRows, type ReadTx } from '../../infra/db.ts'
import { type JsonRow, jsonRows } from '../../infra/json-rows.ts'
import { asAtRow, type EarlierRow, earlierById } from './earlier-values.ts'
import { parseLife } from './life.ts'
import {
  type MilestoneRows,
  milestoneColumns,
  milestonesCte,
  milestonesOf,
} from './milestone-query.ts'
import type { Milestone, PastUpdates, Project, ProjectWithHistory } from './plan.ts'
import { inPlanOrder } from './plan-order.ts'
import {
  type PastRow,
  pastSql,
  readDaysCte,
  type UpdatesRead,
  updateOf,
  updatesSql,
} from './update-query.ts'

/**
 * Projects with what was said of them as at a day, in one statement. A plan has tens of thousands of updates after a few
 * years, and Prisma takes ten times as long to build objects from rows as PostgreSQL takes to write them as JSON
 * (docs/performance.md). Days are text in JSON, as in our own types; moments are parsed.
 */
interface ProjectRow
  extends Omit<Project, 'updates' | 'past' | 'milestones' | 'leads' | 'attributes'> {
  readonly position: number
  readonly updates: readonly JsonRow[]
  readonly past: PastRow | null
}

interface PlanRows extends MilestoneRows {
  readonly projects: readonly JsonRow[] | null
  readonly leads: readonly JsonRow[] | null
  readonly attributes: readonly AttributeRow[] | null
  readonly revisions: readonly EarlierRow[] | null
}

interface AttributeRow {
  readonly id: string
  readonly key: string
  /** Null: it was taken away. */
  readonly value: string | null
}

/** The live projects of a programme on a day, in the order of the plan. */
export async function loadLiveProjects(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
  updates: UpdatesRead,
): Promise<Project[]> {
  const which = Prisma.sql`p."programmeId" = ${programmeId}::uuid
    AND (p."addedOn" IS NULL OR p."addedOn" <= "asAt")
    AND (p.life IS NULL OR EXISTS (
      SELECT FROM "PlanRevision" WHERE "projectId" = p.id AND field = 'life' AND "onDay" > "asAt"))`
  const projects = await queryProjects(tx, which, asAt, updates)
  return projects.filter(({ life }) => life === null)
}

/** One project as at a day, by id, wherever it stands in its life. */
export async function projectById(
  tx: ReadTx,
  id: string,
  asAt: CivilDate,
  updates: UpdatesRead,
): Promise<Project | undefined> {
  const [project] = await queryProjects(tx, Prisma.sql`p.id = ${id}::uuid`, asAt, updates)
  return project
}

/** Whether projects were said to be in a state other than these by the end of a day. */
export async function hasOtherStates(
  tx: ReadTx,
  projectIds: readonly string[],
  asAt: CivilDate,
  states: readonly string[],
): Promise<boolean> {
  const other = await tx.statusUpdate.findFirst({
    where: {
      projectId: { in: [...projectIds] },
      onDay: { lte: toDbDate(asAt) },
      state: { notIn: [...states] },
      OR: [{ withdrawnOn: null }, { withdrawnOn: { gt: toDbDate(asAt) } }],
    },
    select: { id: true },
  })
  return other !== null
}

/** Projects with all that was ever said of them, by their ids. */
export async function projectHistories(
  tx: ReadTx,
  ids: readonly string[],
  asAt: CivilDate,
): Promise<ReadonlyMap<string, ProjectWithHistory>> {
  if (ids.length === 0) return new Map()
  const which = Prisma.sql`p.id = ANY (string_to_array(${ids.join(' ')}, ' ')::uuid[])`
  const projects = await readProjects(tx, which, asAt, 'all')
  return new Map(projects.flatMap((project) => [[project.id, withHistory(project)]]))
}

/** @throws Error where it was read without its history: a mistake in the code */
export function withHistory({ past, ...project }: Project): ProjectWithHistory {
  if (past) throw new Error(`Project ${project.ref} was read without its history`)
  return project
}

async function queryProjects(
  tx: ReadTx,
  which: Prisma.Sql,
  asAt: CivilDate,
  updates: UpdatesRead,
): Promise<Project[]> {
  const projects = await readProjects(tx, which, asAt, updates)
  // Where milestones are rated and somebody rated the project as well, its colour turns from one to the other and back.
  const twofold = projects.filter(({ past, milestones }) => past && milestones.some(isRated))
  const whole = await projectHistories(
    tx,
    twofold.map(({ id }) => id),
    asAt,
  )
  return projects.map((project) => whole.get(project.id) ?? project)
}

const isRated = ({ ratings }: Milestone) => ratings.length > 0

async function readProjects(
  tx: ReadTx,
  which: Prisma.Sql,
  asAt: CivilDate,
  updates: UpdatesRead,
): Promise<Project[]> {
  const since = updates === 'all' || updates.since > asAt ? asAt : updates.since
  const [rows] = await queryRows<PlanRows>(
    tx,
    Prisma.sql`
    WITH asked AS (SELECT ${asAt}::date AS "asAt", ${since}::date AS since),
    live AS MATERIALIZED (SELECT p.*, asked.* FROM asked, "Project" p WHERE ${which}),
    ${readDaysCte(updates)},
    ${milestonesCte}
    SELECT
      (SELECT json_agg(${projectRows.sql}) FROM p) AS projects,
      ${projectColumns},
      ${milestoneColumns}`,
  )
  return rows ? projectsOf(rows, asAt) : []
}

const projectRows = jsonRows<ProjectRow>('p', {
  ...{ id: true, ref: true, title: true, workstreamId: true },
  ...{ tags: true, position: true, life: true },
  updates: Prisma.sql`ARRAY(${updatesSql})`,
  past: pastSql,
})

const leadRows = jsonRows<{ readonly id: string; readonly personId: string }>('l', {
  id: Prisma.sql`l."projectId"`,
  personId: true,
})

const projectColumns = Prisma.sql`
  (SELECT json_agg(${leadRows.sql} ORDER BY l.position)
    FROM p JOIN "ProjectLead" l ON l."projectId" = p.id) AS leads,
  (SELECT json_agg(json_build_object('id', a."projectId", 'key', a.key, 'value', a.value))
    FROM (
      SELECT DISTINCT ON (a."projectId", a.key) a.* FROM p
      JOIN "ProjectAttribute" a ON a."projectId" = p.id AND a."onDay" <= p."asAt"
        AND (a."withdrawnOn" IS NULL OR a."withdrawnOn" > p."asAt")
      ORDER BY a."projectId", a.key, a."onDay" DESC, a.at DESC, a.id DESC) a) AS attributes,
  (SELECT json_agg(json_build_object('id', r."projectId", 'field', r.field, 'from', r."from"))
    FROM (
      SELECT DISTINCT ON (r."projectId", r.field) r.* FROM p
      JOIN "PlanRevision" r ON r."projectId" = p.id AND r."onDay" > p."asAt"
      ORDER BY r."projectId", r.field, r.sequence) r) AS revisions`

function projectsOf(rows: PlanRows, asAt: CivilDate): Project[] {
  const milestones = milestonesOf(rows, asAt)
  const earlier = earlierById(rows.revisions)
  const leads = Map.groupBy((rows.leads ?? []).map(leadRows.rowOf), ({ id }) => id)
  const attributes = Map.groupBy(rows.attributes ?? [], ({ id }) => id)
  const read = (rows.projects ?? []).map(projectRows.rowOf)
  const placed = read.map(({ updates, past, position, ...row }) => {
    const { id } = row
    const present = { ...row, leads: (leads.get(id) ?? []).map(({ personId }) => personId) }
    const { life, ...project } = asAtRow(present, earlier.get(id))
    const item = {
      ...project,
      attributes: Object.fromEntries(
        (attributes.get(id) ?? []).flatMap(({ key, value }) =>
          value === null ? [] : [[key, value]],
        ),
      ),
      life: parseLife(life),
      updates: updates.map(updateOf),
      ...(past && { past: pastOf(past) }),
      milestones: milestones.get(id) ?? [],
    }
    return { position, item }
  })
  return inPlanOrder(placed)
}

function pastOf([from, ticks, states]: PastRow): PastUpdates {
  const known = states.filter((one) => one !== null)
  return { from, states: known, ticks: ticks && updateOf(ticks) }
}
