import type { webApi } from '@slack/bolt'
import type { Address, ChatIdentity, Place } from '../../base/addresses.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { AdaptiveCard, Card } from '../../chat/cards.ts'
import { postWithImage, renderOutgoing } from '../../chat/outgoing-message.ts'
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
  readonly expand: (card: Card) => AdaptiveCard
  readonly log: Log
}

/** What Slack does for the port, in one workspace. */
export function createOutbound(options: OutboundOptions) {
  const { client } = options
  return {
    async send(place: Place, message: OutgoingMessage): Promise<Address> {
      const { key, thread } = message
      const posted = await post(options, message, (content) =>
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
      await post(options, message, (content) =>
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

async function post<T>(
  { client, expand, log }: OutboundOptions,
  message: OutgoingMessage,
  call: (content: SlackMessage) => Promise<T>,
): Promise<T> {
  const render = (file?: string) =>
    renderOutgoing(message, expand, (card) => toMessage(card, message.card.name, file))
  const plain = render()
  const postImage = async (image: Uint8Array) => {
    const content = render(await uploadOrReject(client, image))
    return retryUntilProcessed(() => callSlack(() => call(content)))
  }
  const postPlain = () => callSlack(() => call(plain))
  return postWithImage(message, { postImage, postPlain }, { log, platform: 'Slack' })
}

/** An upload posts nothing, so the message goes out without its image whatever the failure. */
async function uploadOrReject(client: webApi.WebClient, image: Uint8Array): Promise<string> {
  try {
    return await uploadImage(client, image)
  } catch (error) {
    throw new MessageRejectedError('image_not_uploaded', messageOf(error))
  }
}
