import { columnName } from './column-name.ts'
import { looksLikeFormula } from './formula-text.ts'
import { buildWorkbook, textCell } from './write-xlsx.ts'

/** How a cell looks. Colours are '#rrggbb'. Whatever is left out looks as in an empty workbook. */
export interface CellStyle {
  readonly bold?: boolean
  readonly fill?: string
  readonly textColour?: string
  readonly centred?: boolean
  /** A thin border on all sides. */
  readonly boxed?: boolean
}

export interface StyledRow {
  readonly cells: readonly { readonly text: string; readonly style?: CellStyle }[]
  /** The first cell spans all columns. */
  readonly merged?: boolean
  /** In points. Left out: Excel fits it to the text, which it cannot do for merged cells. */
  readonly height?: number
}

export interface StyledSheet {
  readonly name: string
  readonly rows: readonly StyledRow[]
  /** In characters. */
  readonly widths: readonly number[]
  /** How many rows at the top stay in view, and are repeated on each printed page. */
  readonly frozenRows: number
}

/**
 * The bytes of an XLSX workbook with one sheet of text that wraps, to be read on paper as well: A4 across, as wide as
 * the page (ECMA-376, part 1: 18.3 worksheets, 18.8 styles).
 */
export function styledWorkbook(sheet: StyledSheet): Uint8Array {
  const styles = stylesOf(sheet.rows)
  return buildWorkbook({
    sheets: [{ name: sheet.name, xml: sheetContent(sheet, styles.indexOf) }],
    stylesXml: styles.xml,
    titleRows: sheet.frozenRows,
  })
}

function sheetContent(
  { rows, widths, frozenRows }: StyledSheet,
  indexOf: (style: WrittenStyle) => number,
): string {
  const columns = widths.map((width, at) => {
    return `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`
  })
  const written = rows.map(({ cells, height }, at) => {
    const inner = cells.map((cell, column) => {
      const [place, style] = [`${columnName(column)}${at + 1}`, indexOf(styleOf(cell))]
      return cell.text === '' ? `<c r="${place}" s="${style}"/>` : textCell(place, cell.text, style)
    })
    const high = height === undefined ? '' : ` ht="${height}" customHeight="1"`
    return `<row r="${at + 1}"${high}>${inner.join('')}</row>`
  })
  const last = columnName(widths.length - 1)
  const merged = rows.flatMap((row, at) => {
    return row.merged ? [`<mergeCell ref="A${at + 1}:${last}${at + 1}"/>`] : []
  })
  return [
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    '<sheetViews><sheetView workbookViewId="0">',
    `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>`,
    '</sheetView></sheetViews>',
    `<cols>${columns.join('')}</cols>`,
    `<sheetData>${written.join('')}</sheetData>`,
    merged.length > 0 ? `<mergeCells count="${merged.length}">${merged.join('')}</mergeCells>` : '',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
  ].join('')
}

type WrittenStyle = CellStyle & { readonly quotePrefix?: boolean }

function styleOf({ text, style = {} }: StyledRow['cells'][number]): WrittenStyle {
  return looksLikeFormula(text) ? { ...style, quotePrefix: true } : style
}

/** Every style that occurs, by number. Excel itself expects the first two fills and the first of the others. */
function stylesOf(rows: readonly StyledRow[]) {
  const keys = new Map([[JSON.stringify({}), {} as WrittenStyle]])
  for (const cell of rows.flatMap(({ cells }) => cells)) {
    const style = styleOf(cell)
    keys.set(JSON.stringify(style), style)
  }
  const styles = [...keys.values()]
  const fonts = styles.map(({ bold, textColour = '#000000' }) => {
    return `<font>${bold ? '<b/>' : ''}<sz val="11"/><color rgb="${argb(textColour)}"/><name val="Calibri"/></font>`
  })
  const fills = styles.map(({ fill }) =>
    fill
      ? `<fill><patternFill patternType="solid"><fgColor rgb="${argb(fill)}"/><bgColor indexed="64"/></patternFill></fill>`
      : '<fill><patternFill patternType="none"/></fill>',
  )
  const looks = styles.map(({ centred, boxed, quotePrefix }, at) => {
    // 49 is text: Excel does not turn 1.10 into 1.1 when somebody edits it.
    const ids = `numFmtId="49" fontId="${at}" fillId="${at + 2}" borderId="${boxed ? 1 : 0}" xfId="0"`
    const across = centred ? ' horizontal="center"' : ''
    const prefix = quotePrefix ? ' quotePrefix="1"' : ''
    return `<xf ${ids}${prefix} applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment${across} vertical="top" wrapText="1"/></xf>`
  })
  const side = (name: string) => `<${name} style="thin"><color rgb="FF808080"/></${name}>`
  const xml = [
    countedElement('fonts', fonts),
    countedElement('fills', [
      '<fill><patternFill patternType="none"/></fill>',
      '<fill><patternFill patternType="gray125"/></fill>',
      ...fills,
    ]),
    countedElement('borders', [
      '<border><left/><right/><top/><bottom/><diagonal/></border>',
      `<border>${['left', 'right', 'top', 'bottom'].map(side).join('')}<diagonal/></border>`,
    ]),
    countedElement('cellStyleXfs', ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']),
    countedElement('cellXfs', looks),
    countedElement('cellStyles', ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']),
  ].join('')
  const order = [...keys.keys()]
  return { xml, indexOf: (style: WrittenStyle) => order.indexOf(JSON.stringify(style)) }
}

function countedElement(tag: string, parts: readonly string[]): string {
  return `<${tag} count="${parts.length}">${parts.join('')}</${tag}>`
}

function argb(hex: string): string {
  return `FF${hex.slice(1).toUpperCase()}`
}
