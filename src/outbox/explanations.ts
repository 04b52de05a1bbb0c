import type { Place } from '../base/addresses.ts'
import type { Prisma, ReadTx } from '../infra/db.ts'

/** Why a message was sent. */
export interface Explanation {
  /** Sentences. */
  readonly why: readonly string[]
  /** Null where nobody knows whether it was sent. */
  readonly sentAt: Date | null
}

/** Of the message with this key, provided that it was sent to this person or to this channel. */
export async function explanationOf(
  tx: ReadTx,
  key: string,
  { personId, place }: { readonly personId: string; readonly place: Place },
): Promise<Explanation | undefined> {
  return latestExplanation(tx, { key, OR: [{ personId }, channelFilter(place)] })
}

/** Of the last message to this person. */
export async function latestExplanationTo(
  tx: ReadTx,
  personId: string,
): Promise<Explanation | undefined> {
  return latestExplanation(tx, { personId })
}

/** Of the last message in this channel. */
export async function latestExplanationIn(
  tx: ReadTx,
  place: Place,
): Promise<Explanation | undefined> {
  return latestExplanation(tx, channelFilter(place))
}

async function latestExplanation(
  tx: ReadTx,
  where: Prisma.OutboxMessageWhereInput,
): Promise<Explanation | undefined> {
  const row = await tx.outboxMessage.findFirst({
    where: { ...where, state: { in: ['sent', 'uncertain'] } },
    orderBy: { sequence: 'desc' },
    select: { why: true, sentAt: true },
  })
  return row ?? undefined
}

function channelFilter({ platform, tenant, conversation }: Place): Prisma.OutboxMessageWhereInput {
  const isThere = { OR: [{ conversation }, { sentTo: conversation }] }
  return { platform, tenant, placeKind: 'channel', AND: isThere }
}
