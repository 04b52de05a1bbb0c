import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  type IRunOptions,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { isRightToLeft, printable } from './letters.ts'
import type { Paper, PaperBlock, PaperCell, PaperTable } from './paper.ts'
import { paperLooks } from './paper-looks.ts'

/** A4 across, in twentieths of a point, as Word counts: with narrow margins, for tables of six columns. */
const page = { width: 11_906, height: 16_838, margin: 1_000 }
const textWidth = page.height - 2 * page.margin

/**
 * The bytes of a Word file. Headings have Word's own heading styles, so that its navigation pane and a screen reader
 * list them; the first row of a table is its header row and is repeated on each page.
 */
export async function writeDocx(paper: Paper): Promise<Uint8Array> {
  const document = new Document({
    title: printable(paper.title),
    creator: 'Milepost',
    styles: stylesFor(paper),
    numbering: { config: [bullets] },
    sections: [
      {
        properties: { page: pageOptions },
        footers: { default: pageFooter(paper) },
        children: [
          textParagraph(paper.title, { heading: HeadingLevel.TITLE }),
          ...paper.facts.map(({ name, value }) => factParagraph(name, value)),
          ...paper.blocks.flatMap(blockOf),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

const pageOptions = {
  size: { width: page.width, height: page.height, orientation: PageOrientation.LANDSCAPE },
  margin: { top: page.margin, bottom: page.margin, left: page.margin, right: page.margin },
}

const bullets = {
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

function stylesFor({ language }: Paper) {
  const { ink, brand, fontOfWord: font } = paperLooks
  const heading = (size: number) => ({
    run: { font, size, bold: true, color: colour(brand) },
    paragraph: { spacing: { before: 240, after: 100 }, keepNext: true },
  })
  return {
    default: {
      document: {
        run: { font, size: 21, color: colour(ink), language: { value: language } },
        paragraph: { spacing: { after: 100 } },
      },
      title: { ...heading(40), paragraph: { spacing: { after: 160 } } },
      heading1: heading(30),
      heading2: heading(25),
      heading3: heading(22),
      caption: {
        run: { font, size: 20, bold: true, color: colour(ink) },
        paragraph: { spacing: { before: 120, after: 60 }, keepNext: true },
      },
    },
  }
}

const colour = (hex: string) => hex.slice(1).toUpperCase()

function pageFooter({ title }: Paper): Footer {
  const children = [
    `${printable(title)} · page `,
    PageNumber.CURRENT,
    ' of ',
    PageNumber.TOTAL_PAGES,
  ]
  return new Footer({
    children: [new Paragraph({ children: [new TextRun({ children, size: 16 })] })],
  })
}

type ParagraphLook = Omit<ConstructorParameters<typeof Paragraph>[0] & object, 'children' | 'text'>

/** Each line of a text is a paragraph's line; its direction is that of its first letter. */
function textParagraph(text: string, look: ParagraphLook = {}, run: IRunOptions = {}): Paragraph {
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

function factParagraph(name: string, value: string): Paragraph {
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

function blockOf(block: PaperBlock): (Paragraph | Table)[] {
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
      return tableOf(block)
    case 'figure':
      return [figureParagraph(block)]
  }
}

/** The paragraph after a table keeps it apart from a table that follows: Word would make one of the two. */
function tableOf({ caption, columns, rows }: PaperTable): (Paragraph | Table)[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => Math.floor((textWidth * share) / shares))
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
    margins: { top: 50, bottom: 50, left: 80, right: 80 },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: cellsOf(header) }),
      ...rows.map((row) => new TableRow({ cantSplit: isShort(row), children: cellsOf(row) })),
    ],
  })
  return [textParagraph(caption, { style: 'Caption' }), table, new Paragraph({})]
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

function figureParagraph({ png, width, height, alt }: PaperBlock & { kind: 'figure' }): Paragraph {
  const across = Math.min(width, 900)
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
