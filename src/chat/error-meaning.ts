import {
  MessageRejectedError,
  type PlatformError,
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
  WorkspaceBrokenError,
} from './port.ts'

/**
 * What an error code of a platform means. Each platform has one table of its codes; nothing else decides what becomes of
 * a message, what its delivery log says, or who has to mend it.
 */
export type ErrorMeaning =
  /** Nothing was posted; it may be tried again after a while. */
  | 'slow down'
  /** The account is gone: nobody can be written to there. */
  | 'person gone'
  /** The conversation is gone, or Milepost is not in it. */
  | 'channel gone'
  /** Nothing works in the workspace until an operator mends it. It says nothing of a person, a channel or a message. */
  | 'workspace broken'
  /** As above, unless others in the workspace are reached all the same: then it is this recipient. */
  | 'workspace or recipient'
  /** This message cannot be posted there. It says nothing of the person or the channel. */
  | 'message rejected'
  /** The platform failed before it posted anything. */
  | 'not posted'
  /** The platform failed, and may have posted it. */
  | 'perhaps posted'

/** A row of a platform's table of error codes. */
export interface ErrorExplanation {
  readonly meaning: ErrorMeaning
  /** What happened and what to do, in sentences for the programme office. */
  readonly words: string
}

/** A table of error codes. @throws Error where a code has two rows */
export function errorTable(
  groups: readonly (readonly [ErrorMeaning, words: string, codes: readonly string[]])[],
): ReadonlyMap<string, ErrorExplanation> {
  const table = new Map<string, ErrorExplanation>()
  for (const [meaning, words, codes] of groups) {
    for (const code of codes) {
      if (table.has(code)) throw new Error(`The error code "${code}" has two rows`)
      table.set(code, { meaning, words })
    }
  }
  return table
}

/** The error of the port for a code of this meaning. `message`: one line for the log, without what anybody wrote. */
export function platformErrorOf(
  meaning: ErrorMeaning,
  { code, message, retryAfterMs }: { code: string; message: string; retryAfterMs: number },
): PlatformError {
  switch (meaning) {
    case 'slow down':
      return new RateLimitedError(retryAfterMs, code)
    case 'person gone':
      return new RecipientGoneError(code, message, 'person')
    case 'channel gone':
      return new RecipientGoneError(code, message, 'channel')
    case 'workspace broken':
      return new WorkspaceBrokenError(code, message)
    case 'workspace or recipient':
      return new WorkspaceBrokenError(code, message, true)
    case 'message rejected':
      return new MessageRejectedError(code, message)
    case 'not posted':
      return new PlatformUnavailableError(code, message, 'no')
    case 'perhaps posted':
      return new PlatformUnavailableError(code, message, 'perhaps')
  }
}
