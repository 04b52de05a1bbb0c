import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Address, Place } from '../../chat/invocation.ts'
import { Gone } from '../../chat/port.ts'
import { calling } from './failures.ts'

/**
 * Looks for a message by the key in its metadata: after a crash between posting and noting it down, nothing
 * else tells whether it stands there (chat.postMessage has no idempotency key).
 */

/** A thread's root may have been posted a little before what is looked for. */
const earlierMs = 60 * 60_000
const pageSize = 200
const mostPages = 10

const message = z.object({
  ts: z.string(),
  metadata: z.object({ event_payload: z.looseObject({ key: z.unknown() }) }).optional(),
  reply_count: z.number().optional(),
  latest_reply: z.string().optional(),
})
type Message = z.infer<typeof message>

type Found = Address | 'not there' | 'cannot tell'

/** 'cannot tell' where the bot may post but not read, or where there is more to read than it should. */
export async function findByKey(
  client: webApi.WebClient,
  place: Place,
  key: string,
  since: Date,
): Promise<Found> {
  const oldest = String((since.getTime() - earlierMs) / 1000)
  try {
    const channel = await channelOf(client, place)
    const history = await read((cursor) =>
      calling(() =>
        client.conversations.history({ channel, oldest, ...page, ...(cursor && { cursor }) }),
      ),
    )
    const lists = [history]
    for (const root of history.messages.filter((each) => hasReplySince(each, oldest))) {
      lists.push(
        await read((cursor) =>
          calling(() =>
            client.conversations.replies({
              ...{ channel, ts: root.ts, oldest, ...page },
              ...(cursor && { cursor }),
            }),
          ),
        ),
      )
    }
    const found = lists.flatMap(({ messages }) => messages).find((each) => keyOf(each) === key)
    if (found) return { place: { ...place, conversation: channel }, message: found.ts }
    return lists.every(({ isWhole }) => isWhole) ? 'not there' : 'cannot tell'
  } catch (error) {
    // A public channel may take posts of an app that is not in it and so may not read there.
    if (error instanceof Gone && error.message.includes('not_in_channel')) return 'cannot tell'
    throw error
  }
}

const page = { limit: pageSize, include_all_metadata: true }

interface Page {
  readonly messages?: unknown
  readonly response_metadata?: { readonly next_cursor?: string }
}

async function read(
  next: (cursor: string | undefined) => Promise<Page>,
): Promise<{ messages: Message[]; isWhole: boolean }> {
  const messages: Message[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answered = await next(cursor)
    messages.push(...z.array(message).parse(answered.messages ?? []))
    cursor = answered.response_metadata?.next_cursor
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

function hasReplySince({ reply_count = 0, latest_reply = '' }: Message, oldest: string): boolean {
  return reply_count > 0 && Number(latest_reply) >= Number(oldest)
}

function keyOf({ metadata }: Message): unknown {
  return metadata?.event_payload.key
}
