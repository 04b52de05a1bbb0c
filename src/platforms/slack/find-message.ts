import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Address, Place } from '../../base/addresses.ts'
import { RecipientGoneError } from '../../chat/port.ts'
import { callSlack } from './errors.ts'

/**
 * Looks for a message by the key in its metadata: after a crash between posting and noting it down, nothing
 * else tells whether it stands there (chat.postMessage has no idempotency key).
 */

/** Marks the messages that Milepost says first; the key is what the ledger knows them by. */
export const metadataEventType = 'milepost_delivery'

const pageSize = 200
const maxPages = 10

const message = z.object({
  ts: z.string(),
  // Other apps may keep there what they like.
  metadata: z
    .object({
      event_type: z.literal(metadataEventType),
      event_payload: z.object({ key: z.string() }),
    })
    .optional()
    .catch(undefined),
})
type Message = z.infer<typeof message>

const historyPage = z.object({
  messages: z.array(message).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
})

type FindResult = Address | 'not there' | 'cannot tell'

/**
 * Looks in the thread where one is given, else in the conversation itself: Slack's history does not hold what stands
 * in threads. 'cannot tell' where the bot may post but not read, or where there is more to read than it should.
 */
export async function findMessageByKey(
  client: webApi.WebClient,
  place: Place,
  key: string,
  since: Date,
  thread?: Address,
): Promise<FindResult> {
  try {
    const channel = await conversationIdOf(client, thread?.place ?? place)
    const oldest = String(since.getTime() / 1000)
    const range = { channel, oldest, inclusive: true, limit: pageSize }
    const asked = { ...range, include_all_metadata: true }
    const { messages, isWhole } = await readPages((cursor) =>
      thread
        ? client.conversations.replies({ ...asked, ts: thread.messageId, ...cursor })
        : client.conversations.history({ ...asked, ...cursor }),
    )
    const found = messages.find(({ metadata }) => metadata?.event_payload.key === key)
    if (found) return { place: { ...place, conversation: channel }, messageId: found.ts }
    return isWhole ? 'not there' : 'cannot tell'
  } catch (error) {
    // A public channel may take posts of an app that is not in it and so may not read there.
    if (error instanceof RecipientGoneError && error.code === 'not_in_channel') return 'cannot tell'
    throw error
  }
}

/** Page after page, up to a bound. */
async function readPages(
  next: (cursor: { cursor?: string }) => Promise<unknown>,
): Promise<{ messages: Message[]; isWhole: boolean }> {
  const messages: Message[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await callSlack(async () =>
      historyPage.parse(await next(cursor ? { cursor } : {})),
    )
    messages.push(...page.messages)
    cursor = page.response_metadata?.next_cursor
    if (!cursor) return { messages, isWhole: true }
  }
  return { messages, isWhole: false }
}

/** A person's id stands for the conversation with them. */
async function conversationIdOf(
  client: webApi.WebClient,
  { conversation }: Place,
): Promise<string> {
  if (!/^[UW]/.test(conversation)) return conversation
  const { channel } = await callSlack(() => client.conversations.open({ users: conversation }))
  return channel?.id ?? conversation
}
