import type { PlatformName } from '../base/addresses.ts'

/** Why a message is not sent, for code to compare and for people to look up. Kept in the column errorCode. */
export type ErrorCode = OwnErrorCode | PlatformErrorCode

/** What the platform, or the connection to it, gave as the reason: "slack:is_archived", "teams:http_403". */
export type PlatformErrorCode = `${PlatformName}:${string}`

export type OwnErrorCode =
  /** The message in whose thread it belongs was never sent. */
  | 'root_not_sent'
  /** Its platform is not set up here; it waits until it is. */
  | 'platform_not_configured'
  /** Tried for a day, or more often than is sensible. */
  | 'gave_up'
  /** It may have been sent, and the platform lets nobody look. */
  | 'lookup_impossible'
  /** The backup that this database was restored from may be older than the message. */
  | 'restored'
  /** Its process was frozen for so long that another may have taken it over. */
  | 'lease_expired'
  /** Its card cannot be rendered from its data. */
  | 'card_invalid'
  | 'database_unavailable'
  /** Its workspace refuses Milepost; one message at a time tries whether it still does. */
  | 'workspace_broken'
  /** A fault in Milepost; the log has it. */
  | 'internal_error'
  /** Its person is written to elsewhere by now. */
  | 'moved'
  /** Its person has no account any more. */
  | 'no_account'
  /** Revalidation put it off. */
  | 'deferred'
  /** Its content is no longer true. */
  | 'outdated'
  /** A person cancelled it. */
  | 'cancelled'
  /** Its recipient's data were erased. */
  | 'erased'

export function platformErrorCode(platform: PlatformName, code: string): PlatformErrorCode {
  return `${platform}:${code}`
}

export function isPlatformErrorCode(code: string): code is PlatformErrorCode {
  return code.includes(':')
}

/** A reason for code and for people. `reason` is part of a sentence in plain English. */
export interface Failure {
  readonly code: ErrorCode
  readonly reason: string
}
