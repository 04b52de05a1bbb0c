/** What stands in a paper that somebody else wrote: its paragraphs and the rows of its tables, in order. */
import { strFromU8, unzipSync } from 'fflate'
import { Refusal } from '../errors.ts'
import { parseXml } from '../sheets/parse-xml.ts'
import { readSheets } from '../sheets/read-sheet.ts'
import { sheetLimits } from '../sheets/sheet-limits.ts'
import { readPdfRows } from './read-pdf.ts'

/** A paragraph has one cell. Blank ones are left out. */
export type PaperRow = readonly string[]

/**
 * Reads a PDF, a Word file, a workbook or a CSV file. A PDF says so itself; of the others the name's ending does.
 * @throws Refusal that says what to do, for anything else and for a file that is damaged or too large
 */
export async function readPaperRows(bytes: Uint8Array, fileName: string): Promise<PaperRow[]> {
  if (isPdf(bytes)) return (await readPdfRows(bytes, fileName)).map(tidy).filter(isFilled)
  if (!/\.docx$/i.test(fileName)) {
    const sheets = await readSheets(bytes, fileName)
    return sheets.flatMap(({ rows }) => rows.map(({ cells }) => tidy(cells))).filter(isFilled)
  }
  return rowsOfDocument(documentXml(bytes, fileName)).map(tidy).filter(isFilled)
}

/** ISO 32000-1, 7.5.2. Some programs write a few bytes before it. */
const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')

const tidy = (cells: readonly string[]): PaperRow =>
  cells.map((cell) => cell.replace(/\s+/g, ' ').trim())

const isFilled = (cells: PaperRow): boolean => cells.some((cell) => cell !== '')

function documentXml(bytes: Uint8Array, fileName: string): string {
  const path = 'word/document.xml'
  try {
    const parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) =>
        name === path && originalSize <= sheetLimits.unpackedBytes,
    })
    const part = parts[path]
    if (part) return strFromU8(part)
  } catch {
    // Told below: no zip, or a damaged one.
  }
  throw new Refusal(
    `${fileName} is no Word file that I can read, or it is too large. Save it in Word as .docx and try again.`,
  )
}

/** ECMA-376 part 1, 17: paragraphs are w:p, tables w:tbl with rows w:tr of cells w:tc, words w:t. */
function rowsOfDocument(xml: string): string[][] {
  const rows: string[][] = []
  let [cells, text, isText, depth]: [string[], string, boolean, number] = [[], '', false, 0]
  parseXml(xml, {
    open: (name) => {
      if (name === 'tbl') depth += 1
      if (name === 'tr' && depth === 1) cells = []
      if (name === 'tc' && depth === 1) text = ''
      if (name === 'p' && depth === 0) text = ''
      if (name === 'br' || name === 'tab') text += ' '
      isText = name === 't'
    },
    text: (words) => {
      if (isText) text += words
    },
    close: (name) => {
      isText = false
      if (name === 'p' && depth === 0) rows.push([text])
      // Paragraphs of a cell are its lines; a table in a cell is read as words of it.
      if (name === 'p' && depth > 0) text += ' '
      if (name === 'tc' && depth === 1) cells.push(text)
      if (name === 'tr' && depth === 1) rows.push(cells)
      if (name === 'tbl') depth -= 1
    },
  })
  return rows
}
