import type { types } from '@slack/bolt'
import { shorten } from '../../../base/text.ts'
import type { CardElement, TextRun } from '../../../chat/card-schema.ts'

/**
 * All text becomes rich_text or plain_text, which Slack never parses. mrkdwn is never used, so that "<!channel>" or "*"
 * in a text that a person wrote is shown as typed.
 */

/** The rich text elements of one paragraph. */
export type Paragraph = types.RichTextText[]

export function plainTextObject(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: shorten(text, max), emoji: false }
}

export function textElements(text: string, style: types.RichTextText['style'] = {}): Paragraph {
  if (text === '') return []
  return [{ type: 'text', text, ...(Object.keys(style).length > 0 && { style }) }]
}

export function textRunElements({ text, weight, italic, strikethrough }: TextRun): Paragraph {
  return textElements(text, {
    ...(weight === 'bolder' && { bold: true }),
    ...(italic && { italic: true }),
    ...(strikethrough && { strike: true }),
  })
}

/** The paragraphs of an element that is only text; undefined for any other. */
export function paragraphsOf(element: CardElement): Paragraph[] | undefined {
  switch (element.type) {
    case 'TextBlock':
      return [textElements(element.text, element.weight === 'bolder' ? { bold: true } : {})]
    case 'RichTextBlock':
      return [element.inlines.flatMap(textRunElements)]
    case 'FactSet':
      return element.facts.map(({ title, value }) => [
        ...textElements(`${title}: `, { bold: true }),
        ...textElements(value),
      ])
    default:
      return undefined
  }
}

export function lengthOf(paragraph: Paragraph): number {
  return paragraph.reduce((sum, { text }) => sum + text.length, 0)
}

/** Splits a paragraph into ones of at most `max` characters, after a space where there is one. */
export function splitParagraph(paragraph: Paragraph, max: number): Paragraph[] {
  const parts: Paragraph[] = []
  let part: Paragraph = []
  for (const element of paragraph) {
    let rest = element.text
    while (lengthOf(part) + rest.length > max) {
      const room = rest.slice(0, max - lengthOf(part))
      const end = room.lastIndexOf(' ') + 1 || room.replace(/[\uD800-\uDBFF]$/, '').length
      parts.push([...part, ...(end > 0 ? [{ ...element, text: rest.slice(0, end) }] : [])])
      part = []
      rest = rest.slice(end)
    }
    if (rest !== '') part.push({ ...element, text: rest })
  }
  return part.length > 0 ? [...parts, part] : parts
}

/** One block with each paragraph on a line of its own. */
export function richTextBlock(paragraphs: readonly Paragraph[]): types.RichTextBlock {
  const elements = paragraphs.flatMap((paragraph, index) =>
    index === 0 ? paragraph : [...textElements('\n'), ...paragraph],
  )
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}
