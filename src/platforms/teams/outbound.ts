import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { markedAgain } from '../../chat/duplicate-notice.ts'
import {
  type ChatPlatform,
  Gone,
  type Outgoing,
  Rejected,
  unknownChannel,
} from '../../chat/port.ts'
import type { Address, Place } from '../../chat/request.ts'
import { channelOf } from './channel.ts'
import type { TeamsConfig } from './config.ts'
import type { Calls, Reachable } from './connector-client.ts'
import { conversationOf, hasThreads, isPerson } from './conversation-ids.ts'
import { asForm } from './forms.ts'
import { withPicture } from './inline-image.ts'
import type { Expand } from './reply.ts'

export interface OutboundParts {
  readonly config: TeamsConfig
  readonly expand: Expand
  readonly calls: Calls
  readonly log: Log
}

export type Outbound = ReturnType<typeof createOutbound>

/** What Milepost says, and where it gets to. Everything throws as ChatPlatform promises. */
export function createOutbound({ config, expand, calls, log }: OutboundParts) {
  /** Where a client on this machine listens: there is no address that one could know beforehand. */
  let heard: string | undefined

  const reachable = (place: Place): Reachable => {
    const via = place.via ?? (config.mode === 'tenant' ? config.serviceUrl : heard)
    if (!via) throw new Gone('Nobody has written from there yet, so its address is not known.')
    return { ...place, via }
  }

  /** Posts a card; a person without a chat gets one opened. `place` of the result is where it stands. */
  const say = async (given: Place, card: AdaptiveCard, thread?: Address): Promise<Address> => {
    const place = reachable(given)
    if (place.kind === 'direct' && isPerson(place.conversation)) {
      const conversation = await calls.openChat(place, place.conversation)
      return calls.post({ ...place, conversation }, conversation, card)
    }
    if (thread) return calls.post(place, conversationOf(thread), card)
    return hasThreads(place)
      ? calls.startThread(place, card)
      : calls.post(place, place.conversation, card)
  }

  const edit = async (address: Address, card: AdaptiveCard): Promise<void> =>
    calls.edit(reachable(address.place), address, card)

  const drawn = ({ card, again }: Outgoing): AdaptiveCard => {
    try {
      const expanded = expand(card)
      return asForm(again ? markedAgain(expanded) : expanded, 'message')
    } catch (error) {
      throw new Rejected(`The card "${card.name}" cannot be drawn: ${messageOf(error)}`)
    }
  }

  /** Posts a message, with its picture where Teams takes that, and else without. */
  const showing = async <T>(
    message: Outgoing,
    post: (card: AdaptiveCard) => Promise<T>,
  ): Promise<T> => {
    const card = drawn(message)
    const words = withPicture(card, undefined)
    if (!message.picture) return post(words)
    try {
      return await post(withPicture(card, message.picture))
    } catch (error) {
      // Refused means that nothing was posted. Of any other failure that is not certain.
      if (!(error instanceof Rejected)) throw error
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
      config.mode === 'local' ? unknownChannel : channelOf(calls, reachable(place)),
    // A bot cannot list messages.
    find: async () => 'cannot tell',
    // Of an account only tenant and id are known, so it is asked for at the configured address: the global one knows
    // everybody in the public cloud.
    profile: async ({ tenant, user }) => {
      const person: Place = { platform: 'teams', tenant, conversation: user, kind: 'direct' }
      const place = reachable(person)
      const chat = await calls.openChat(place, user)
      return { displayName: (await calls.nameOf(place, chat, user)) || user }
    },
  }

  return {
    ...port,
    say,
    edit,
    /** Answers in the conversation, or the thread, that the question came from. */
    post: async (place: Place, conversation: string, card: AdaptiveCard): Promise<Address> =>
      calls.post(reachable(place), conversation, card),
    postText: async (place: Place, conversation: string, text: string): Promise<void> =>
      calls.postText(reachable(place), conversation, text),
    heardFrom: (serviceUrl: string): void => {
      if (config.mode === 'local') heard = serviceUrl
    },
  }
}
