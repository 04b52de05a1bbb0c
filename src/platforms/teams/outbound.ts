import type { Address, Place } from '../../base/addresses.ts'
import type { Log } from '../../base/log.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { postWithImage, renderOutgoing } from '../../chat/outgoing-message.ts'
import {
  type ChatPlatform,
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
  let localServiceUrl: string | undefined

  const requireServiceUrl = (place: Place): ReachablePlace => {
    const via = place.serviceUrl ?? (config.mode === 'tenant' ? config.serviceUrl : localServiceUrl)
    if (!via)
      throw new RecipientGoneError(
        'no_service_url',
        'Nobody has written from there yet, so its address is not known.',
      )
    return { ...place, serviceUrl: via }
  }

  /** Posts a card; a person without a chat gets one opened. `place` of the result is where it stands. */
  const postCard = async (given: Place, card: AdaptiveCard, thread?: Address): Promise<Address> => {
    const place = requireServiceUrl(given)
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
    connector.edit(requireServiceUrl(address.place), address, card)

  const postMessage = async <T>(
    message: OutgoingMessage,
    post: (card: AdaptiveCard) => Promise<T>,
  ): Promise<T> => {
    const card = renderOutgoing(message, expand, (each) => stampForm(each, 'message'))
    return postWithImage(
      message,
      {
        postImage: async (image) => post(withInlineImage(card, image)),
        postPlain: () => post(withInlineImage(card, undefined)),
      },
      { log, platform: 'Teams' },
    )
  }

  const port: Omit<ChatPlatform, 'name'> = {
    send: (place, message) => postMessage(message, (card) => postCard(place, card, message.thread)),
    update: (address, message) => postMessage(message, (card) => edit(address, card)),
    channel: async (place) =>
      // A client on this machine keeps no roster that would tell.
      config.mode === 'local' ? unknownChannel : fetchChannel(connector, requireServiceUrl(place)),
    // A bot cannot list messages.
    find: async () => 'cannot tell',
    // Of an account only tenant and id are known, so it is asked for at the configured address: the global one knows
    // everybody in the public cloud.
    profile: async ({ tenant, user }) => {
      const person: Place = { platform: 'teams', tenant, conversation: user, kind: 'direct' }
      const place = requireServiceUrl(person)
      const chat = await connector.openChat(place, user)
      return { displayName: (await connector.nameOf(place, chat, user)) || user }
    },
  }

  return {
    ...port,
    postCard,
    edit,
    /** Answers in the conversation, or the thread, that the question came from. */
    post: async (place: Place, conversation: string, card: AdaptiveCard): Promise<Address> =>
      connector.post(requireServiceUrl(place), conversation, card),
    postText: async (place: Place, conversation: string, text: string): Promise<void> =>
      connector.postText(requireServiceUrl(place), conversation, text),
    rememberServiceUrl: (serviceUrl: string): void => {
      if (config.mode === 'local') localServiceUrl = serviceUrl
    },
  }
}
