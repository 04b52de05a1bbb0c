import type { Sheet, SheetNote, SheetRow } from '../../base/sheets/read-sheet.ts'
import { fold, listOf, quoted } from '../../base/text.ts'
import { parseState, type Scheme, type State, stateByKey } from '../../domain/scheme/schemes.ts'
import type { StateWords } from './rating-parser.ts'

/** The key that a sheet prints of its own signs: "1 = Red, 2 = Amber", or a sign and its state side by side. */
export interface SheetKey {
  readonly words: StateWords
  /** The numbers of its rows: they are no rows of the plan. */
  readonly rows: readonly number[]
  readonly notes: readonly SheetNote[]
}

interface Sign {
  readonly sign: string
  readonly state: State
  readonly row: number
}

/** A number or a letter or two; words are asked about. */
const signPattern = /^(?:\d{1,2}|[A-Z]{1,2})$/i

/** `others`: sheets of the workbook that hold nothing but a key. */
export function findKey(
  { rows }: Pick<Sheet, 'rows'>,
  others: readonly Pick<Sheet, 'rows'>[],
  scheme: Scheme,
): SheetKey {
  const own = signsIn(rows, scheme)
  const beside = others.flatMap((sheet) => signsIn(sheet.rows, scheme))
  const signs = own.length > 0 ? own : beside
  const groups = [...Map.groupBy(signs, ({ sign }) => sign)].flatMap(([sign, same]) => {
    const [key, other] = new Set(same.map(({ state }) => state.key))
    // A sign with two meanings has none; one that the scheme itself has needs no key.
    const isNew = key !== undefined && other === undefined && !parseState(scheme, sign)
    return isNew ? [{ sign, key, row: own.length > 0 ? (same[0]?.row ?? 0) : 0 }] : []
  })
  const read = groups.map(({ sign, key }) => `${quoted(sign)} is ${stateByKey(scheme, key).label}`)
  const message = `By the sheet’s own key, ${listOf(read)}.`
  return {
    words: Object.fromEntries(groups.map(({ sign, key }) => [sign, key])),
    rows: [...new Set(own.map(({ row }) => row))],
    notes: groups.length > 0 ? [{ row: groups[0]?.row ?? 0, message }] : [],
  }
}

/** A sheet that holds the key of a workbook. */
export const isKeySheet = ({ name = '' }: Pick<Sheet, 'name'>): boolean =>
  /\b(?:key|legend|ratings?|scale|guidance|definitions)\b/.test(fold(name))

function signsIn(rows: readonly SheetRow[], scheme: Scheme): Sign[] {
  const inCells = rows.flatMap((row) => signsInCell(row, scheme))
  const pairs = rows.map((row) => signInPair(row, scheme))
  // One row alone may be a row of the plan.
  const beside = pairs.flatMap((pair, at) =>
    pair && (pairs[at - 1] || pairs[at + 1]) ? [pair] : [],
  )
  return [...inCells, ...beside]
}

/** Of a row with nothing but "Key: 1 = Red, 2 = Amber" in one cell. */
function signsInCell({ cells, number }: SheetRow, scheme: Scheme): Sign[] {
  const [only, another] = cells.filter((cell) => cell.trim() !== '')
  if (only === undefined || another !== undefined || only.length > 400) return []
  const parts = only.replace(/^\s*(?:key|legend)\s*:?/i, '').split(/[;,\n|]/)
  const signs = parts.flatMap((part) => {
    const [, sign = '', text = ''] = /^\s*(\w{1,2})\s*(?:=|:|–|-)\s*(.+)$/.exec(part) ?? []
    const state = signPattern.test(sign) ? stateIn(text, scheme) : undefined
    return state ? [{ sign: fold(sign), state, row: number }] : []
  })
  return signs.length > 1 && signs.length === parts.filter((part) => part.trim()).length
    ? signs
    : []
}

/** Of a row with a sign in one cell and its state in the next. */
function signInPair({ cells, number }: SheetRow, scheme: Scheme): Sign | undefined {
  const [sign, text, more] = cells.flatMap((cell) => cell.trim() || [])
  if (sign === undefined || text === undefined || more !== undefined) return undefined
  const state = signPattern.test(sign) ? stateIn(text, scheme) : undefined
  return state && { sign: fold(sign), state, row: number }
}

/** "Green", "Green – on course", "Red (off course)": a state, and nothing or what it stands for. */
function stateIn(text: string, scheme: Scheme): State | undefined {
  const [label = ''] = text.trim().split(/\s+[–-]\s+|\s*[:(]/)
  return label.length > 2 ? parseState(scheme, label) : undefined
}
