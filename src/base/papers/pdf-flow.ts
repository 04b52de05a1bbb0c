import type { Picture } from './draw-figures.ts'
import { paperLooks } from './paper-looks.ts'
import {
  type Lettering,
  lettersOf,
  lineHeight,
  type PdfLetters,
  type PdfLine,
} from './pdf-letters.ts'

/** Writes down a page and on to the next one; each thing is an element of the structure that a screen reader follows. */
export interface Flow {
  readonly document: PDFKit.PDFDocument
  readonly letters: PdfLetters
  /** Of the text, in points. */
  readonly width: number
  readonly left: number
  /** The y of the next line. */
  y(): number
  moveTo(y: number): void
  /** Points down to the end of the page. */
  room(): number
  newPage(): void
  /** Points that a whole page has. */
  readonly wholePage: number
  /** An element below the document, or below another element. */
  element(type: string, options?: ElementOptions, parent?: PDFKit.PDFStructureElement): Element
  /** Draws lines one below the other as content of an element; `at` is the upper left of the first one's place. */
  write(element: Element, type: string, lines: readonly PdfLine[], at: TextPlace): void
  /** Draws something that is no content: lines, fills, repeated headings. */
  decorate(draw: () => void): void
  /** `below`: points of what it must stand on one page with. */
  heading(level: 0 | 1 | 2 | 3, text: string, below?: number): void
  paragraph(text: string, ink?: string): void
  fact(name: string, value: string): void
  list(items: readonly string[]): void
  figure(drawn: Picture): void
  /** Numbers the pages and closes the structure. */
  end(title: string): void
}

export interface TextPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly lettering: Lettering
  /** Left out: that of the text. */
  readonly ink?: string | undefined
}

type Element = PDFKit.PDFStructureElement
type ElementOptions = Parameters<PDFKit.PDFDocument['struct']>[1]

const plain: Lettering = { face: 'plain', size: 10 }
const bold: Lettering = { face: 'bold', size: 10 }
const headingLettering: Readonly<Record<0 | 1 | 2 | 3, Lettering>> = {
  0: { face: 'bold', size: 20 },
  1: { face: 'bold', size: 15 },
  2: { face: 'bold', size: 12.5 },
  3: { face: 'bold', size: 11 },
}
const bullet: PdfLine = { text: '•', spoken: null, isReversed: false }
const indent = 14

