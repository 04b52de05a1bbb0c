import { readSheet as readXlsxSheet } from 'read-excel-file/node'
import { Refusal } from '../errors.ts'
import { hasCells, scanSheet } from './scan-sheet.ts'
import { SheetLimitExceeded } from './sheet-limits.ts'
import { type UnpackedSheet, unpackSheets } from './unpack-workbook.ts'

export interface Workbook {
  /** The sheet that was read: the first that is not blank. */
  readonly name: string
  readonly rows: string[][]
  /** The other sheets that are not blank. */
  readonly otherSheets: string[]
  /** Cells ("C4") with a formula whose value was never saved, so that it reads as empty. */
  readonly unsavedCells: readonly string[]
}

/**
 * Reads an XLSX workbook. A formula gives the value, or the error ("#REF!"), that Excel last saved for it; a date gives
 * its ISO text. Macros are not run, and links to other files not followed.
 * @throws SheetLimitExceeded for what goes beyond a limit, Refusal for a file that is no workbook
 */
export async function readWorkbook(bytes: Uint8Array, fileName: string): Promise<Workbook> {
  const workbook = await parseWorkbook(bytes).catch((error: unknown) => {
    if (error instanceof SheetLimitExceeded) throw error
    // Whatever else is wrong with the file, the person can do only one thing about it.
    throw new Refusal(
      `${fileName} could not be read as an Excel workbook. Nothing was imported. ` +
        'Open it in Excel, save it as an Excel workbook (.xlsx) or as CSV UTF-8, and try again.',
    )
  })
  if (workbook) return workbook
  throw new Refusal(`${fileName} holds no text. Nothing was imported.`)
}

async function parseWorkbook(bytes: Uint8Array): Promise<Workbook | undefined> {
  const [first, ...others] = unpackSheets(bytes).filter(({ xml }) => hasCells(xml))
  if (!first) return undefined
  const scan = scanSheet(first.xml)
  const rows = await readRows(first)
  for (const { row, column, error } of scan.failedCells) setCell(rows, row, column, error)
  return {
    name: first.name,
    rows,
    otherSheets: others.map(({ name }) => name),
    unsavedCells: scan.unsavedCells,
  }
}

/** Text by row and column. The sheet was scanned before: the library itself has no limits. */
async function readRows({ position, pack }: UnpackedSheet): Promise<string[][]> {
  const data = await readXlsxSheet(Buffer.from(pack()), position, { trim: false })
  return data.map((row) => row.map(cellText))
}

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
