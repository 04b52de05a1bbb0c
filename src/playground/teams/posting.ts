import { badArgument, forbidden, throttled } from './connector-error.ts'
import { contentOf } from './content.ts'
import type { ConnectorResponse } from './operations.ts'
import type { RateClass, RateLimiter } from './rate-limiter.ts'
import { type ConversationParameters, conversationParameters, outgoingActivity } from './schemas.ts'
import { type MessageContent, type Place, requireBotMessage, type TenantState } from './state.ts'

/** The connector's operations on messages. */
export class Posting {
  readonly #state: TenantState
  readonly #rates: RateLimiter | null

  constructor(state: TenantState, rates: RateLimiter | null) {
    this.#state = state
    this.#rates = rates
  }

  /** Opens the chat with one person, or starts a thread in a channel. */
  create(body: unknown): ConnectorResponse {
    const parameters = conversationParameters.parse(body)
    const channelId = parameters.channelData?.channel?.id
    return channelId === undefined
      ? this.#openChat(parameters)
      : this.#startThread(channelId, parameters)
  }

  /** Posts to a chat or a thread; to a channel itself it starts a thread. */
  send(conversationId: string, body: unknown): ConnectorResponse {
    const place = this.#place(conversationId, 'send')
    const contents = contentOf(outgoingActivity.parse(body))
    const ids = contents.map((content) => this.#add(place, content).id)
    const [id = this.#state.nextId(), ...more] = ids
    // "As the activity is split, you do not receive the message ID in response" (Teams documentation).
    return { status: 201, body: more.length > 0 ? {} : { id } }
  }

  update(conversationId: string, activityId: string, body: unknown): ConnectorResponse {
    const message = this.#ownMessage(conversationId, activityId)
    this.#state.edit(message, requireSingle(contentOf(outgoingActivity.parse(body))))
    return { status: 200, body: { id: message.id } }
  }

  remove(conversationId: string, activityId: string): ConnectorResponse {
    this.#state.remove(this.#ownMessage(conversationId, activityId))
    return { status: 200 }
  }

  #openChat({
    members,
    activity,
    isGroup,
    tenantId,
    channelData,
  }: ConversationParameters): ConnectorResponse {
    const [member, ...more] = members ?? []
    if (isGroup || !member || more.length > 0) throw badArgument('A chat has one member.')
    if (activity) throw badArgument('A chat opens without an activity; send it afterwards.')
    if ((channelData?.tenant?.id ?? tenantId) !== this.#state.layout.tenant.id) {
      throw badArgument('The tenant id is missing or is not the id of this tenant.')
    }
    const person = this.#state.findPerson(member.id)
    if (!person) throw forbidden('The member is not a person of this tenant.')
    return { status: 201, body: { id: this.#place(this.#state.chatWith(person).id, 'create').id } }
  }

  #startThread(channelId: string, { activity }: ConversationParameters): ConnectorResponse {
    const place = this.#place(channelId, 'create')
    if (place.kind !== 'channel') throw badArgument(`${channelId} is not a channel.`)
    const root = this.#add(place, requireSingle(activity ? contentOf(activity) : []))
    return { status: 201, body: { id: this.#state.placeOf(root).id, activityId: root.id } }
  }

  /** The place of a conversation id. @throws ConnectorError where the app is not installed or the rate limit is reached */
  #place(conversationId: string, kind: RateClass): Place {
    const place = this.#state.place(conversationId)
    this.#state.requireInstalled(place)
    const wait =
      this.#rates?.tryAcquire(kind, place.kind === 'chat' ? place.id : place.channel.id) ?? null
    if (wait !== null) throw throttled(wait)
    return place
  }

  #ownMessage(conversationId: string, activityId: string) {
    const message = this.#state.message(this.#place(conversationId, 'send'), activityId)
    requireBotMessage(message)
    return message
  }

  #add(place: Place, content: MessageContent) {
    return this.#state.add(place, { ...this.#state.bot, isBot: true }, content)
  }
}

function requireSingle([content, ...more]: MessageContent[]): MessageContent {
  if (!content || more.length > 0) throw badArgument('This takes one text or one card.')
  return content
}
