import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, fold, quoted } from '../../../base/text.ts'
import { noteUnreadRow } from '../cell-parsers.ts'
import type { MilestoneCell } from '../parsed-plan.ts'
import { DraftLinker, type RowContext } from './draft-linker.ts'
import { saysImportance } from './importance.ts'
import { doneWithoutDates, milestonesOfDates, notePlannedEnds } from './milestone-dates.ts'
import { doubtfulOutlineColumns, withOutline, withoutInactive } from './outline.ts'
import {
  cellOf,
  filledIn,
  headingOf,
  type SheetFormat,
  type Table,
  textOf,
} from './sheet-format.ts'
import { saysTotal, splitOwners, stripHtml } from './split-cells.ts'
import { keepSummaries } from './summary-rows.ts'
import { withoutFooter } from './table-footer.ts'
import { rawStateOf, stateOf, tagsOf, withSharesAsPercent } from './tracker-cells.ts'
import {
  isGuessedHeading,
  isHeadingRow,
  mapTrackerColumns,
  trackerColumns,
} from './tracker-headings.ts'
import { doubtfulProjectColumn, parseMilestoneRows } from './tracker-projects.ts'
import { withMilestonesInCells, withSections } from './tracker-sections.ts'

/**
 * A tracker of any tool: a row for each task, with whatever columns it has. One without dates is a plan without dates;
 * a line of its own above tasks is the group that they belong to. Where a column names the project of each row, the rows are
 * the milestones of those projects.
 */
export const tracker: SheetFormat = {
  key: 'tracker',
  description: 'a tracker of tasks',
  columns: trackerColumns,
  mapColumns: mapTrackerColumns,
  isGuess: isGuessedHeading,
  isFallback: true,
  doubtfulColumns: (columns, rows) => [
    ...doubtfulProjectColumn(columns, rows),
    ...doubtfulOutlineColumns(columns, rows),
  ],
  parse(tables, frame, draft) {
    const linking = new DraftLinker(draft, tables)
    for (const whole of tables) {
      const listed = withoutInactive(withoutFooter(whole, draft), draft)
      const { table: outlined, summaries } = withOutline(listed, draft)
      const levels = withMilestonesInCells(withSections(outlined), frame.asOf)
      const table = withSharesAsPercent(levels)
      notePlannedEnds(table, draft)
      draft.generatedRefs.projects ||= !table.columns.has('ref')
      if (table.columns.has('project')) parseMilestoneRows({ table, frame, draft, linking })
      else parseTasks({ table, frame, draft, linking })
      keepSummaries(summaries, { table, frame, draft, linking })
    }
  },
}

function parseTasks(context: RowContext): void {
  const { table } = context
  const heads = headsOf(table)
  // "Priority" heads the parts of some plans, and High and Low in others.
  const group = groupColumn(table)
  const above = { group: table.title ?? '', row: table.row }
  for (const row of table.rows) parseTask(row, { ...context, heads, group, above })
}

interface TaskContext extends RowContext {
  /** Whole numbers that head the tasks numbered below them: 1, where there is 1.1. */
  readonly heads: ReadonlySet<string>
  /** The meaning of the column that says to which part of the plan a task belongs, if there is one. */
  readonly group: 'workstream' | 'tags' | undefined
  /** The group that was named in a line of its own. */
  readonly above: { group: string; row: number }
}

function headsOf(table: Table): ReadonlySet<string> {
  const { columns, rows } = table
  if (groupColumn(table)) return new Set()
  const refs = rows.map((row) => textOf(row, columns, 'ref').replace(/\.$/, ''))
  const heads = refs.flatMap((ref) => /^(\d+)\.\d/.exec(ref)?.[1] ?? [])
  return new Set(heads)
}

function groupColumn(table: Table): TaskContext['group'] {
  if (table.columns.has('workstream')) return 'workstream'
  const [tags] = table.columns.get('tags') ?? []
  return fold(tags?.heading ?? '') === 'priority' && !saysImportance(table, 'tags')
    ? 'tags'
    : undefined
}

function parseTask(row: SheetRow, context: TaskContext): void {
  const { table, draft, linking, heads, group, above } = context
  const { columns } = table
  const filled = filledIn(row.cells)
  const title = collapseWhitespace(stripHtml(cellOf(row, columns, 'title')))
  const ref = textOf(row, columns, 'ref').replace(/\.$/, '')
  if (saysTotal(title || (filled[0] ?? '')) || isTotalAlone(filled[0] ?? '')) {
    noteUnreadRow(row, 'the row is a total', draft)
    return
  }
  if (isHeadingRow(row.cells)) return
  if (heads.has(ref)) {
    Object.assign(above, { group: `${ref}. ${title}`, row: row.number })
    const ownMeanings = ['leads', 'state', 'status', 'deadline', 'forecast', 'actual']
    if (ownMeanings.some((meaning) => textOf(row, columns, meaning) !== '')) {
      const message = `${ref} ${quoted(title)} heads the rows numbered below it: it was read as a workstream, without owner, dates and state of its own.`
      draft.warnings.push({ row: row.number, message })
    }
    return
  }
  if (filled.length === 1 && !group && columns.size > 2) {
    Object.assign(above, { group: collapseWhitespace(filled[0] ?? ''), row: row.number })
    return
  }
  if (title === '') {
    noteUnreadRow(row, 'the row names no task', draft)
    return
  }
  const named = group ? textOf(row, columns, group) : ''
  const workstream = linking.findOrAddWorkstream(
    named || above.group,
    named === '' && above.group !== '' ? above.row : row.number,
  )
  const { state, isDone } = stateOf(row, context)
  draft.projects.push({
    ...{ title, workstreamRef: workstream, row: row.number },
    ref: linking.assignProjectRef(workstream, ref),
    state: state.key,
    rawState: rawStateOf(row, table),
    commentary: textOf(row, columns, 'commentary'),
    tags: group === 'tags' ? [] : tagsOf(textOf(row, columns, 'tags')),
    leads: splitOwners(cellOf(row, columns, 'leads')),
    ...{ recommendations: [], outcomes: [] },
    milestones: milestonesOf(row, isDone, context),
  })
}

/** "Grand total | 3": what stands behind it is a sum. */
const isTotalAlone = (first: string): boolean => /^(?:grand |sub-?)?totals?:?$/.test(fold(first))

function milestonesOf(
  row: SheetRow,
  isDone: boolean,
  context: TaskContext,
): readonly MilestoneCell[] {
  const { table, frame, draft } = context
  const milestones = milestonesOfDates(row, table, { isDone }, frame, draft)
  const column = headingOf(table.columns, 'status')
  return doneWithoutDates(milestones, isDone, { row: row.number, column }, frame, draft)
}
