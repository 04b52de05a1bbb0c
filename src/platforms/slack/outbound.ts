import type { webApi } from '@slack/bolt'
import type { Clock } from '../../base/clock.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { AdaptiveCard, Card } from '../../chat/cards.ts'
import { withNoticeLine } from '../../chat/notice-line.ts'
import { postWithImage, renderOutgoing } from '../../chat/outgoing-message.ts'
import {
  type ChatPlatform,
  MessageRejectedError,
  type OutgoingMessage,
  PlatformUnavailableError,
} from '../../chat/port.ts'
import { fetchChannel } from './channel.ts'
import { createChannelMembers } from './channel-members.ts'
import { toHomeView } from './converter/home.ts'
import { type SlackMessage, toMessage } from './converter/message.ts'
import { callSlack } from './errors.ts'
import { findMessageByKey, metadataEventType } from './find-message.ts'
import { originOfPerson } from './inbound.ts'
import { fetchMembers, profileOf } from './members.ts'
import { shareFile } from './share-file.ts'
import { retryUntilProcessed, uploadImage } from './upload-image.ts'

/** The text is only for notifications and screen readers, so Slack must not link or preview anything in it. */
const plainPostOptions = { mrkdwn: false, unfurl_links: false, unfurl_media: false }

const noTsText = 'Slack did not say which message it posted.'

export interface OutboundOptions {
  /** @throws PlatformError where Milepost is not installed in that workspace */
  readonly clientOf: (team: string) => Promise<webApi.WebClient>
  readonly expand: (card: Card) => AdaptiveCard
  readonly log: Log
  readonly clock: Clock
}

interface PostOptions extends Omit<OutboundOptions, 'clientOf' | 'clock'> {
  readonly client: webApi.WebClient
}

/** What a feature can ask of Slack. */
export type Outbound = Omit<ChatPlatform, 'name'>

/** Implements the port. Each call is made with what the workspace that it goes to has given. */
export function createOutbound(outboundOptions: OutboundOptions): Outbound {
  const { clientOf, clock, ...shared } = outboundOptions
  const { expand, log } = shared
  const channelMembers = createChannelMembers(clock)
  return {
    async send(place, message) {
      const client = await clientOf(place.tenant)
      const options = { ...shared, client }
      const { key, thread } = message
      const notice = message.file && (await shareFile(options, place, message.file))
      const posted = await post(withNotice(options, notice), message, (content) =>
        client.chat.postMessage({
          channel: place.conversation,
          ...content,
          ...plainPostOptions,
          metadata: { event_type: metadataEventType, event_payload: { key } },
          ...(thread && { thread_ts: thread.messageId }),
        }),
      )
      const { channel = place.conversation, ts } = posted
      // Nobody could recognise it by a button or change it later. Looked up by its key, it is found or posted.
      if (!ts) throw new PlatformUnavailableError('no_ts', noTsText, 'perhaps')
      return { place: { ...place, conversation: channel }, messageId: ts }
    },

    /** Does not send the key again: Slack keeps metadata that an update leaves out. */
    async update({ place, messageId: ts }, message) {
      const client = await clientOf(place.tenant)
      await post({ ...shared, client }, message, (content) =>
        client.chat.update({ channel: place.conversation, ts, ...content }),
      )
    },

    find: async (place, key, since, thread) =>
      findMessageByKey(await clientOf(place.tenant), place, key, since, thread),

    async publishHome({ tenant, user: user_id }, card) {
      const origin = originOfPerson(tenant, user_id)
      const view = renderOutgoing({ card }, expand, (expanded) => toHomeView(expanded, origin))
      const client = await clientOf(tenant)
      await callSlack(() => client.views.publish({ user_id, view }))
    },

    async channel({ tenant, conversation }) {
      const client = await clientOf(tenant)
      return fetchChannel({ client, team: tenant, id: conversation, channelMembers, log })
    },

    async profile({ tenant, user, displayName }) {
      const client = await clientOf(tenant)
      const { user: found = {} } = await callSlack(() => client.users.info({ user }))
      return profileOf(found, user, displayName)
    },

    members: async ({ tenant }) => fetchMembers(await clientOf(tenant)),
  }
}

/** The same, with this line above each card. */
function withNotice(options: PostOptions, notice: string | undefined): PostOptions {
  if (notice === undefined) return options
  return { ...options, expand: (card) => withNoticeLine(options.expand(card), notice) }
}

async function post<T>(
  { client, expand, log }: PostOptions,
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

/** A failed upload, whatever the reason, counts as a rejected image: the message is then posted without it. */
async function uploadOrReject(client: webApi.WebClient, image: Uint8Array): Promise<string> {
  try {
    return await uploadImage(client, image)
  } catch (error) {
    throw new MessageRejectedError('image_not_uploaded', messageOf(error))
  }
}
