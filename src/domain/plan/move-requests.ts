import { type CivilDate, fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'
import { requirePersonId } from './lookup.ts'
import type { Provenance } from './milestone-store.ts'

/** Moves that wait for the sponsor. Nothing of the plan is changed by asking. */

export interface MoveRequest {
  readonly id: string
  readonly milestoneId: string
  readonly from: CivilDate
  readonly to: CivilDate
  readonly reason: string
  readonly byId: string
  readonly onBehalfOfId: string | null
  readonly onDay: CivilDate
}

type MoveRequestRow = Awaited<ReturnType<ReadTx['moveRequest']['findMany']>>[number]

const requestOf = (row: MoveRequestRow): MoveRequest => {
  const { id, milestoneId, from, to, reason, byId, onBehalfOfId, onDay } = row
  return {
    ...{ id, milestoneId, reason, byId, onBehalfOfId },
    ...{ from: fromDbDate(from), to: fromDbDate(to), onDay: fromDbDate(onDay) },
  }
}

/** Asks for a move, in place of one of the same milestone that still waits. */
export async function requestMove(
  tx: Tx,
  milestoneId: string,
  move: Pick<MoveRequest, 'from' | 'to' | 'reason'>,
  { byId, onBehalfOfId, source, onDay, at }: Provenance & { readonly byId: string },
): Promise<MoveRequest> {
  await tx.moveRequest.updateMany({
    where: { milestoneId, outcome: null },
    data: { outcome: 'replaced', outcomeById: byId, outcomeOn: toDbDate(onDay), outcomeAt: at },
  })
  const row = await tx.moveRequest.create({
    data: {
      ...{ id: newId(), milestoneId, reason: move.reason, byId, onBehalfOfId, source, at },
      ...{ from: toDbDate(move.from), to: toDbDate(move.to), onDay: toDbDate(onDay) },
    },
  })
  return requestOf(row)
}

/** The request of a milestone that waits; undefined where none does. */
export async function waitingMoveRequest(
  tx: ReadTx,
  milestoneId: string,
): Promise<MoveRequest | undefined> {
  const row = await tx.moveRequest.findFirst({
    where: { milestoneId, outcome: null },
    orderBy: { at: 'desc' },
  })
  return row ? requestOf(row) : undefined
}

/** The day that a sponsor agreed to last; null where none ever did. */
export async function lastAgreedDay(tx: ReadTx, milestoneId: string): Promise<CivilDate | null> {
  const row = await tx.moveRequest.findFirst({
    where: { milestoneId, outcome: 'agreed' },
    orderBy: { at: 'desc' },
  })
  return row && fromDbDate(row.to)
}

/** Records that it was agreed to. Returns false where somebody did before, or another request replaced it. */
export async function agreeToMove(
  { tx, actor, now, today }: DomainContext,
  id: string,
): Promise<boolean> {
  const { count } = await tx.moveRequest.updateMany({
    where: { id, outcome: null },
    data: {
      ...{ outcome: 'agreed', outcomeById: requirePersonId(actor) },
      ...{ outcomeOn: toDbDate(today), outcomeAt: now },
    },
  })
  return count > 0
}

/**
 * Takes back the agreement by which a milestone was moved at that moment, if it was: its day is no longer one that was
 * agreed, so whoever wants it has to ask again.
 */
export async function withdrawAgreement(
  tx: Tx,
  { milestoneId, at }: { readonly milestoneId: string; readonly at: Date },
): Promise<void> {
  await tx.moveRequest.updateMany({
    where: { milestoneId, outcome: 'agreed', outcomeAt: at },
    data: { outcome: 'taken back' },
  })
}

/** The requests of a programme that wait: of milestones that are open, and due as they were when it was asked. */
export async function loadWaitingMoves(tx: ReadTx, programmeId: string): Promise<MoveRequest[]> {
  const milestone = { isRemoved: false, doneOn: null, project: { programmeId } }
  const rows = await tx.moveRequest.findMany({
    where: { outcome: null, milestone },
    include: { milestone: { select: { due: true } } },
    orderBy: { at: 'asc' },
  })
  return rows
    .filter((row) => row.milestone.due?.getTime() === row.from.getTime())
    .map((row) => requestOf(row))
}

/** What became of requests, by their ids; null while they wait. */
export async function loadMoveOutcomes(
  tx: ReadTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await tx.moveRequest.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, outcome: true },
  })
  return new Map(rows.map(({ id, outcome }) => [id, outcome]))
}

/** The requests that were answered since a moment. */
export async function moveOutcomesSince(tx: ReadTx, since: Date): Promise<{ id: string }[]> {
  return tx.moveRequest.findMany({ where: { outcomeAt: { gt: since } }, select: { id: true } })
}
