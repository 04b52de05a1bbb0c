import type { Address } from '../../base/addresses.ts'
import type { Card } from '../../chat/cards.ts'
import { audienceOfMessage } from '../../domain/digests/archive/digest-store.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { channelMessageAt } from '../../outbox/find-message.ts'
import type { MessageKind } from '../../outbox/message-kinds.ts'
import { enqueue } from '../../outbox/outbox.ts'

/** A message for the thread of a channel message: whoever saw that message sees the reply. */
export interface ThreadReply {
  readonly key: string
  readonly kind: MessageKind
  readonly card: Card
  readonly programmeId: string
  readonly why: readonly string[]
}

/**
 * Enqueues a reply in the thread of a channel message. Returns false, and enqueues nothing, where the message is the
 * answer to a command, which only one person saw, or a digest for the public.
 */
export async function enqueueThreadReply(
  tx: Tx,
  message: Address,
  reply: ThreadReply,
  now: Date,
): Promise<boolean> {
  const found = await channelMessageAt(tx, message)
  if (!found || (await isForPublic(tx, found.key))) return false
  // Threads do not nest: a reply to a message in a thread goes to the same thread.
  await enqueue(tx, { ...reply, place: found.place, afterKey: found.rootKey }, now)
  return true
}

/** Whether the message is in a channel, and everybody there may read replies to it. */
export async function isShared(tx: ReadTx, message: Address): Promise<boolean> {
  const found = await channelMessageAt(tx, message)
  return found !== undefined && !(await isForPublic(tx, found.key))
}

/** Answers and decisions are for the board, so a digest for the public gets none in its thread. */
async function isForPublic(tx: ReadTx, key: string): Promise<boolean> {
  return (await audienceOfMessage(tx, key)) === 'public'
}
