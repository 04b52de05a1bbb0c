import {
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from 'docx'
import { bullets, colour, docxBlock, factParagraph, textParagraph } from './docx-blocks.ts'
import type { WrittenPaper } from './draw-figures.ts'
import { printable } from './letters.ts'
import { paperLooks } from './paper-looks.ts'

/** A4 across, in twentieths of a point, as Word counts: with narrow margins, for tables of six columns. */
const page = { width: 11_906, height: 16_838, margin: 1_000 }
const textWidth = page.height - 2 * page.margin

/**
 * The bytes of a Word file. Headings have Word's own heading styles, so that its navigation pane and a screen reader
 * list them; the first row of a table is its header row and is repeated on each page.
 */
export async function writeDocx(paper: WrittenPaper): Promise<Uint8Array> {
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
          ...paper.blocks.flatMap((block) => docxBlock(block, textWidth)),
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

function stylesFor({ language }: WrittenPaper) {
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

function pageFooter({ title }: WrittenPaper): Footer {
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
