import { threadId } from './conversation-ids.ts'
import type { Channel, Message, Person, Snapshot, Thread } from './model.ts'
import type { StoredMessage, TenantState } from './state.ts'

/** What one person sees of the tenant now. Every person is a member of the team. */
export function snapshotFor(state: TenantState, person: Person): Snapshot {
  const { tenant, team } = state.layout
  const chat = state.chatWith(person)
  return {
    tenant,
    person,
    bot: state.bot,
    chat: {
      conversationId: chat.id,
      messages: state.messages
        .filter(({ base }) => base === chat.id)
        .map((message) => messageSnapshot(person, message)),
    },
    team: {
      id: team.id,
      name: team.name,
      channels: team.channels.map((channel) => ({
        ...channel,
        threads: threadsOf(state, channel, person),
      })),
    },
  }
}

function threadsOf(state: TenantState, channel: Channel, person: Person): Thread[] {
  const all = state.messages.filter(({ base }) => base === channel.id)
  return all
    .filter(({ id, rootId }) => id === rootId)
    .map((root) => ({
      conversationId: threadId(channel.id, root.id),
      root: messageSnapshot(person, root),
      replies: all
        .filter(({ id, rootId }) => rootId === root.id && id !== root.id)
        .map((reply) => messageSnapshot(person, reply)),
    }))
}

function messageSnapshot(person: Person, message: StoredMessage): Message {
  const { id, from, sentAt, editedAt, deleted, text, card, views, notes } = message
  return {
    id,
    from,
    sentAt: sentAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    deleted,
    text,
    card: views.get(person.id) ?? card,
    files: message.files ?? [],
    note: notes.get(person.id) ?? null,
  }
}
