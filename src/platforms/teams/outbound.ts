import type { Clock } from '../../base/clock.ts'
import { messageOf } from '../../base/errors.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import type { Address, ChatIdentity, Place } from '../../chat/invocation.ts'
import { type ChatPlatform, Gone, Rejected, Unavailable } from '../../chat/port.ts'
import type { Connector } from './adapter.ts'
import { activityOf, addressOf, conversationOf, hasThreads, isPerson } from './addresses.ts'
import { cardMessage, type Expand } from './answer.ts'
import { mayCall, type TeamsConfig } from './config.ts'
import { failureOf } from './failures.ts'
import { asForm } from './forms.ts'

export interface OutboundParts {
  readonly config: TeamsConfig
  readonly clock: Clock
  readonly expand: Expand
  connect(serviceUrl: string): Promise<Connector>
}

/** A call that takes longer has failed, for all we can tell. */
const TIMEOUT_MS = 15_000
const once = { timeout: TIMEOUT_MS }

export type Outbound = ReturnType<typeof createOutbound>

/** What Milepost says through the connector. Everything throws as ChatPlatform promises. */
export function createOutbound({ config, clock, expand, connect }: OutboundParts) {
  /** Where a client on this machine listens: there is no address that one could know beforehand. */
  let heard: string | undefined
  const botId = config.mode === 'tenant' ? `28:${config.appId}` : 'milepost'

  const calling = async <Result>(
    serviceUrl: string,
    kind: 'posts' | 'posts nothing',
    call: (connector: Connector) => Promise<Result>,
  ): Promise<Result> => {
    // An address that was stored under another configuration gets no token of this one.
    if (!mayCall(config, serviceUrl)) {
      throw new Gone('The address kept for this conversation is not an allowed host.')
    }
    try {
      return await call(await connect(serviceUrl))
    } catch (error) {
      throw failureOf(error, kind, clock.now())
    }
  }

  const addressFor = (place: Pick<Place, 'via'>): string => {
    if (place.via) return place.via
    if (config.mode === 'tenant') return config.serviceUrl
    if (heard) return heard
    throw new Gone('Nobody has written from there yet, so its address is not known.')
  }

  /** The chat with a person; Teams gives the same one each time. Nothing is shown there by opening it. */
  const openChat = (tenant: string, user: string, via: string): Promise<string> =>
    calling(via, 'posts nothing', async ({ conversations }) => {
      const opened = await conversations.createConversation(
        // The SDK's type wants the activity that a chat may not be opened with.
        {
          isGroup: false,
          bot: { id: botId, name: 'Milepost' },
          members: [{ id: user, name: '' }],
          tenantId: tenant,
          channelData: { tenant: { id: tenant } },
        } as Parameters<Connector['conversations']['createConversation']>[0],
        once,
      )
      return opened.id
    })

  /** Posts into a conversation, or into the thread that its id names. */
  const post = (place: Place, conversation: string, card: AdaptiveCard): Promise<Address> =>
    calling(addressFor(place), 'posts', async ({ conversations }) => {
      const { id } = await conversations.sendToConversation(conversation, cardMessage(card), once)
      return addressOf(place, conversation, stated(id))
    })

  const startThread = (place: Place, card: AdaptiveCard): Promise<Address> =>
    calling(addressFor(place), 'posts', async ({ conversations }) => {
      const started = await conversations.createConversation(
        {
          isGroup: true,
          bot: { id: botId, name: 'Milepost' },
          tenantId: place.tenant,
          channelData: { channel: { id: place.conversation }, tenant: { id: place.tenant } },
          activity: cardMessage(card),
        } as Parameters<Connector['conversations']['createConversation']>[0],
        once,
      )
      return addressOf(place, started.id, stated(started.activityId))
    })

  /** Posts a card; a person without a chat gets one opened. `place` of the result is where it stands. */
  const say = async (given: Place, card: AdaptiveCard, thread?: Address): Promise<Address> => {
    const place = { ...given, via: addressFor(given) }
    if (place.kind === 'direct' && isPerson(place.conversation)) {
      const conversation = await openChat(place.tenant, place.conversation, place.via)
      return post({ ...place, conversation }, conversation, card)
    }
    if (thread) return post(place, conversationOf(thread), card)
    return hasThreads(place) ? startThread(place, card) : post(place, place.conversation, card)
  }

  const edit = (address: Address, card: AdaptiveCard): Promise<void> =>
    calling(addressFor(address.place), 'posts', async ({ conversations }) => {
      const id = activityOf(address)
      const activity = { ...cardMessage(card), id }
      await conversations.updateActivity(conversationOf(address), id, activity, once)
    })

  /** A plain line, where there is no card to show. */
  const sayText = (place: Place, conversation: string, text: string): Promise<void> =>
    calling(addressFor(place), 'posts', async ({ conversations }) => {
      await conversations.sendToConversation(conversation, { type: 'message', text }, once)
    })

  const drawn = (card: Parameters<Expand>[0]): AdaptiveCard => {
    try {
      return asForm(expand(card), 'message')
    } catch (error) {
      throw new Rejected(`The card "${card.name}" cannot be drawn: ${messageOf(error)}`)
    }
  }

  const port: Omit<ChatPlatform, 'name'> = {
    send: async (place, message) => say(place, drawn(message.card), message.thread),
    update: async (address, message) => edit(address, drawn(message.card)),
    // A bot cannot list messages.
    find: async () => 'cannot tell',
    profile: async ({ tenant, user }: ChatIdentity) => {
      const via = addressFor({})
      const conversation = await openChat(tenant, user, via)
      return calling(via, 'posts nothing', async ({ conversations }) => {
        const member = await conversations.getConversationMember(conversation, user, once)
        return { displayName: member.name || user }
      })
    },
  }

  const heardFrom = (serviceUrl: string): void => {
    if (config.mode === 'local') heard = serviceUrl
  }

  return { ...port, post, say, edit, sayText, heardFrom }
}

/** Teams gives no id where it splits a message in two; ours are one card each. */
function stated(id: string | undefined): string {
  if (!id) throw new Unavailable('Teams did not say which message it posted.', 'perhaps')
  return id
}
