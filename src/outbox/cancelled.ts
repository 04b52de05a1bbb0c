import type { Card } from '../chat/cards.ts'
import type { ReadTx, Tx } from '../infra/db.ts'
import type { MessageKind } from './message-kinds.ts'
import { cardOf, failureColumns } from './row-mapping.ts'

/** A message that is not sent any more. */
export interface CancelledMessage {
  readonly key: string
  readonly personId: string | null
  readonly reason: string
}

/**
 * Cancels the waiting messages of a kind for which `staleReason` gives a reason. Messages that may have been sent
 * already are left alone.
 */
export async function cancelStale(
  tx: Tx,
  { kind }: MessageKind,
  staleReason: (card: Card) => string | undefined,
): Promise<CancelledMessage[]> {
  const isUnsent = { state: 'waiting', possiblySentAt: null } as const
  const rows = await tx.outboxMessage.findMany({
    where: { kind, ...isUnsent },
    select: { id: true, key: true, personId: true, card: true, data: true },
  })
  const cancelled: CancelledMessage[] = []
  for (const { id, key, personId, ...row } of rows) {
    const reason = staleReason(cardOf(row))
    if (reason === undefined) continue
    const { count } = await tx.outboxMessage.updateMany({
      where: { id, ...isUnsent },
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
