/**
 * A page of a PDF as rows. A PDF says where each run of letters stands and not which row or paragraph it belongs to, so
 * that is told by distance, in sizes of the font.
 */

/** Letters in one run, in points from the lower left corner. */
export interface TextRun {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
}

interface Cell {
  readonly text: string
  readonly x: number
  readonly end: number
}

interface Line {
  readonly cells: readonly Cell[]
  readonly y: number
  readonly size: number
}

/** Further apart are two cells: a space, also of justified text, is narrower. */
const cellGap = 1
/** Nearer together may be lines of one paragraph or cell: single and one and a half spacing. */
const lineGap = 1.6
/** Off its line by so much are signs set higher or lower. */
const lineTolerance = 0.5

/** The rows of a page from its top, each as its cells from the left; a paragraph has one. */
export function pdfRows(runs: readonly TextRun[]): string[][] {
  const rows: Row[] = []
  let above: Line | undefined
  for (const line of linesOf(runs)) {
    const row = rows.at(-1)
    if (row && above && goesOn(line, above, row)) append(line, row)
    else rows.push({ first: line, cells: line.cells.map((cell) => ({ ...cell })) })
    above = line
  }
  return rows.map(({ cells }) => cells.map(({ text }) => text))
}

interface Row {
  readonly first: Line
  readonly cells: { text: string; readonly x: number; readonly end: number }[]
}

function linesOf(runs: readonly TextRun[]): Line[] {
  const filled = runs.filter(({ text }) => text.trim() !== '')
  const lines: TextRun[][] = []
  for (const run of filled.toSorted((one, other) => other.y - one.y)) {
    const line = lines.at(-1)
    const [first] = line ?? []
    if (line && first && first.y - run.y < lineTolerance * Math.max(first.size, run.size)) {
      line.push(run)
    } else lines.push([run])
  }
  return lines.map((line) => ({
    cells: cellsOf(line.toSorted((one, other) => one.x - other.x)),
    y: line[0]?.y ?? 0,
    size: Math.max(...line.map(({ size }) => size)),
  }))
}

function cellsOf(line: readonly TextRun[]): Cell[] {
  const cells: Cell[] = []
  for (const { text, x, width, size } of line) {
    const last = cells.at(-1)
    const gap = last ? x - last.end : Number.POSITIVE_INFINITY
    if (!last || gap > cellGap * size) {
      cells.push({ text, x, end: x + width })
      continue
    }
    const space = gap > 0.15 * size ? ' ' : ''
    cells[cells.length - 1] = { ...last, text: `${last.text}${space}${text}`, end: x + width }
  }
  return cells
}

/**
 * Whether a line belongs to the row above it: near, and either both are a paragraph, or it lacks cells that the row has
 * and begins none by a number. In doubt it is a row by itself: of a row that is too short less is read, of one that is
 * too long something wrong.
 */
function goesOn(line: Line, above: Line, { first }: Row): boolean {
  if (above.y - line.y > lineGap * Math.max(above.size, line.size)) return false
  const isParagraph = first.cells.length === 1
  if (isParagraph) return line.cells.length === 1 && line.size === above.size
  const [begin] = line.cells
  return (
    line.cells.length < first.cells.length && !/^\d+(?:\.\d+)*\.?$/.test(begin?.text.trim() ?? '')
  )
}

/** Each of its cells goes to the one that stands above it. */
function append({ cells }: Line, row: Row): void {
  for (const { text, x, end } of cells) {
    const at = Math.max(
      row.cells.findLastIndex((cell) => cell.x <= x + 1),
      0,
    )
    const above = row.cells[at]
    if (!above) continue
    row.cells[at] = { text: `${above.text} ${text}`, x: above.x, end: Math.max(above.end, end) }
  }
}
