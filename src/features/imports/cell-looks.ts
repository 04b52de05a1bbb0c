import type { Sheet, SheetNote, SheetRow } from '../../base/sheets/read-sheet.ts'
import { listOf, plural, shorten } from '../../base/text.ts'
import { isComplete, type Scheme, type State } from '../../domain/scheme/schemes.ts'
import { type Draft, type Table, withCell } from './formats/sheet-format.ts'
import type { Headings } from './headings.ts'

/** What cells say by their looks alone: a colour in place of a state, a line through what no longer counts. */

/** Without the rows that are struck out: whether they are closed or taken out is asked. A struck cell is pointed at. */
export function withoutStruckRows(
  sheet: Sheet,
  { row: headingRow, columns }: Pick<Headings, 'row' | 'columns'>,
  draft: Draft,
): Sheet {
  const [title] = columns.get('title') ?? columns.get('measure') ?? []
  const whole = sheet.rows.map((row) => withoutStruckParts(withStruckMarks(row), headingRow, draft))
  const rows = whole.filter((row) => {
    if (row.number <= headingRow) return true
    const filled = [...row.cells.keys()].filter((at) => row.cells[at]?.trim())
    const struck = filled.filter((at) => row.looks?.[at]?.isStruck)
    if (struck.length === 0) return true
    const text = shorten(filled.map((at) => row.cells[at]?.trim()).join(' | '), 120)
    const isTitle = title !== undefined && struck.includes(title.index)
    if (isTitle || struck.length * 2 > filled.length) {
      const message = `Struck out, so left out: “${text}”. Is it closed or taken out? Accept that it is left out, and say what becomes of it where the plan has it; or take the line away where it still counts.`
      draft.problems.push({ row: row.number, message })
      return false
    }
    const cells = struck.map((at) => `“${shorten(row.cells[at]?.trim() ?? '', 60)}”`)
    const message = `${listOf(cells)} ${struck.length === 1 ? 'is' : 'are'} struck out. Take it out of the sheet, or accept that it is read.`
    draft.problems.push({ row: row.number, message })
    return true
  })
  return { ...sheet, rows }
}

/** Programs without looks write "~~31 Jan~~ 31 Mar", or each letter with a line through it (U+0336). */
const struckMarks = /~~(?<tilde>[^~]+)~~|(?:(?!\u0336).\u0336)+/gsu

function withStruckMarks(row: SheetRow): SheetRow {
  if (!row.cells.some((cell) => /~~|\u0336/.test(cell))) return row
  const plain = (cell: string) =>
    cell.replace(struckMarks, (all, tilde?: string) => tilde ?? all.replaceAll('\u0336', ''))
  const looks = row.cells.map((cell, at) => {
    const [mark] = cell.match(struckMarks) ?? []
    return mark ? { ...row.looks?.[at], struckPart: plain(mark) } : row.looks?.[at]
  })
  return { ...row, cells: row.cells.map(plain), looks }
}

/** "31 Jan 31 Mar" of which the first is struck out says 31 Mar: it is read so, and asked about. */
function withoutStruckParts(row: SheetRow, headingRow: number, draft: Draft): SheetRow {
  const { looks, number } = row
  if (number <= headingRow || !looks?.some((look) => look?.struckPart)) return row
  const cells = row.cells.map((cell, at) => {
    const part = looks[at]?.struckPart
    if (part === undefined || part.trim() === cell.trim()) return cell
    const rest = cell.split(part)
    const isOnce = rest.length === 2
    const read = isOnce ? `it was read as “${shorten(rest.join('').trim(), 60)}”` : 'it was read'
    const message = `“${shorten(part.trim(), 60)}” is struck out in a cell: ${read}. Take it out of the sheet, or accept that.`
    draft.problems.push({ row: number, message })
    return isOnce ? rest.join('') : cell
  })
  const struck = looks.map((look, at) => {
    const isWhole = look?.struckPart?.trim() === row.cells[at]?.trim()
    return look?.struckPart && isWhole ? { ...look, isStruck: true } : look
  })
  return { ...row, cells, looks: struck }
}

