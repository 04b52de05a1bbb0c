import type { webApi } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import { markedAgain } from '../../chat/again.ts'
import type { AdaptiveCard, Card } from '../../chat/cards.ts'
import type { Address, ChatIdentity, Place } from '../../chat/invocation.ts'
import { type Outgoing, type Profile, Rejected } from '../../chat/port.ts'
import { channelOf } from './channel.ts'
import { type SlackMessage, toMessage } from './converter/message.ts'
import { calling } from './failures.ts'
import { deliveryEvent, findByKey } from './find.ts'

/** Text is only read aloud or shown in notifications: nothing in it is to be linked or previewed. */
const quiet = { mrkdwn: false, unfurl_links: false, unfurl_media: false }

/** What Slack does for the port, in one workspace. `expand` draws a card by name. */
export function outbound(client: webApi.WebClient, expand: (card: Card) => AdaptiveCard) {
  return {
    async send(place: Place, { key, card, thread, again }: Outgoing): Promise<Address> {
      const message = drawn(card, expand, again)
      const posted = await calling(() =>
        client.chat.postMessage({
          channel: place.conversation,
          ...message,
          ...quiet,
          metadata: { event_type: deliveryEvent, event_payload: { key } },
          ...(thread && { thread_ts: thread.message }),
        }),
      )
      const { channel = place.conversation, ts = '' } = posted
      return { place: { ...place, conversation: channel }, message: ts }
    },

    /** The key stays what it was when the message was posted: Slack keeps metadata that is not given. */
    async update({ place, message }: Address, { card, again }: Outgoing): Promise<void> {
      const content = drawn(card, expand, again)
      await calling(() =>
        client.chat.update({ channel: place.conversation, ts: message, ...content }),
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

function drawn(card: Card, expand: (card: Card) => AdaptiveCard, again = false): SlackMessage {
  try {
    const expanded = expand(card)
    return toMessage(again ? markedAgain(expanded) : expanded, card.name)
  } catch (error) {
    throw new Rejected(messageOf(error))
  }
}
