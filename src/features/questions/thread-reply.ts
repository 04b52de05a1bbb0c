import type { Address } from '../../base/addresses.ts'
import type { Card } from '../../chat/cards.ts'
import { audienceOfMessage } from '../../domain/digests/archive/digest-store.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { channelMessageAt } from '../../outbox/find-message.ts'
import type { MessageKind } from '../../outbox/message-kinds.ts'
import { enqueue } from '../../outbox/outbox.ts'

/** A message for the thread of another one, where everybody who saw that one sees it too. */
export interface ThreadReply {
  readonly key: string
  readonly kind: MessageKind
  readonly card: Card
  readonly programmeId: string
  readonly why: readonly string[]
}

/**
 * Enqueues it in the thread of a channel message. False where it cannot: the message is an answer to a command, which
 * only the person who asked saw, or a digest for the public.
 */
export async function enqueueThreadReply(
  tx: Tx,
  message: Address,
  reply: ThreadReply,
  now: Date,
): Promise<boolean> {
  const found = await channelMessageAt(tx, message)
  if (!found || (await isForPublic(tx, found.key))) return false
  // A message that is in a thread itself is answered in that thread.
  await enqueue(tx, { ...reply, place: found.place, afterKey: found.rootKey }, now)
  return true
}

/** Whether everybody in a channel saw the message and may read replies to it. */
export async function isShared(tx: ReadTx, message: Address): Promise<boolean> {
  const found = await channelMessageAt(tx, message)
  return found !== undefined && !(await isForPublic(tx, found.key))
}

/** Answers and decisions are for the board, so a digest for the public gets none in its thread. */
async function isForPublic(tx: ReadTx, key: string): Promise<boolean> {
  return (await audienceOfMessage(tx, key)) === 'public'
}
