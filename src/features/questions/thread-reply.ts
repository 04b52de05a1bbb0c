import type { Address } from '../../base/addresses.ts'
import type { Card } from '../../chat/cards.ts'
import { audienceOfMessage } from '../../domain/digests/archive/digest-store.ts'
import type { Tx } from '../../infra/db.ts'
import { enqueue } from '../../outbox/outbox.ts'

/** Something to say where everybody sees it who saw what it is about. */
export interface ThreadReply {
  readonly key: string
  readonly kind: string
  readonly card: Card
  readonly programmeId: string
  readonly why: readonly string[]
}

/**
 * Says it in the thread of a message of ours, and tells whether it could: not where nobody but the person who asked saw
 * that message, as of an answer to a command.
 */
export async function enqueueThreadReply(
  tx: Tx,
  message: Address,
  said: ThreadReply,
  now: Date,
): Promise<boolean> {
  const { platform, tenant, conversation } = message.place
  const row = await tx.outboxMessage.findFirst({
    where: { platform, tenant, sentTo: conversation, messageId: message.messageId },
    include: { after: { select: { key: true } } },
  })
  if (row?.placeKind !== 'channel' || (await isForPublic(tx, row.key))) return false
  const place = { ...message.place, conversation: row.conversation, kind: 'channel' as const }
  // What stands in a thread itself is answered in that thread.
  const afterKey = row.after?.key ?? row.key
  await enqueue(
    tx,
    { ...said, place: { ...place, serviceUrl: row.serviceUrl ?? undefined }, afterKey },
    now,
  )
  return true
}

/** Whether everybody in a channel saw that message, and may read what is said of it. */
export async function isShared(tx: Tx, message: Address): Promise<boolean> {
  const { platform, tenant, conversation } = message.place
  const row = await tx.outboxMessage.findFirst({
    where: {
      ...{ platform, tenant, sentTo: conversation, messageId: message.messageId },
      placeKind: 'channel',
    },
    select: { key: true },
  })
  return row !== null && !(await isForPublic(tx, row.key))
}

/** Under a digest for the public nothing is said: what people answer and decide is for the board (digests/audience.ts). */
async function isForPublic(tx: Tx, key: string): Promise<boolean> {
  return (await audienceOfMessage(tx, key)) === 'public'
}
