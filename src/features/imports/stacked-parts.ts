import type { CivilDate } from '../../base/dates.ts'
import type { Sheet, SheetRow } from '../../base/sheets/read-sheet.ts'
import { collapseWhitespace, quoted, shorten } from '../../base/text.ts'
import { filledIn } from './formats/sheet-format.ts'
import { missingColumns } from './heading-candidates.ts'
import { guessHeadings, type HeadingOptions } from './headings.ts'
import { isRegister } from './register-sheets.ts'

/**
 * Highlight reports and RAID logs hold several tables in one sheet, one below the other, with blank rows between them:
 * milestones, then risks, then a budget. Each table with headings of its own becomes a sheet of its own, so that the
 * milestones are read as a plan, the risks as a register, and the budget as neither. A sheet without a register in it
 * stays whole: its blank rows part the groups of a plan.
 */
export function withStackedParts(
  sheets: readonly [Sheet, ...Sheet[]],
  asOf: CivilDate,
  choices: HeadingOptions,
): readonly [Sheet, ...Sheet[]] {
  // What a person says of the sheet holds for all of it.
  if (choices.shape !== undefined) return sheets
  const [first, ...others] = sheets.flatMap((sheet) => stackedParts(sheet, asOf, choices))
  return first ? [first, ...others] : sheets
}

type Kind = 'plan' | 'register' | 'other'

interface Part {
  readonly kind: Kind
  readonly rows: SheetRow[]
}

function stackedParts(sheet: Sheet, asOf: CivilDate, choices: HeadingOptions): readonly Sheet[] {
  if (sheet.isHidden) return [sheet]
  const blocks = blocksOf(sheet.rows).map((rows) => ({ ...sheet, rows, name: '', fileName: '' }))
  if (blocks.length < 2 || !blocks.some(isRegister)) return [sheet]
  const parts: Part[] = []
  for (const block of blocks) {
    const { rows } = block
    const kind = kindOf(block, asOf, choices)
    const last = parts.at(-1)
    if (kind === undefined && last) last.rows.push(...rows)
    else parts.push({ kind: kind ?? 'other', rows: [...rows] })
  }
  return parts.length < 2 ? [sheet] : withRemarks(sheet, parts)
}

/** Runs of rows without a blank row between them. A line of its own belongs to what follows it. */
function blocksOf(rows: readonly SheetRow[]): SheetRow[][] {
  const blocks: SheetRow[][] = []
  for (const row of rows) {
    const block = blocks.at(-1)
    const above = block?.at(-1)
    const isTitle = block?.every(({ cells }) => filledIn(cells).length < 2)
    if (block && above && (isTitle || row.number === above.number + 1)) block.push(row)
    else blocks.push([row])
  }
  return blocks
}

/** Undefined: it has no headings of its own, and goes on with the table above. */
function kindOf(block: Sheet, asOf: CivilDate, choices: HeadingOptions): Kind | undefined {
  if (isRegister(block)) return 'register'
  const guess = guessHeadings(block, asOf, choices)
  if (guess && missingColumns(guess).length === 0 && guess.columns.size > 2) return 'plan'
  return block.rows.length > 1 && block.rows.some(isHeadingLike) ? 'other' : undefined
}

/** Short texts without a figure: a row of a plan has days, numbers or sentences. */
const isHeadingLike = ({ cells }: SheetRow): boolean => {
  const texts = filledIn(cells)
  return texts.length > 2 && texts.every((text) => text.length <= 40 && /^\D+$/.test(text))
}

function withRemarks(sheet: Sheet, parts: readonly Part[]): Sheet[] {
  const read = parts.filter(({ kind }) => kind !== 'other')
  // What stands above all tables is the title of the report.
  const unread = parts.filter(({ kind }, at) => kind === 'other' && at > 0)
  const notes = unread.map(({ rows }) => {
    const [from, to] = [rows[0]?.number ?? 0, rows.at(-1)?.number ?? 0]
    const text = shorten(collapseWhitespace(filledIn(rows[0]?.cells ?? [])[0] ?? ''), 60)
    const message = `Not read: rows ${from} to ${to}, ${quoted(text)}: a table that is neither a plan nor a register.`
    return { row: from, message }
  })
  return read.map(({ rows }, at) =>
    at === 0
      ? { ...sheet, rows, notes: [...sheet.notes, ...notes] }
      : { ...sheet, rows, notes: [], questions: [] },
  )
}
