import type { CivilDate } from '../../../base/dates.ts'
import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, fold } from '../../../base/text.ts'
import { parseDeadlines } from '../../../domain/deadlines/deadlines.ts'
import {
  type Columns,
  filledIn,
  type HeadingCell,
  type Table,
  textOf,
  withCell,
} from './sheet-format.ts'
import { saysTotal } from './split-cells.ts'
import { trackerColumns } from './tracker-headings.ts'

/**
 * The table with a column of workstreams, where lines of their own name the parts of the plan and a column the project
 * of each row: "Workstream 1: Homes" above "Repairs", "Voids". A row without a project belongs to the one above it in
 * the same part.
 */
export function withSections(table: Table): Table {
  const { columns, rows } = table
  const [project] = columns.get('workstream') ?? []
  if (!project || columns.has('project') || !namesProjects(project)) return table
  const sections = new Set(rows.filter((row) => isSection(row, project, columns)))
  const read = [...columns.values()].flat()
  // Of two columns, one alone may well be filled in.
  if (read.length < 3 || sections.size === 0 || headTasks(sections, table)) return table
  const index = Math.max(
    ...rows.map(({ cells }) => cells.length),
    ...read.map((cell) => cell.index + 1),
  )
  const workstream: HeadingCell = { index, heading: 'Workstream', over: '' }
  let section = table.title ?? ''
  return {
    ...table,
    columns: new Map([...columns, ['project', [project]], ['workstream', [workstream]]]),
    rows: rows.flatMap((row) => {
      if (sections.has(row)) {
        section = collapseWhitespace(filledIn(row.cells)[0] ?? '')
        return []
      }
      return [withCell(row, index, section)]
    }),
  }
}

/** A line of its own that is no total, and no task of which nothing is known but its name. */
function isSection(row: SheetRow, project: HeadingCell, columns: Columns): boolean {
  const [text = '', ...others] = filledIn(row.cells)
  const [title] = columns.get('title') ?? []
  const isTask = title && title.index > project.index && textOf(row, columns, 'title') !== ''
  return text !== '' && others.length === 0 && !saysTotal(text) && !isTask
}

/** Rows without a project right below such a line belong to it: it is their project, and no part above projects. */
function headTasks(sections: ReadonlySet<SheetRow>, { rows, columns }: Table): boolean {
  const filled = rows.filter(({ cells }) => filledIn(cells).length > 0)
  return filled.some((row, at) => {
    const above = filled[at - 1]
    const isBelow = above !== undefined && sections.has(above) && !sections.has(row)
    return isBelow && textOf(row, columns, 'workstream') === ''
  })
}

/**
 * The table with a column of projects, where each row is a project and its milestones stand in one cell with their
 * dates, for which there is no column: "• Lease signed – 31 Jan 2027 • Open – 1 Jun 2027".
 */
export function withMilestonesInCells(table: Table, asOf: CivilDate): Table {
  const { columns, rows } = table
  const [[project], [title]] = [columns.get('workstream') ?? [], columns.get('title') ?? []]
  const hasDates = dateMeanings.some((meaning) => columns.has(meaning))
  if (!project || !title || hasDates || columns.has('project') || !namesProjects(project))
    return table
  const isDated = ({ cells }: SheetRow) =>
    parseDeadlines(cells[title.index] ?? '', asOf).some(({ due }) => due !== null)
  if (!rows.some(isDated)) return table
  const others = [...columns].filter(([meaning]) => meaning !== 'workstream')
  return { ...table, columns: new Map([...others, ['project', [project]]]) }
}

/** Columns that say when a row is due or was done. */
export const dateMeanings = ['deadline', 'plannedEnd', 'baseline', 'forecast', 'actual'] as const

const projectHeadings: readonly string[] = trackerColumns.project.aliases
const namesProjects = ({ heading }: HeadingCell) => projectHeadings.includes(fold(heading))
