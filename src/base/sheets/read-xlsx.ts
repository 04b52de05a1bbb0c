import { Refusal } from '../errors.ts'
import { type CellLook, type CellStyleLook, styleLooks } from './cell-looks.ts'
import { readLinks, readNotes, readStruckStrings } from './cell-notes.ts'
import { conditionalFills } from './conditional-formats.ts'
import { shownText } from './number-format.ts'
import { hasCells, rowAndColumn, type SheetScan, scanSheet } from './scan-sheet.ts'
import { SheetLimitExceeded } from './sheet-limits.ts'
import { type UnpackedSheet, unpackSheets } from './unpack-workbook.ts'

/** One sheet of a workbook that is not blank. */
export interface WorkbookSheet {
  readonly name: string
  readonly isHidden: boolean
  readonly rows: string[][]
  /** By row and column, from 0; only where a look says something. */
  readonly looks: (CellLook | undefined)[][]
  /** By row, from 0: in how many groups it is; left out where in none. */
  readonly groupLevels: readonly (number | undefined)[]
  /** Cells ("C4") with a formula whose value was never saved, so that it reads as empty. */
  readonly unsavedCells: readonly string[]
  /** Filled rows that a person does not see. */
  readonly hiddenRows: readonly number[]
}

/**
 * Reads an XLSX workbook: its sheets that are not blank, those that a person sees before those that are hidden. A formula gives the value, or the error
 * ("#REF!"), that Excel last saved for it; a date gives its ISO text, or the month or year alone where its format shows
 * no more. Macros are not run, and links to other files not followed.
 * @throws SheetLimitExceeded for what goes beyond a limit, Refusal for a file that is no workbook
 */
export async function readWorkbook(bytes: Uint8Array, fileName: string): Promise<WorkbookSheet[]> {
  const sheets = await parseWorkbook(bytes).catch((error: unknown) => {
    if (error instanceof SheetLimitExceeded) throw error
    // Whatever else is wrong with the file, the person can do only one thing about it.
    throw new Refusal(
      `${fileName} could not be read as an Excel workbook. Nothing was imported. ` +
        'Open it in Excel, save it as an Excel workbook (.xlsx) or as CSV UTF-8, and try again.',
    )
  })
  if (sheets.length > 0) return sheets
  throw new Refusal(`${fileName} holds no text. Nothing was imported.`)
}

/** Of all sheets of one workbook, so that many small ones cost no more than a large one. */
const maxSheetsRead = 30

async function parseWorkbook(bytes: Uint8Array): Promise<WorkbookSheet[]> {
  const filled = unpackSheets(bytes).filter(({ xml }) => hasCells(xml))
  const [first] = filled
  const styles = first && first.stylesXml !== '' ? styleLooks(first.stylesXml) : []
  const inOrder = filled.toSorted((a, b) => Number(a.isHidden) - Number(b.isHidden))
  const sheets: WorkbookSheet[] = []
  for (const sheet of inOrder.slice(0, maxSheetsRead)) {
    const read = await parseSheet(sheet, styles).catch((error: unknown) => {
      // Beside a plan there may be a sheet of data that is larger than any plan.
      if (error instanceof SheetLimitExceeded && sheets.length > 0) return undefined
      throw error
    })
    if (read) sheets.push(read)
  }
  return sheets
}

async function parseSheet(
  sheet: UnpackedSheet,
  styles: readonly CellStyleLook[],
): Promise<WorkbookSheet> {
  const scan = scanSheet(sheet.xml)
  const rows = await readRows(sheet)
  for (const { row, column, error } of scan.failedCells) setCell(rows, row, column, error)
  const looks = applyStyles(rows, scan, styles)
  applyRules(looks, conditionalFills(sheet.xml, sheet.stylesXml, rows))
  applyBeside(looks, rows, scan, sheet)
  const { name, isHidden } = sheet
  const groupLevels: number[] = []
  for (const { row, level } of scan.groupedRows) groupLevels[row - 1] = level
  const { unsavedCells, hiddenRows } = scan
  return { name, isHidden, rows, looks, groupLevels, unsavedCells, hiddenRows }
}

