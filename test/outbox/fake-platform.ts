import type { Address, Place, PlatformName } from '../../src/base/addresses.ts'
import type { Card } from '../../src/chat/cards.ts'
import {
  type ChatPlatform,
  type OutgoingFile,
  type OutgoingMessage,
  unknownChannel,
} from '../../src/chat/port.ts'
import { findPosted } from '../support/find-posted.ts'

export interface Posted {
  readonly conversation: string
  readonly key: string
  readonly thread: string | undefined
  readonly card: Card
  readonly isResend: boolean
}

/** A failure of one call: `error` is thrown, after posting if `posted`, otherwise instead. */
export interface Failure {
  readonly error: Error
  readonly posted: boolean
}

/** A platform in memory, whose calls fail as a test says. */
export class FakePlatform implements ChatPlatform {
  readonly name: PlatformName
  readonly posted: Posted[] = []
  readonly edits: { conversation: string; message: string; card: Card }[] = []
  /** Keys that were looked up. */
  readonly lookups: string[] = []
  /** The picture of each message that was sent or edited. */
  readonly pictures: (Uint8Array | undefined)[] = []
  /** The file of each message that was sent. */
  readonly files: (OutgoingFile | undefined)[] = []
  /** Called on each send and edit, before it. */
  beforeSend: (key: string) => Promise<void> | void = () => {}
  /** Called on each send, after it. */
  afterSend: (key: string) => Promise<void> | void = () => {}
  readonly #failures = new Map<string, Failure[]>()
  readonly #canFind: boolean

  constructor(name: PlatformName) {
    this.name = name
    this.#canFind = name === 'slack'
  }

  /** Makes the next sends of a key or to a conversation, or the next edits ("edit <key>"), fail in this order. */
  fail(call: string, ...failures: Failure[]): void {
    this.#failures.set(call, failures)
  }

  async send(place: Place, message: OutgoingMessage): Promise<Address> {
    await this.beforeSend(message.key)
    const failure = this.#nextFailure(message.key) ?? this.#nextFailure(place.conversation)
    if (failure && !failure.posted) throw failure.error
    this.pictures.push(message.image)
    this.files.push(message.file)
    this.posted.push({
      conversation: place.conversation,
      key: message.key,
      thread: message.thread?.messageId,
      card: message.card,
      isResend: message.isResend ?? false,
    })
    const address = { place, messageId: `m${this.posted.length}` }
    await this.afterSend(message.key)
    if (failure) throw failure.error
    return address
  }

  async update(address: Address, message: OutgoingMessage): Promise<void> {
    const { conversation } = address.place
    await this.beforeSend(message.key)
    const failure = this.#nextFailure(`edit ${message.key}`)
    if (failure && !failure.posted) throw failure.error
    this.pictures.push(message.image)
    this.edits.push({ conversation, message: address.messageId, card: message.card })
    if (failure) throw failure.error
  }

  async find(place: Place, key: string, _since: Date, thread?: Address) {
    this.lookups.push(key)
    if (!this.#canFind) return 'cannot tell' as const
    return findPosted(this.posted, place, key, thread)
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

  keys(): string[] {
    return this.posted.map(({ key }) => key)
  }

  #nextFailure(call: string): Failure | undefined {
    return this.#failures.get(call)?.shift()
  }
}
