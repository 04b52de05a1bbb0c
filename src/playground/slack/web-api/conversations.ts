import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import { messageJson, repliesTo } from '../message-json.ts'
import type { Conversation, StoredMessage, WorkspaceState } from '../state.ts'
import { microseconds } from '../timestamps.ts'
import { count, flag, type Methods, method } from './arguments.ts'
import { membersPage, pageArguments } from './pages.ts'

const channel = { channel: z.string().min(1) }
const timestamp = z.coerce.string().regex(/^\d+(\.\d+)?$/)
const range = {
  oldest: timestamp.default('0'),
  latest: timestamp.optional(),
  inclusive: flag.default(false),
  limit: count.default(100),
  cursor: z.string().optional(),
  include_all_metadata: flag.default(false),
}

/** conversations.*. Source: https://docs.slack.dev/reference/methods/conversations.history */
export function conversationMethods(state: WorkspaceState): Methods {
  return {
    'conversations.open': method(
      z.object({ users: z.string().optional(), channel: z.string().optional() }),
      (args) => {
        const [user, ...others] = args.users?.split(',') ?? []
        if (others.length > 0) {
          throw new ApiError('invalid_arguments', ['this workspace has no group direct messages'])
        }
        if (user) return { channel: { id: state.directMessage(user).id } }
        if (args.channel) return { channel: { id: state.conversation(args.channel).id } }
        throw new ApiError('users_list_not_supplied')
      },
    ),

    'conversations.info': method(z.object(channel), (args) => ({
      channel: conversationJson(state, state.conversation(args.channel)),
    })),

    'conversations.members': method(z.object({ ...channel, ...pageArguments }), (args) =>
      membersPage([...state.conversation(args.channel).members], args),
    ),

    'conversations.history': method(z.object({ ...channel, ...range }), (args) => {
      const conversation = requireReadable(state, args.channel)
      const roots = conversation.messages.filter((each) => !each.threadTs && !each.ephemeralFor)
      const page = pageOf(inRange(roots, args).toReversed(), args)
      return {
        messages: page.items.map((each) =>
          messageJson(state, conversation, each, args.include_all_metadata),
        ),
        has_more: page.next !== '',
        pin_count: 0,
        response_metadata: { next_cursor: page.next },
      }
    }),

    'conversations.replies': method(z.object({ ...channel, ...range, ts: timestamp }), (args) => {
      const conversation = requireReadable(state, args.channel)
      const message = conversation.messages.find(
        (each) => each.ts === args.ts && !each.ephemeralFor,
      )
      if (!message) throw new ApiError('thread_not_found')
      const root = conversation.messages.find(
        (each) => each.ts === (message.threadTs ?? message.ts),
      )
      if (!root) throw new ApiError('thread_not_found')
      const page = pageOf(inRange(repliesTo(conversation, root), args), args)
      return {
        // Slack puts the root first on every page.
        messages: [root, ...page.items].map((each) =>
          messageJson(state, conversation, each, args.include_all_metadata),
        ),
        has_more: page.next !== '',
        response_metadata: { next_cursor: page.next },
      }
    }),
  }
}

function requireReadable(state: WorkspaceState, id: string): Conversation {
  const conversation = state.conversation(id)
  if (!conversation.members.has(state.bot.userId)) throw new ApiError('not_in_channel')
  return conversation
}

function conversationJson(state: WorkspaceState, conversation: Conversation) {
  if (conversation.kind === 'dm') {
    return { id: conversation.id, is_im: true, user: conversation.name, is_archived: false }
  }
  return {
    id: conversation.id,
    name: conversation.name,
    name_normalized: conversation.name,
    is_channel: true,
    is_im: false,
    is_private: conversation.reach === 'private',
    is_shared: conversation.reach === 'with outsiders',
    is_ext_shared: conversation.reach === 'with outsiders',
    is_archived: conversation.archived,
    is_member: conversation.members.has(state.bot.userId),
    context_team_id: state.team.id,
  }
}

interface Range {
  oldest: string
  latest?: string | undefined
  inclusive: boolean
}

/** Messages between two moments; those at the moments themselves only for `inclusive`. */
function inRange(messages: StoredMessage[], range: Range): StoredMessage[] {
  const from = microseconds(range.oldest) - (range.inclusive ? 1 : 0)
  const to = range.latest ? microseconds(range.latest) + (range.inclusive ? 1 : 0) : Infinity
  return messages.filter(({ ts }) => microseconds(ts) > from && microseconds(ts) < to)
}

/** One page of `limit` items; `next` is the cursor of the next, empty after the last. */
function pageOf(
  items: StoredMessage[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): { items: StoredMessage[]; next: string } {
  const from = cursor ? items.findIndex((each) => cursorAt(each) === cursor) : 0
  if (from < 0) throw new ApiError('invalid_cursor')
  const next = items[from + limit]
  return { items: items.slice(from, from + limit), next: next ? cursorAt(next) : '' }
}

function cursorAt(message: StoredMessage): string {
  return Buffer.from(`next_ts:${message.ts}`).toString('base64')
}
