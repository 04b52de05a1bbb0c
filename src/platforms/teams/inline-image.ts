import { isPicture } from '../../chat/card-image.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { Rejected } from '../../chat/port.ts'
import { changed } from './card-walk.ts'

/** Teams takes a message of 100 KB and counts what it adds itself ("Format your bot messages"). */
const mostBytes = 80 * 1024

/**
 * The card with its picture within it: a bot has no other place to keep one where every reader may look. Without a
 * picture, the card without the image for it. Throws Rejected where the card grows too large, as Teams would.
 */
export function withPicture(card: AdaptiveCard, png: Uint8Array | undefined): AdaptiveCard {
  const url = png && `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const shown = changed(card, (part) => {
    if (part.type !== 'Image' || !isPicture(part.url)) return [part]
    // A press shows it in full, where it is small: on a phone.
    return url ? [{ ...part, url, msteams: { allowExpand: true } }] : []
  })
  const bytes = Buffer.byteLength(JSON.stringify(shown))
  if (png && bytes > mostBytes) throw new Rejected(`With its picture it has ${bytes} bytes.`)
  return shown
}
