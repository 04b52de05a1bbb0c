import { isCardImageUrl } from '../../chat/card-image.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { MessageRejectedError } from '../../chat/port.ts'
import { mapCardParts } from './card-walk.ts'

/** Teams takes a message of 100 KB and counts what it adds itself ("Format your bot messages"). */
const maxBytes = 80 * 1024

/**
 * The card with its picture within it: a bot has no other place to keep one where every reader may look. Without a
 * picture, the card without the image for it. Throws Rejected where the card grows too large, as Teams would.
 */
export function withInlineImage(card: AdaptiveCard, png: Uint8Array | undefined): AdaptiveCard {
  const url = png && `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const shown = mapCardParts(card, (part) => {
    if (part.type !== 'Image' || !isCardImageUrl(part.url)) return [part]
    // A press shows it in full, where it is small: on a phone.
    return url ? [{ ...part, url, msteams: { allowExpand: true } }] : []
  })
  const bytes = Buffer.byteLength(JSON.stringify(shown))
  if (png && bytes > maxBytes)
    throw new MessageRejectedError('image_too_large', `With its picture it has ${bytes} bytes.`)
  return shown
}
