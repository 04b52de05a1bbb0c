import type { Address, Place } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { PlatformUnavailableError, WorkspaceBrokenError } from '../../chat/port.ts'
import type { Connector } from './adapter.ts'
import { isAllowedServiceUrl, type TeamsConfig } from './config.ts'
import { activityOf, addressOf, conversationOf } from './conversation-ids.ts'
import { isForbidden, toPlatformError } from './errors.ts'
import { cardActivity } from './reply.ts'
import { type RosterMember, rosterMember } from './roster-member.ts'

export interface ConnectorClientOptions {
  readonly config: TeamsConfig
  readonly clock: Clock
  /** Of one call, in milliseconds. */
  readonly timeoutMs: number
  connect(serviceUrl: string): Promise<Connector>
}

/** A place whose service address is known. */
export type ReachablePlace = Place & { readonly serviceUrl: string }

type ConversationParameters = Parameters<Connector['conversations']['createConversation']>[0]

interface RosterPage {
  readonly members?: readonly unknown[]
  readonly continuationToken?: string
}

/** The calls to the Bot Connector that Milepost makes, without retries. All throw as ChatPlatform's methods do. */
export interface ConnectorClient {
  /** Opens the chat with a person and returns its id, the same each time. The person sees nothing of it. */
  openChat(place: ReachablePlace, user: string): Promise<string>
  /** Posts a card that starts a thread in a channel. */
  startThread(place: ReachablePlace, card: AdaptiveCard): Promise<Address>
  /** Posts into a conversation, or into the thread that its id names. */
  post(place: ReachablePlace, conversation: string, card: AdaptiveCard): Promise<Address>
  /** Posts plain text, for what has no card. */
  postText(place: ReachablePlace, conversation: string, text: string): Promise<void>
  /** Posts what is neither a card nor a text: what Teams shows of a file. It does no harm there twice. */
  postActivity(place: ReachablePlace, conversation: string, activity: object): Promise<void>
  /** Deletes a message of ours. */
  remove(place: ReachablePlace, conversation: string, activityId: string): Promise<void>
  updateCard(place: ReachablePlace, address: Address, card: AdaptiveCard): Promise<void>
  /** A page of the conversation's members, from a continuation token; undefined if Teams refuses to tell. */
  members(place: ReachablePlace, from: string | undefined): Promise<RosterPage | undefined>
  member(place: ReachablePlace, conversation: string, user: string): Promise<RosterMember>
}

export function createConnectorClient({
  config,
  clock,
  timeoutMs,
  connect,
}: ConnectorClientOptions): ConnectorClient {
  const bot = { id: config.mode === 'tenant' ? `28:${config.appId}` : 'milepost', name: 'Milepost' }
  // The SDK's own timeout leaves a timer behind when a connection breaks, which would delay a stop.
  const timeoutOption = () => ({ abortSignal: AbortSignal.timeout(timeoutMs) })

  const callConnector = async <Result>(
    { serviceUrl }: Pick<ReachablePlace, 'serviceUrl'>,
    kind: 'posts' | 'posts nothing',
    call: (conversations: Connector['conversations']) => Promise<Result>,
  ): Promise<Result> => {
    // The address may have been stored under another configuration, whose hosts get no token of this one.
    if (!isAllowedServiceUrl(config, serviceUrl)) {
      throw new WorkspaceBrokenError(
        'host_not_allowed',
        'The address kept for this conversation is not at an allowed host.',
        true,
      )
    }
    try {
      return await call((await connect(serviceUrl)).conversations)
    } catch (error) {
      throw toPlatformError(error, kind, clock.now())
    }
  }

  return {
    openChat(place, user) {
      const parameters = {
        isGroup: false,
        bot,
        members: [{ id: user, name: '' }],
        tenantId: place.tenant,
        channelData: { tenant: { id: place.tenant } },
      }
      return callConnector(place, 'posts nothing', async (conversations) => {
        // The SDK's type requires an activity, but a chat must be opened without one.
        const asTyped = parameters as ConversationParameters
        const { id } = await conversations.createConversation(asTyped, timeoutOption())
        if (id) return id
        throw new PlatformUnavailableError(
          'no_conversation_id',
          'Teams did not say which chat it opened.',
          'no',
        )
      })
    },

    startThread(place, card) {
      const parameters = {
        isGroup: true,
        bot,
        tenantId: place.tenant,
        channelData: { channel: { id: place.conversation }, tenant: { id: place.tenant } },
        activity: cardActivity(card),
      }
      return callConnector(place, 'posts', async (conversations) => {
        // The SDK's type requires members, which a thread does not take, and every field of an activity.
        const asTyped = parameters as ConversationParameters
        const { id, activityId } = await conversations.createConversation(asTyped, timeoutOption())
        return addressOf(place, requireMessageId(id), requireMessageId(activityId))
      })
    },

    post: (place, conversation, card) =>
      callConnector(place, 'posts', async (conversations) => {
        const activity = cardActivity(card)
        const { id } = await conversations.sendToConversation(
          conversation,
          activity,
          timeoutOption(),
        )
        return addressOf(place, conversation, requireMessageId(id))
      }),

    postText: (place, conversation, text) =>
      callConnector(place, 'posts', async (conversations) => {
        await conversations.sendToConversation(
          conversation,
          { type: 'message', text },
          timeoutOption(),
        )
      }),

    postActivity: (place, conversation, activity) =>
      // Nobody need wonder whether it is there: it is posted again.
      callConnector(place, 'posts nothing', async (conversations) => {
        await conversations.sendToConversation(conversation, activity, timeoutOption())
      }),

    remove: (place, conversation, activityId) =>
      callConnector(place, 'posts nothing', async (conversations) => {
        await conversations.deleteActivity(conversation, activityId, timeoutOption())
      }),

    updateCard: (place, address, card) =>
      callConnector(place, 'posts', async (conversations) => {
        const id = activityOf(address)
        const activity = { ...cardActivity(card), id }
        await conversations.updateActivity(conversationOf(address), id, activity, timeoutOption())
      }),

    members: (place, from) =>
      callConnector(place, 'posts nothing', async (conversations) => {
        const page = { pageSize: 500, ...(from && { continuationToken: from }) }
        // The SDK's type requires a token for the first page, too.
        const asTyped = { ...page, ...timeoutOption() } as Parameters<
          Connector['conversations']['getConversationPagedMembers']
        >[1]
        try {
          return await conversations.getConversationPagedMembers(place.conversation, asTyped)
        } catch (error) {
          if (isForbidden(error)) return undefined
          throw error
        }
      }),

    member: (place, conversation, user) =>
      callConnector(place, 'posts nothing', async (conversations) => {
        const found = await conversations.getConversationMember(conversation, user, timeoutOption())
        return rosterMember.parse(found)
      }),
  }
}

/** Teams returns no id for a message that it splits in two; ours are one card each. */
function requireMessageId(id: string | undefined): string {
  if (!id)
    throw new PlatformUnavailableError(
      'no_message_id',
      'Teams did not say which message it posted.',
      'perhaps',
    )
  return id
}
