/** Colours that a workbook gives its cells by rules (ECMA-376, part 1: 18.3.1.10 and 18.8.14). */
import { parseXml } from './parse-xml.ts'

/** The colour of a cell whose rule cannot be worked out: somebody has to look. */
export const unclearFill = 'a rule of colours'

interface Rule {
  readonly type: string
  readonly operator: string
  readonly priority: number
  /** What a rule about text looks for. */
  readonly text: string
  readonly formulas: string[]
  /** Null: it gives no colour. */
  readonly fill: string | null
  readonly areas: readonly Area[]
}

/** From 1, both ends included. */
interface Area {
  readonly fromRow: number
  readonly toRow: number
  readonly fromColumn: number
  readonly toColumn: number
}

/** More rules than this are no key of states. */
const maxRules = 100

/** 'RRGGBB' by row and column, from 0, of the cells of filled rows that a rule colours; nothing where there is none. */
export function conditionalFills(
  sheetXml: string,
  stylesXml: string,
  rows: readonly (readonly string[])[],
): (string | undefined)[][] {
  if (!sheetXml.includes('conditionalFormatting')) return []
  const rules = rulesOf(sheetXml, differentialFills(stylesXml)).slice(0, maxRules)
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0)
  const fills: (string | undefined)[][] = []
  for (const [at, cells] of rows.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue
    for (let column = 0; column < width; column += 1) {
      const fill = fillAt(rules, rows, at, column)
      if (fill === undefined) continue
      const inRow = fills[at] ?? []
      fills[at] = inRow
      inRow[column] = fill
    }
  }
  return fills
}

/** The first rule that holds decides; one that may hold, and cannot be worked out, leaves it open. */
function fillAt(
  rules: readonly Rule[],
  rows: readonly (readonly string[])[],
  row: number,
  column: number,
): string | undefined {
  for (const rule of rules) {
    const area = rule.areas.find((one) => isIn(one, row + 1, column + 1))
    if (!area) continue
    const holds = ruleHolds(rule, area, rows, row, column)
    if (holds === undefined) return unclearFill
    if (holds && rule.fill !== null) return rule.fill
  }
  return undefined
}

const isIn = ({ fromRow, toRow, fromColumn, toColumn }: Area, row: number, column: number) =>
  row >= fromRow && row <= toRow && column >= fromColumn && column <= toColumn

/** Undefined where it cannot be worked out. */
function ruleHolds(
  { type, operator, text, formulas }: Rule,
  area: Area,
  rows: readonly (readonly string[])[],
  row: number,
  column: number,
): boolean | undefined {
  const cell = rows[row]?.[column] ?? ''
  const [own, sought] = [cell.trim().toLowerCase(), text.toLowerCase()]
  switch (type) {
    case 'cellIs':
      return compare(cell, operator, formulas)
    case 'containsText':
      return own.includes(sought)
    case 'notContainsText':
      return !own.includes(sought)
    case 'beginsWith':
      return own.startsWith(sought)
    case 'endsWith':
      return own.endsWith(sought)
    case 'containsBlanks':
      return own === ''
    case 'notContainsBlanks':
      return own !== ''
    case 'expression':
      return expressionHolds(formulas[0] ?? '', area, rows, row, column)
    case 'dataBar':
    case 'iconSet':
      return false
    default:
      // Scales, ranks and duplicates compare cells with each other.
      return own === '' ? false : undefined
  }
}

type Comparison = (one: number | string, other: number | string) => boolean
const comparisons: Readonly<Record<string, Comparison>> = {
  ...{ equal: (one, other) => one === other, notEqual: (one, other) => one !== other },
  ...{ greaterThan: (one, other) => one > other, lessThan: (one, other) => one < other },
  greaterThanOrEqual: (one, other) => one >= other,
  lessThanOrEqual: (one, other) => one <= other,
}

function compare(cell: string, operator: string, formulas: readonly string[]): boolean | undefined {
  const own = comparedValue(cell)
  const [first, second] = formulas.map(constantOf)
  if (first === undefined) return undefined
  if (operator === 'between' || operator === 'notBetween') {
    if (second === undefined) return undefined
    const isBetween = comparable(own, first) && own >= first && own <= second
    return operator === 'between' ? isBetween : !isBetween
  }
  const holds = comparisons[operator]
  if (!holds) return undefined
  // Whether a cell holds 1 or the text "1" is not known here.
  if (typeof own === 'number' && typeof first === 'string' && isNumber(first)) return undefined
  if (!comparable(own, first)) return operator === 'notEqual'
  return holds(own, first)
}

const comparable = (one: number | string, other: number | string) => typeof one === typeof other

