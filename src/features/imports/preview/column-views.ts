import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { columnIndex } from '../../../base/sheets/column-name.ts'
import type { Sheet, SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace } from '../../../base/text.ts'
import { planAttributes } from '../../../domain/plan/attributes/registry.ts'
import type { Scheme } from '../../../domain/scheme/schemes.ts'
import { splitOwners } from '../formats/split-cells.ts'
import type { ColumnMapping } from '../headings.ts'
import type { PlanParseResult } from '../parse-plan.ts'
import { parseRating } from '../rating-parser.ts'

/** What a heading was taken for, and how its first cells were read. */
export interface ColumnView extends ColumnMapping {
  /** What it means, as people call it; null: not read. */
  readonly title: string | null
  readonly examples: readonly CellExample[]
}

/** One cell: its text, and what was read where that is something else than the text. */
export interface CellExample {
  readonly raw: string
  readonly read: string | null
}

const examplesShown = 3

/** Each heading of a sheet with three different cells below it. */
export function columnViews(
  sheet: Sheet,
  file: PlanParseResult,
  { asOf, scheme }: { readonly asOf: CivilDate; readonly scheme: Scheme },
): ColumnView[] {
  const { headings } = file
  const rows = sheet.rows.filter(({ number }) => number > headings.row)
  const readCell = createCellReader(file, asOf, scheme)
  return headings.columnMappings.map((mapping) => {
    const index = columnIndex(mapping.column)
    const first = firstDifferent(rows, index)
    const { meaning } = mapping
    const isRead = meaning !== null && meaning !== 'ignore'
    return {
      ...mapping,
      title: isRead ? (headings.sheetFormat.columns[meaning]?.heading ?? meaning) : null,
      examples: first.map((row) => {
        const raw = collapseWhitespace(row.cells[index] ?? '')
        const read = isRead ? readCell(row, raw, mapping) : null
        return { raw, read: read === raw ? null : read }
      }),
    }
  })
}

/** The first rows whose cells there are filled and differ. */
function firstDifferent(rows: readonly SheetRow[], index: number): SheetRow[] {
  const byText = new Map<string, SheetRow>()
  for (const row of rows) {
    const text = collapseWhitespace(row.cells[index] ?? '')
    if (text !== '' && !byText.has(text)) byText.set(text, row)
    if (byText.size === examplesShown) break
  }
  return [...byText.values()]
}

type CellReader = (row: SheetRow, raw: string, mapping: ColumnMapping) => string | null

/** What a cell was read as; null where it is kept as it is written. */
function createCellReader(file: PlanParseResult, asOf: CivilDate, scheme: Scheme): CellReader {
  const milestones = Map.groupBy(
    file.projects.flatMap((project) => project.milestones),
    ({ row, column }) => `${row} ${column}`,
  )
  return ({ number }, raw, { meaning, heading }) => {
    const dates = milestones.get(`${number} ${heading}`)
    if (dates) return dates.map(({ due }) => (due ? fullDate(due) : 'no date')).join('; ')
    if (meaning === 'state' || meaning === 'status') {
      const { state, isDone } = parseRating(raw, scheme, file.stateWords)
      return isDone && state === scheme.blank ? 'done' : state.label
    }
    if (meaning === 'leads' || meaning === 'sponsors') return splitOwners(raw).join('; ')
    const attribute = planAttributes.find(
      ({ key }) => key === file.headings.sheetFormat.columns[meaning ?? '']?.attribute,
    )
    return attribute ? (attribute.parse(raw, asOf).value ?? `no ${attribute.noun}`) : null
  }
}
