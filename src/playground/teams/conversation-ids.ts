import { createHash } from 'node:crypto'

/** What a conversation id points at. */
export type ParsedConversationId =
  | { kind: 'base'; id: string }
  | { kind: 'thread'; channelId: string; rootId: string }

/**
 * The id of the chat between a bot and a person. Made from both ids, so that an address which the bot
 * kept in its database still holds when the tenant is started again.
 */
export function chatId(appId: string, personId: string): string {
  return `a:1${createHash('sha256').update(`${appId}|${personId}`).digest('base64url')}`
}

export function botId(appId: string): string {
  return `28:${appId}`
}

export function threadId(channelId: string, rootId: string): string {
  return `${channelId};messageid=${rootId}`
}

/** A thread's id is its channel's with the first message's id behind it; anything else is a chat or a channel. */
export function parseConversationId(conversationId: string): ParsedConversationId {
  const match = /^(?<channelId>.+);messageid=(?<rootId>\d+)$/.exec(conversationId)
  const { channelId, rootId } = match?.groups ?? {}
  return channelId !== undefined && rootId !== undefined
    ? { kind: 'thread', channelId, rootId }
    : { kind: 'base', id: conversationId }
}