const isNumber = (text: string) => text !== '' && Number.isFinite(Number(text))

/** A number, or a text without regard to its case, as Excel compares. */
function comparedValue(text: string): number | string {
  const trimmed = text.trim()
  const isPercent = /^-?\d+(?:\.\d+)? ?%$/.test(trimmed)
  if (isPercent) return Number(trimmed.replace(/ ?%$/, '')) / 100
  return trimmed !== '' && Number.isFinite(Number(trimmed))
    ? Number(trimmed)
    : trimmed.toLowerCase()
}

/** Of a formula that is a number or a quoted text; undefined for any other. */
function constantOf(formula: string): number | string | undefined {
  const [, quoted] = /^="((?:[^"]|"")*)"$/.exec(`=${formula.trim().replace(/^=/, '')}`) ?? []
  if (quoted !== undefined) return quoted.replaceAll('""', '"').trim().toLowerCase()
  return /^-?\d+(?:\.\d+)?$/.test(formula.trim()) ? Number(formula) : undefined
}

const operators: Readonly<Record<string, string>> = {
  ...{ '=': 'equal', '<>': 'notEqual', '>': 'greaterThan', '<': 'lessThan' },
  ...{ '>=': 'greaterThanOrEqual', '<=': 'lessThanOrEqual' },
}

const simpleExpression = /^=?(\$?)([A-Z]{1,3})(\$?)(\d{1,7})\s*(=|<>|>=|<=|>|<)\s*(.+)$/

/** `$G2="Late"`: one cell compared with a constant, written for the first cell of the area. */
function expressionHolds(
  formula: string,
  { fromRow, fromColumn }: Area,
  rows: readonly (readonly string[])[],
  row: number,
  column: number,
): boolean | undefined {
  const [, fixedColumn, letters = '', fixedRow, digits, sign = '', constant = ''] =
    simpleExpression.exec(formula.trim()) ?? []
  if (digits === undefined) return undefined
  const of = {
    row: Number(digits) - 1 + (fixedRow ? 0 : row + 1 - fromRow),
    column: columnNumber(letters) - 1 + (fixedColumn ? 0 : column + 1 - fromColumn),
  }
  return compare(rows[of.row]?.[of.column] ?? '', operators[sign] ?? '', [constant])
}

function rulesOf(sheetXml: string, fills: readonly (string | null)[]): Rule[] {
  const rules: Rule[] = []
  let areas: Area[] = []
  let formula: string | undefined
  parseXml(sheetXml, {
    open(element, attributesOf) {
      if (element === 'conditionalFormatting') areas = areasOf(attributesOf().sqref ?? '')
      if (element === 'formula') formula = ''
      if (element !== 'cfRule') return
      const { type = '', operator = '', priority = '0', text = '', dxfId } = attributesOf()
      const fill = dxfId === undefined ? null : (fills[Number(dxfId)] ?? null)
      rules.push({ type, operator, text, fill, areas, priority: Number(priority), formulas: [] })
    },
    text(part) {
      if (formula !== undefined) formula += part
    },
    close(element) {
      if (element !== 'formula' || formula === undefined) return
      rules.at(-1)?.formulas.push(formula)
      formula = undefined
    },
  })
  return rules.toSorted((one, other) => one.priority - other.priority)
}

/** "D2:D10 F2" */
function areasOf(sqref: string): Area[] {
  return sqref.split(' ').flatMap((range) => {
    const [, left = '', top, right = left, bottom = top] =
      /^([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$/.exec(range) ?? []
    if (top === undefined) return []
    return [
      {
        ...{ fromRow: Number(top), toRow: Number(bottom) },
        ...{ fromColumn: columnNumber(left), toColumn: columnNumber(right) },
      },
    ]
  })
}

const columnNumber = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

/** The colours of the looks that rules give, by their number; null where one has no fill. */
function differentialFills(stylesXml: string): (string | null)[] {
  const fills: (string | null)[] = []
  let isIn = false
  if (stylesXml === '') return fills
  parseXml(stylesXml, {
    open(element, attributesOf) {
      if (element === 'dxfs') isIn = true
      if (isIn && element === 'dxf') fills.push(null)
      const isColour = element === 'bgColor' || element === 'fgColor'
      if (!isIn || !isColour || fills.length === 0) return
      const { rgb, theme } = attributesOf()
      const colour = rgb?.slice(-6).toUpperCase() ?? (theme ? `theme ${theme}` : null)
      // In the look of a rule the background is what a person sees.
      if (element === 'bgColor' || fills.at(-1) === null) fills[fills.length - 1] = colour
    },
    close(element) {
      if (element === 'dxfs') isIn = false
    },
  })
  return fills
}