export function startFlow(document: PDFKit.PDFDocument): Flow {
  const { margins } = document.page
  const left = margins.left
  const width = document.page.width - margins.left - margins.right
  const top = margins.top
  const bottom = document.page.height - margins.bottom
  const letters = lettersOf(document)
  const root = document.struct('Document')
  document.addStructure(root)
  let y = top

  function newPage(): void {
    document.addPage()
    y = top
  }

  function element(type: string, options: ElementOptions = {}, parent: Element = root): Element {
    const created = document.struct(type, options)
    parent.add(created)
    return created
  }

  function mark(parent: Element, type: string, draw: () => void): void {
    parent.add(document.markStructureContent(type))
    draw()
    document.endMarkedContent()
  }

  function write(parent: Element, type: string, lines: readonly PdfLine[], at: TextPlace): void {
    const { x, width: across, lettering, ink = paperLooks.ink } = at
    for (const [number, line] of lines.entries()) {
      const place = { x, y: at.y + number * lineHeight(lettering), width: across }
      const { spoken } = line
      // The words that are said stand in the structure: pdfkit writes no letters but ASCII beside what is drawn.
      const said = spoken === null ? parent : element('Span', { actual: spoken }, parent)
      mark(said, spoken === null ? type : 'Span', () => {
        document.fillColor(ink)
        letters.draw(line, place, lettering)
      })
      if (said !== parent) said.end()
    }
  }

  function decorate(draw: () => void): void {
    document.markContent('Artifact', { type: 'Layout' })
    draw()
    document.endMarkedContent()
  }

  /** Lines one below the other, on as many pages as they need. */
  function writeLines(
    parent: Element,
    type: string,
    { lines, lettering, x = left, ink }: WrittenLines,
  ): void {
    const high = lineHeight(lettering)
    let rest = lines
    while (rest.length > 0) {
      if (bottom - y < high) newPage()
      const here = rest.slice(0, Math.max(1, Math.floor((bottom - y) / high)))
      write(parent, type, here, { x, y, width: width - (x - left), lettering, ink })
      y += here.length * high
      rest = rest.slice(here.length)
    }
  }

  function heading(level: 0 | 1 | 2 | 3, text: string, below = 80): void {
    const lettering = headingLettering[level]
    const lines = letters.linesOf(text, lettering, width)
    const high = lines.length * lineHeight(lettering)
    // Not alone at the foot of a page.
    if (y > top && bottom - y < high + below) newPage()
    if (y > top) y += lettering.size * 0.7
    // The title is the first heading of the structure, the others are below it (ISO 14289-1, 7.4).
    const type = `H${level + 1}`
    const title = element(type, { title: text })
    writeLines(title, type, { lines, lettering, ink: paperLooks.brand })
    title.end()
    if (level > 0) document.outline.addItem(text)
    y += lettering.size * 0.35
  }

  function paragraph(text: string, ink?: string): void {
    const created = element('P')
    writeLines(created, 'P', { lines: letters.linesOf(text, plain, width), lettering: plain, ink })
    created.end()
    y += 5
  }

  function fact(name: string, value: string): void {
    const created = element('P')
    const label = `${name}: `
    const [line] = letters.linesOf(label.trimEnd(), bold, width)
    const wide = letters.widthOf(label, bold)
    const lines = letters.linesOf(value, plain, width - wide)
    if (bottom - y < lineHeight(bold)) newPage()
    if (line) write(created, 'P', [line], { x: left, y, width, lettering: bold })
    writeLines(created, 'P', { lines, lettering: plain, x: left + wide })
    created.end()
    y += 2
  }

  function list(items: readonly string[]): void {
    const created = element('L')
    for (const item of items) {
      const entry = element('LI', {}, created)
      const label = element('Lbl', {}, entry)
      const body = element('LBody', {}, entry)
      if (bottom - y < lineHeight(plain)) newPage()
      write(label, 'Lbl', [bullet], { x: left + 2, y, width: indent, lettering: plain })
      const lines = letters.linesOf(item, plain, width - indent)
      writeLines(body, 'LBody', { lines, lettering: plain, x: left + indent })
      entry.end()
      y += 2
    }
    created.end()
    y += 3
  }

  function figure({ png, width: wide, height: high, alt }: Picture): void {
    const scale = Math.min(1, width / wide, (bottom - top) / high)
    if (bottom - y < high * scale) newPage()
    const bbox = [left, y, left + wide * scale, y + high * scale]
    const created = element('Figure', { alt, bbox })
    mark(created, 'Figure', () => {
      document.image(Buffer.from(png), left, y, { width: wide * scale })
    })
    created.end()
    y += high * scale + 8
  }

  function end(title: string): void {
    const count = letters.missing()
    if (count > 0) paragraph(strangersText(count))
    root.end()
    const { start, count: pages } = document.bufferedPageRange()
    const small: Lettering = { face: 'plain', size: 8 }
    for (let at = start; at < start + pages; at += 1) {
      document.switchToPage(at)
      document.markContent('Artifact', { type: 'Pagination' })
      document.fillColor(paperLooks.ink)
      const [line] = letters.linesOf(`${title} · page ${at + 1} of ${pages}`, small, width)
      if (line) letters.draw(line, { x: left, y: bottom + 14, width }, small)
      document.endMarkedContent()
    }
  }

  return {
    ...{ document, letters, width, left, newPage, element, write, decorate },
    ...{ heading, paragraph, fact, list, figure, end },
    y: () => y,
    moveTo(next) {
      y = next
    },
    room: () => bottom - y,
    wholePage: bottom - top,
  }
}

interface WrittenLines {
  readonly lines: readonly PdfLine[]
  readonly lettering: Lettering
  readonly x?: number
  readonly ink?: string | undefined
}

const strangersText = (count: number) =>
  count === 1
    ? 'One sign, shown as □, is not in the font of this file; the Word file has it.'
    : `${count} signs, shown as □, are not in the font of this file; the Word file has them.`
