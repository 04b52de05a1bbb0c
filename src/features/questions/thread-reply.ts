import type { Address } from '../../base/addresses.ts'
import type { Card } from '../../chat/cards.ts'
import { audienceOfMessage } from '../../domain/digests/archive/digest-store.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { type ChannelMessage, channelMessageAt } from '../../outbox/find-message.ts'
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
 * Enqueues a reply in the thread of a channel message of the same programme. Returns false, and enqueues nothing, where
 * the message is the answer to a command, which only one person saw, a digest for the public, or of another programme.
 */
export async function enqueueThreadReply(
  tx: Tx,
  message: Address,
  { programmeId, ...reply }: ThreadReply,
  now: Date,
): Promise<boolean> {
  const found = await sharedMessageAt(tx, message, programmeId)
  if (!found) return false
  // Threads do not nest: a reply to a message in a thread goes to the same thread.
  const threaded = { ...reply, programmeIds: [programmeId], afterKey: found.rootKey }
  await enqueue(tx, { ...threaded, place: found.place }, now)
  return true
}

/** Whether the message is in a channel, and everybody there may read replies about the programme. */
export async function isShared(
  tx: ReadTx,
  message: Address,
  programmeId: string,
): Promise<boolean> {
  return (await sharedMessageAt(tx, message, programmeId)) !== undefined
}

/** The address comes from a request, so it may be of any message: one that tells of another programme has no thread here. */
async function sharedMessageAt(
  tx: ReadTx,
  message: Address,
  programmeId: string,
): Promise<ChannelMessage | undefined> {
  const found = await channelMessageAt(tx, message)
  if (!found?.programmeIds.includes(programmeId)) return undefined
  return (await isForPublic(tx, found.key)) ? undefined : found
}

/** Answers and decisions are for the board, so a digest for the public gets none in its thread. */
async function isForPublic(tx: ReadTx, key: string): Promise<boolean> {
  return (await audienceOfMessage(tx, key)) === 'public'
}
