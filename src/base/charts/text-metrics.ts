import { shorten } from '../text.ts'

/**
 * How wide text is in DejaVu Sans, near enough to lay out a chart without a browser. In the chart's units.
 */
export const font = 'DejaVu Sans'

/** Advance widths by classes of letters, as fractions of the font size; bold ones are a little wider. */
const glyphWidths: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[ijl'|I.,:;! ]/, 0.33],
  [/[frt()[\]\-/]/, 0.41],
  [/[mwMW@%]/, 0.95],
  [/[A-Z◆▲●■◇□▷○★▼◐◈✚▣✦▽]/, 0.72],
]
const defaultGlyphWidth = 0.61
/** Of a UTF-16 code unit: an emoji is as wide as a letter and has two. */
const narrowestUnit = 0.3
const boldWidthFactor = 1.12

export interface FontStyle {
  readonly size: number
  readonly bold?: boolean
}

export function textWidth(text: string, { size, bold = false }: FontStyle): number {
  const units = Array.from(text, (letter) => {
    return glyphWidths.find(([letters]) => letters.test(letter))?.[1] ?? defaultGlyphWidth
  })
  return units.reduce((sum, width) => sum + width, 0) * size * (bold ? boldWidthFactor : 1)
}

/** No more code units can fit, so that a title of any length is measured no further. */
function mostLetters({ size }: FontStyle, room: number): number {
  return Math.ceil(room / (narrowestUnit * size))
}

/** The text, cut after a word where it is wider than `room`. */
export function truncateToWidth(text: string, style: FontStyle, room: number): string {
  let kept = shorten(stripUnprintable(text), mostLetters(style, room) + 1)
  while (kept.length > 1 && textWidth(kept, style) > room) kept = shorten(kept, kept.length - 1)
  return kept
}

/** The text in as many lines as it needs, at most two. */
export function wrapInTwoLines(text: string, style: FontStyle, room: number): string[] {
  const whole = shorten(stripUnprintable(text), 2 * mostLetters(style, room) + 1)
  if (textWidth(whole, style) <= room) return [whole]
  const words = whole.split(' ')
  const fits = (count: number) => textWidth(words.slice(0, count).join(' '), style) <= room
  const count = words.findLastIndex((_, at) => fits(at + 1)) + 1
  if (count === 0) return [truncateToWidth(whole, style, room)]
  const [first, rest] = [words.slice(0, count), words.slice(count)].map((some) => some.join(' '))
  return [first ?? '', truncateToWidth(rest ?? '', style, room)]
}

/** Removes control characters, which XML does not allow, and line breaks. */
function stripUnprintable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\u{FFFE}\u{FFFF}\s]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim()
}
