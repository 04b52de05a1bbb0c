import { columnName } from './column-name.ts'
import { looksLikeFormula } from './formula-text.ts'
import { buildWorkbook, escapeXml, quotedSheetName, textCell } from './write-xlsx.ts'

/** A sheet to fill in: headings, some rows, and columns in which a list is offered. */
export interface FormSheet {
  readonly name: string
  /** The first row is the headings, where there are any. */
  readonly rows: readonly (readonly string[])[]
  /** Of the columns, in characters. */
  readonly widths: readonly number[]
  readonly hasHeadings?: boolean
  readonly lists?: readonly OfferedList[]
}

/** What the cells of a column offer: the values of a column of another sheet. */
export interface OfferedList {
  /** From 0. */
  readonly column: number
  readonly from: { readonly sheet: string; readonly column: number; readonly count: number }
  /** Nothing else may be typed. */
  readonly isStrict: boolean
  /** Excel shows it beside the cell. */
  readonly prompt: string
}

/** The last row in which lists are offered. */
const lastOfferedRow = 1000

/**
 * The bytes of an XLSX workbook to be filled in. All cells are text, also those that are still empty: Excel turns neither
 * 1.10 into 1.1 nor "Jan 20" into a day of January (ECMA-376, part 1: 18.3.1.33 dataValidations).
 */
export function formWorkbook(sheets: readonly FormSheet[]): Uint8Array {
  return buildWorkbook({
    sheets: sheets.map((sheet) => ({ name: sheet.name, xml: sheetContent(sheet) })),
    stylesXml: formStyles,
  })
}

function sheetContent({ rows, widths, hasHeadings = false, lists = [] }: FormSheet): string {
  const columns = widths.map((width, at) => {
    const place = `min="${at + 1}" max="${at + 1}"`
    return `<col ${place} width="${width}" style="${style.text}" customWidth="1"/>`
  })
  const offered = lists.filter(({ from }) => from.count > 0).map(validation)
  return [
    hasHeadings
      ? '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
      : '',
    `<cols>${columns.join('')}</cols>`,
    `<sheetData>${rows.map((cells, at) => rowXml(cells, at, hasHeadings)).join('')}</sheetData>`,
    offered.length > 0
      ? `<dataValidations count="${offered.length}">${offered.join('')}</dataValidations>`
      : '',
    '<pageSetup paperSize="9" orientation="landscape"/>',
  ].join('')
}

function rowXml(cells: readonly string[], row: number, hasHeadings: boolean): string {
  const inner = cells.map((text, column) => {
    if (text === '') return ''
    const plain = looksLikeFormula(text) ? style.formulaLike : style.text
    const isHeading = hasHeadings && row === 0
    return textCell(`${columnName(column)}${row + 1}`, text, isHeading ? style.heading : plain)
  })
  return `<row r="${row + 1}">${inner.join('')}</row>`
}

/** Excel takes at most 255 characters of a prompt. */
const maxPromptLength = 255

function validation({ column, from, isStrict, prompt }: OfferedList): string {
  const [place, source] = [columnName(column), columnName(from.column)]
  const range = `${quotedSheetName(from.sheet)}!$${source}$1:$${source}$${from.count}`
  const shown = escapeXml(prompt.slice(0, maxPromptLength))
  return (
    `<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="${isStrict ? 1 : 0}"` +
    ` prompt="${shown}" sqref="${place}2:${place}${lastOfferedRow}"><formula1>${escapeXml(range)}</formula1></dataValidation>`
  )
}

const style = { text: 0, formulaLike: 1, heading: 2 }

/** 49 is text. Cells wrap and begin at the top, since many hold a sentence. */
const formStyles = [
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/><bgColor indexed="64"/></patternFill></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="3">',
  cellFormat({ font: 0, fill: 0 }),
  cellFormat({ font: 0, fill: 0, quotePrefix: true }),
  cellFormat({ font: 1, fill: 2 }),
  '</cellXfs>',
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
].join('')

function cellFormat(look: {
  readonly font: number
  readonly fill: number
  readonly quotePrefix?: boolean
}): string {
  const prefix = look.quotePrefix ? ' quotePrefix="1"' : ''
  return `<xf numFmtId="49" fontId="${look.font}" fillId="${look.fill}" borderId="0" xfId="0"${prefix} applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`
}
