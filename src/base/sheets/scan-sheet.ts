/** Looks through the XML of a sheet (ECMA-376, part 1: 18.3.1) before its cells are read. */
import { parseXml } from './parse-xml.ts'
import { limitExceeded, sheetLimits } from './sheet-limits.ts'

export interface SheetScan {
  /** Cells that hold their own text, of which a part is struck out. */
  readonly struckParts: readonly {
    readonly row: number
    readonly column: number
    readonly text: string
  }[]
  /** Cells whose text stands among the shared ones, with its place there. */
  readonly sharedTexts: readonly {
    readonly row: number
    readonly column: number
    readonly at: number
  }[]
  /** Cells whose formula failed, with the error that Excel shows. */
  readonly failedCells: readonly {
    /** From 1, like the column. */
    readonly row: number
    readonly column: number
    readonly error: string
  }[]
  /** Filled rows that a person does not see, hidden by hand or by a filter. */
  readonly hiddenRows: readonly number[]
  /** Cells with a formula whose value was never saved, so that it reads as empty. */
  readonly unsavedCells: readonly string[]
  /** Cells with a style other than the plain one, filled or not. */
  readonly styledCells: readonly {
    readonly row: number
    readonly column: number
    readonly style: number
  }[]
  /** Rows that are grouped (Data, Group), with how many groups each is in. */
  readonly groupedRows: readonly { readonly row: number; readonly level: number }[]
}

interface Cell {
  /** "C4" */
  readonly place: string
  readonly row: number
  readonly column: number
  readonly type: string | undefined
  readonly style: number
  hasFormula: boolean
  hasValue: boolean
  /** Of its value or its own text. */
  text: string
  struckText: string
}

/** Whether any cell holds a text, a number or a formula's value. */
export function hasCells(xml: string): boolean {
  let found = false
  readCells(xml, {
    cell(cell, stop) {
      found = isFilled(cell) && cell.type !== 'e'
      if (found) stop()
    },
  })
  return found
}

/**
 * Counts rows, columns, filled cells and their characters, and finds the formulas without a value, which would hide a
 * wrong RAG. @throws SheetLimitExceeded at the first limit; another Error where the sheet is broken
 */
export function scanSheet(xml: string): SheetScan {
  const failedCells: { row: number; column: number; error: string }[] = []
  const unsavedCells: string[] = []
  const styledCells: { row: number; column: number; style: number }[] = []
  const struckParts: { row: number; column: number; text: string }[] = []
  const sharedTexts: { row: number; column: number; at: number }[] = []
  const groupedRows: { row: number; level: number }[] = []
  const [hidden, hiddenRows] = [new Set<number>(), new Set<number>()]
  let filled = 0
  readCells(xml, {
    row(row, level, isHidden) {
      if (row > sheetLimits.rows) throw limitExceeded.rows(row)
      if (isHidden) hidden.add(row)
      if (level > 0) groupedRows.push({ row, level })
    },
    cell(cell) {
      const { place, row, column, type, style, text } = cell
      if (style > 0 && column <= sheetLimits.columns && styledCells.length < sheetLimits.cells) {
        styledCells.push({ row, column, style })
      }
      if (type === 'e') failedCells.push({ row, column, error: text || '#VALUE!' })
      else if (isUnsaved(cell)) unsavedCells.push(place)
      else if (!isFilled(cell)) return
      filled += 1
      if (hidden.has(row)) hiddenRows.add(row)
      if (filled > sheetLimits.cells) throw limitExceeded.cells()
      if (cell.struckText !== '') struckParts.push({ row, column, text: cell.struckText })
      if (type === 's') sharedTexts.push({ row, column, at: Number(text) })
      if (column > sheetLimits.columns) throw limitExceeded.columns(`cell ${place}`)
    },
  })
  return {
    ...{ failedCells, unsavedCells, styledCells, sharedTexts, struckParts, groupedRows },
    hiddenRows: [...hiddenRows],
  }
}

const isFilled = ({ text }: Cell) => text !== ''

/** A formula of text may have given the empty text. */
const isUnsaved = ({ type, text, hasFormula, hasValue }: Cell) =>
  hasFormula && text === '' && !(type === 'str' && hasValue)

interface CellHandlers {
  /** The number of a row, of its own or of one of its cells; of its own, in how many groups it is, and whether it is hidden. */
  row?(row: number, groupLevel: number, isHidden: boolean): void
  cell(cell: Cell, stop: () => void): void
}

/** Calls `row` where a row or a cell begins, and `cell` where one ends. */
function readCells(xml: string, handlers: CellHandlers): void {
  let rows = 0
  let cell: Cell | undefined
  let [inText, isStruck] = [false, false]
  let stop = () => {}
  parseXml(xml, {
    open(element, attributesOf, stopReading) {
      stop = stopReading
      if (element === 'row') {
        rows += 1
        if (!handlers.row) return
        const { r = String(rows), outlineLevel = '0', hidden = '0' } = attributesOf()
        handlers.row(rowNumber(r), Number(outlineLevel), /^(?:1|true)$/.test(hidden))
      } else if (element === 'c') {
        const { r: place = '', t: type, s: style = '0' } = attributesOf()
        const at = rowAndColumn(place)
        handlers.row?.(at.row, 0, false)
        cell = {
          place,
          ...at,
          type,
          style: Number(style),
          hasFormula: false,
          hasValue: false,
          text: '',
          struckText: '',
        }
        isStruck = false
      } else if (cell) {
        if (element === 'f') cell.hasFormula = true
        if (element === 'v') cell.hasValue = true
        if (element === 'r') isStruck = false
        if (element === 'strike') isStruck = attributesOf().val !== '0'
        inText = element === 'v' || element === 't'
      }
    },
    text(part) {
      if (!cell || !inText) return
      cell.text += part
      if (isStruck) cell.struckText += part
      if (cell.text.length >= sheetLimits.cellCharacters) {
        throw limitExceeded.cellCharacters(`cell ${cell.place}`)
      }
    },
    close(element) {
      if (element === 'v' || element === 't') inText = false
      if (element !== 'c' || !cell) return
      handlers.cell(cell, stop)
      cell = undefined
    },
  })
}

/** @throws Error where it is no number that a row of Excel's can have */
function rowNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error('A row has no number.')
  return Number(text)
}

/** 4 and 3 of "C4". @throws Error where it is no place that Excel has */
export function rowAndColumn(place: string): { row: number; column: number } {
  const [, letters = '', digits = ''] = /^([A-Z]{1,3})(\d+)$/.exec(place) ?? []
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return { row: rowNumber(digits), column }
}
