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
import { findPosted } from '../support/find-posted.ts'
import type { SeededRandom } from '../support/seeded-random.ts'

interface PostedMessage {
  readonly key: string
  readonly conversation: string
  readonly thread: string | undefined
  words: unknown
}

/** A platform in memory that fails at random, in each of the ways of the platform port, and keeps what was posted. */
export class ModelPlatform implements ChatPlatform {
  readonly name: PlatformName
  /** In the order in which they were posted. */
  readonly messages: PostedMessage[] = []
  /** Probability that a call fails, from 0 to 1. */
  failureRate = 0
  readonly #random: SeededRandom

  constructor(name: PlatformName, random: SeededRandom) {
    this.name = name
    this.#random = random
  }

  async send(place: Place, { key, card, thread }: OutgoingMessage): Promise<Address> {
    const failureAfterwards = this.#fail(key)
    this.messages.push({
      key,
      conversation: place.conversation,
      thread: thread?.messageId,
      words: card.data,
    })
    const address = { place, messageId: `m${this.messages.length}` }
    if (failureAfterwards) throw failureAfterwards
    return address
  }

  async update({ messageId }: Address, { key, card }: OutgoingMessage): Promise<void> {
    const failureAfterwards = this.#fail(key)
    const posted = this.messages[Number(messageId.slice(1)) - 1]
    if (!posted) throw new RecipientGoneError('message_not_found', 'message_not_found')
    posted.words = card.data
    if (failureAfterwards) throw failureAfterwards
  }

  async find(place: Place, key: string, _since: Date, thread?: Address) {
    if (this.name === 'teams') return 'cannot tell' as const
    if (this.#random.happens(this.failureRate))
      throw new PlatformUnavailableError('http_503', 'HTTP 503', 'perhaps')
    return findPosted(this.messages, place, key, thread)
  }

  async profile() {
    return { displayName: 'Somebody' }
  }

  async members() {
    return 'cannot tell' as const
  }

  async channel() {
    return unknownChannel
  }

  count(key: string): number {
    return this.messages.filter((one) => one.key === key).length
  }

  /** Throws a failure that comes before the post; returns one that comes after it. */
  #fail(key: string): Error | undefined {
    if (key.includes('poison')) throw new MessageRejectedError('invalid_blocks', 'invalid_blocks')
    if (!this.#random.happens(this.failureRate)) return undefined
    switch (this.#random.below(6)) {
      case 0:
        throw new RateLimitedError(1_000 * (1 + this.#random.below(30)))
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
