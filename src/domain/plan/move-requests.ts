import { z } from 'zod'
import { type CivilDate, fromDbDate, fromNullableDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'
import { requirePersonId } from './lookup.ts'
import type { Provenance } from './milestone-store.ts'
import {
  type MoveOutcome,
  type MoveRequestState,
  moveOutcomes,
  moveRequestState,
} from './move-request-state.ts'

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

/** Asks for a move, in place of one of the same milestone that still waits; gives the ids of those it replaces too. */
export async function requestMove(
  tx: Tx,
  milestoneId: string,
  move: Pick<MoveRequest, 'from' | 'to' | 'reason'>,
  { byId, onBehalfOfId, source, onDay, at }: Provenance & { readonly byId: string },
): Promise<{ readonly request: MoveRequest; readonly replacedIds: readonly string[] }> {
  const replaced = await tx.moveRequest.updateManyAndReturn({
    where: { milestoneId, outcome: null },
    data: answerColumns('replaced', { byId, onDay, at }),
    select: { id: true },
  })
  const row = await tx.moveRequest.create({
    data: {
      ...{ id: newId(), milestoneId, reason: move.reason, byId, onBehalfOfId, source, at },
      ...{ from: toDbDate(move.from), to: toDbDate(move.to), onDay: toDbDate(onDay) },
    },
  })
  return { request: requestOf(row), replacedIds: replaced.map(({ id }) => id) }
}

/** The columns of an answer, with the reason of a "no". */
const answerColumns = (
  outcome: MoveOutcome,
  { byId, onDay, at }: { readonly byId: string; readonly onDay: CivilDate; readonly at: Date },
  reason: string | null = null,
) => ({
  ...{ outcome, outcomeById: byId, outcomeOn: toDbDate(onDay), outcomeAt: at },
  outcomeReason: reason,
})

/** The request of a milestone that nobody has answered; undefined where there is none. */
export async function unansweredMoveRequest(
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

/** Records that it was agreed to. Returns false where somebody has answered before, or another request replaced it. */
export async function agreeToMove(context: DomainContext, id: string): Promise<boolean> {
  return answerMove(context, id, 'agreed', null)
}

/** Records that it was declined, and why. Returns false where somebody has answered before, or another replaced it. */
export async function declineMove(
  context: DomainContext,
  id: string,
  reason: string,
): Promise<boolean> {
  return answerMove(context, id, 'declined', reason)
}

async function answerMove(
  { tx, actor, now, today }: DomainContext,
  id: string,
  outcome: MoveOutcome,
  reason: string | null,
): Promise<boolean> {
  const said = { byId: requirePersonId(actor), onDay: today, at: now }
  const { count } = await tx.moveRequest.updateMany({
    where: { id, outcome: null },
    data: answerColumns(outcome, said, reason),
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
    data: { outcome: 'taken back' satisfies MoveOutcome },
  })
}

/** The requests of a programme, or of one project, that wait on that day. */
export async function loadWaitingMoves(
  tx: ReadTx,
  of: { readonly programmeId: string } | { readonly id: string },
  today: CivilDate,
): Promise<MoveRequest[]> {
  const rows = await tx.moveRequest.findMany({
    where: { outcome: null, milestone: { isRemoved: false, project: of } },
    include: withMilestone,
    orderBy: { at: 'asc' },
  })
  return rows.filter((row) => moveStateOf(row, today) === 'waits').map((row) => requestOf(row))
}

/** How a request stands on a day, and what was said of it. */
export interface MoveAnswer {
  readonly state: MoveRequestState
  /** Who answered; null while nobody has. */
  readonly byId: string | null
  readonly onDay: CivilDate | null
  /** Why it was declined. */
  readonly reason: string | null
}

/** How requests stand on a day, by their ids. */
export async function loadMoveAnswers(
  tx: ReadTx,
  ids: readonly string[],
  today: CivilDate,
): Promise<ReadonlyMap<string, MoveAnswer>> {
  const rows = await tx.moveRequest.findMany({
    where: { id: { in: [...ids] } },
    include: withMilestone,
  })
  return new Map(
    rows.map((row) => {
      const { id, outcomeById: byId, outcomeOn, outcomeReason: reason } = row
      const state = moveStateOf(row, today)
      return [id, { state, byId, onDay: fromNullableDbDate(outcomeOn), reason }]
    }),
  )
}

const withMilestone = {
  milestone: { select: { due: true, isRemoved: true, done: { select: { milestoneId: true } } } },
} as const

interface StoredMilestone {
  readonly due: Date | null
  readonly isRemoved: boolean
  readonly done: object | null
}

/** How a stored request with its milestone stands on a day. */
export function moveStateOf(
  row: Pick<MoveRequestRow, 'outcome' | 'from' | 'to'> & { readonly milestone: StoredMilestone },
  today: CivilDate,
): MoveRequestState {
  const { outcome, from, to, milestone } = row
  const asked = { from: fromDbDate(from), to: fromDbDate(to) }
  const { isRemoved, done } = milestone
  const due = fromNullableDbDate(milestone.due)
  return moveRequestState(
    { ...asked, outcome: z.enum(moveOutcomes).nullable().parse(outcome) },
    { due, isDone: done !== null, isRemoved },
    today,
  )
}

/** The requests that were answered since a moment. */
export async function moveOutcomesSince(tx: ReadTx, since: Date): Promise<{ id: string }[]> {
  return tx.moveRequest.findMany({ where: { outcomeAt: { gt: since } }, select: { id: true } })
}
