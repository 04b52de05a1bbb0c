import type { Address, Place } from '../../base/addresses.ts'
import type { Log } from '../../base/log.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { withNoticeLine } from '../../chat/notice-line.ts'
import { postWithImage, renderOutgoing } from '../../chat/outgoing-message.ts'
import {
  type ChatPlatform,
  type OutgoingFile,
  type OutgoingMessage,
  RecipientGoneError,
  unknownChannel,
} from '../../chat/port.ts'
import { fetchChannel } from './channel.ts'
import { isWithoutFiles, type TeamsConfig } from './config.ts'
import type { ConnectorClient, ReachablePlace } from './connector-client.ts'
import { conversationOf, hasThreads, isPerson } from './conversation-ids.ts'
import { consentActivity } from './file-consent-card.ts'
import { stampForm } from './forms.ts'
import { withInlineImage } from './inline-image.ts'
import { fetchMembers, profileOf } from './members.ts'
import type { ExpandCard } from './reply.ts'

const noFilesText =
  'In this Microsoft cloud Teams lets apps send no files, so it is not here. Please ask whoever looks after Milepost for it.'

const noChannelFilesText =
  'Teams lets apps put no files into a channel, so it is not here: it comes to whoever asks for it in private.'

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
  /** Posts what Teams shows of a file; opens the chat if the place is a person. */
  postActivity(place: Place, activity: object): Promise<void>
  /** Deletes a message of ours. */
  remove(place: Place, activityId: string): Promise<void>
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

  /** The place, with the chat opened where it is a person. */
  const openedPlace = async (recipient: Place): Promise<ReachablePlace> => {
    const place = requireServiceUrl(recipient)
    if (!isPerson(place)) return place
    const conversation = await connector.openChat(place, place.conversation)
    return { ...place, conversation, isPerson: false }
  }

  const postActivity = async (recipient: Place, activity: object): Promise<void> => {
    const place = await openedPlace(recipient)
    await connector.postActivity(place, place.conversation, activity)
  }

  const postCard = async (
    recipient: Place,
    card: AdaptiveCard,
    thread?: Address,
  ): Promise<Address> => {
    const place = await openedPlace(recipient)
    if (place.kind === 'direct') return connector.post(place, place.conversation, card)
    if (thread) return connector.post(place, conversationOf(thread), card)
    return hasThreads(place)
      ? connector.startThread(place, card)
      : connector.post(place, place.conversation, card)
  }

  const edit = async (address: Address, card: AdaptiveCard): Promise<void> =>
    connector.updateCard(requireServiceUrl(address.place), address, card)

  /**
   * Asks the person whether they want the file, before the message that tells of it: where that one fails they are asked
   * twice, never not at all. Returns a line for people where Teams takes no files.
   */
  const offerFile = async (
    place: Place,
    message: OutgoingMessage,
    file: OutgoingFile,
  ): Promise<string | undefined> => {
    // It would need Microsoft Graph. Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
    if (place.kind !== 'direct') return noChannelFilesText
    if (isWithoutFiles(requireServiceUrl(place).serviceUrl)) return noFilesText
    const { fallbackText } = renderOutgoing(message, expand, (card) => card)
    await postActivity(place, consentActivity(file, fallbackText))
    return undefined
  }

  const postMessage = async <T>(
    message: OutgoingMessage,
    post: (card: AdaptiveCard) => Promise<T>,
    notice?: string,
  ): Promise<T> => {
    const card = renderOutgoing(message, expand, (expanded) =>
      stampForm(notice === undefined ? expanded : withNoticeLine(expanded, notice), 'message'),
    )
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
    send: async (place, message) => {
      const notice = message.file && (await offerFile(place, message, message.file))
      return postMessage(message, (card) => postCard(place, card, message.thread), notice)
    },
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
    postActivity,
    remove: async (place, activityId) =>
      connector.remove(requireServiceUrl(place), place.conversation, activityId),
    rememberServiceUrl: (serviceUrl) => {
      if (config.mode === 'local') localServiceUrl = serviceUrl
    },
  }
}
