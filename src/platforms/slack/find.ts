import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Address, Place } from '../../chat/invocation.ts'
import { Gone } from '../../chat/port.ts'
import { calling } from './failures.ts'

/**
 * Looks for a message by the key in its metadata: after a crash between posting and noting it down, nothing
 * else tells whether it stands there (chat.postMessage has no idempotency key).
 */

/** Marks the messages that Milepost says first; the key is what the ledger knows them by. */
export const deliveryEvent = 'milepost_delivery'

/** A thread's root may have been posted a little before what is looked for. */
const earlierMs = 60 * 60_000
const pageSize = 200
const mostPages = 10

const message = z.object({
  ts: z.string(),
  // Other apps may keep there what they like.
  metadata: z
    .object({ event_type: z.literal(deliveryEvent), event_payload: z.object({ key: z.string() }) })
    .optional()
    .catch(undefined),
  reply_count: z.number().default(0),
  latest_reply: z.string().default('0'),
})
type Message = z.infer<typeof message>

const answer = z.object({
  messages: z.array(message).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
})

type Found = Address | 'not there' | 'cannot tell'

/** 'cannot tell' where the bot may post but not read, or where there is more to read than it should. */
export async function findByKey(
  client: webApi.WebClient,
  place: Place,
  key: string,
  since: Date,
): Promise<Found> {
  try {
    const conversation = await channelOf(client, place)
    const found = await search(client, conversation, key, since)
    if (typeof found === 'string') return found
    return { place: { ...place, conversation }, message: found.ts }
  } catch (error) {
    // A public channel may take posts of an app that is not in it and so may not read there.
    if (error instanceof Gone && error.message.includes('not_in_channel')) return 'cannot tell'
    throw error
  }
}

/** The conversation first, then each thread that was answered in since. */
async function search(
  client: webApi.WebClient,
  channel: string,
  key: string,
  since: Date,
): Promise<Message | 'not there' | 'cannot tell'> {
  const oldest = String((since.getTime() - earlierMs) / 1000)
  const asked = { channel, oldest, limit: pageSize, include_all_metadata: true }
  const isIt = (each: Message) => each.metadata?.event_payload.key === key

  const history = await read((cursor) => client.conversations.history({ ...asked, ...cursor }))
  const found = history.messages.find(isIt)
  if (found) return found
  let isWhole = history.isWhole
  for (const { ts, reply_count, latest_reply } of history.messages) {
    if (reply_count === 0 || Number(latest_reply) < Number(oldest)) continue
    const thread = await read((cursor) => client.conversations.replies({ ...asked, ts, ...cursor }))
    const reply = thread.messages.find(isIt)
    if (reply) return reply
    isWhole &&= thread.isWhole
  }
  return isWhole ? 'not there' : 'cannot tell'
}

/** Page after page, up to a bound. */
async function read(
  next: (cursor: { cursor?: string }) => Promise<unknown>,
): Promise<{ messages: Message[]; isWhole: boolean }> {
  const messages: Message[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await calling(async () => answer.parse(await next(cursor ? { cursor } : {})))
    messages.push(...page.messages)
    cursor = page.response_metadata?.next_cursor
    if (!cursor) return { messages, isWhole: true }
  }
  return { messages, isWhole: false }
}

/** A person's id stands for the conversation with them. */
async function channelOf(client: webApi.WebClient, { conversation }: Place): Promise<string> {
  if (!/^[UW]/.test(conversation)) return conversation
  const { channel } = await calling(() => client.conversations.open({ users: conversation }))
  return channel?.id ?? conversation
}
