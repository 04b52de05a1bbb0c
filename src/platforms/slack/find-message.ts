import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Address, Place } from '../../base/addresses.ts'
import { PlatformUnavailableError, RecipientGoneError } from '../../chat/port.ts'
import { callSlack, isMissingScope } from './errors.ts'
import { isLastPage, readPages } from './pages.ts'

/**
 * Finds a message by the key in its metadata. After a crash between posting a message and recording it, nothing else
 * tells whether it was posted: chat.postMessage has no idempotency key.
 */

/** Marks Milepost's outbox messages; the payload's key is the outbox message's. */
export const metadataEventType = 'milepost_delivery'

const pageSize = 200
const maxPages = 10

const message = z.object({
  ts: z.string(),
  // Other apps' metadata have other shapes.
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
 * Searches the thread if one is given, else the conversation: Slack's history does not include replies in threads.
 * Returns 'cannot tell' if the bot may post but not read, or if there are more than ten pages to read.
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
    const query = { ...range, include_all_metadata: true }
    const { messages, isWhole } = await readMessages((cursor) =>
      thread
        ? client.conversations.replies({ ...query, ts: thread.messageId, ...cursor })
        : client.conversations.history({ ...query, ...cursor }),
    )
    const found = messages.find(({ metadata }) => metadata?.event_payload.key === key)
    if (found) return { place: { ...place, conversation: channel }, messageId: found.ts }
    return isWhole ? 'not there' : 'cannot tell'
  } catch (error) {
    // An app can post in a public channel that it is not in, but cannot read there. Reading has scopes of its own.
    const isNotInChannel = error instanceof RecipientGoneError && error.code === 'not_in_channel'
    if (isNotInChannel || isMissingScope(error)) return 'cannot tell'
    throw error
  }
}

/** Reads at most `maxPages` pages. */
async function readMessages(
  next: (cursor: { readonly cursor?: string }) => Promise<unknown>,
): Promise<{ messages: Message[]; isWhole: boolean }> {
  const messages: Message[] = []
  let isWhole = false
  const pages = readPages(maxPages, async (cursor) => historyPage.parse(await next(cursor)))
  for await (const page of pages) {
    messages.push(...page.messages)
    isWhole = isLastPage(page)
  }
  return { messages, isWhole }
}

/** The id of a direct conversation, given a user's id. */
async function conversationIdOf(
  client: webApi.WebClient,
  { conversation }: Place,
): Promise<string> {
  if (!/^[UW]/.test(conversation)) return conversation
  const { channel } = await callSlack(() => client.conversations.open({ users: conversation }))
  if (channel?.id) return channel.id
  throw new PlatformUnavailableError('no_channel_id', 'Slack did not say which chat it is.', 'no')
}
