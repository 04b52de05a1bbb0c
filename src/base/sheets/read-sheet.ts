import { Refusal } from '../errors.ts'
import { listOf } from '../text.ts'
import type { CellLook } from './cell-looks.ts'
import { columnName } from './column-name.ts'
import { decodeText, parseCsv, type TextEncoding } from './csv.ts'
import { readWorkbook, type WorkbookSheet } from './read-xlsx.ts'
import { limitExceeded, SheetLimitExceeded, sheetLimits } from './sheet-limits.ts'

/** A plan's file as rows of text, uninterpreted. */
export interface Sheet {
  readonly fileName: string
  readonly format: 'csv' | 'xlsx'
  /** Of a workbook's sheet; '' for a text file. */
  readonly name?: string
  /** Of a workbook: a person who opens it does not see the sheet. */
  readonly isHidden?: boolean
  /** How the text was encoded; null for a workbook. */
  readonly encoding: TextEncoding | null
  /** Rows that are not blank. `number` counts as Excel does: from 1, blank rows included. */
  readonly rows: readonly SheetRow[]
  /** What a person should look at before the rows are used. */
  readonly notes: readonly SheetNote[]
  /** What somebody has to answer or to accept. */
  readonly questions?: readonly SheetNote[]
}

export interface SheetRow {
  readonly number: number
  /** As written: not trimmed, and text that looks like a formula ("=…", "+…", "@…") is text. */
  readonly cells: readonly string[]
  /** By column, where a workbook's cell looks as if it said something; left out where none does. */
  readonly looks?: readonly (CellLook | undefined)[]
  /** In how many groups of a workbook's rows it is (Data, Group); left out where in none. */
  readonly groupLevel?: number
}

/** A remark about a row, for a person; row 0: about the whole file. */
export interface SheetNote {
  readonly row: number
  /** The name of its sheet, where that is another one of the workbook than the plan's. */
  readonly sheet?: string
  readonly column?: string
  readonly message: string
}

/**
 * Reads a CSV file or the first sheet of an XLSX workbook that is neither blank nor hidden. The content decides which,
 * not the name. @throws Refusal that says what to do, for anything else
 */
export async function readSheet(bytes: Uint8Array, fileName: string): Promise<Sheet> {
  const [first] = await readSheets(bytes, fileName)
  return first
}

/**
 * The sheets of a file that are not blank: those that a person sees before those that are hidden. A CSV file has one.
 * @throws Refusal as readSheet does
 */
export async function readSheets(
  bytes: Uint8Array,
  fileName: string,
): Promise<[Sheet, ...Sheet[]]> {
  assertReadable(bytes, fileName)
  const sheets = await readWithinLimits(bytes, fileName)
  const filled = sheets.flatMap((sheet) => {
    const rows = sheet.rows.filter(({ cells, looks }) => looks || cells.some(isFilled))
    const notes = [...sheet.notes, ...rows.flatMap(formulaErrors)]
    return rows.some(({ cells }) => cells.some(isFilled)) ? [{ ...sheet, rows, notes }] : []
  })
  const [first, ...others] = filled
  if (first) return [first, ...others]
  throw new Refusal(`${fileName} holds no text. ${nothingImported}`)
}

const isFilled = (cell: string): boolean => cell.trim() !== ''

async function readWithinLimits(bytes: Uint8Array, fileName: string): Promise<UncheckedSheet[]> {
  try {
    const sheets = startsWith(bytes, 'PK')
      ? await sheetsFromWorkbook(bytes, fileName)
      : [sheetFromCsv(bytes, fileName)]
    for (const { rows } of sheets) assertCellLengths(rows)
    return sheets
  } catch (error) {
    if (!(error instanceof SheetLimitExceeded)) throw error
    throw new Refusal(
      `${fileName} ${error.excess}. Nothing was imported. Copy the plan alone into a new workbook, and try again.`,
    )
  }
}

const nothingImported =
  'Nothing was imported. Save the plan as "CSV UTF-8" or as an Excel workbook (.xlsx) and try again.'

/** Types of files that people choose by mistake, by their first bytes. */
const unsupportedFileTypes: readonly [start: string, what: string][] = [
  ['%PDF', 'a PDF'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['<?xml', 'an XML file'],
  ['<!DOCTYPE', 'a web page'],
  ['<html', 'a web page'],
]

/** Spreadsheets of other programs are zips too: by what stands in them, how they become one that is read. */
const otherSpreadsheets: readonly [mark: string, what: string, remedy: string][] = [
  [
    'mimetypeapplication/vnd.oasis.opendocument',
    'an OpenDocument file (LibreOffice, OpenOffice)',
    'Open it there, choose File, Save As, “Excel 2007-365 (.xlsx)”',
  ],
  ['xl/workbook.bin', 'a binary workbook (.xlsb)', 'Save it in Excel as “Excel Workbook (.xlsx)”'],
  ['Index/Document.iwa', 'a Numbers file', 'Choose File, Export To, Excel in Numbers'],
  ['word/document.xml', 'a Word document', 'Copy its table into a new Excel workbook'],
]

function assertReadable(bytes: Uint8Array, fileName: string): void {
  if (bytes.length === 0) throw new Refusal(`${fileName} is empty. ${nothingImported}`)
  if (bytes.length > sheetLimits.bytes) {
    throw new Refusal(`${fileName} is larger than 10 MB, too large for a plan. ${nothingImported}`)
  }
  if (startsWith(bytes, '\xd0\xcf\x11\xe0')) throw oldOfficeRefusal(bytes, fileName)
  if (startsWith(bytes, 'PK')) assertNoOtherSpreadsheet(bytes, fileName)
  const other = unsupportedFileTypes.find(([start]) => startsWith(bytes, start))
  if (other) throw new Refusal(`${fileName} is ${other[1]}, not a plan. ${nothingImported}`)
}

function assertNoOtherSpreadsheet(bytes: Uint8Array, fileName: string): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = otherSpreadsheets.find(([mark]) => file.includes(mark))
  if (!found) return
  const [, what, remedy] = found
  throw new Refusal(
    `${fileName} is ${what}, which Milepost does not read. Nothing was imported. ${remedy}, and try again.`,
  )
}

