import type { CivilDate } from '../../../base/dates.ts'
import type { SheetNote, SheetRow } from '../../../base/sheets/read-sheet.ts'
import { listOf, quoted, shorten } from '../../../base/text.ts'
import { hasUnreadStages, lastStageDay } from '../../../domain/measures/staged-target.ts'
import { parseValue } from '../../../domain/measures/value-parser.ts'
import type { Columns, HeadingCell } from './sheet-format.ts'
import {
  hasContent,
  splitLines,
  splitParagraphs,
  splitParts,
  splitSemicolons,
} from './split-cells.ts'

/** A row of a KPI table whose cells hold several measures: each with its own figures, or a question; never a guess. */

/** What counts for one measure alone. */
const figureMeanings: readonly string[] = [
  ...['baseline', 'baselineState', 'target'],
  ...['reading', 'readingState', 'direction'],
]

interface MeasuresInRow {
  /** One for each measure. */
  readonly rows: readonly SheetRow[]
  readonly problem?: SheetNote
}

/** The row as it is, or one for each measure where every filled cell of figures has one for each. */
export function measuresInRow(row: SheetRow, columns: Columns, asOf: CivilDate): MeasuresInRow {
  const [titleCell] = columns.get('measure') ?? []
  const titles = listIn(textAt(row, titleCell))
  const figures = [...columns].flatMap(([meaning, cells]) =>
    figureMeanings.includes(meaning)
      ? cells.flatMap((cell) => {
          const text = textAt(row, cell)
          const items = listIn(text)?.items ?? []
          return hasContent(text) ? [{ meaning, cell, text, items }] : []
        })
      : [],
  )
  const whole = { rows: [row] }
  const many = titles?.items.length ?? 1
  const isStaged = (text: string) => lastStageDay(text, asOf) !== undefined
  const asked = figures.filter(({ meaning, text, items }) => {
    if (many > 1) return items.length !== many
    if (meaning !== 'target') return isSeveralFigures(items)
    return !isStaged(text) && hasUnreadStages({ target: text, targetOn: null })
  })
  const place = { row: row.number, column: titleCell?.heading ?? '' }
  if (!titles) {
    const [first] = asked
    if (!first) return whole
    const message = `${quoted(shorten(textAt(row, titleCell), 80))} has several figures in one cell: ${quoted(shorten(first.text, 80))}. Write one figure, or targets with their days (“80% by Jun 2026; 90% by Dec 2026”), or accept that it is kept as written and not rated.`
    return { ...whole, problem: { ...place, column: first.cell.heading, message } }
  }
  // Lines and semicolons also part one title: the figures tell.
  const isOne = !titles.isLabelled && figures.every(({ items }) => items.length < 2)
  if (isOne) return whole
  // "80% by June; 90% by December" beside two titles may be either.
  const isOpen = figures.some(({ meaning, text }) => meaning === 'target' && isStaged(text))
  if (asked.length === 0 && !isOpen) {
    return { rows: titles.items.map((_, at) => partOfRow(row, many, at)) }
  }
  const named = asked.length > 0 ? asked : figures
  const cells = listOf([...new Set(named.map(({ cell }) => quoted(cell.heading)))])
  const message = `${quoted(shorten(textAt(row, titleCell), 80))} names ${many} measures, and ${cells} ${named.length === 1 ? 'does' : 'do'} not say a figure for each. Give each measure a row of its own, or accept that they are read as one.`
  return { ...whole, problem: { ...place, message } }
}

const textAt = ({ cells }: SheetRow, cell: HeadingCell | undefined): string =>
  cell ? (cells[cell.index] ?? '').trim() : ''

interface ItemsInCell {
  readonly items: readonly string[]
  /** Numbered, lettered or with bullets: there are certainly several. */
  readonly isLabelled: boolean
}

/** Two items and more: labelled, one to a line, or parted by semicolons. */
function listIn(text: string): ItemsInCell | undefined {
  const lines = splitLines(text)
  const parts = splitParts(text).map((part) => part.trim())
  if (parts.length > 1) return { items: parts, isLabelled: true }
  if (lines.length > 1) {
    const asWritten = splitParagraphs(text)
    const isLabelled = lines.every((line, at) => line !== asWritten[at]?.trim())
    return { items: lines, isLabelled: isLabelled && lines.length === asWritten.length }
  }
  const pieces = splitSemicolons(text)
  return pieces.length > 1 ? { items: pieces, isLabelled: false } : undefined
}

const isSeveralFigures = (items: readonly string[]): boolean =>
  items.length > 1 && items.every((item) => parseValue(item).computable)

/** The row with the item of that place in each cell that has as many. */
function partOfRow(row: SheetRow, many: number, at: number): SheetRow {
  const cells = row.cells.map((cell) => {
    const items = listIn(cell.trim())?.items ?? []
    return items.length === many ? (items[at] ?? '') : cell
  })
  return { ...row, cells }
}
