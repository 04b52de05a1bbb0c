import PdfDocument from 'pdfkit'
import { undrawnText, type WrittenBlock, type WrittenPaper } from './draw-figures.ts'
import { printable } from './letters.ts'
import { paperLooks } from './paper-looks.ts'
import { type Flow, startFlow } from './pdf-flow.ts'
import { fontFiles } from './pdf-letters.ts'
import { leastTableHeight, writePdfTable } from './pdf-table.ts'

/**
 * The bytes of a tagged PDF for the archive (PDF/A-2a, ISO 19005-2): a title, a language, its own fonts, and a structure of
 * headings, paragraphs, lists and tables with header cells that a screen reader goes through in order.
 *
 * @param at the moment it is made, UTC
 */
export function writePdf(paper: WrittenPaper, at: Date): Promise<Uint8Array> {
  const title = printable(paper.title)
  const document = new PdfDocument({
    ...{ size: 'A4', layout: 'landscape', margin: 48, bufferPages: true },
    ...{ pdfVersion: '1.7', subset: 'PDF/A-2a', tagged: true, lang: paper.language },
    displayTitle: true,
    // Else pdfkit begins with Helvetica, which a file for the archive would have to bring along.
    font: fontFiles.plain,
    info: { Title: title, Creator: 'Milepost', CreationDate: at, ModDate: at },
  })
  const whole = bytesOf(document)
  const flow = startFlow(document)
  const { facts, blocks } = paper
  flow.heading(0, title)
  for (const { name, value } of facts) flow.fact(name, value)
  for (const [at, block] of blocks.entries()) writeBlock(flow, block, roomBelow(flow, blocks, at))
  flow.end(title)
  document.end()
  return whole
}

/** Points that stay together with a heading: of a table its beginning, of a heading what stays with that. */
function roomBelow(flow: Flow, blocks: readonly WrittenBlock[], at: number): number {
  const next = blocks[at + 1]
  if (next?.kind === 'heading') return 30 + roomBelow(flow, blocks, at + 1)
  // And what the heading leaves free above and below itself.
  return next?.kind === 'table' ? 16 + leastTableHeight(flow, next) : 80
}

function writeBlock(flow: Flow, block: WrittenBlock, below: number): void {
  switch (block.kind) {
    case 'heading':
      flow.heading(block.level, block.text, below)
      break
    case 'paragraph':
      flow.paragraph(block.text)
      break
    case 'missing':
      flow.paragraph(block.text, paperLooks.brand)
      break
    case 'list':
      flow.list(block.items)
      break
    case 'table':
      writePdfTable(flow, block)
      break
    case 'picture':
      flow.figure(block)
      break
    case 'figure':
      flow.paragraph(undrawnText(block.alt), paperLooks.brand)
      break
  }
}

async function bytesOf(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of document) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}
