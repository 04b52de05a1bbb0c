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
import { conversationOf, hasThreads, isPerson } from './conversation-ids.ts'
import { stampForm } from './forms.ts'
import { withInlineImage } from './inline-image.ts'
import { fetchMembers, profileOf } from './members.ts'
import type { ExpandCard } from './reply.ts'

export interface OutboundOptions {
  readonly config: TeamsConfig
  readonly expand: ExpandCard
  readonly connector: ConnectorClient
  readonly log: Log
}

/** The port, and what replies need beside it. Everything throws as ChatPlatform's methods do. */
export interface Outbound extends Omit<ChatPlatform, 'name'> {
  /** Posts a card; opens the chat if the place is a person. The result's place is the one posted to. */
  postCard(place: Place, card: AdaptiveCard, thread?: Address): Promise<Address>
  edit(address: Address, card: AdaptiveCard): Promise<void>
  /** Answers in the conversation or thread that the request came from. */
  post(place: Place, conversation: string, card: AdaptiveCard): Promise<Address>
  postText(place: Place, conversation: string, text: string): Promise<void>
  /** In local mode, remembers where the client listens. */
  rememberServiceUrl(serviceUrl: string): void
}

export function createOutbound({ config, expand, connector, log }: OutboundOptions): Outbound {
  /** Where a client on this machine listens; unknown until it writes. */
  let localServiceUrl: string | undefined

  const requireServiceUrl = (place: Place): ReachablePlace => {
    const serviceUrl =
      place.serviceUrl ?? (config.mode === 'tenant' ? config.serviceUrl : localServiceUrl)
    if (!serviceUrl)
      throw new RecipientGoneError(
        'no_service_url',
        'Nobody has written from there yet, so its address is not known.',
      )
    return { ...place, serviceUrl }
  }

  const postCard = async (
    recipient: Place,
    card: AdaptiveCard,
    thread?: Address,
  ): Promise<Address> => {
    const place = requireServiceUrl(recipient)
    if (isPerson(place)) {
      const conversation = await connector.openChat(place, place.conversation)
      return connector.post({ ...place, conversation, isPerson: false }, conversation, card)
    }
    if (thread) return connector.post(place, conversationOf(thread), card)
    return hasThreads(place)
      ? connector.startThread(place, card)
      : connector.post(place, place.conversation, card)
  }

  const edit = async (address: Address, card: AdaptiveCard): Promise<void> =>
    connector.updateCard(requireServiceUrl(address.place), address, card)

  const postMessage = async <T>(
    message: OutgoingMessage,
    post: (card: AdaptiveCard) => Promise<T>,
  ): Promise<T> => {
    const card = renderOutgoing(message, expand, (expanded) => stampForm(expanded, 'message'))
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
      // A client on this machine has no roster.
      config.mode === 'local' ? unknownChannel : fetchChannel(connector, requireServiceUrl(place)),
    // A bot cannot read messages.
    find: async () => 'cannot tell',
    // An identity has no service URL, so the configured one is asked: the global endpoint knows everybody in the public
    // cloud.
    profile: async ({ tenant, user }) => {
      const person: Place = { platform: 'teams', tenant, conversation: user, kind: 'direct' }
      const place = requireServiceUrl(person)
      const chat = await connector.openChat(place, user)
      return profileOf(await connector.member(place, chat, user), { tenant, user })
    },
    members: async ({ channels }) =>
      // A client on this machine has no roster.
      config.mode === 'local'
        ? 'cannot tell'
        : fetchMembers(connector, channels.map(requireServiceUrl)),
  }

  return {
    ...port,
    postCard,
    edit,
    post: async (place, conversation, card) =>
      connector.post(requireServiceUrl(place), conversation, card),
    postText: async (place, conversation, text) =>
      connector.postText(requireServiceUrl(place), conversation, text),
    rememberServiceUrl: (serviceUrl) => {
      if (config.mode === 'local') localServiceUrl = serviceUrl
    },
  }
}
