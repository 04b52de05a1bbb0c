import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import type { Block } from '../block-kit.ts'
import { bytesWhenEscaped, isTooLongForAMessage } from '../limits.ts'
import { messageJson } from '../message-json.ts'
import type { MessageMetadata } from '../model.ts'
import type { Conversation, StoredMessage, WorkspaceState } from '../state.ts'
import { json, type Methods, method } from './arguments.ts'

/** Slack truncates a longer text silently; here it is an error, so that a test notices. */
const MAX_TEXT_CHARACTERS = 40_000
/** Only chat.update is this strict, and counts the bytes of the escaped text. */
const MAX_UPDATE_BYTES = 4000

const contentFields = {
  text: z.string().optional(),
  blocks: json.optional(),
  metadata: json.optional(),
}
const place = { channel: z.string().min(1) }
const metadataSchema = z.object({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
})

/** chat.*: the bot's messages. Source: https://docs.slack.dev/reference/methods/chat.postMessage */
export function chatMethods(state: WorkspaceState): Methods {
  const jsonOf = (message: StoredMessage, conversation: Conversation) =>
    messageJson(state, conversation, message, true)

  return {
    'chat.getPermalink': method(z.object({ ...place, message_ts: z.string() }), (args) => {
      const conversation = state.conversation(args.channel)
      if (!state.find(conversation, args.message_ts)) throw new ApiError('message_not_found')
      const moment = args.message_ts.replace('.', '')
      const permalink = `https://slack.example/archives/${conversation.id}/p${moment}`
      return { channel: conversation.id, permalink }
    }),

    'chat.postMessage': method(
      z.object({ ...place, ...contentFields, thread_ts: z.string().optional() }),
      (args) => {
        const conversation = requireWritable(state, args.channel)
        const content = newContent(state, args)
        const metadata = args.metadata === undefined ? undefined : parseMetadata(args.metadata)
        const message = state.post(conversation, {
          user: state.bot.userId,
          ...content,
          ...(args.thread_ts && { threadTs: args.thread_ts }),
          ...(metadata && { metadata }),
        })
        return {
          channel: conversation.id,
          ts: message.ts,
          message: jsonOf(message, conversation),
        }
      },
    ),

    'chat.postEphemeral': method(
      z.object({ ...place, ...contentFields, user: z.string(), thread_ts: z.string().optional() }),
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

    'chat.update': method(z.object({ ...place, ...contentFields, ts: z.string() }), (args) => {
      const conversation = requireWritable(state, args.channel)
      const message = ownMessage(state, conversation, args.ts, 'cant_update_message')
      const change = updatedContent(state, message, args)
      state.edit(message, change)
      return {
        channel: conversation.id,
        ts: message.ts,
        text: message.text,
        message: jsonOf(message, conversation),
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
  const parsed = blocks === undefined ? [] : messageBlocks(state, blocks)
  if (!text && parsed.length === 0) throw new ApiError('no_text')
  if (text.length > MAX_TEXT_CHARACTERS) throw new ApiError('msg_too_long')
  return { text, blocks: parsed }
}

/** chat.update keeps what it is not given; an empty list of blocks or empty metadata removes them. */
function updatedContent(state: WorkspaceState, before: StoredMessage, args: ContentArguments) {
  const text = args.text ?? before.text
  const blocks = args.blocks === undefined ? before.blocks : messageBlocks(state, args.blocks)
  if (!text && blocks.length === 0) throw new ApiError('no_text')
  if (bytesWhenEscaped(text) > MAX_UPDATE_BYTES) throw new ApiError('msg_too_long')
  if (args.metadata === undefined) return { text, blocks }
  const isEmpty = z.strictObject({}).safeParse(args.metadata).success
  const metadata = isEmpty ? undefined : parseMetadata(args.metadata)
  if (!metadata) delete before.metadata
  return { text, blocks, ...(metadata && { metadata }) }
}

function messageBlocks(state: WorkspaceState, value: unknown): Block[] {
  const blocks = state.parseBlocks(value, 'message')
  if (isTooLongForAMessage(blocks)) throw new ApiError('msg_blocks_too_long')
  return blocks
}

function parseMetadata(value: unknown): MessageMetadata {
  const parsed = metadataSchema.safeParse(value)
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
