import { isCardImageUrl } from '../../chat/card-image.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { MessageRejectedError } from '../../chat/port.ts'
import { mapCardParts } from './card-walk.ts'

/** Teams takes a message of 100 KB, including what it adds itself (Teams documentation, "Format your bot messages"). */
const maxBytes = 80 * 1024

/**
 * Puts the image into the card as a data URL: a bot has no other place for it that every reader may access. Without an
 * image, removes its placeholder. @throws MessageRejectedError if the card becomes too large for Teams.
 */
export function withInlineImage(card: AdaptiveCard, png: Uint8Array | undefined): AdaptiveCard {
  const url = png && `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const shown = mapCardParts(card, (part) => {
    if (part.type !== 'Image' || !isCardImageUrl(part.url)) return [part]
    // Lets people enlarge the image, which is small on a phone.
    return url ? [{ ...part, url, msteams: { allowExpand: true } }] : []
  })
  const bytes = Buffer.byteLength(JSON.stringify(shown))
  if (png && bytes > maxBytes)
    throw new MessageRejectedError('image_too_large', `With its picture it has ${bytes} bytes.`)
  return shown
}
