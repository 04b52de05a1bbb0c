import {
  type ChatPlatform,
  Gone,
  type Outgoing,
  RateLimited,
  Rejected,
  Unavailable,
  unknownChannel,
} from '../../src/chat/port.ts'
import type { Address, Place, PlatformName } from '../../src/chat/request.ts'
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

  async send(place: Place, { key, card, thread }: Outgoing): Promise<Address> {
    const after = this.#mishap(key)
    this.messages.push({
      key,
      conversation: place.conversation,
      thread: thread?.message,
      words: card.data,
    })
    const address = { place, message: `m${this.messages.length}` }
    if (after) throw after
    return address
  }

  async update({ message }: Address, { key, card }: Outgoing): Promise<void> {
    const after = this.#mishap(key)
    const standing = this.messages[Number(message.slice(1)) - 1]
    if (!standing) throw new Gone('message_not_found')
    standing.words = card.data
    if (after) throw after
  }

  async find(place: Place, key: string, _since: Date, thread?: Address) {
    if (this.name === 'teams') return 'cannot tell' as const
    if (this.#chance.happens(this.trouble)) throw new Unavailable('HTTP 503', 'perhaps')
    const index = this.messages.findIndex(
      (one) =>
        one.key === key &&
        one.conversation === place.conversation &&
        one.thread === thread?.message,
    )
    return index < 0 ? ('not there' as const) : { place, message: `m${index + 1}` }
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
    if (key.includes('poison')) throw new Rejected('invalid_blocks')
    if (!this.#chance.happens(this.trouble)) return undefined
    switch (this.#chance.below(6)) {
      case 0:
        throw new RateLimited(1_000 * (1 + this.#chance.below(30)))
      case 1:
        throw new Unavailable('HTTP 503', 'no')
      case 2:
        throw new Unavailable('connection lost before', 'perhaps')
      case 3:
        throw new TypeError('garbage in the answer')
      case 4:
        return new Unavailable('connection lost after', 'perhaps')
      default:
        return new Unavailable('HTTP 500', 'perhaps')
    }
  }
}
