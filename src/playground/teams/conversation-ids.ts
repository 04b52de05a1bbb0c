import { createHash } from 'node:crypto'

/** The parts of a conversation id. */
export type ParsedConversationId =
  | { kind: 'base'; id: string }
  | { kind: 'thread'; channelId: string; rootId: string }

/**
 * The id of the chat between a bot and a person. It is derived from both ids, so that an address in the bot's
 * database is still valid when the tenant is started again.
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

/** A thread's id is its channel's id followed by its first message's; any other id is a chat's or a channel's. */
export function parseConversationId(conversationId: string): ParsedConversationId {
  const match = /^(?<channelId>.+);messageid=(?<rootId>\d+)$/.exec(conversationId)
  const { channelId, rootId } = match?.groups ?? {}
  return channelId !== undefined && rootId !== undefined
    ? { kind: 'thread', channelId, rootId }
    : { kind: 'base', id: conversationId }
}