/** Excel keeps a workbook with a password in the container of old Office documents ([MS-OFFCRYPTO] 2.3.4). */
function oldOfficeRefusal(bytes: Uint8Array, fileName: string): Refusal {
  if (Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return new Refusal(
      `${fileName} is protected with a password. Nothing was imported. ` +
        'Take the password off in Excel (File, Info, Protect Workbook, Encrypt with Password), save it and try again.',
    )
  }
  return new Refusal(
    `${fileName} is a document of an old Office version (.xls or .doc), not a plan. ${nothingImported}`,
  )
}

function startsWith(bytes: Uint8Array, start: string): boolean {
  return Buffer.from(bytes.subarray(0, start.length)).toString('latin1') === start
}

type UncheckedSheet = Omit<Sheet, 'rows'> & { readonly rows: readonly SheetRow[] }

function sheetFromCsv(bytes: Uint8Array, fileName: string): UncheckedSheet {
  const { text, encoding } = decodeText(bytes, fileName)
  return {
    fileName,
    format: 'csv',
    encoding,
    rows: withRowNumbers(parseCsv(text, fileName)),
    notes: encodingNotes(encoding),
  }
}

/** Which of the old encodings a file has is told by its letters: a person can see whether that is right. */
function encodingNotes(encoding: TextEncoding): SheetNote[] {
  if (encoding === 'UTF-8' || encoding === 'UTF-16') return []
  const message = `The file is no UTF-8; it was read as ${encoding}. Look whether accents and pound signs are right.`
  return [{ row: 0, message }]
}

async function sheetsFromWorkbook(bytes: Uint8Array, fileName: string): Promise<UncheckedSheet[]> {
  const sheets = await readWorkbook(bytes, fileName)
  return sheets.map((sheet) => ({
    ...{
      fileName,
      format: 'xlsx' as const,
      name: sheet.name,
      encoding: null,
      isHidden: sheet.isHidden,
    },
    rows: withRowNumbers(sheet.rows).map((row, at) => ({
      ...row,
      ...(sheet.looks[at] && { looks: sheet.looks[at] }),
      ...(sheet.groupLevels[at] && { groupLevel: sheet.groupLevels[at] }),
    })),
    notes: sheetNotes(sheet, sheets),
  }))
}

function sheetNotes(
  { name, unsavedCells, hiddenRows }: WorkbookSheet,
  all: readonly WorkbookSheet[],
) {
  const others = all.filter((one) => one.name !== name)
  const messages = unsavedCells.map((place) => {
    return `Cell ${place} holds a formula whose value was not saved; it was read as empty. Save the file in Excel.`
  })
  const [first, ...further] = hiddenRows
  if (first !== undefined) {
    const which =
      further.length === 0
        ? `Row ${first} is`
        : `${hiddenRows.length} rows, of which the first is ${first}, are`
    messages.unshift(
      `${which} hidden in the sheet, by hand or by a filter, and read like the others. Take out what no longer counts.`,
    )
  }
  if (others.length > 0) {
    const unread = listOf(
      others.map((other) => `"${other.name}"${other.isHidden ? ' (hidden)' : ''}`),
    )
    messages.unshift(`Only the sheet "${name}" was read, not ${unread}.`)
  }
  return messages.map((message) => ({ row: 0, message }))
}

function withRowNumbers(rows: readonly string[][]): SheetRow[] {
  return rows.map((cells, index) => ({ number: index + 1, cells }))
}

/** A workbook holds the text of many cells once, so that they are measured where they are shown. */
function assertCellLengths(rows: readonly SheetRow[]): void {
  let characters = 0
  for (const { number, cells } of rows) {
    const long = cells.findIndex((cell) => cell.length >= sheetLimits.cellCharacters)
    if (long !== -1) {
      throw limitExceeded.cellCharacters(`row ${number}, column ${columnName(long)}`)
    }
    characters += cells.reduce((sum, cell) => sum + cell.length, 0)
    if (characters > sheetLimits.characters) throw limitExceeded.characters()
  }
}

/** What Excel shows where a formula failed, in a workbook and in a CSV saved from it. */
const formulaError = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/

function formulaErrors({ number, cells }: SheetRow): SheetNote[] {
  return cells.flatMap((cell, index) => {
    if (!formulaError.test(cell.trim())) return []
    const message = `Cell ${columnName(index)}${number} holds a formula that failed (${cell.trim()}).`
    return [{ row: number, column: columnName(index), message }]
  })
}
