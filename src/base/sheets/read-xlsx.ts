import { strFromU8, type Unzipped, unzipSync } from 'fflate'
import readXlsxFile from 'read-excel-file/node'
import { Refusal } from '../errors.ts'

export interface Workbook {
  /** The sheet that was read: the first that is not blank. */
  readonly name: string
  readonly rows: string[][]
  /** The other sheets that are not blank. */
  readonly otherSheets: string[]
  /** Cells ("C4") with a formula whose value was never saved, so that it reads as empty. */
  readonly unsavedCells: string[]
}

/** A plan of 10,000 rows unpacks to a tenth of this; a zip bomb unpacks to more. */
const maxUnpackedBytes = 200 * 1024 * 1024

/**
 * Reads an XLSX workbook. A formula gives the value, or the error ("#REF!"), that Excel last saved for it; a date gives
 * its ISO text. @throws Refusal for a file that is no workbook
 */
export async function readWorkbook(bytes: Uint8Array, fileName: string): Promise<Workbook> {
  // Whatever is wrong with the file, the person can do only one thing about it.
  const workbook = await parseWorkbook(Buffer.from(bytes)).catch(() => {
    throw new Refusal(
      `${fileName} could not be read as an Excel workbook. Nothing was imported. ` +
        'Open it in Excel, save it as an Excel workbook (.xlsx) or as CSV UTF-8, and try again.',
    )
  })
  if (workbook) return workbook
  throw new Refusal(`${fileName} holds no text. Nothing was imported.`)
}

async function parseWorkbook(file: Buffer): Promise<Workbook | undefined> {
  const parts = unzipXml(file)
  const sheets = await readXlsxFile(file, { trim: false })
  const [first, ...others] = sheets.filter(({ data }) => {
    return data.some((row) => row.some((cell) => cell !== null))
  })
  if (!first) return undefined
  const rows = first.data.map((row) => row.map(cellText))
  const { failedCells, unsavedCells } = formulasOf(sheetXml(parts, first.sheet))
  for (const { place, error } of failedCells) setCell(rows, place, error)
  return { name: first.sheet, rows, otherSheets: others.map(({ sheet }) => sheet), unsavedCells }
}

/**
 * The parts that describe cells. At most the size that the zip's directory states is unpacked of each.
 * @throws RangeError where the whole file would take more than a plan can need
 */
function unzipXml(file: Buffer): Unzipped {
  let bytes = 0
  return unzipSync(file, {
    filter: ({ name, originalSize }) => {
      bytes += originalSize
      if (bytes > maxUnpackedBytes) throw new RangeError('too large')
      return /^xl\/(?:workbook\.xml|_rels\/|worksheets\/)/.test(name)
    },
  })
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if (!(cell instanceof Date)) return String(cell)
  const [date = '', time = ''] = cell.toISOString().split('T')
  return time.startsWith('00:00') ? date : `${date} ${time.slice(0, 5)}`
}

interface Formulas {
  readonly failedCells: { readonly place: string; readonly error: string }[]
  readonly unsavedCells: string[]
}

/** read-excel-file reads a formula that failed or was never calculated as an empty cell, which would hide a wrong RAG. */
function formulasOf(xml: string): Formulas {
  const cells = Array.from(
    xml.matchAll(/<c\s([^>]*[^/])>(.*?)<\/c>/gs),
    ([, facts = '', inner = '']) => {
      const [, value = ''] = /<v>([^<]*)<\/v>/.exec(inner) ?? []
      return { place: attribute(facts, 'r'), type: attribute(facts, 't'), value, inner }
    },
  )
  return {
    failedCells: cells
      .filter(({ type }) => type === 'e')
      .map(({ place, value }) => ({ place, error: value || '#VALUE!' })),
    unsavedCells: cells
      .filter(({ type, value, inner }) => type !== 'e' && value === '' && /<f[\s/>]/.test(inner))
      .filter(({ type, inner }) => !(type === 'str' && inner.includes('<v>')))
      .map(({ place }) => place),
  }
}

/** The XML of a sheet, found by its name through the workbook's table and the table of its parts. */
function sheetXml(parts: Unzipped, name: string): string {
  const read = (path: string) => {
    const part = parts[path]
    return part ? strFromU8(part) : ''
  }
  const sheets = elements(read('xl/workbook.xml'), 'sheet')
  const id = sheets.find((sheet) => unescapeXml(attribute(sheet, 'name')) === name)
  const relation = elements(read('xl/_rels/workbook.xml.rels'), 'Relationship').find(
    (one) => id !== undefined && attribute(one, 'Id') === attribute(id, 'r:id'),
  )
  const target = attribute(relation ?? '', 'Target')
  return read(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
}

function elements(xml: string, tag: string): string[] {
  return Array.from(xml.matchAll(new RegExp(`<${tag}\\s([^>]*)>`, 'g')), ([, facts = '']) => facts)
}

function attribute(facts: string, name: string): string {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(facts)?.[1] ?? ''
}

function unescapeXml(text: string): string {
  const entities: [string, string][] = [
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&quot;', '"'],
    ['&apos;', "'"],
    ['&amp;', '&'],
  ]
  return entities.reduce((plain, [entity, letter]) => plain.replaceAll(entity, letter), text)
}

/** Sets the cell at a place such as "C4", which may lie beyond the rows that were read. */
function setCell(rows: string[][], place: string, text: string): void {
  const [, letters = '', digits = ''] = /^([A-Z]{1,3})(\d{1,7})$/.exec(place) ?? []
  if (letters === '') return
  const column = Array.from(letters).reduce(
    (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
    0,
  )
  while (rows.length < Number(digits)) rows.push([])
  const row = rows[Number(digits) - 1]
  while (row && row.length < column) row.push('')
  if (row) row[column - 1] = text
}
