import type { Conversation, StoredMessage, WorkspaceState } from './state.ts'

/** A message as Slack returns it and sends it in payloads. Metadata only where it is asked for. */
export function messageJson(
  state: WorkspaceState,
  conversation: Conversation,
  message: StoredMessage,
  withMetadata = false,
): Record<string, unknown> {
  if (message.tombstone) return { ...tombstone(message), ...threadOf(conversation, message) }
  return {
    type: 'message',
    user: message.user,
    ...(message.user === state.bot.userId && botFields(state)),
    text: message.text,
    ts: message.ts,
    team: state.team.id,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...filesOf(state, message),
    ...(message.editedTs && { edited: { user: message.user, ts: message.editedTs } }),
    ...(withMetadata && message.metadata && { metadata: message.metadata }),
    ...threadOf(conversation, message),
  }
}

/** The replies to a message, oldest first, without ephemeral ones. */
export function repliesTo(conversation: Conversation, root: StoredMessage): StoredMessage[] {
  return conversation.messages.filter((each) => each.threadTs === root.ts && !each.ephemeralFor)
}

/** Slack gives a message with files a subtype of its own. */
export function filesOf({ files }: WorkspaceState, { files: ids }: StoredMessage) {
  if (!ids) return {}
  return { subtype: 'file_share', upload: true, files: ids.map((id) => files.json(id)) }
}

function botFields({ bot, team }: WorkspaceState) {
  return {
    bot_id: bot.botId,
    app_id: bot.appId,
    bot_profile: { id: bot.botId, app_id: bot.appId, name: bot.name, team_id: team.id },
  }
}

function tombstone(message: StoredMessage) {
  return { type: 'message', subtype: 'tombstone', ts: message.ts, text: message.text }
}

function threadOf(conversation: Conversation, message: StoredMessage) {
  if (message.threadTs) return { thread_ts: message.threadTs }
  const replies = repliesTo(conversation, message)
  const latest = replies.at(-1)
  if (!latest) return {}
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((reply) => reply.user))],
    latest_reply: latest.ts,
  }
}
