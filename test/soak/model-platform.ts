import type { Address, Place, PlatformName } from '../../src/base/addresses.ts'
import {
  type ChatPlatform,
  MessageRejectedError,
  type OutgoingMessage,
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
  unknownChannel,
} from '../../src/chat/port.ts'
import type { Chance } from './chance.ts'

interface Standing {
  readonly key: string
  readonly conversation: string
  readonly thread: string | undefined
  words: unknown
}

/** A platform in memory that goes wrong in every way there is, and counts what stands in front of people. */
export class ModelPlatform implements ChatPlatform {
  readonly name: PlatformName
  /** In the order in which they came to stand there. */
  readonly messages: Standing[] = []
  /** How often something goes wrong, from 0 to 1. */
  trouble = 0
  readonly #chance: Chance

  constructor(name: PlatformName, chance: Chance) {
    this.name = name
    this.#chance = chance
  }

  async send(place: Place, { key, card, thread }: OutgoingMessage): Promise<Address> {
    const after = this.#mishap(key)
    this.messages.push({
      key,
      conversation: place.conversation,
      thread: thread?.messageId,
      words: card.data,
    })
    const address = { place, messageId: `m${this.messages.length}` }
    if (after) throw after
    return address
  }

  async update({ messageId }: Address, { key, card }: OutgoingMessage): Promise<void> {
    const after = this.#mishap(key)
    const standing = this.messages[Number(messageId.slice(1)) - 1]
    if (!standing) throw new RecipientGoneError('message_not_found', 'message_not_found')
    standing.words = card.data
    if (after) throw after
  }

  async find(place: Place, key: string, _since: Date, thread?: Address) {
    if (this.name === 'teams') return 'cannot tell' as const
    if (this.#chance.happens(this.trouble))
      throw new PlatformUnavailableError('http_503', 'HTTP 503', 'perhaps')
    const index = this.messages.findIndex(
      (one) =>
        one.key === key &&
        one.conversation === place.conversation &&
        one.thread === thread?.messageId,
    )
    return index < 0 ? ('not there' as const) : { place, messageId: `m${index + 1}` }
  }

  async profile() {
    return { displayName: 'Somebody' }
  }

  async channel() {
    return unknownChannel
  }

  count(key: string): number {
    return this.messages.filter((one) => one.key === key).length
  }

  /** Throws what goes wrong before anything is posted; gives what goes wrong after. */
  #mishap(key: string): Error | undefined {
    if (key.includes('poison')) throw new MessageRejectedError('invalid_blocks', 'invalid_blocks')
    if (!this.#chance.happens(this.trouble)) return undefined
    switch (this.#chance.below(6)) {
      case 0:
        throw new RateLimitedError(1_000 * (1 + this.#chance.below(30)))
      case 1:
        throw new PlatformUnavailableError('http_503', 'HTTP 503', 'no')
      case 2:
        throw new PlatformUnavailableError('ECONNRESET', 'connection lost before', 'perhaps')
      case 3:
        throw new TypeError('garbage in the answer')
      case 4:
        return new PlatformUnavailableError('ECONNRESET', 'connection lost after', 'perhaps')
      default:
        return new PlatformUnavailableError('http_500', 'HTTP 500', 'perhaps')
    }
  }
}
