import type { Address, Place } from '../../base/addresses.ts'

/** A channel's thread is a conversation of its own: '<channel>;messageid=<the thread's first message>'. */
const THREAD_SEPARATOR = ';messageid='

/** A conversation id as Teams sends it, taken apart. Outside channels there is no `root`. */
export function splitConversation(id: string): { conversation: string; root: string | undefined } {
  const [conversation = id, root] = id.split(THREAD_SEPARATOR)
  return { conversation, root }
}

/**
 * The address of a message. One that is not the first of its thread carries the first one's id behind its own
 * ('<message>;messageid=<first>'), because Teams can only be answered in a thread by the first one's id.
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

/** The conversation in which this message can be changed and answered: its thread, where there are threads. */
export function conversationOf(address: Address): string {
  const { place, messageId } = address
  if (!hasThreads(place)) return place.conversation
  const { conversation, root } = splitConversation(messageId)
  return `${place.conversation}${THREAD_SEPARATOR}${root ?? conversation}`
}

/** Group chats ('19:…@thread.v2') are shared as channels are, but have no threads. */
export function hasThreads(place: Place): boolean {
  return place.kind === 'channel' && !place.conversation.endsWith('@thread.v2')
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Whether a direct place names the person, because the chat is not open yet. People go by their Microsoft Entra
 * object id (a UUID) or by the id they have towards one bot ('29:…'); chats are 'a:…' or '19:…'.
 */
export function isPersonId(conversation: string): boolean {
  return UUID.test(conversation) || conversation.startsWith('29:')
}
