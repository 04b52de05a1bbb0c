import type { Address, Place } from '../../base/addresses.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { withDuplicateNotice } from '../../chat/duplicate-notice.ts'
import {
  type ChatPlatform,
  MessageRejectedError,
  type OutgoingMessage,
  RecipientGoneError,
  unknownChannel,
} from '../../chat/port.ts'
import { fetchChannel } from './channel.ts'
import type { TeamsConfig } from './config.ts'
import type { ConnectorClient, ReachablePlace } from './connector-client.ts'
import { conversationOf, hasThreads, isPersonId } from './conversation-ids.ts'
import { stampForm } from './forms.ts'
import { withInlineImage } from './inline-image.ts'
import type { ExpandCard } from './reply.ts'

export interface OutboundOptions {
  readonly config: TeamsConfig
  readonly expand: ExpandCard
  readonly connector: ConnectorClient
  readonly log: Log
}

export type Outbound = ReturnType<typeof createOutbound>

/** What Milepost says, and where it gets to. Everything throws as ChatPlatform promises. */
export function createOutbound({ config, expand, connector, log }: OutboundOptions) {
  /** Where a client on this machine listens: there is no address that one could know beforehand. */
  let heard: string | undefined

  const reachable = (place: Place): ReachablePlace => {
    const via = place.serviceUrl ?? (config.mode === 'tenant' ? config.serviceUrl : heard)
    if (!via)
      throw new RecipientGoneError(
        'no_service_url',
        'Nobody has written from there yet, so its address is not known.',
      )
    return { ...place, serviceUrl: via }
  }

  /** Posts a card; a person without a chat gets one opened. `place` of the result is where it stands. */
  const say = async (given: Place, card: AdaptiveCard, thread?: Address): Promise<Address> => {
    const place = reachable(given)
    if (place.kind === 'direct' && isPersonId(place.conversation)) {
      const conversation = await connector.openChat(place, place.conversation)
      return connector.post({ ...place, conversation }, conversation, card)
    }
    if (thread) return connector.post(place, conversationOf(thread), card)
    return hasThreads(place)
      ? connector.startThread(place, card)
      : connector.post(place, place.conversation, card)
  }

  const edit = async (address: Address, card: AdaptiveCard): Promise<void> =>
    connector.edit(reachable(address.place), address, card)

  const drawn = ({ card, isResend }: OutgoingMessage): AdaptiveCard => {
    try {
      const expanded = expand(card)
      return stampForm(isResend ? withDuplicateNotice(expanded) : expanded, 'message')
    } catch (error) {
      throw new MessageRejectedError(
        'invalid_card',
        `The card "${card.name}" cannot be drawn: ${messageOf(error)}`,
      )
    }
  }

  /** Posts a message, with its picture where Teams takes that, and else without. */
  const showing = async <T>(
    message: OutgoingMessage,
    post: (card: AdaptiveCard) => Promise<T>,
  ): Promise<T> => {
    const card = drawn(message)
    const words = withInlineImage(card, undefined)
    if (!message.image) return post(words)
    try {
      return await post(withInlineImage(card, message.image))
    } catch (error) {
      // Refused means that nothing was posted. Of any other failure that is not certain.
      if (!(error instanceof MessageRejectedError)) throw error
      log.warn(
        { delivery: message.key, error: error.message },
        'Teams did not take the picture of a message; the words go out without it',
      )
      return post(words)
    }
  }

  const port: Omit<ChatPlatform, 'name'> = {
    send: (place, message) => showing(message, (card) => say(place, card, message.thread)),
    update: (address, message) => showing(message, (card) => edit(address, card)),
    channel: async (place) =>
      // A client on this machine keeps no roster that would tell.
      config.mode === 'local' ? unknownChannel : fetchChannel(connector, reachable(place)),
    // A bot cannot list messages.
    find: async () => 'cannot tell',
    // Of an account only tenant and id are known, so it is asked for at the configured address: the global one knows
    // everybody in the public cloud.
    profile: async ({ tenant, user }) => {
      const person: Place = { platform: 'teams', tenant, conversation: user, kind: 'direct' }
      const place = reachable(person)
      const chat = await connector.openChat(place, user)
      return { displayName: (await connector.nameOf(place, chat, user)) || user }
    },
  }

  return {
    ...port,
    say,
    edit,
    /** Answers in the conversation, or the thread, that the question came from. */
    post: async (place: Place, conversation: string, card: AdaptiveCard): Promise<Address> =>
      connector.post(reachable(place), conversation, card),
    postText: async (place: Place, conversation: string, text: string): Promise<void> =>
      connector.postText(reachable(place), conversation, text),
    heardFrom: (serviceUrl: string): void => {
      if (config.mode === 'local') heard = serviceUrl
    },
  }
}
