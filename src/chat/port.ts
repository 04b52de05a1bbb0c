import type { Card } from './cards.ts'
import type { Reply } from './reply.ts'
import type { Address, ChatIdentity, Invocation, Place, PlatformName } from './request.ts'

/** What Milepost says first. key is put into the message where the platform can keep it, to find it again. */
export interface Outgoing {
  readonly key: string
  readonly card: Card
  /** Answer in the thread of this message. */
  readonly thread?: Address | undefined
  /** It may stand there already: it says so above the card (see chat/duplicate-notice.ts). */
  readonly again?: boolean | undefined
  /**
   * A PNG for the Image of the card that stands for it (see chat/card-image.ts). Where it cannot be uploaded, or is not
   * taken, the message goes out without that image: a picture is never worth the words.
   */
  readonly picture?: Uint8Array | undefined
}

export interface Profile {
  readonly displayName: string
  /** IANA zone; undefined where the platform does not tell (Teams). */
  readonly zone?: string | undefined
}

/**
 * Who can read what is posted in a channel: those who were invited to it, everyone in the organisation, or people of
 * other organisations too.
 */
export type Reach = 'private' | 'everyone' | 'with outsiders' | 'cannot tell'

export interface Channel {
  readonly reach: Reach
  /** Nothing can be posted there any more, by what the platform tells. */
  readonly archived: boolean
  /** As people know it, without a #; null where the platform does not tell. */
  readonly name: string | null
}

/** Of a channel of which nobody can tell anything. */
export const unknownChannel: Channel = { reach: 'cannot tell', archived: false, name: null }

/** What a platform must do. A feature never sees more of it than this; the contract test runs against each. */
export interface ChatPlatform {
  readonly name: PlatformName
  /** Posts once, without retrying. Throws RateLimited, Gone, Rejected or Unavailable (below), nothing else. */
  send(place: Place, message: Outgoing): Promise<Address>
  /** Replaces a message in place. Throws as send does. */
  update(address: Address, message: Outgoing): Promise<void>
  /**
   * Looks for a message posted with this key since that moment. 'cannot tell' where the platform lets nobody look.
   * `thread` as it was sent with: Slack's history of a channel does not hold what stands in its threads.
   * Throws as send does.
   */
  find(
    place: Place,
    key: string,
    since: Date,
    thread?: Address,
  ): Promise<Address | 'not there' | 'cannot tell'>
  profile(identity: ChatIdentity): Promise<Profile>
  /** Who can read a channel, as far as the platform tells. Throws as send does. */
  channel(place: Place): Promise<Channel>
}

/** Handles one invocation. Never throws: what went wrong is a Reply in words for the person. */
export type Handle = (invocation: Invocation) => Promise<Reply>

/** Slow down: nothing was posted; try again no sooner than `afterMs`. */
export class RateLimited extends Error {
  override readonly name = 'RateLimited'
  readonly afterMs: number
  constructor(afterMs: number) {
    super(`The platform asks to wait ${Math.ceil(afterMs / 1000)} s.`)
    this.afterMs = afterMs
  }
}

/** There is nobody to send to: channel archived or deleted, person gone, app removed. Retrying will not help. */
export class Gone extends Error {
  override readonly name = 'Gone'
}

/** The platform refuses the message itself. Retrying will not help; the message has to change. */
export class Rejected extends Error {
  override readonly name = 'Rejected'
}

/** The platform did not answer, or answered that it failed. `posted` tells whether the message may stand there all the same. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  readonly posted: 'no' | 'perhaps'
  constructor(message: string, posted: 'no' | 'perhaps') {
    super(message)
    this.posted = posted
  }
}

/** All that a platform's calls throw. */
export type Failure = RateLimited | Gone | Rejected | Unavailable

export function isFailure(error: unknown): error is Failure {
  return [RateLimited, Gone, Rejected, Unavailable].some((kind) => error instanceof kind)
}
