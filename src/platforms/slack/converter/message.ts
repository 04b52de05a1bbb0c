import type { types } from '@slack/bolt'
import { shorten } from '../../../base/text.ts'
import { isCardImageUrl } from '../../../chat/card-image.ts'
import { CardError, cardLabel, type ParsedCard, parseCard } from '../../../chat/card-schema.ts'
import type { AdaptiveCard } from '../../../chat/cards.ts'
import * as limits from '../limits.ts'
import { blocksOf } from './blocks.ts'
import { buttonRows, createButtonCounter } from './buttons.ts'

/** The content that chat.postMessage, an acknowledgement and a response_url all take. */
export interface SlackMessage {
  /** For notifications and screen readers. Escaped, because Slack parses it. */
  readonly text: string
  readonly blocks: types.KnownBlock[]
}

/**
 * `file` is the id of the uploaded image; without it the message has no image.
 * @throws CardError if the card is outside the supported subset or does not fit a message.
 */
export function toMessage(card: AdaptiveCard, name = cardLabel(card), file?: string): SlackMessage {
  const parsed = parseCard(card, name)
  const blocks = withCardName(name, () => allBlocks(parsed)).flatMap((block) =>
    withFile(block, file),
  )
  if (blocks.length > limits.blocksInMessage) {
    throw new CardError(name, `it has ${blocks.length} blocks, a Slack message holds 50`)
  }
  const size = charactersIn(blocks) + blocks.length * limits.charactersPerBlock
  if (size > limits.charactersInMessage) {
    throw new CardError(name, `its text is too long for a Slack message (${size} characters)`)
  }
  return { text: escapeText(shorten(card.fallbackText, limits.fallbackText)), blocks }
}

function withFile(block: types.KnownBlock, file: string | undefined): types.KnownBlock[] {
  if (block.type !== 'image' || !('image_url' in block) || !isCardImageUrl(block.image_url)) {
    return [block]
  }
  const { image_url: _, ...image } = block
  return file === undefined ? [] : [{ ...image, slack_file: { id: file } }]
}

function allBlocks({ body, actions }: ParsedCard): types.KnownBlock[] {
  const next = createButtonCounter()
  return [...blocksOf(body, next), ...buttonRows(actions, next)]
}

/** Turns a RangeError into a CardError with the card's name. */
export function withCardName<T>(name: string, convert: () => T): T {
  try {
    return convert()
  } catch (error) {
    if (error instanceof RangeError) throw new CardError(name, error.message)
    throw error
  }
}

/** Escapes the three characters that have a meaning in Slack's text. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + charactersIn(each), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [key, each]) =>
      sum + (key === 'text' && typeof each === 'string' ? each.length : charactersIn(each)),
    0,
  )
}