/**
 * The table with words in place of colours, where a column of states has colours and no words. One question shows every
 * colour and the state that it was read as.
 */
export function withStatesOfFills(
  table: Table,
  meaning: string,
  scheme: Scheme,
  draft: Draft,
): Table {
  const [column] = table.columns.get(meaning) ?? []
  if (!column) return table
  const { index, heading } = column
  const hasWords = table.rows.some(({ cells }) => (cells[index] ?? '').trim() !== '')
  // Beside words, an empty cell with a colour of its own says a state as well.
  const filled = table.rows.filter((row) =>
    hasWords ? hasOwnColour(row, index, scheme) : fillAt(row, index) !== undefined,
  )
  if (filled.length === 0) return table
  const states = new Map(
    filled.map((row) => {
      const fill = fillAt(row, index) ?? ''
      return [fill, stateOfFill(fill, scheme)]
    }),
  )
  draft.problems.push(fillQuestion(filled, { index, heading, row: table.row }, states))
  const rows = table.rows.map((row) => {
    const label = filled.includes(row) ? states.get(fillAt(row, index) ?? '')?.label : undefined
    return label === undefined ? row : withCell(row, index, label)
  })
  return { ...table, rows }
}

const fillAt = ({ looks }: SheetRow, index: number): string | undefined => looks?.[index]?.fill

/** Not a row that is coloured from end to end. */
function hasOwnColour(row: SheetRow, index: number, scheme: Scheme): boolean {
  const fill = fillAt(row, index)
  if (fill === undefined || (row.cells[index] ?? '').trim() !== '') return false
  const others = (row.looks ?? []).filter((_, at) => at !== index)
  return stateOfFill(fill, scheme) !== undefined && others.every((look) => look?.fill !== fill)
}

function fillQuestion(
  rows: readonly SheetRow[],
  { index, heading, row }: { index: number; heading: string; row: number },
  states: ReadonlyMap<string, State | undefined>,
): SheetNote {
  const colours = [...states].map(([fill, state]) => {
    const count = rows.filter((one) => fillAt(one, index) === fill).length
    return `${fill} (${plural(count, 'row')}) as ${state?.label ?? 'not rated'}`
  })
  const message = `States are told by the colour of the cells alone: ${listOf(colours)}. Write them as words, or accept that they are read so.`
  return { row, column: heading, message }
}

/** By its hue; undefined for grey, white and the colours of a theme, which have no hue of their own. */
export function stateOfFill(fill: string, scheme: Scheme): State | undefined {
  const colour = colourOf(fill)
  // Where two states share a colour, a fill tells neither.
  const [only, second] = scheme.states.filter((state) => state.colour === colour)
  const found = second ? undefined : only
  return found ?? (colour === 'blue' ? scheme.states.find(isComplete) : undefined)
}

function colourOf(fill: string): State['colour'] | undefined {
  if (!/^[\dA-F]{6}$/.test(fill)) return undefined
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(
    (at) => Number.parseInt(fill.slice(at, at + 2), 16) / 255,
  )
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  if (most - least < 0.12) return undefined
  const hue = hueOf({ red, green, blue }, most, most - least)
  if (hue < 20 || hue >= 330) return 'red'
  if (hue < 70) return 'amber'
  if (hue < 170) return 'green'
  return hue < 270 ? 'blue' : undefined
}

/** In degrees. */
function hueOf(
  { red, green, blue }: { red: number; green: number; blue: number },
  most: number,
  range: number,
): number {
  if (most === red) return (60 * ((green - blue) / range) + 360) % 360
  if (most === green) return 60 * ((blue - red) / range + 2)
  return 60 * ((red - green) / range + 4)
}
