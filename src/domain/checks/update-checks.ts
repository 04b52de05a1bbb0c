import type { CivilDate } from '../../base/dates.ts'
import { batched, withOrdinals } from '../../infra/batch-loader.ts'
import { Prisma, queryRows, type Tx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'
import type { FoundProject } from '../plan/lookup.ts'
import type { StatusUpdate } from '../plan/plan.ts'
import { loadProject } from '../plan/store.ts'
import { needsReason, type Scheme, schemeOf, stateByKey } from '../scheme/schemes.ts'
import { fingerprint, type RaisedCheck } from './check.ts'
import { overdueThreshold, repeatThreshold } from './rules.ts'
import { loadProjectChecks } from './store.ts'

/**
 * What is asked of a project now that this is said of it, which need not be stored yet. Most updates trip nothing, and
 * one statement tells so, shared by all who ask at the same moment; only where something may is the history read.
 */
export async function checksAfterUpdate(
  context: DomainContext,
  found: FoundProject,
  update: StatusUpdate,
): Promise<RaisedCheck[]> {
  const seen = await precheck(context.tx, { id: found.id, today: context.today })
  if (!canTrip(seen, update, schemeOf(found.programme.settings))) return []
  const project = await loadProject(context.tx, found.id, context.today)
  const updates = [update, ...project.updates]
  return loadProjectChecks(context, found.programme, { ...project, updates })
}

interface PrecheckResult {
  /** Milestones. */
  readonly overdue: number
  readonly hasReadings: boolean
  readonly hasTicks: boolean
  /** The commentary of the last days before today on which something was said, newest first. */
  readonly words: readonly (string | null)[]
}

function canTrip(
  seen: PrecheckResult,
  { state: key, reason }: StatusUpdate,
  scheme: Scheme,
): boolean {
  if (reason !== null && seen.words.length === repeatThreshold - 1) {
    const same = fingerprint(reason)
    if (seen.words.every((text) => text !== null && fingerprint(text) === same)) return true
  }
  const state = stateByKey(scheme, key)
  if (!needsReason(state)) return seen.overdue >= overdueThreshold || seen.hasReadings
  return seen.hasTicks && key === scheme.states[0]?.key
}

interface PrecheckInput {
  readonly id: string
  readonly today: CivilDate
}

const precheck = batched<PrecheckInput, PrecheckResult>(async (tx: Tx, all) => {
  const rows = await queryRows<PrecheckResult & { readonly nth: number }>(
    tx,
    Prisma.sql`
    SELECT asked.nth,
      (SELECT count(*)::int FROM "Milestone"
        WHERE "projectId" = asked.id AND "doneOn" IS NULL AND due < asked.today) AS overdue,
      EXISTS (SELECT FROM "_MeasureToProject" link JOIN "Reading" ON "measureId" = link."A"
        WHERE link."B" = asked.id) AS "hasReadings",
      EXISTS (SELECT FROM "StatusUpdate"
        WHERE "projectId" = asked.id AND derived IS NOT NULL) AS "hasTicks",
      ARRAY(SELECT DISTINCT ON ("onDay") reason FROM "StatusUpdate"
        WHERE "projectId" = asked.id AND "onDay" < asked.today
        ORDER BY "onDay" DESC, at DESC, id DESC LIMIT ${repeatThreshold - 1}) AS words
    FROM json_to_recordset(${withOrdinals(all)}::json) AS asked (nth int, id uuid, today date)`,
  )
  const byPlace = new Map(rows.map((row) => [row.nth, row]))
  return all.map((_, nth) => byPlace.get(nth) ?? new Error('A project was not looked at'))
})
