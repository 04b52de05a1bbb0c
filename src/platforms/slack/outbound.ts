import type { webApi } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { AdaptiveCard, Card } from '../../chat/cards.ts'
import { markedAgain } from '../../chat/duplicate-notice.ts'
import { type Outgoing, type Profile, Rejected } from '../../chat/port.ts'
import type { Address, ChatIdentity, Place } from '../../chat/request.ts'
import { channelOf } from './channel.ts'
import { type SlackMessage, toMessage } from './converter/message.ts'
import { calling } from './errors.ts'
import { deliveryEvent, findByKey } from './find-message.ts'
import { onceReady, uploadPicture } from './upload-image.ts'

/** Text is only read aloud or shown in notifications: nothing in it is to be linked or previewed. */
const quiet = { mrkdwn: false, unfurl_links: false, unfurl_media: false }

export interface OutboundParts {
  readonly client: webApi.WebClient
  /** Draws a card by name. */
  readonly expand: (card: Card) => AdaptiveCard
  readonly log: Log
}

/** What Slack does for the port, in one workspace. */
export function outbound(parts: OutboundParts) {
  const { client } = parts
  return {
    async send(place: Place, message: Outgoing): Promise<Address> {
      const { key, thread } = message
      const posted = await showing(parts, message, (content) =>
        client.chat.postMessage({
          channel: place.conversation,
          ...content,
          ...quiet,
          metadata: { event_type: deliveryEvent, event_payload: { key } },
          ...(thread && { thread_ts: thread.message }),
        }),
      )
      const { channel = place.conversation, ts = '' } = posted
      return { place: { ...place, conversation: channel }, message: ts }
    },

    /** The key stays what it was when the message was posted: Slack keeps metadata that is not given. */
    async update({ place, message: ts }: Address, message: Outgoing): Promise<void> {
      await showing(parts, message, (content) =>
        client.chat.update({ channel: place.conversation, ts, ...content }),
      )
    },

    find: (place: Place, key: string, since: Date, thread?: Address) =>
      findByKey(client, place, key, since, thread),

    channel: (place: Place) => channelOf(client, place.conversation),

    async profile({ user, displayName }: ChatIdentity): Promise<Profile> {
      const { user: found } = await calling(() => client.users.info({ user }))
      const { profile, real_name, name, tz } = found ?? {}
      const names = [real_name, profile?.real_name, profile?.display_name, name, displayName]
      return { displayName: names.find(Boolean) ?? user, zone: tz }
    },
  }
}

/** Posts a message, with its picture where Slack takes that, and else without. */
async function showing<T>(
  parts: OutboundParts,
  message: Outgoing,
  post: (content: SlackMessage) => Promise<T>,
): Promise<T> {
  const words = drawn(message, parts.expand)
  const file = await fileOf(parts, message)
  if (file === undefined) return calling(() => post(words))
  try {
    const whole = drawn(message, parts.expand, file)
    return await onceReady(() => calling(() => post(whole)))
  } catch (error) {
    // Refused means that nothing was posted. Of any other failure that is not certain.
    if (!(error instanceof Rejected)) throw error
    withoutPicture(parts, message, error)
    return calling(() => post(words))
  }
}

/** The id of its picture's file; undefined where it has none, or Slack did not take it. */
async function fileOf(parts: OutboundParts, message: Outgoing): Promise<string | undefined> {
  if (!message.picture) return undefined
  try {
    return await uploadPicture(parts.client, message.picture)
  } catch (error) {
    withoutPicture(parts, message, error)
    return undefined
  }
}

function withoutPicture({ log }: OutboundParts, { key }: Outgoing, error: unknown): void {
  const words = 'Slack did not take the picture of a message; the words go out without it'
  log.warn({ delivery: key, error: messageOf(error) }, words)
}

function drawn(
  { card, again }: Outgoing,
  expand: OutboundParts['expand'],
  file?: string,
): SlackMessage {
  try {
    const expanded = expand(card)
    return toMessage(again ? markedAgain(expanded) : expanded, card.name, file)
  } catch (error) {
    throw new Rejected(messageOf(error))
  }
}
