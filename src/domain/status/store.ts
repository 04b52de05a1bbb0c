import { onBehalfOf } from '../../authority/rights.ts'
import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import { sourceOf } from '../../base/request-context.ts'
import { batchedInsert, type PendingInsert } from '../../infra/batched-insert.ts'
import type { Prisma, ReadTx, Tx } from '../../infra/db.ts'
import { insertRows } from '../../infra/insert-rows.ts'
import type { ReadContext } from '../context.ts'
import { type FoundProject, requirePersonId } from '../plan/lookup.ts'
import type { ProjectRef, StatusUpdate } from '../plan/plan.ts'
import { loadRecentProject } from '../plan/store.ts'
import type { Audience } from '../programme/audience.ts'
import { isOnScale, stateByKey } from '../scheme/schemes.ts'
import type { DimensionStates } from './dimensions.ts'
import { type Rating, ratingContextOf, ratingOf } from './rating.ts'
import type { ValidUpdate } from './rules.ts'

/** The history of status updates. */
const insertStatusUpdate = batchedInsert('StatusUpdate', [
  'id',
  'projectId',
  'state',
  'reason',
  'greenBy',
  'path',
  'criteria',
  'derived',
  'divergenceReason',
  'toConfirm',
  'audience',
  'dimensions',
  'byId',
  'onBehalfOfId',
  'source',
  'onDay',
  'at',
] satisfies Prisma.StatusUpdateScalarFieldEnum[])

export interface UpdateOptions {
  /** It counts once it is confirmed. */
  readonly toConfirm: boolean
  /** For whom its words are. */
  readonly audience: Audience
}

/** Builds an update as at the person's day, as the project's history will hold it. */
export function buildUpdate(
  { actor, now, today, ...asked }: ReadContext,
  project: FoundProject,
  update: ValidUpdate,
  { toConfirm, audience }: UpdateOptions,
): StatusUpdate {
  const { state, derived, dimensions: _apart, ...said } = update
  return {
    ...said,
    id: newId(),
    state: state.key,
    derived: derived?.key ?? null,
    attestsId: null,
    awaitsConfirmation: toConfirm,
    confirmedById: null,
    audience,
    byId: requirePersonId(actor),
    onBehalfOfId: onBehalfOf(requirePersonId(actor), project),
    source: sourceOf(asked),
    onDay: today,
    at: now,
  }
}

/** Appends an update to the project's history, with what it rates by dimension. */
export function updateToAppend(
  projectId: string,
  said: StatusUpdate,
  dimensions?: DimensionStates,
): PendingInsert {
  const { awaitsConfirmation: toConfirm, confirmedById: _nobodyYet, ...row } = said
  return {
    table: insertStatusUpdate,
    row: { ...row, projectId, toConfirm, dimensions: dimensions ?? null },
  }
}

/** Appends updates that say again what was said before, each on its own day: one statement for all of them. */
export async function appendAttestations(
  tx: Tx,
  attestations: readonly { readonly project: ProjectRef; readonly update: StatusUpdate }[],
): Promise<void> {
  await tx.statusUpdate.createMany({
    data: attestations.map(({ project, update }) => {
      const { awaitsConfirmation: toConfirm, confirmedById: _nobodyYet, ...row } = update
      return {
        ...{ ...row, projectId: project.id, toConfirm, criteria: [...update.criteria] },
        onDay: toDbDate(update.onDay),
        greenBy: update.greenBy && toDbDate(update.greenBy),
      }
    }),
  })
}

/** A status that an import found. */
export interface ImportedUpdate {
  readonly projectId: string
  readonly state: string
  readonly reason: string | null
  readonly audience: Audience
  /** It counts once it is confirmed, by somebody else than `byId`. */
  readonly toConfirm: boolean
  readonly byId: string | null
}

/** Appends what a sheet says as at its day, in one statement. */
export async function importUpdates(
  tx: Tx,
  updates: readonly ImportedUpdate[],
  { asOf, now }: { readonly asOf: CivilDate; readonly now: Date },
): Promise<void> {
  const said = { source: 'import', onDay: toDbDate(asOf), at: now }
  const rows = updates.map((update) => ({ id: newId(), ...update, ...said }))
  await insertRows(tx, 'StatusUpdate', rows)
}

/**
 * The state that counts as at a day, as `declaredStateOf` tells it of a whole project: read by itself, because a project's
 * history grows with every update and an update need not read it.
 */
export async function loadEffectiveState(
  tx: ReadTx,
  projectId: string,
  asAt: CivilDate,
): Promise<string> {
  const until = { lte: toDbDate(asAt) }
  const counts = [{ toConfirm: false }, { confirmation: { is: { onDay: until } } }]
  const stands = [{ withdrawnOn: null }, { withdrawnOn: { gt: toDbDate(asAt) } }]
  const row = await tx.statusUpdate.findFirst({
    where: { projectId, onDay: until, AND: [{ OR: counts }, { OR: stands }] },
    orderBy: [{ onDay: 'desc' }, { at: 'desc' }, { id: 'desc' }],
    select: { state: true },
  })
  return row?.state ?? 'blank'
}

/**
 * How a project stands before an update. Only where nobody rates it now is its history read: for what its milestones
 * come to, and how it stood when it was last rated.
 */
export async function loadRatingBefore(
  tx: ReadTx,
  { id, programme }: Pick<FoundProject, 'id' | 'programme'>,
  asAt: CivilDate,
): Promise<Pick<Rating, 'state' | 'lastRated'>> {
  const context = ratingContextOf({ programme, asAt })
  const state = stateByKey(context.scheme, await loadEffectiveState(tx, id, asAt))
  if (isOnScale(state)) return { state, lastRated: null }
  return ratingOf(await loadRecentProject(tx, id, asAt), context)
}

/** When the latest update of any project was made; undefined where there is none. */
export async function latestUpdateMoment(tx: ReadTx): Promise<Date | undefined> {
  const { _max } = await tx.statusUpdate.aggregate({ _max: { at: true } })
  return _max.at ?? undefined
}
