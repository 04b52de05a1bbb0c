import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import type { Block } from '../block-kit.ts'
import { bytesWhenEscaped, isTooLongForAMessage } from '../limits.ts'
import { messageJson } from '../message-json.ts'
import type { MessageMetadata } from '../model.ts'
import type { Conversation, StoredMessage, WorkspaceState } from '../state.ts'
import { json, type Methods, method } from './arguments.ts'

/** Slack cuts a longer text off without a word; here it is an error, so that a test notices. */
const MAX_TEXT_CHARACTERS = 40_000
/** chat.update alone is this strict, and counts the bytes of the escaped text. */
const MAX_UPDATE_BYTES = 4000

const content = {
  text: z.string().optional(),
  blocks: json.optional(),
  metadata: json.optional(),
}
const place = { channel: z.string().min(1) }
const metadata = z.object({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
})

/** chat.*: what the bot says. Source: https://docs.slack.dev/reference/methods/chat.postMessage */
export function chatMethods(state: WorkspaceState): Methods {
  const readable = (message: StoredMessage, conversation: Conversation) =>
    messageJson(state, conversation, message, true)

  return {
    'chat.postMessage': method(
      z.object({ ...place, ...content, thread_ts: z.string().optional() }),
      (args) => {
        const conversation = requireWritable(state, args.channel)
        const said = newContent(state, args)
        const attached = args.metadata === undefined ? undefined : readMetadata(args.metadata)
        const message = state.post(conversation, {
          user: state.bot.userId,
          ...said,
          ...(args.thread_ts && { threadTs: args.thread_ts }),
          ...(attached && { metadata: attached }),
        })
        return {
          channel: conversation.id,
          ts: message.ts,
          message: readable(message, conversation),
        }
      },
    ),

    'chat.postEphemeral': method(
      z.object({ ...place, ...content, user: z.string(), thread_ts: z.string().optional() }),
      (args) => {
        const conversation = requireWritable(state, args.channel)
        if (!conversation.members.has(state.person(args.user).id)) {
          throw new ApiError('user_not_in_channel')
        }
        const message = state.post(conversation, {
          user: state.bot.userId,
          ...newContent(state, args),
          ...(args.thread_ts && { threadTs: args.thread_ts }),
          ephemeralFor: args.user,
        })
        return { message_ts: message.ts }
      },
    ),

    'chat.update': method(z.object({ ...place, ...content, ts: z.string() }), (args) => {
      const conversation = requireWritable(state, args.channel)
      const message = ownMessage(state, conversation, args.ts, 'cant_update_message')
      const change = updatedContent(state, message, args)
      state.edit(message, change)
      return {
        channel: conversation.id,
        ts: message.ts,
        text: message.text,
        message: readable(message, conversation),
      }
    }),

    'chat.delete': method(z.object({ ...place, ts: z.string() }), (args) => {
      const conversation = requireWritable(state, args.channel)
      const message = ownMessage(state, conversation, args.ts, 'cant_delete_message')
      state.remove(conversation, message)
      return { channel: conversation.id, ts: message.ts }
    }),
  }
}

interface ContentArguments {
  text?: string | undefined
  blocks?: unknown
  metadata?: unknown
}

function requireWritable(state: WorkspaceState, channel: string): Conversation {
  const conversation = state.conversation(channel)
  if (!conversation.members.has(state.bot.userId)) throw new ApiError('not_in_channel')
  if (conversation.archived) throw new ApiError('is_archived')
  return conversation
}

function newContent(state: WorkspaceState, { text = '', blocks }: ContentArguments) {
  const read = blocks === undefined ? [] : messageBlocks(state, blocks)
  if (!text && read.length === 0) throw new ApiError('no_text')
  if (text.length > MAX_TEXT_CHARACTERS) throw new ApiError('msg_too_long')
  return { text, blocks: read }
}

/** What chat.update is not given, it keeps; an empty list of blocks or an empty metadata removes. */
function updatedContent(state: WorkspaceState, before: StoredMessage, args: ContentArguments) {
  const text = args.text ?? before.text
  const blocks = args.blocks === undefined ? before.blocks : messageBlocks(state, args.blocks)
  if (!text && blocks.length === 0) throw new ApiError('no_text')
  if (bytesWhenEscaped(text) > MAX_UPDATE_BYTES) throw new ApiError('msg_too_long')
  if (args.metadata === undefined) return { text, blocks }
  const isEmpty = z.strictObject({}).safeParse(args.metadata).success
  const attached = isEmpty ? undefined : readMetadata(args.metadata)
  if (!attached) delete before.metadata
  return { text, blocks, ...(attached && { metadata: attached }) }
}

function messageBlocks(state: WorkspaceState, value: unknown): Block[] {
  const blocks = state.parseBlocks(value, 'message')
  if (isTooLongForAMessage(blocks)) throw new ApiError('msg_blocks_too_long')
  return blocks
}

function readMetadata(value: unknown): MessageMetadata {
  const parsed = metadata.safeParse(value)
  if (!parsed.success) throw new ApiError('invalid_metadata_format')
  return parsed.data
}

function ownMessage(
  state: WorkspaceState,
  conversation: Conversation,
  ts: string,
  notOurs: string,
): StoredMessage {
  const message = state.find(conversation, ts)
  // Ephemeral messages cannot be changed by their timestamp, only through a response URL.
  if (!message || message.ephemeralFor) throw new ApiError('message_not_found')
  if (message.user !== state.bot.userId) throw new ApiError(notOurs)
  return message
}
