import { columnWidths } from './column-widths.ts'
import type { PaperCell, PaperTable } from './paper.ts'
import { paperLooks } from './paper-looks.ts'
import type { Flow, TextPlace } from './pdf-flow.ts'
import { type Lettering, lineHeight, type PdfLine } from './pdf-letters.ts'

const plain: Lettering = { face: 'plain', size: 8.5 }
const bold: Lettering = { face: 'bold', size: 8.5 }
const captionLettering: Lettering = { face: 'bold', size: 9.5 }
const padding = 4
const high = lineHeight(plain)

interface Column {
  readonly x: number
  readonly width: number
}

interface RowCell {
  readonly cell: PaperCell
  readonly lines: readonly PdfLine[]
}

/**
 * A table with its caption. Its header row is said once and drawn again on each page; a row is kept on one page unless
 * it is longer than that, or is the first one: the header row would be left alone, below the heading that names it.
 */
export function writePdfTable(flow: Flow, table: PaperTable): void {
  const { places, laidOut, headerRow, captionLines, captionHeight, atLeast } = layOut(flow, table)
  const headerHeight = heightOf(headerRow)
  const structure = flow.element('Table')
  const named = flow.element('Caption', {}, structure)
  const body = table.rows.map(laidOut)
  const [first] = body
  if (flow.room() < atLeast) flow.newPage()
  const { left, width: across } = flow
  const captionPlace = { x: left, y: flow.y(), width: across, lettering: captionLettering }
  flow.write(named, 'Caption', captionLines, captionPlace)
  flow.moveTo(flow.y() + captionHeight)

  writeRow(headerRow, 'TH')
  for (const row of body) writeRow(row, 'TD')
  structure.end()
  flow.moveTo(flow.y() + 10)

  function writeRow(row: readonly RowCell[], type: 'TH' | 'TD'): void {
    const element = flow.element('TR', {}, structure)
    const elements = row.map(() =>
      flow.element(type, type === 'TH' ? { scope: 'Column' } : {}, element),
    )
    const onePage = flow.wholePage - headerHeight
    const isKept = heightOf(row) <= onePage && row !== first
    if (flow.room() < heightOf(row) && isKept) turnPage()
    let done = 0
    const all = Math.max(1, ...row.map(({ lines }) => lines.length))
    while (done < all) {
      if (flow.room() < 2 * padding + high * Math.min(3, all - done)) turnPage()
      const fitting = Math.max(1, Math.floor((flow.room() - 2 * padding) / high))
      const piece = row.map(({ cell, lines }) => ({
        cell,
        lines: lines.slice(done, done + fitting),
      }))
      drawPiece(piece, (at, lines, place) => {
        const cell = elements[at]
        if (cell) flow.write(cell, type, lines, place)
      })
      done += fitting
    }
    element.end()
  }

  function turnPage(): void {
    flow.newPage()
    drawPiece(headerRow, (_at, lines, place) =>
      flow.decorate(() => {
        flow.document.fillColor(place.ink ?? paperLooks.ink)
        for (const [number, line] of lines.entries()) {
          flow.letters.draw(line, { ...place, y: place.y + number * high }, place.lettering)
        }
      }),
    )
  }

  /** A row, or as much of it as the page has room for. */
  function drawPiece(
    row: readonly RowCell[],
    write: (at: number, lines: readonly PdfLine[], place: TextPlace) => void,
  ): void {
    const { document } = flow
    const top = flow.y()
    const tall = heightOf(row)
    for (const [at, { cell, lines }] of row.entries()) {
      const { x: left, width } = places[at] ?? { x: 0, width: 0 }
      flow.decorate(() => {
        if (cell.look) document.rect(left, top, width, tall).fill(cell.look.fill)
        document.lineWidth(0.5).rect(left, top, width, tall).stroke(paperLooks.line)
      })
      if (lines.length === 0) continue
      write(at, lines, {
        ...{ x: left + padding, y: top + padding, width: width - 2 * padding },
        ...{ lettering: letteringOf(cell), ink: cell.look?.ink },
      })
    }
    flow.moveTo(top + tall)
  }
}

/** Points of what stays together: the caption, the header row and as much of the first row as is kept with them. */
export const leastTableHeight = (flow: Flow, table: PaperTable): number =>
  layOut(flow, table).atLeast

function layOut(flow: Flow, { caption, columns, rows: [first] }: PaperTable) {
  const widths = columnWidths(columns, leastWidths(flow, columns), flow.width)
  const places = widths.map((width, at): Column => {
    const before = widths.slice(0, at).reduce((sum, one) => sum + one, 0)
    return { x: flow.left + before, width }
  })
  const { headerFill, headerInk } = paperLooks
  const header = columns.map(({ heading }): PaperCell => {
    return { text: heading, bold: true, look: { fill: headerFill, ink: headerInk } }
  })
  const laidOut = (cells: readonly PaperCell[]) =>
    cells.map((cell, at): RowCell => {
      const width = (places[at]?.width ?? 0) - 2 * padding
      return { cell, lines: flow.letters.linesOf(cell.text, letteringOf(cell), width) }
    })
  const headerRow = laidOut(header)
  const captionLines = flow.letters.linesOf(caption, captionLettering, flow.width)
  const captionHeight = captionLines.length * lineHeight(captionLettering) + 3
  const firstHeight = Math.min(first ? heightOf(laidOut(first)) : 0, 90)
  const atLeast = captionHeight + heightOf(headerRow) + firstHeight
  return { places, laidOut, headerRow, captionLines, captionHeight, atLeast }
}

const letteringOf = ({ bold: isBold }: PaperCell): Lettering => (isBold ? bold : plain)

function heightOf(row: readonly RowCell[]): number {
  return Math.max(1, ...row.map(({ lines }) => lines.length)) * high + 2 * padding
}

/** No word of a heading is broken. */
function leastWidths({ letters }: Flow, columns: PaperTable['columns']): number[] {
  return columns.map(({ heading }) => {
    const words = heading.split(' ').map((word) => letters.widthOf(word, bold))
    return Math.max(...words) + 2 * padding + 1
  })
}
