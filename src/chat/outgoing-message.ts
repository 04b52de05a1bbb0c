import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { CardError } from './card-schema.ts'
import type { AdaptiveCard, Card } from './cards.ts'
import { withDuplicateNotice } from './duplicate-notice.ts'
import { MessageRejectedError, type OutgoingMessage } from './port.ts'

/** What every platform does with an outgoing message before and after its own calls. */

/**
 * The message in the platform's form, with the notice above it where it may have been posted before.
 * @throws MessageRejectedError where the card cannot be expanded or converted
 */
export function renderOutgoing<Content>(
  { card, isResend }: Pick<OutgoingMessage, 'card' | 'isResend'>,
  expand: (card: Card) => AdaptiveCard,
  convert: (card: AdaptiveCard) => Content,
): Content {
  try {
    const expanded = expand(card)
    return convert(isResend ? withDuplicateNotice(expanded) : expanded)
  } catch (error) {
    const words = messageOf(error)
    throw new MessageRejectedError(
      'invalid_card',
      error instanceof CardError ? words : `The card "${card.name}" cannot be drawn: ${words}`,
    )
  }
}

/**
 * Posts a message with its image where the platform accepts that, otherwise without. `postImage` throws
 * MessageRejectedError only where nothing was posted; after any other error nobody can be certain, so it is thrown on.
 */
export async function postWithImage<Result>(
  { key, image }: OutgoingMessage,
  post: {
    readonly postImage: (image: Uint8Array) => Promise<Result>
    readonly postPlain: () => Promise<Result>
  },
  { log, platform }: { readonly log: Log; readonly platform: string },
): Promise<Result> {
  if (!image) return post.postPlain()
  try {
    return await post.postImage(image)
  } catch (error) {
    if (!(error instanceof MessageRejectedError)) throw error
    log.warn(
      { delivery: key, error: error.message },
      `${platform} did not accept the image of a message, which is posted without it`,
    )
    return post.postPlain()
  }
}
