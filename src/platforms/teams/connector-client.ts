import type { Address, Place } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { PlatformUnavailableError, RecipientGoneError } from '../../chat/port.ts'
import type { Connector } from './adapter.ts'
import { isAllowedServiceUrl, type TeamsConfig } from './config.ts'
import { activityOf, addressOf, conversationOf } from './conversation-ids.ts'
import { isForbidden, toPlatformError } from './errors.ts'
import { cardActivity } from './reply.ts'

export interface ConnectorClientOptions {
  readonly config: TeamsConfig
  readonly clock: Clock
  /** A call that takes longer, in milliseconds, has failed for all we can tell. */
  readonly timeoutMs: number
  connect(serviceUrl: string): Promise<Connector>
}

/** A place whose service address is known. */
export type ReachablePlace = Place & { readonly serviceUrl: string }

type ConversationParameters = Parameters<Connector['conversations']['createConversation']>[0]

export type ConnectorClient = ReturnType<typeof createConnectorClient>

/** The calls of the Bot Connector that Milepost makes, each once. All throw as ChatPlatform promises. */
export function createConnectorClient({
  config,
  clock,
  timeoutMs,
  connect,
}: ConnectorClientOptions) {
  const bot = { id: config.mode === 'tenant' ? `28:${config.appId}` : 'milepost', name: 'Milepost' }
  // The SDK's own timeout leaves a timer behind when a line breaks, which would hold a stop up; this one does not.
  const inTime = () => ({ abortSignal: AbortSignal.timeout(timeoutMs) })

  const calling = async <Result>(
    { serviceUrl }: Pick<ReachablePlace, 'serviceUrl'>,
    kind: 'posts' | 'posts nothing',
    call: (conversations: Connector['conversations']) => Promise<Result>,
  ): Promise<Result> => {
    // An address that was stored under another configuration gets no token of this one.
    if (!isAllowedServiceUrl(config, serviceUrl)) {
      throw new RecipientGoneError(
        'host_not_allowed',
        'The address kept for this conversation is not at an allowed host.',
      )
    }
    try {
      return await call((await connect(serviceUrl)).conversations)
    } catch (error) {
      throw toPlatformError(error, kind, clock.now())
    }
  }

  return {
    /** The chat with a person; Teams gives the same one each time. Nothing is shown there by opening it. */
    openChat(place: ReachablePlace, user: string): Promise<string> {
      const parameters = {
        isGroup: false,
        bot,
        members: [{ id: user, name: '' }],
        tenantId: place.tenant,
        channelData: { tenant: { id: place.tenant } },
      }
      return calling(place, 'posts nothing', async (conversations) => {
        // The SDK's type wants an activity, which a chat may not be opened with.
        const asTyped = parameters as ConversationParameters
        return (await conversations.createConversation(asTyped, inTime())).id
      })
    },

    /** Starts a thread in a channel. */
    startThread(place: ReachablePlace, card: AdaptiveCard): Promise<Address> {
      const parameters = {
        isGroup: true,
        bot,
        tenantId: place.tenant,
        channelData: { channel: { id: place.conversation }, tenant: { id: place.tenant } },
        activity: cardActivity(card),
      }
      return calling(place, 'posts', async (conversations) => {
        // The SDK's type wants members, which a thread does not take, and every field of an activity.
        const asTyped = parameters as ConversationParameters
        const { id, activityId } = await conversations.createConversation(asTyped, inTime())
        return addressOf(place, id, requireMessageId(activityId))
      })
    },

    /** Posts into a conversation, or into the thread that its id names. */
    post: (place: ReachablePlace, conversation: string, card: AdaptiveCard): Promise<Address> =>
      calling(place, 'posts', async (conversations) => {
        const activity = cardActivity(card)
        const { id } = await conversations.sendToConversation(conversation, activity, inTime())
        return addressOf(place, conversation, requireMessageId(id))
      }),

    /** A plain line, where there is no card to show. */
    postText: (place: ReachablePlace, conversation: string, text: string): Promise<void> =>
      calling(place, 'posts', async (conversations) => {
        await conversations.sendToConversation(conversation, { type: 'message', text }, inTime())
      }),

    edit: (place: ReachablePlace, address: Address, card: AdaptiveCard): Promise<void> =>
      calling(place, 'posts', async (conversations) => {
        const id = activityOf(address)
        const activity = { ...cardActivity(card), id }
        await conversations.updateActivity(conversationOf(address), id, activity, inTime())
      }),

    /** One page of who is in a conversation, and where the next one begins; undefined where Teams does not tell us. */
    members: (place: ReachablePlace, from: string | undefined) =>
      calling(place, 'posts nothing', async (conversations) => {
        const page = { pageSize: 500, ...(from && { continuationToken: from }) }
        // The SDK's type wants a token for the first page too.
        const asTyped = { ...page, ...inTime() } as Parameters<
          Connector['conversations']['getConversationPagedMembers']
        >[1]
        try {
          return await conversations.getConversationPagedMembers(place.conversation, asTyped)
        } catch (error) {
          if (isForbidden(error)) return undefined
          throw error
        }
      }),

    nameOf: (
      place: ReachablePlace,
      conversation: string,
      user: string,
    ): Promise<string | undefined> =>
      calling(place, 'posts nothing', async (conversations) => {
        return (await conversations.getConversationMember(conversation, user, inTime())).name
      }),
  }
}

/** Teams gives no id where it splits a message in two; ours are one card each. */
function requireMessageId(id: string | undefined): string {
  if (!id)
    throw new PlatformUnavailableError(
      'no_message_id',
      'Teams did not say which message it posted.',
      'perhaps',
    )
  return id
}
