import type { Address, ChatIdentity, Place, PlatformName } from '../base/addresses.ts'
import type { Standing } from '../base/standing.ts'
import type { Card } from './cards.ts'
import type { Reply } from './reply.ts'
import type { ChatRequest } from './request.ts'

/** A file that Milepost sends. */
export interface OutgoingFile {
  /** Names it where a person is asked first whether they want it: see chat/kept-files.ts. */
  readonly id: string
  /** With its ending: "W17 plan.xlsx". */
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** A message of the outbox. `key` is put into the message where the platform can store it, to find it again. */
export interface OutgoingMessage {
  readonly key: string
  readonly card: Card
  /** Answer in the thread of this message. */
  readonly thread?: Address | undefined
  /** It may have been posted before: a line above the card says so (see chat/duplicate-notice.ts). */
  readonly isResend?: boolean | undefined
  /**
   * A PNG for the Image of the card that stands for it (see chat/card-image.ts). Where it cannot be uploaded, or is not
   * taken, the message goes out without that image: a picture is never worth the words.
   */
  readonly image?: Uint8Array | undefined
  /**
   * A file for whoever reads the message. Sent before the card, so that a message that was sent has its file; where the
   * platform cannot send files, in a channel or at all, the message says so.
   */
  readonly file?: OutgoingFile | undefined
}

export interface UserProfile {
  readonly displayName: string
  /** The id of the account in its requests, where the one that was asked for is another (Teams names people by two). */
  readonly user?: string | undefined
  /** IANA zone; undefined where the platform does not tell (Teams). */
  readonly zone?: string | undefined
  /** Undefined where the platform does not tell. */
  readonly standing?: Standing | undefined
  /** The names by which the platform's directory has it, with its email where that is told. */
  readonly names?: readonly string[] | undefined
  readonly email?: string | undefined
}

/** An account as its platform lists it. Emails are for matching names and are not stored. */
export interface DirectoryMember {
  /** The id of the account in its requests. */
  readonly user: string
  /** As people see it: the first of its names. Real, display and full name: each that it has, at least one. */
  readonly names: readonly string[]
  readonly email?: string | undefined
  /** Their post, in their own words. */
  readonly title?: string | undefined
  readonly standing: Standing
}

/** Where the members of a workspace are asked for. */
export interface DirectoryRequest {
  readonly platform: PlatformName
  readonly tenant: string
  /** Channels that Milepost is in: Teams tells who is in one of them, and no more. */
  readonly channels: readonly Place[]
}

/**
 * Who can read what is posted in a channel: those who were invited to it, everyone in the organisation, or people of
 * other organisations too.
 */
export type ChannelVisibility = 'private' | 'everyone' | 'with outsiders' | 'cannot tell'

export interface Channel {
  readonly visibility: ChannelVisibility
  /** The platform says that nothing can be posted there any more. */
  readonly isArchived: boolean
  /** False while the platform has not said of all its members whether they are outsiders; it may in a minute. */
  readonly areMembersKnown?: boolean | undefined
  /** Whether Milepost is in it; left out where the platform does not tell. */
  readonly isMember?: boolean | undefined
  /** As people know it, without a #; null where the platform does not tell. */
  readonly name: string | null
}

/** A channel about which the platform tells nothing. */
export const unknownChannel: Channel = { visibility: 'cannot tell', isArchived: false, name: null }

/** What a platform must do. Features see no more of it than this; the contract test runs against each platform. */
export interface ChatPlatform {
  readonly name: PlatformName
  /** Posts once, without retrying. @throws PlatformError (below), nothing else */
  send(place: Place, message: OutgoingMessage): Promise<Address>
  /** Replaces a message in place. Throws as send does. */
  update(address: Address, message: OutgoingMessage): Promise<void>
  /**
   * Looks for a message posted with this key since that moment; 'cannot tell' where the platform has no way to look.
   * `thread` as in the message that was sent: Slack's history of a channel does not include its threads.
   * Throws as send does.
   */
  find(
    place: Place,
    key: string,
    since: Date,
    thread?: Address,
  ): Promise<Address | 'not there' | 'cannot tell'>
  profile(identity: ChatIdentity): Promise<UserProfile>
  /**
   * Everybody in the workspace, as far as the platform tells, by several calls one after the other; 'cannot tell' where
   * it tells of nobody. Throws as send does.
   */
  members(request: DirectoryRequest): Promise<readonly DirectoryMember[] | 'cannot tell'>
  /**
   * Shows a card in the place that the platform has for a person's own page. Absent where it has none: the page is a
   * message then. Throws as send does.
   */
  publishHome?(account: Pick<ChatIdentity, 'tenant' | 'user'>, card: Card): Promise<void>
  /** Who can read a channel, as far as the platform tells. Throws as send does. */
  channel(place: Place): Promise<Channel>
}

/** Handles one request. Never throws: a failure is a Reply with text for the person. */
export type ChatRequestHandler = (request: ChatRequest) => Promise<Reply>

/** What the five ways of failing have in common. */
abstract class PlatformCallError extends Error {
  /**
   * What code compares and people look up; nothing matches the message. The platform's own code ('not_in_channel',
   * 'ConversationNotFound'); 'http_<status>' where its answer has none; the system's ('ECONNRESET') where there was no
   * answer; 'timeout' where it did not come in time; else one of ours, in small letters.
   */
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Slow down: nothing was posted; try again no sooner than `retryAfterMs`. */
export class RateLimitedError extends PlatformCallError {
  override readonly name = 'RateLimitedError'
  readonly retryAfterMs: number
  constructor(retryAfterMs: number, code = 'http_429') {
    super(code, `The platform asks to wait ${Math.ceil(retryAfterMs / 1000)} s.`)
    this.retryAfterMs = retryAfterMs
  }
}

/** There is nobody to send to: the account is gone, or the channel is archived or deleted. Retrying will not help. */
export class RecipientGoneError extends PlatformCallError {
  override readonly name = 'RecipientGoneError'
  readonly who: 'person' | 'channel'
  constructor(code: string, message: string, who: 'person' | 'channel' = 'channel') {
    super(code, message)
    this.who = who
  }
}

/**
 * The workspace lets Milepost do nothing until somebody mends it: the app was removed, its token revoked, a permission
 * taken. Nothing was posted, and it says nothing of the message or of its recipient.
 */
export class WorkspaceBrokenError extends PlatformCallError {
  override readonly name = 'WorkspaceBrokenError'
  /** The platform answers alike where it is this recipient alone: so it is, if others are reached all the same. */
  readonly mayConcernRecipient: boolean
  constructor(code: string, message: string, mayConcernRecipient = false) {
    super(code, message)
    this.mayConcernRecipient = mayConcernRecipient
  }
}

/** The platform refuses the message itself. Retrying will not help; the message has to change. */
export class MessageRejectedError extends PlatformCallError {
  override readonly name = 'MessageRejectedError'
}

/**
 * The platform did not answer, or answered that it failed. `posted` says whether the message may have been posted all
 * the same.
 */
export class PlatformUnavailableError extends PlatformCallError {
  override readonly name = 'PlatformUnavailableError'
  readonly posted: 'no' | 'perhaps'
  constructor(code: string, message: string, posted: 'no' | 'perhaps') {
    super(code, message)
    this.posted = posted
  }
}

/** The only errors that a platform's calls throw. */
export type PlatformError =
  | RateLimitedError
  | RecipientGoneError
  | WorkspaceBrokenError
  | MessageRejectedError
  | PlatformUnavailableError

export function isPlatformError(error: unknown): error is PlatformError {
  return error instanceof PlatformCallError
}
