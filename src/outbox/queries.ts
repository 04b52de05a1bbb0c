import type { Prisma, ReadTx } from '../infra/db.ts'
import { type DeliveryState, programmeIdsOf } from './row-mapping.ts'

/** A message without its content, for the delivery log. */
export interface OutboxMessageSummary {
  readonly id: string
  readonly sequence: bigint
  readonly key: string
  readonly kind: string
  readonly programmeIds: readonly string[]
  /** To whom; null for a channel. */
  readonly personId: string | null
  readonly platform: string
  readonly conversation: string
  readonly placeKind: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly createdAt: Date
  readonly notBefore: Date
  readonly leaseExpiresAt: Date | null
  readonly possiblySentAt: Date | null
  readonly sentAt: Date | null
  /** Dead because there is nobody any more to send it to. */
  readonly gone: boolean
  readonly errorCode: string | null
  readonly error: string | null
  readonly why: readonly string[]
}

export interface OutboxFilter {
  /** Those that tell of any of these programmes. Absent: all. */
  readonly programmeIds?: readonly string[] | undefined
  readonly states?: readonly DeliveryState[] | undefined
  readonly personIds?: readonly string[] | undefined
  /** As the platform names it. */
  readonly conversation?: string | undefined
  readonly sequence?: bigint | undefined
  readonly ids?: readonly string[] | undefined
}

/** The latest messages first; at most `limit`. */
export async function listOutboxMessages(
  tx: ReadTx,
  filter: OutboxFilter,
  limit: number,
): Promise<OutboxMessageSummary[]> {
  const rows = await tx.outboxMessage.findMany({
    where: whereOf(filter),
    orderBy: { sequence: 'desc' },
    take: limit,
    omit: { data: true },
  })
  return rows.map((row) => ({ ...row, programmeIds: programmeIdsOf(row) }))
}

/** How many there are of those. */
export async function countOutboxMessages(tx: ReadTx, filter: OutboxFilter): Promise<number> {
  return tx.outboxMessage.count({ where: whereOf(filter) })
}

function whereOf({
  programmeIds,
  states,
  personIds,
  conversation,
  sequence,
  ids,
}: OutboxFilter): Prisma.OutboxMessageWhereInput {
  const theirs = programmeIds && [...programmeIds]
  const isTheirs = theirs && {
    OR: [{ programmeIds: { hasSome: theirs } }, { programmeId: { in: theirs } }],
  }
  const isThere = conversation && { OR: [{ conversation }, { sentTo: conversation }] }
  return {
    AND: [isTheirs ?? {}, isThere || {}],
    ...(states && { state: { in: [...states] } }),
    ...(personIds && { personId: { in: [...personIds] } }),
    ...(sequence !== undefined && { sequence }),
    ...(ids && { id: { in: [...ids] } }),
  }
}