/** Text by row and column. The sheet was scanned before: the library itself has no limits. */
async function readRows({ position, pack }: UnpackedSheet): Promise<string[][]> {
  // Loaded with the first workbook: a hundred modules that a start does without.
  const { readSheet: readXlsxSheet } = await import('read-excel-file/node')
  const data = await readXlsxSheet(Buffer.from(pack()), position, { trim: false })
  return data.map((row) => row.map(cellText))
}

/** Puts what the formats show in place of what is saved, and gives the looks of cells. */
function applyStyles(
  rows: string[][],
  { styledCells }: SheetScan,
  styles: readonly CellStyleLook[],
): (CellLook | undefined)[][] {
  const looks: (CellLook | undefined)[][] = []
  for (const { row, column, style } of styledCells) {
    const look = styles[style]
    const cells = rows[row - 1]
    if (!look || !cells) continue
    const { format, signFont, fontColour, ...rest } = look
    const text = cells[column - 1] ?? ''
    if (text !== '') {
      const shown = shownText(text, format)
      cells[column - 1] = signFont ? signText(shown, signFont, fontColour) : shown
    }
    const isSetIn = rest.indent !== undefined && text.trim() !== ''
    if (!rest.fill && !rest.isStruck && !isSetIn) continue
    const inRow = looks[row - 1] ?? []
    looks[row - 1] = inRow
    inRow[column - 1] = rest
  }
  return looks
}

/** A colour that a rule gives hides the cell's own. */
function applyRules(
  looks: (CellLook | undefined)[][],
  fills: readonly (readonly (string | undefined)[])[],
): void {
  for (const [at, ofRow] of fills.entries()) {
    for (const [column, fill] of (ofRow ?? []).entries()) {
      if (fill === undefined || fill === 'FFFFFF') continue
      const inRow = looks[at] ?? []
      looks[at] = inRow
      inRow[column] = { ...inRow[column], fill }
    }
  }
}

/** Notes, links and parts that are struck out. */
function applyBeside(
  looks: (CellLook | undefined)[][],
  rows: readonly string[][],
  { sharedTexts, struckParts }: SheetScan,
  { xml, stringsXml, notesXml, linkTargets }: UnpackedSheet,
): void {
  const add = (row: number, column: number, look: CellLook) => {
    if (!rows[row - 1]?.some((text) => text.trim() !== '')) return
    const inRow = looks[row - 1] ?? []
    looks[row - 1] = inRow
    inRow[column - 1] = { ...inRow[column - 1], ...look }
  }
  const place = (text: string) => {
    const { row, column } = rowAndColumn(text)
    return [row, column] as const
  }
  for (const one of notesXml.flatMap(readNotes)) add(...place(one.place), { note: one.text })
  for (const one of readLinks(xml, linkTargets)) add(...place(one.place), { link: one.text })
  for (const { row, column, text } of struckParts) add(row, column, { struckPart: text })
  const struck = readStruckStrings(stringsXml)
  if (struck.size === 0) return
  for (const { row, column, at } of sharedTexts) {
    const struckPart = struck.get(at)
    if (struckPart?.trim()) add(row, column, { struckPart })
  }
}

/** A letter of Wingdings is a picture: "[Wingdings n, FF0000]". */
const signText = (text: string, font: string, colour: string | undefined): string =>
  `[${font} ${text}${colour ? `, ${colour}` : ''}]`

/** The library reads a formula that failed as an empty cell. */
function setCell(rows: string[][], row: number, column: number, text: string): void {
  while (rows.length < row) rows.push([])
  const cells = rows[row - 1]
  while (cells && cells.length < column) cells.push('')
  if (cells) cells[column - 1] = text
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if (!(cell instanceof Date)) return String(cell)
  const [date = '', time = ''] = cell.toISOString().split('T')
  return time.startsWith('00:00') ? date : `${date} ${time.slice(0, 5)}`
}
