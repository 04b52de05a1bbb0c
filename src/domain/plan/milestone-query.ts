import type { CivilDate } from '../../base/dates.ts'
import { Prisma } from '../../infra/db.ts'
import { type JsonRow, jsonRows } from '../../infra/json-rows.ts'
import { asAtRow, type EarlierRow, earlierById } from './earlier-values.ts'
import type { Completion, Flag, Milestone, MilestoneRating, Move } from './plan.ts'

/**
 * Milestones of many projects, and what was said of each: a subquery of each kind for all milestones together, because one
 * for each milestone took most of the time that reading a plan takes.
 */
export interface MilestoneRows {
  readonly milestones: readonly JsonRow[] | null
  /** Oldest first. */
  readonly moves: readonly (OfMilestone & Move)[] | null
  readonly completions: readonly (OfMilestone & Completion)[] | null
  /** Of each milestone the latest, which may say that it is no longer at risk. */
  readonly flags: readonly (OfMilestone & Flag & { readonly atRisk: boolean })[] | null
  /** Newest first. */
  readonly ratings: readonly (OfMilestone & MilestoneRating)[] | null
  /** What fields were at the end of the day, where they changed since. */
  readonly milestoneRevisions: readonly EarlierRow[] | null
}

interface OfMilestone {
  readonly milestoneId: string
}

interface MilestoneRow
  extends Omit<Milestone, 'due' | 'doneOn' | 'flag' | 'moves' | 'completion' | 'ratings'> {
  readonly projectId: string
  readonly isRemoved: boolean
}

const milestoneRows = jsonRows<MilestoneRow>('m', {
  ...{ projectId: true, id: true, number: true, about: true, raw: true, heading: true },
  ...{ earliest: true, baselineDue: true, precision: true, addedOn: true, isRemoved: true },
})

/** Of the projects `p`. */
export const milestonesCte = Prisma.sql`m AS MATERIALIZED (
  SELECT m.*, p."asAt" FROM p JOIN "Milestone" m ON m."projectId" = p.id AND m."addedOn" <= p."asAt")`

/** Not taken back by the end of the day. */
const stands = Prisma.sql`("withdrawnOn" IS NULL OR "withdrawnOn" > m."asAt")`

/**
 * A sheet that has the day to which a milestone was moved in chat is kept, so that the next sheet is compared with it, and
 * is no move.
 */
export const milestoneColumns = Prisma.sql`
  (SELECT json_agg(${milestoneRows.sql} ORDER BY m.number)
    FROM m) AS milestones,
  (SELECT json_agg(json_build_object(
      'milestoneId', v."milestoneId", 'from', v."from", 'to', v."to", 'reason', v.reason, 'byId', v."byId",
      'onBehalfOfId', v."onBehalfOfId", 'onDay', v."onDay") ORDER BY v."onDay", v.at)
    FROM m JOIN "MilestoneMove" v ON v."milestoneId" = m.id
    WHERE v."onDay" <= m."asAt" AND ${stands} AND v."from" IS DISTINCT FROM v."to") AS moves,
  (SELECT json_agg(json_build_object(
      'milestoneId', d."milestoneId", 'onDay', d."onDay", 'isDayUnknown', d."isDayUnknown",
      'evidence', d.evidence, 'byId', d."byId", 'onBehalfOfId', d."onBehalfOfId",
      'awaitsConfirmation', d."toConfirm" AND c.id IS NULL, 'confirmedById', c."byId"))
    FROM m JOIN "MilestoneCompletion" d ON d."milestoneId" = m.id
    LEFT JOIN "Confirmation" c ON c."milestoneId" = d."milestoneId" AND c."onDay" <= m."asAt"
    WHERE d."onDay" <= m."asAt") AS completions,
  (SELECT json_agg(json_build_object(
      'milestoneId', f."milestoneId", 'atRisk', f."atRisk", 'reason', f.reason, 'byId', f."byId",
      'onBehalfOfId', f."onBehalfOfId", 'onDay', coalesce(f.since, f."onDay")))
    FROM (
      SELECT DISTINCT ON (f."milestoneId") f.* FROM m JOIN "MilestoneFlag" f ON f."milestoneId" = m.id
      WHERE f."onDay" <= m."asAt" ORDER BY f."milestoneId", f."onDay" DESC, f.at DESC) f) AS flags,
  (SELECT json_agg(json_build_object(
      'milestoneId', r."milestoneId", 'state', r.state, 'source', r.source, 'onDay', r."onDay")
      ORDER BY r."onDay" DESC, r.at DESC)
    FROM m JOIN "MilestoneRating" r ON r."milestoneId" = m.id
    WHERE r."onDay" <= m."asAt" AND ${stands}) AS ratings,
  (SELECT json_agg(json_build_object('id', r."milestoneId", 'field', r.field, 'from', r."from"))
    FROM (
      SELECT DISTINCT ON (r."milestoneId", r.field) r.* FROM m
      JOIN "PlanRevision" r ON r."milestoneId" = m.id AND r."onDay" > m."asAt"
      ORDER BY r."milestoneId", r.field, r.sequence) r) AS "milestoneRevisions"`

/** The milestones of each project, by its id and in their order. Those that had been taken out of the plan are left out. */
export function milestonesOf(rows: MilestoneRows, asAt: CivilDate): Map<string, Milestone[]> {
  const moves = byMilestone(rows.moves)
  const completions = byMilestone(rows.completions)
  const flags = byMilestone(rows.flags)
  const ratings = byMilestone(rows.ratings)
  const earlier = earlierById(rows.milestoneRevisions)
  const found = new Map<string, Milestone[]>()
  for (const values of rows.milestones ?? []) {
    const { projectId, ...milestone } = milestoneRows.rowOf(values)
    const { id } = milestone
    const [completion = null] = completions.get(id) ?? []
    const [flag = null] = flags.get(id) ?? []
    const said = {
      moves: moves.get(id) ?? [],
      completion,
      flag,
      ratings: ratings.get(id) ?? [],
    }
    const its = milestoneOf(asAtRow({ ...milestone, ...said }, earlier.get(id)), asAt)
    if (!its) continue
    const others = found.get(projectId)
    if (others) others.push(its)
    else found.set(projectId, [its])
  }
  return found
}

function byMilestone<Row extends OfMilestone>(
  rows: readonly Row[] | null,
): Map<string, Omit<Row, 'milestoneId'>[]> {
  const found = new Map<string, Omit<Row, 'milestoneId'>[]>()
  for (const { milestoneId, ...row } of rows ?? []) {
    const others = found.get(milestoneId)
    if (others) others.push(row)
    else found.set(milestoneId, [row])
  }
  return found
}

type WithSaid = Omit<MilestoneRow, 'projectId'> & {
  readonly moves: readonly Move[]
  readonly completion: Completion | null
  readonly flag: (Flag & { readonly atRisk: boolean }) | null
  readonly ratings: readonly MilestoneRating[]
}

/** Undefined where it had been taken out of the plan. */
function milestoneOf(
  { flag, isRemoved, ...milestone }: WithSaid,
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

function flagOf(flag: WithSaid['flag']): Flag | null {
  if (!flag?.atRisk) return null
  const { atRisk: _, ...said } = flag
  return said
}
