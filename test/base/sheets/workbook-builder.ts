import { strToU8, zipSync } from 'fflate'

/** What a cell of a test workbook holds: text, a number, a day (by Excel's count), a formula with its saved value. */
export type TestCell =
  | string
  | number
  | { readonly day: number }
  | { readonly formula: string; readonly saved?: string }
  | { readonly formula: string; readonly error: string }

/** The bytes of a small XLSX workbook, made by hand so that the tests need no writer. */
export function workbook(sheets: Readonly<Record<string, readonly TestCell[][]>>): Uint8Array {
  const names = Object.keys(sheets)
  const parts: [string, string][] = [
    ['[Content_Types].xml', contentTypes(names.length)],
    ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', bookXml(names)],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ...names.map((_, at): [string, string] => ['worksheet', `worksheets/sheet${at + 1}.xml`]),
        ['styles', 'styles.xml'],
      ]),
    ],
    ['xl/styles.xml', stylesXml],
    ...Object.values(sheets).map((rows, at): [string, string] => {
      return [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(rows)]
    }),
  ]
  return zip(parts)
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

/** Style 0 is plain, style 1 a date (number format 14). */
const stylesXml =
  `${head}<styleSheet xmlns="${main}"><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>` +
  '<cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'

function contentTypes(count: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const sheets = Array.from({ length: count }, (_, at) => {
    return `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${type}.worksheet+xml"/>`
  })
  return (
    `${head}<Types xmlns="${packages}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${sheets.join('')}</Types>`
  )
}

function relations(targets: readonly [type: string, target: string][]): string {
  const items = targets.map(([type, target], at) => {
    return `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${target}"/>`
  })
  return `${head}<Relationships xmlns="${packages}/relationships">${items.join('')}</Relationships>`
}

function bookXml(names: readonly string[]): string {
  const sheets = names.map((name, at) => {
    return `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`
  })
  return `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.join('')}</sheets></workbook>`
}

function sheetXml(rows: readonly TestCell[][]): string {
  const xml = rows.map((cells, row) => {
    const inner = cells.map((cell, at) =>
      cellXml(cell, `${String.fromCharCode(65 + at)}${row + 1}`),
    )
    return `<row r="${row + 1}">${inner.join('')}</row>`
  })
  return `${head}<worksheet xmlns="${main}"><sheetData>${xml.join('')}</sheetData></worksheet>`
}

function cellXml(cell: TestCell, place: string): string {
  if (cell === '') return ''
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'string') {
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
  }
  if ('day' in cell) return `<c r="${place}" s="1"><v>${cell.day}</v></c>`
  const formula = `<f>${escaped(cell.formula)}</f>`
  if ('error' in cell) return `<c r="${place}" t="e">${formula}<v>${cell.error}</v></c>`
  if (cell.saved === undefined) return `<c r="${place}">${formula}</c>`
  return `<c r="${place}" t="str">${formula}<v>${escaped(cell.saved)}</v></c>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** A zip file whose parts are stored, not packed. */
function zip(parts: readonly [name: string, text: string][]): Uint8Array {
  const files = parts.map(([name, text]) => [name, strToU8(text)] as const)
  return zipSync(Object.fromEntries(files), { level: 0 })
}
