import { strToU8 } from 'fflate'
import { zipFiles } from '../zip.ts'
import { columnName } from './column-name.ts'
import { looksLikeFormula } from './formula-text.ts'

/** A sheet of text cells. */
export interface TextSheet {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
}

/**
 * The bytes of an XLSX workbook with one sheet of text cells (ECMA-376: SpreadsheetML in an Open Packaging zip).
 * Every cell is text, so that Excel neither runs it nor turns 1.10 into 1.1, also after somebody edited it.
 */
export const textWorkbook = (name: string, rows: TextSheet['rows']): Uint8Array =>
  textSheetsWorkbook([{ name, rows }])

/** The same of several sheets, at least one. */
export function textSheetsWorkbook(sheets: readonly TextSheet[]): Uint8Array {
  const filled = sheets.map(({ name, rows }) => {
    return { name, xml: `<sheetData>${rowsXml(rows)}</sheetData>` }
  })
  return buildWorkbook({ sheets: filled, stylesXml: textStyles })
}

/** 49 is text. The second style is for what looks like a formula. */
const textStyles = [
  '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="2">',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>',
  '</cellXfs>',
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
].join('')

interface WorksheetContent {
  readonly name: string
  /** The content of the worksheet element. */
  readonly xml: string
}

interface WorkbookContent {
  /** At least one. */
  readonly sheets: readonly WorksheetContent[]
  /** The content of the style sheet element; left out: no style sheet. */
  readonly stylesXml?: string
  /** How many rows of the first sheet are repeated on each printed page. */
  readonly titleRows?: number
}

const sheetPath = (at: number) => `worksheets/sheet${at + 1}.xml`

/** Assembles a workbook. */
export function buildWorkbook({ sheets, stylesXml, titleRows }: WorkbookContent): Uint8Array {
  const styled = stylesXml !== undefined
  const relations = sheets.map((_, at) => ['worksheet', sheetPath(at)] as const)
  return zipParts([
    ['[Content_Types].xml', contentTypes(sheets.length, styled)],
    ['_rels/.rels', relationships([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbookXml(sheets, titleRows)],
    [
      'xl/_rels/workbook.xml.rels',
      relationships(styled ? [...relations, ['styles', 'styles.xml']] : relations),
    ],
    ...sheets.map(
      ({ xml }, at) =>
        [
          `xl/${sheetPath(at)}`,
          `${xmlDeclaration}<worksheet xmlns="${spreadsheetNamespace}">${xml}</worksheet>`,
        ] as const,
    ),
    ...(styled
      ? [
          [
            'xl/styles.xml',
            `${xmlDeclaration}<styleSheet xmlns="${spreadsheetNamespace}">${stylesXml}</styleSheet>`,
          ] as const,
        ]
      : []),
  ])
}

const spreadsheetNamespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationshipsNamespace = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageNamespace = 'http://schemas.openxmlformats.org/package/2006'
const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

const contentTypePrefix = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
function contentTypes(sheetCount: number, styled: boolean): string {
  const part = (path: string, kind: string) =>
    `<Override PartName="/xl/${path}" ContentType="${contentTypePrefix}.${kind}+xml"/>`
  const worksheets = Array.from({ length: sheetCount }, (_, at) => part(sheetPath(at), 'worksheet'))
  return (
    `${xmlDeclaration}<Types xmlns="${packageNamespace}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `${part('workbook.xml', 'sheet.main')}${worksheets.join('')}` +
    `${styled ? part('styles.xml', 'styles') : ''}</Types>`
  )
}

function relationships(targets: readonly (readonly [kind: string, target: string])[]): string {
  const all = targets.map(
    ([kind, target], at) =>
      `<Relationship Id="rId${at + 1}" Type="${relationshipsNamespace}/${kind}" Target="${target}"/>`,
  )
  return `${xmlDeclaration}<Relationships xmlns="${packageNamespace}/relationships">${all.join('')}</Relationships>`
}

function workbookXml(sheets: readonly WorksheetContent[], titleRows = 0): string {
  const listed = sheets.map(
    ({ name }, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  )
  const quoted = escapeXml(quotedSheetName(sheets[0]?.name ?? ''))
  const titles = `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">${quoted}!$1:$${titleRows}</definedName></definedNames>`
  return `${xmlDeclaration}<workbook xmlns="${spreadsheetNamespace}" xmlns:r="${relationshipsNamespace}"><sheets>${listed.join('')}</sheets>${titleRows > 0 ? titles : ''}</workbook>`
}

/** As a formula names it: 'Plan of W17'. */
export const quotedSheetName = (name: string): string => `'${name.replaceAll("'", "''")}'`

function rowsXml(rows: readonly (readonly string[])[]): string {
  const xml = rows.map((cells, row) => {
    const inner = cells.map((text, column) => cellXml(text, `${columnName(column)}${row + 1}`))
    return `<row r="${row + 1}">${inner.join('')}</row>`
  })
  return xml.join('')
}

function cellXml(text: string, place: string): string {
  if (text === '') return ''
  return textCell(place, text, looksLikeFormula(text) ? 1 : 0)
}

/**
 * A cell whose type is text, whatever it says. One that looks like a formula has a style with quotePrefix (18.8.45, xf),
 * as if an apostrophe had been typed before it: editing it, or saving it in another format, leaves it text.
 */
export function textCell(place: string, text: string, style: number): string {
  const inlineText = `<is><t xml:space="preserve">${escapeText(text)}</t></is>`
  return `<c r="${place}" s="${style}" t="inlineStr">${inlineText}</c>`
}

/** "_x0041_" means "A" in the text of a cell (22.9.2.19, ST_Xstring), so that its first letter is escaped. */
function escapeText(text: string): string {
  return escapeXml(text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_'))
}

/** XML allows no control characters but tab and line breaks; no text here needs them. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed.
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\r', '&#13;')
  )
}

/** Equal parts give equal bytes. */
function zipParts(parts: readonly (readonly [path: string, text: string])[]): Uint8Array {
  return zipFiles(Object.fromEntries(parts.map(([path, text]) => [path, strToU8(text)])))
}
