import type { z } from 'zod'
import type { digestCard } from '../cards.ts'

/** What a reader has to read and to scroll. */
export interface ReadingSize {
  /** Beside the titles of the programme, its projects and milestones. */
  readonly words: number
  /** On a phone 390 pixels wide, in pixels: an estimate from above for both platforms. */
  readonly height: number
}

/** Half a minute of reading, and one and a half screens of 844 pixels. */
export const firstMessageBudget: ReadingSize = { words: 160, height: 1266 }

export type DigestCardData = z.infer<typeof digestCard.data>

/**
 * How text is set on such a phone, measured in pictures of Slack and Teams: so many characters to a line, and the height
 * of what stands there. Teams, whose cards are narrower and have wider gaps, is the measure.
 */
const charactersPerLine = 40
const heights = { line: 22, smallLine: 20, heading: 46, buttons: 54, gap: 10 }

/** Letters and digits with what joins them: '27', 'K-12', 'Ana’s'. Signs alone are no words. */
const word = /[\p{L}\p{N}]+(?:['’.:/-][\p{L}\p{N}]+)*/gu

export function wordsIn(text: string): number {
  return text.match(word)?.length ?? 0
}

/** An estimate of how a digest's first message reads. Characters of scripts without spaces count for two. */
export function readingSize(card: DigestCardData): ReadingSize {
  const texts = [card.scope, card.issue, ...card.remarks, card.overall, card.override]
  texts.push(card.officeHeadline, card.headline, card.coverage)
  const paragraphs = [card.programme, ...texts, card.counts.map(({ text }) => text).join('  ')]
  const entries = card.sections.flatMap((section) => section.entries)
  const lists = card.oneLiners.map(({ heading, runs }) => {
    const words = runs.map(({ text, weight }) => (weight === 'Bolder' ? '' : text))
    return {
      words: [heading, ...words].join(''),
      whole: [heading, ...runs.map(({ text }) => text)].join(''),
    }
  })
  const said = [card.heading, ...texts, ...card.counts.map(({ text }) => text), ...card.footer]
  said.push(...card.sections.map(({ heading }) => heading), ...lists.map((list) => list.words))
  said.push(...entries.flatMap(({ beside, lines }) => [beside, ...lines]))
  said.push(...entries.flatMap(({ actions }) => actions?.map(({ title }) => title) ?? []))
  const whole = entries.flatMap(({ title, beside, lines }) => [`${title}  ${beside}`, ...lines])
  const buttonRows = entries.filter(({ actions }) => actions).length + (card.actions ? 1 : 0)
  return {
    words: said.reduce((sum, text) => sum + wordsIn(text), 0),
    height:
      heights.heading * (1 + card.sections.length) +
      heightOf([...paragraphs, ...whole, ...lists.map((list) => list.whole)], heights.line) +
      heightOf(card.footer, heights.smallLine) +
      heights.gap * (entries.length + lists.length + paragraphs.filter(Boolean).length) +
      heights.buttons * buttonRows,
  }
}

function heightOf(texts: readonly string[], lineHeight: number): number {
  return texts.reduce((sum, text) => sum + linesOf(text) * lineHeight, 0)
}

/** Words wrap as a whole: the last ones of each line leave some of it empty. */
function linesOf(text: string): number {
  const width = [...text].reduce((sum, each) => sum + (isWide.test(each) ? 2 : 1), 0)
  return Math.ceil(width / charactersPerLine)
}

const isWide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60\p{Extended_Pictographic}]/u
