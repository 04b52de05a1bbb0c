import type { Address, Place, PlatformName } from '../../src/base/addresses.ts'
import type { Card } from '../../src/chat/cards.ts'
import { type ChatPlatform, type OutgoingMessage, unknownChannel } from '../../src/chat/port.ts'

export interface Posted {
  readonly conversation: string
  readonly key: string
  readonly thread: string | undefined
  readonly card: Card
  readonly again: boolean
}

/** What happens to one send: it is thrown, before or after the message came to stand there. */
export interface Mishap {
  readonly error: Error
  readonly posted: boolean
}

/** A platform in memory. Sends fail as scripted, each script once per entry; 'always' repeats its last. */
export class FakePlatform implements ChatPlatform {
  readonly name: PlatformName
  readonly posted: Posted[] = []
  readonly changed: { conversation: string; message: string; card: Card }[] = []
  readonly looked: string[] = []
  /** What each message that was sent or changed came with. */
  readonly pictures: (Uint8Array | undefined)[] = []
  /** Called on each send before the message stands, and once more after. */
  before: (key: string) => Promise<void> | void = () => {}
  after: (key: string) => Promise<void> | void = () => {}
  readonly #mishaps = new Map<string, Mishap[]>()
  readonly #canLook: boolean

  constructor(name: PlatformName) {
    this.name = name
    this.#canLook = name === 'slack'
  }

  /** The next sends of this key, or to this conversation, or of "change <key>", go wrong like this, one after another. */
  fail(keyOrConversation: string, ...mishaps: Mishap[]): void {
    this.#mishaps.set(keyOrConversation, mishaps)
  }

  async send(place: Place, message: OutgoingMessage): Promise<Address> {
    await this.before(message.key)
    const mishap = this.#next(message.key) ?? this.#next(place.conversation)
    if (mishap && !mishap.posted) throw mishap.error
    this.pictures.push(message.image)
    this.posted.push({
      conversation: place.conversation,
      key: message.key,
      thread: message.thread?.messageId,
      card: message.card,
      again: message.isResend ?? false,
    })
    const address = { place, messageId: `m${this.posted.length}` }
    await this.after(message.key)
    if (mishap) throw mishap.error
    return address
  }

  async update(address: Address, message: OutgoingMessage): Promise<void> {
    const { conversation } = address.place
    await this.before(message.key)
    const mishap = this.#next(`change ${message.key}`)
    if (mishap && !mishap.posted) throw mishap.error
    this.pictures.push(message.image)
    this.changed.push({ conversation, message: address.messageId, card: message.card })
    if (mishap) throw mishap.error
  }

  async find(place: Place, key: string, _since: Date, thread?: Address) {
    this.looked.push(key)
    if (!this.#canLook) return 'cannot tell' as const
    const index = this.posted.findIndex(
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

  keys(): string[] {
    return this.posted.map(({ key }) => key)
  }

  #next(name: string): Mishap | undefined {
    return this.#mishaps.get(name)?.shift()
  }
}
