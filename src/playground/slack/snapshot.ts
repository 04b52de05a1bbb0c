import type { ConversationSnapshot, MessageSnapshot, Snapshot } from './model.ts'
import type { Conversation, StoredMessage, WorkspaceState } from './state.ts'
import { microseconds } from './timestamps.ts'
import type { Views } from './views.ts'

/** What one person sees of the workspace now, as a copy. */
export function snapshotFor(state: WorkspaceState, views: Views, userId: string): Snapshot {
  const me = state.person(userId)
  const conversations = [...state.conversations.values()].filter(({ members }) =>
    members.has(userId),
  )
  return structuredClone({
    team: state.team,
    me,
    bot: state.bot,
    people: [...state.people.values()],
    conversations: conversations.map((conversation) =>
      conversationSnapshot(state, conversation, userId),
    ),
    views: views.stackOf(userId),
    home: views.homeOf(userId),
    notices: state.noticesOf(userId),
  })
}

function conversationSnapshot(
  state: WorkspaceState,
  conversation: Conversation,
  userId: string,
): ConversationSnapshot {
  const visible = conversation.messages.filter((each) => isVisible(each, userId))
  const roots = visible.filter((each) => !each.threadTs)
  return {
    id: conversation.id,
    kind: conversation.kind,
    name: conversation.kind === 'dm' ? state.bot.name : conversation.name,
    archived: conversation.archived,
    members: [...conversation.members],
    unread: roots.filter((each) => isUnread(conversation, each, userId)).length,
    messages: roots.map((root) => ({
      ...messageSnapshot(state, root),
      replies: visible
        .filter((each) => each.threadTs === root.ts)
        .map((each) => messageSnapshot(state, each)),
    })),
  }
}

function isVisible(message: StoredMessage, userId: string): boolean {
  return message.ephemeralFor === undefined || message.ephemeralFor === userId
}

/** As in Slack, replies, one's own messages and ephemeral ones are not counted as unread. */
function isUnread(conversation: Conversation, message: StoredMessage, userId: string): boolean {
  const readUpTo = conversation.readUpTo.get(userId) ?? '0'
  return (
    message.user !== userId &&
    !message.ephemeralFor &&
    microseconds(message.ts) > microseconds(readUpTo)
  )
}

function messageSnapshot(state: WorkspaceState, message: StoredMessage): MessageSnapshot {
  const isBot = message.user === state.bot.userId
  return {
    ts: message.ts,
    author: {
      id: message.user,
      name: isBot ? state.bot.realName : state.person(message.user).realName,
      isBot,
    },
    text: message.text,
    blocks: message.blocks,
    files: (message.files ?? []).map((id) => state.files.describe(id)),
    edited: message.editedTs !== undefined,
    ephemeral: message.ephemeralFor !== undefined,
    replies: [],
  }
}
