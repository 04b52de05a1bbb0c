import type { CivilDate } from '../base/dates.ts'
import { Prisma, queryRows, type ReadTx, type Tx } from '../infra/db.ts'
import type { MessageKind } from './message-kinds.ts'
import { failureColumns } from './row-mapping.ts'

/** A message that is not sent any more. */
export interface CancelledMessage {
  readonly key: string
  readonly personId: string | null
  readonly reason: string
}

interface StaleRow {
  readonly id: string
  readonly key: string
  readonly personId: string | null
  /** Of the card's data: the day it was for, and where. */
  readonly of: { readonly day: string; readonly zone?: string }
}

/**
 * Cancels the waiting messages of a kind whose card has a `day` before `before` and for which `staleReason` gives a reason.
 * Messages that may have been sent already are left alone. No other message is read, and no card: on a morning thousands
 * wait, and reading them all would hold up everything else.
 */
export async function cancelStale(
  tx: Tx,
  { kind }: MessageKind,
  before: CivilDate,
  staleReason: (of: StaleRow['of']) => string | undefined,
): Promise<CancelledMessage[]> {
  const rows = await queryRows<StaleRow>(
    tx,
    Prisma.sql`SELECT id, key, "personId",
        jsonb_strip_nulls(jsonb_build_object('day', data->'day', 'zone', data->'zone')) AS of
      FROM "OutboxMessage"
      WHERE kind = ${kind} AND state = 'waiting' AND "possiblySentAt" IS NULL AND data->>'day' < ${before}`,
  )
  const cancelled: CancelledMessage[] = []
  for (const { id, key, personId, of } of rows) {
    const reason = staleReason(of)
    if (reason === undefined) continue
    const { count } = await tx.outboxMessage.updateMany({
      where: { id, state: 'waiting', possiblySentAt: null },
      data: { state: 'dropped', ...failureColumns({ code: 'outdated', reason }) },
    })
    if (count === 1) cancelled.push({ key, personId, reason })
  }
  return cancelled
}

/** Cancels the messages that tell of a programme and wait to be sent to this person. `reason`: part of a sentence. */
export async function cancelMessagesTo(
  tx: Tx,
  { personId, programmeId }: { readonly personId: string; readonly programmeId: string },
  reason: string,
): Promise<void> {
  await tx.outboxMessage.updateMany({
    where: {
      ...{ personId, state: 'waiting', possiblySentAt: null },
      OR: [{ programmeIds: { has: programmeId } }, { programmeId }],
    },
    data: { state: 'dropped', ...failureColumns({ code: 'cancelled', reason }) },
  })
}

/**
 * Cancels a message that was tried and not taken, so that it can be sent elsewhere. False, and nothing changes, where it
 * may have been sent, is being sent or was never tried. `reason`: part of a sentence.
 */
export async function cancelUntaken(tx: Tx, key: string, reason: string): Promise<boolean> {
  const { count } = await tx.outboxMessage.updateMany({
    where: { key, state: 'waiting', possiblySentAt: null, firstTriedAt: { not: null } },
    data: { state: 'dropped', ...failureColumns({ code: 'moved', reason }) },
  })
  return count === 1
}

export type CancelledFilter = { readonly kind: MessageKind; readonly since: Date } & (
  | { readonly personIds: readonly string[] }
  | { readonly programmeId: string }
)

/** The cancelled messages to these people, or of a programme, in the order of enqueueing. */
export async function findCancelled(
  tx: ReadTx,
  { kind: { kind }, since, ...filter }: CancelledFilter,
): Promise<CancelledMessage[]> {
  const whose =
    'personIds' in filter
      ? { personId: { in: [...filter.personIds] } }
      : { programmeIds: { has: filter.programmeId } }
  const rows = await tx.outboxMessage.findMany({
    where: { kind, ...whose, state: 'dropped', createdAt: { gte: since } },
    orderBy: { sequence: 'asc' },
    select: { key: true, personId: true, error: true },
  })
  return rows.map(({ error, ...row }) => ({ ...row, reason: error ?? 'it was dropped' }))
}
