import { formatCsv } from '../../../base/sheets/file-format.ts'
import {
  type CellStyle,
  type StyledRow,
  styledWorkbook,
} from '../../../base/sheets/write-styled-xlsx.ts'
import { colourStyles } from '../../../domain/scheme/palette.ts'
import type { State } from '../../../domain/scheme/schemes.ts'
import type { Summary, SummaryRow } from './rows.ts'

/** The sheet as CSV. */
export function summaryCsv({ title, headings, rows }: Summary): Uint8Array {
  return formatCsv([[title], headings, ...rows.map(textsOf)])
}

/** The sheet as a workbook: colours beside letters and words, never instead of them. */
export function summaryWorkbook({ title, headings, rows }: Summary, name: string): Uint8Array {
  const heading: CellStyle = { bold: true, fill: '#1d3c5a', textColour: '#ffffff', boxed: true }
  return styledWorkbook({
    name: sheetName(name),
    widths,
    frozenRows: 2,
    rows: [
      { cells: [{ text: title, style: { bold: true } }], merged: true, height: lineHeight * 1.5 },
      { cells: headings.map((text) => ({ text, style: heading })) },
      ...rows.map(styledRow),
    ],
  })
}

/** Of the six columns, in letters. */
const widths = [7, 34, 12, 46, 46, 46]
const lineHeight = 15

/** Excel takes 31 characters, and none of these. */
function sheetName(name: string): string {
  return `Summary ${name}`.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31)
}

function textsOf(row: SummaryRow): string[] {
  switch (row.kind) {
    case 'workstream':
      return [row.ref, row.title, '', '', '', '']
    case 'project':
      return [row.ref, row.title, row.rating, row.commentary, ...row.months]
    case 'key':
      return ['Key', row.text, row.rating]
    case 'footer':
      return [row.text]
  }
}

function styledRow(row: SummaryRow): StyledRow {
  const texts = textsOf(row)
  switch (row.kind) {
    case 'workstream': {
      const style = { bold: true, fill: '#d9e2ec', boxed: true }
      return { cells: texts.map((text) => ({ text, style })) }
    }
    case 'project':
      return {
        cells: texts.map((text, at) => {
          return { text, style: at === 2 ? ratingStyle(row.state) : { boxed: true } }
        }),
      }
    case 'key':
      return {
        cells: texts.map((text, at) =>
          at === 2 ? { text, style: ratingStyle(row.state) } : { text },
        ),
      }
    case 'footer':
      return { cells: texts.map((text) => ({ text })), merged: true, height: heightOf(row.text) }
  }
}

function ratingStyle({ colour }: State): CellStyle {
  const { fill, ink } = colourStyles[colour]
  return { bold: true, centred: true, boxed: true, fill, textColour: ink }
}

/** Excel does not fit the height of merged cells to their text. */
function heightOf(text: string): number {
  const across = widths.reduce((sum, width) => sum + width, 0)
  return lineHeight * Math.ceil((text.length * 1.1) / across)
}
