import { fileURLToPath } from 'node:url'
import bidiFactory from 'bidi-js/dist/bidi.mjs'
import { openSync } from 'fontkit'
import { isRightToLeft, printable } from './letters.ts'

/** A font of the file: its name there, and its size in points. */
export interface Lettering {
  readonly face: 'plain' | 'bold'
  readonly size: number
}

/** A line as it is drawn, and as it was written. */
export interface PdfLine {
  readonly text: string
  /** What a screen reader says, where that is not what is drawn from left to right; null where it is. */
  readonly spoken: string | null
  readonly isReversed: boolean
}

export interface PdfLetters {
  /** The lines of a text that is `width` points wide. Of a word that is wider itself, the pieces. */
  readonly linesOf: (text: string, lettering: Lettering, width: number) => PdfLine[]
  /** In points. */
  readonly widthOf: (text: string, lettering: Lettering) => number
  /** Draws a line; `x`, `y` are the upper left of its place. */
  readonly draw: (line: PdfLine, at: LinePlace, lettering: Lettering) => void
  /** How many letters so far the font does not have. */
  readonly missing: () => number
}

export interface LinePlace {
  readonly x: number
  readonly y: number
  readonly width: number
}

/** Stands for a letter that the font does not have. */
const stranger = '□'
export const lineHeight = ({ size }: Lettering): number => size * 1.3

/**
 * DejaVu has the letters of Europe, Arabic and Hebrew, and many signs. By its path and not by a registered name, of which
 * pdfkit 0.20 opens the file anew each time where the document began with the same font.
 */
export const fontFiles = {
  plain: fontFile('DejaVuSansCondensed'),
  bold: fontFile('DejaVuSansCondensed-Bold'),
}

function fontFile(name: string): string {
  return fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`))
}

const plainFont = openSync(fontFiles.plain)
const hasGlyph = (letter: string) =>
  'hasGlyphForCodePoint' in plainFont && plainFont.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)

export function lettersOf(document: PDFKit.PDFDocument): PdfLetters {
  const widths = { plain: new Map<string, number>(), bold: new Map<string, number>() }
  let missing = 0

  /** Measured once for each word, at ten points. */
  function widthOf(text: string, { face, size }: Lettering): number {
    const known = widths[face].get(text)
    const width = known ?? document.font(fontFiles[face]).fontSize(10).widthOfString(text)
    if (known === undefined) widths[face].set(text, width)
    return (width * size) / 10
  }

  function linesOf(text: string, lettering: Lettering, width: number): PdfLine[] {
    const lines = printable(text).replaceAll('\t', ' ').split('\n')
    return lines.flatMap((line) => {
      const isReversed = isRightToLeft(line)
      const wrapped = wrap(line, width, (piece) => widthOf(drawable(piece), lettering))
      return wrapped.map((written) => {
        const text = drawable(written)
        missing += text.split(stranger).length - written.split(stranger).length
        const drawn = visualRuns(text, isReversed).join('')
        return { text, spoken: drawn === written ? null : written, isReversed }
      })
    })
  }

  function draw(line: PdfLine, { x, y, width }: LinePlace, lettering: Lettering): void {
    const { text, isReversed } = line
    const runs = visualRuns(text, isReversed)
    const wide = runs.reduce((sum, run) => sum + widthOf(run, lettering), 0)
    let at = isReversed ? x + width - wide : x
    for (const run of runs) {
      document
        .font(fontFiles[lettering.face])
        .fontSize(lettering.size)
        .text(run, at, y, { lineBreak: false })
      at += widthOf(run, lettering)
    }
  }

  return { linesOf, widthOf, draw, missing: () => missing }
}

/** The text with a sign for each letter that the font does not have, and without what is never seen. */
function drawable(text: string): string {
  const seen = text.replace(/\p{Cf}|\p{Variation_Selector}/gu, '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is in every font.
  if (/^[\u0000-\u007F]*$/.test(seen)) return seen
  return [...seen].map((letter) => (hasGlyph(letter) ? letter : stranger)).join('')
}

/** As many words on a line as there is room for. */
function wrap(line: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  const space = widthOf(' ')
  let current = ''
  let used = 0
  for (const word of line.split(/ +/).flatMap((one) => pieces(one, width, widthOf))) {
    const wide = widthOf(word)
    if (current !== '' && used + space + wide > width) {
      lines.push(current)
      current = ''
      used = 0
    }
    used += current === '' ? wide : space + wide
    current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current]
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A word that is wider than the line is cut between letters. */
function pieces(word: string, width: number, widthOf: (text: string) => number): string[] {
  if (widthOf(word) <= width) return [word]
  const cut: string[] = []
  let piece = ''
  let used = 0
  for (const { segment } of letters.segment(word)) {
    const wide = widthOf(segment)
    if (piece !== '' && used + wide > width) {
      cut.push(piece)
      piece = ''
      used = 0
    }
    piece += segment
    used += wide
  }
  return [...cut, piece]
}

const bidi = bidiFactory()

/**
 * The parts of a line from left to right as they are drawn (Unicode Standard Annex 9, rule L2). The font's own layout
 * turns round the letters of a word, so that a part that is read from the right is given word by word.
 */
function visualRuns(text: string, isReversed: boolean): string[] {
  const hasReversed =
    /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(text)
  if (!hasReversed && !isReversed) return [text]
  const embedding = bidi.getEmbeddingLevels(text, isReversed ? 'rtl' : 'ltr')
  const { levels } = embedding
  const order = bidi.getReorderedIndices(text, embedding)
  const runs: { isOdd: boolean; from: number; to: number }[] = []
  for (const at of order) {
    const isOdd = (levels[at] ?? 0) % 2 === 1
    const last = runs.at(-1)
    if (last && last.isOdd === isOdd && (isOdd ? at === last.from - 1 : at === last.to)) {
      if (isOdd) last.from = at
      else last.to = at + 1
    } else runs.push({ isOdd, from: at, to: at + 1 })
  }
  return runs.flatMap(({ isOdd, from, to }) => {
    const part = text.slice(from, to)
    return isOdd ? part.split(/( )/).toReversed().map(mirrored).filter(Boolean) : [part]
  })
}

/** Brackets open the other way. */
const mirrored = (text: string) =>
  text.replace(/\p{P}|\p{S}/gu, (sign) => bidi.getMirroredCharacter(sign) ?? sign)
