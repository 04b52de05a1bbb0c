import {
  AlignmentType,
  HeadingLevel,
  ImageRun,
  type IRunOptions,
  LevelFormat,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { columnWidths } from './column-widths.ts'
import { type Picture, undrawnText, type WrittenBlock } from './draw-figures.ts'
import { isRightToLeft, printable } from './letters.ts'
import type { PaperCell, PaperTable } from './paper.ts'
import { paperLooks } from './paper-looks.ts'

/** The blocks of a paper as paragraphs and tables of a Word file. */

/** As Word writes it: without its #. */
export const colour = (hex: string): string => hex.slice(1).toUpperCase()

/** The list that every list item is in. */
export const bullets = {
  reference: 'bullets',
  levels: [
    {
      level: 0,
      format: LevelFormat.BULLET,
      text: '•',
      alignment: AlignmentType.LEFT,
      style: { paragraph: { indent: { left: 400, hanging: 260 } } },
    },
  ],
}

type ParagraphLook = Omit<ConstructorParameters<typeof Paragraph>[0] & object, 'children' | 'text'>

/** Each line of a text is a paragraph's line; its direction is that of its first letter. */
export function textParagraph(
  text: string,
  look: ParagraphLook = {},
  run: IRunOptions = {},
): Paragraph {
  const isReversed = isRightToLeft(text)
  return new Paragraph({
    ...look,
    bidirectional: isReversed,
    children: printable(text)
      .split('\n')
      .map((line, at) => {
        return new TextRun({ ...run, text: line, rightToLeft: isReversed, break: at === 0 ? 0 : 1 })
      }),
  })
}

export function factParagraph(name: string, value: string): Paragraph {
  return new Paragraph({
    spacing: { after: 40 },
    children: [
      new TextRun({ text: `${printable(name)}: `, bold: true }),
      new TextRun({ text: printable(value) }),
    ],
  })
}

const headingLevels = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
}

/** @param width of the text on the page, in twentieths of a point */
export function docxBlock(block: WrittenBlock, width: number): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [textParagraph(block.text, { heading: headingLevels[block.level] })]
    case 'paragraph':
      return [textParagraph(block.text)]
    case 'missing':
      return [textParagraph(block.text, {}, { italics: true })]
    case 'list':
      return block.items.map((item) =>
        textParagraph(item, { numbering: { reference: 'bullets', level: 0 } }),
      )
    case 'table':
      return tableOf(block, width)
    case 'picture':
      return [pictureParagraph(block, width)]
    case 'figure':
      return [textParagraph(undrawnText(block.alt), {}, { italics: true })]
  }
}

/** The paragraph after a table keeps it apart from a table that follows: Word would make one of the two. */
function tableOf({ caption, columns, rows }: PaperTable, textWidth: number): (Paragraph | Table)[] {
  const widths = columnWidths(columns, leastWidths(columns, rows), textWidth).map(Math.floor)
  const { headerFill, headerInk } = paperLooks
  const header = columns.map(({ heading }): PaperCell => {
    return { text: heading, bold: true, look: { fill: headerFill, ink: headerInk } }
  })
  const cellsOf = (cells: readonly PaperCell[]) =>
    cells.map((cell, at) => cellOf(cell, widths[at] ?? 0))
  const table = new Table({
    columnWidths: widths,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    margins: { top: 50, bottom: 50, left: cellMargin, right: cellMargin },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: cellsOf(header) }),
      ...rows.map((row) => new TableRow({ cantSplit: isShort(row), children: cellsOf(row) })),
    ],
  })
  return [textParagraph(caption, { style: 'Caption', keepNext: true }), table, new Paragraph({})]
}

/** Of a sign in bold, in twentieths of a point: an office's file may have a wide font. */
const signWidths = { capital: 165, other: 120 }
const cellMargin = 80

const widthOf = (word: string): number =>
  [...word].reduce(
    (sum, sign) => sum + (/\p{Lu}/u.test(sign) ? signWidths.capital : signWidths.other),
    0,
  )

/** No word of a heading is broken, nor of a short cell: a number, a rating. */
function leastWidths(columns: PaperTable['columns'], rows: PaperTable['rows']): number[] {
  return columns.map(({ heading }, at) => {
    const short = rows.flatMap((row) => row[at]?.text ?? []).filter((text) => text.length <= 12)
    const words = [heading, ...short].flatMap((text) => text.split(/\s/))
    return words.reduce((most, word) => Math.max(most, widthOf(word)), 0) + 2 * cellMargin
  })
}

/** A row that fits a page is kept on one; a longer one has to be split. */
const isShort = (row: readonly PaperCell[]) => row.every(({ text }) => text.length < 600)

function cellOf({ text, look, bold = false }: PaperCell, width: number): TableCell {
  const run = { size: 19, bold, ...(look ? { color: colour(look.ink) } : {}) }
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    ...(look ? { shading: { fill: colour(look.fill) } } : {}),
    children: [textParagraph(text, { spacing: { after: 0 } }, run)],
  })
}

function pictureParagraph({ png, width, height, alt }: Picture, textWidth: number): Paragraph {
  // docx counts in pixels, of which each is three quarters of a point.
  const across = Math.round(Math.min(width, textWidth / 20) / 0.75)
  return new Paragraph({
    children: [
      new ImageRun({
        type: 'png',
        data: png,
        transformation: { width: across, height: Math.round((height * across) / width) },
        altText: { description: printable(alt) },
      }),
    ],
  })
}
