import type { types } from '@slack/bolt'
import type { CardElement, Column } from '../../../chat/card-schema.ts'
import * as limits from '../limits.ts'
import { buttonRows, type NextNumber } from './buttons.ts'
import { inputBlock } from './inputs.ts'
import {
  lengthOf,
  type Paragraph,
  paragraphsOf,
  plainTextObject,
  richTextBlock,
  splitParagraph,
  textElements,
} from './text.ts'

/**
 * A part of a card's body, before adjacent texts are merged into one block: a message holds 50 blocks, and a digest has
 * more lines than that.
 */
type BodyPart =
  | { readonly kind: 'paragraph'; readonly paragraph: Paragraph }
  | { readonly kind: 'subtle'; readonly text: string }
  | { readonly kind: 'block'; readonly block: types.KnownBlock }

/** @throws RangeError if a button or an input does not fit Slack's limits. */
export function blocksOf(elements: readonly CardElement[], next: NextNumber): types.KnownBlock[] {
  return mergeParts(elements.flatMap((element) => partsOf(element, next)))
}

function partsOf(element: CardElement, next: NextNumber): BodyPart[] {
  const parts = contentOf(element, next)
  if (!element.separator || parts.length === 0) return parts
  return [{ kind: 'block', block: { type: 'divider' } }, ...parts]
}

function contentOf(element: CardElement, next: NextNumber): BodyPart[] {
  switch (element.type) {
    case 'TextBlock':
      if (element.style === 'heading' && fitsHeader(element.text)) return [headerOf(element.text)]
      if (element.isSubtle) return [{ kind: 'subtle', text: element.text }]
      return textParts(element)
    case 'RichTextBlock':
    case 'FactSet':
      return textParts(element)
    case 'Container':
      return element.items.flatMap((item) => partsOf(item, next))
    case 'ColumnSet':
      return columnParts(element.columns, next)
    case 'ActionSet':
      return buttonRows(element.actions, next).map((block) => ({ kind: 'block', block }))
    case 'Image':
      return [{ kind: 'block', block: imageOf(element) }]
    case 'Input.Text':
    case 'Input.ChoiceSet':
    case 'Input.Date':
      return [{ kind: 'block', block: inputBlock(element) }]
  }
}

function textParts(element: CardElement): BodyPart[] {
  return (paragraphsOf(element) ?? []).map((paragraph) => ({ kind: 'paragraph', paragraph }))
}

function fitsHeader(text: string): boolean {
  return text !== '' && text.length <= limits.header
}

function headerOf(text: string): BodyPart {
  return { kind: 'block', block: { type: 'header', text: plainTextObject(text, limits.header) } }
}

function imageOf({ url, altText }: Extract<CardElement, { type: 'Image' }>): types.ImageBlock {
  return { type: 'image', image_url: url, alt_text: altText.slice(0, limits.altText) }
}

/** Slack has no columns: joins their texts into one line, followed by what is not text. */
function columnParts(columns: readonly Column[], next: NextNumber): BodyPart[] {
  const line: Paragraph = []
  const rest: BodyPart[] = []
  for (const item of columns.flatMap(({ items }) => items)) {
    const paragraphs = paragraphsOf(item)
    if (!paragraphs) rest.push(...partsOf(item, next))
    for (const paragraph of paragraphs ?? []) {
      if (paragraph.length === 0) continue
      if (line.length > 0) line.push(...textElements('  '))
      line.push(...paragraph)
    }
  }
  return line.length > 0 ? [{ kind: 'paragraph', paragraph: line }, ...rest] : rest
}

/** Merges adjacent paragraphs into one rich_text block, and adjacent subtle lines into one context block. */
function mergeParts(parts: readonly BodyPart[]): types.KnownBlock[] {
  const blocks: types.KnownBlock[] = []
  let paragraphs: Paragraph[] = []
  let subtle: string[] = []

  const finish = () => {
    if (paragraphs.some((paragraph) => paragraph.length > 0)) blocks.push(richTextBlock(paragraphs))
    if (subtle.length > 0) blocks.push(contextOf(subtle))
    paragraphs = []
    subtle = []
  }
  for (const part of parts) {
    if (part.kind === 'paragraph') {
      if (subtle.length > 0) finish()
      for (const piece of splitToFit(part.paragraph)) {
        if (sizeOf(paragraphs) + lengthOf(piece) > limits.paragraphs) finish()
        paragraphs.push(piece)
      }
    } else if (part.kind === 'subtle') {
      if (part.text === '') continue
      const size = subtle.join('\n').length + part.text.length
      if (paragraphs.length > 0 || size > limits.contextText) finish()
      subtle.push(part.text)
    } else {
      finish()
      blocks.push(part.block)
    }
  }
  finish()
  return blocks
}

function splitToFit(paragraph: Paragraph): Paragraph[] {
  return lengthOf(paragraph) > limits.paragraphs
    ? splitParagraph(paragraph, limits.paragraphs)
    : [paragraph]
}

function sizeOf(paragraphs: readonly Paragraph[]): number {
  return paragraphs.reduce((sum, paragraph) => sum + lengthOf(paragraph) + 1, 0)
}

function contextOf(lines: readonly string[]): types.ContextBlock {
  return { type: 'context', elements: [plainTextObject(lines.join('\n'), limits.contextText)] }
}
