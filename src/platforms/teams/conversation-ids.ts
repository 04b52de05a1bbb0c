import type { Address, Place } from '../../base/addresses.ts'

/** A thread in a channel is a conversation of its own: '<channel>;messageid=<first message of the thread>'. */
const THREAD_SEPARATOR = ';messageid='

/** Splits a conversation id. `root` is the thread's first message; undefined outside threads. */
export function splitConversation(id: string): { conversation: string; root: string | undefined } {
  const [conversation = id, root] = id.split(THREAD_SEPARATOR)
  return { conversation, root }
}

/**
 * The address of a message. A later message of a thread gets the id of the first one appended
 * ('<message>;messageid=<first>'), because a thread is addressed by its first message.
 */
export function addressOf(place: Place, conversationId: string, activityId: string): Address {
  const { root } = splitConversation(conversationId)
  const message =
    root && root !== activityId ? `${activityId}${THREAD_SEPARATOR}${root}` : activityId
  return { place, messageId: message }
}

/** The activity id of a message's address. */
export function activityOf(address: Address): string {
  return splitConversation(address.messageId).conversation
}

/** The conversation in which a message can be edited and answered: its thread, if the place has threads. */
export function conversationOf(address: Address): string {
  const { place, messageId } = address
  if (!hasThreads(place)) return place.conversation
  const { conversation, root } = splitConversation(messageId)
  return `${place.conversation}${THREAD_SEPARATOR}${root ?? conversation}`
}

/** Group chats ('19:…@thread.v2') count as channels, but have no threads. */
export function hasThreads(place: Place): boolean {
  return place.kind === 'channel' && !place.conversation.endsWith('@thread.v2')
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Whether the place names a person, whose chat has to be opened. Where nobody has said so, the id's shape does: in Teams
 * a person is a Microsoft Entra object id (a UUID) or an id for this bot ('29:…'), and chats are 'a:…' or '19:…'. Ids of
 * the Agents Playground have other shapes.
 */
export function isPerson({ kind, conversation, isPerson }: Place): boolean {
  if (kind !== 'direct') return false
  return isPerson ?? (UUID.test(conversation) || conversation.startsWith('29:'))
}
