import type { webApi } from '@slack/bolt'
import type { Address, ChatIdentity, Place } from '../../base/addresses.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { AdaptiveCard, Card } from '../../chat/cards.ts'
import { withDuplicateNotice } from '../../chat/duplicate-notice.ts'
import { MessageRejectedError, type OutgoingMessage, type UserProfile } from '../../chat/port.ts'
import { fetchChannel } from './channel.ts'
import { type SlackMessage, toMessage } from './converter/message.ts'
import { callSlack } from './errors.ts'
import { findMessageByKey, metadataEventType } from './find-message.ts'
import { retryUntilProcessed, uploadImage } from './upload-image.ts'

/** Text is only read aloud or shown in notifications: nothing in it is to be linked or previewed. */
const plainPostOptions = { mrkdwn: false, unfurl_links: false, unfurl_media: false }

export interface OutboundOptions {
  readonly client: webApi.WebClient
  /** Draws a card by name. */
  readonly expand: (card: Card) => AdaptiveCard
  readonly log: Log
}

/** What Slack does for the port, in one workspace. */
export function createOutbound(parts: OutboundOptions) {
  const { client } = parts
  return {
    async send(place: Place, message: OutgoingMessage): Promise<Address> {
      const { key, thread } = message
      const posted = await postWithImage(parts, message, (content) =>
        client.chat.postMessage({
          channel: place.conversation,
          ...content,
          ...plainPostOptions,
          metadata: { event_type: metadataEventType, event_payload: { key } },
          ...(thread && { thread_ts: thread.messageId }),
        }),
      )
      const { channel = place.conversation, ts = '' } = posted
      return { place: { ...place, conversation: channel }, messageId: ts }
    },

    /** The key stays what it was when the message was posted: Slack keeps metadata that is not given. */
    async update({ place, messageId: ts }: Address, message: OutgoingMessage): Promise<void> {
      await postWithImage(parts, message, (content) =>
        client.chat.update({ channel: place.conversation, ts, ...content }),
      )
    },

    find: (place: Place, key: string, since: Date, thread?: Address) =>
      findMessageByKey(client, place, key, since, thread),

    channel: (place: Place) => fetchChannel(client, place.conversation),

    async profile({ user, displayName }: ChatIdentity): Promise<UserProfile> {
      const { user: found } = await callSlack(() => client.users.info({ user }))
      const { profile, real_name, name, tz } = found ?? {}
      const names = [real_name, profile?.real_name, profile?.display_name, name, displayName]
      return { displayName: names.find(Boolean) ?? user, zone: tz }
    },
  }
}

/** Posts a message, with its picture where Slack takes that, and else without. */
async function postWithImage<T>(
  parts: OutboundOptions,
  message: OutgoingMessage,
  post: (content: SlackMessage) => Promise<T>,
): Promise<T> {
  const words = renderMessage(message, parts.expand)
  const file = await uploadImageOf(parts, message)
  if (file === undefined) return callSlack(() => post(words))
  try {
    const whole = renderMessage(message, parts.expand, file)
    return await retryUntilProcessed(() => callSlack(() => post(whole)))
  } catch (error) {
    // Refused means that nothing was posted. Of any other failure that is not certain.
    if (!(error instanceof MessageRejectedError)) throw error
    logImageOmitted(parts, message, error)
    return callSlack(() => post(words))
  }
}

/** The id of its picture's file; undefined where it has none, or Slack did not take it. */
async function uploadImageOf(
  parts: OutboundOptions,
  message: OutgoingMessage,
): Promise<string | undefined> {
  if (!message.image) return undefined
  try {
    return await uploadImage(parts.client, message.image)
  } catch (error) {
    logImageOmitted(parts, message, error)
    return undefined
  }
}

function logImageOmitted({ log }: OutboundOptions, { key }: OutgoingMessage, error: unknown): void {
  const words = 'Slack did not take the picture of a message; the words go out without it'
  log.warn({ delivery: key, error: messageOf(error) }, words)
}

function renderMessage(
  { card, isResend }: OutgoingMessage,
  expand: OutboundOptions['expand'],
  file?: string,
): SlackMessage {
  try {
    const expanded = expand(card)
    return toMessage(isResend ? withDuplicateNotice(expanded) : expanded, card.name, file)
  } catch (error) {
    throw new MessageRejectedError('invalid_card', messageOf(error))
  }
}
