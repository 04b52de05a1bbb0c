import type { SheetNote, SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, fold, listOf, plural, quoted, shorten } from '../../../base/text.ts'
import { wholePlan } from '../parsed-plan.ts'
import {
  type Columns,
  cellOf,
  type Draft,
  filledIn,
  type HeadingCell,
  headingOf,
  type Table,
  textOf,
} from './sheet-format.ts'
import { saysTotal, stripHtml } from './split-cells.ts'
import type { SummaryRow } from './summary-rows.ts'

/**
 * Plans of MS Project and Smartsheet are outlines: a row whose next one is a level deeper sums up those below it. It is
 * the workstream or the project of them, and no task; the rows that sum up nothing are the work.
 */

interface OutlineRow {
  readonly row: SheetRow
  /** From 0. */
  readonly depth: number
  readonly title: string
  /** The rows that sum it up, the outermost first. */
  readonly above: readonly OutlineRow[]
}

/** What the columns are called that an outline stands for. */
const [groupHeading, projectHeading] = ['Outline: workstream', 'Outline: project']

interface Outlined {
  readonly table: Table
  readonly summaries: readonly SummaryRow[]
}

/**
 * The table with its outline as columns: of each row the workstream, and with three levels or more the project; and the
 * rows that sum those up. The table itself where it has no outline.
 */
export function withOutline(table: Table, draft: Draft): Outlined {
  const { rows } = table
  const read = readDepths(table)
  const outline = read ? outlineOf(table, read.depths) : []
  const summaries = outline.filter((one, at) => (outline[at + 1]?.depth ?? 0) > one.depth)
  if (!read || summaries.length === 0) return { table, summaries: [] }
  const work = outline.filter((one) => !summaries.includes(one))
  const levels = Math.max(...work.map(({ above }) => above.length))
  // Lines of their own above tasks head them in every tracker.
  if (levels === 1 && summaries.every(({ row }) => isLine(row))) return { table, summaries: [] }
  noteSummaries(summaries, read.from, table, draft)
  const columns = groupColumns(table)
  if (columns.length > 0) {
    return {
      table: { ...table, rows: work.map(({ row }) => row) },
      summaries: summaries.map(({ row, title }) => ({ row, title, place: [] })),
    }
  }
  // One row that sums up all others is the plan itself.
  const [root] = outline
  const isWhole = root !== undefined && levels > 1 && work.every(({ above }) => above[0] === root)
  if (isWhole) draft.warnings.push(wholeNote(root))
  const skipped = isWhole ? 1 : 0
  const hasProjects = levels - skipped > 1
  const width = Math.max(...rows.map(({ cells }) => cells.length))
  return {
    table: {
      ...table,
      columns: outlineColumns(table, width, hasProjects),
      rows: work.map((one) => rowOf(one, one.above.slice(skipped), { table, width, hasProjects })),
    },
    summaries: summaries.map((one) => ({
      ...{ row: one.row, title: one.title },
      place: placeOf([...one.above, one].slice(skipped), hasProjects),
    })),
  }
}

/** What is deeper than a project is part of its milestones' names. */
function placeOf(path: readonly OutlineRow[], hasProjects: boolean): SummaryRow['place'] {
  const [workstream, project] = path
  if (!workstream || path.length > (hasProjects ? 2 : 1)) return []
  return project ? [workstream.title, project.title] : [workstream.title]
}

const isLine = ({ cells }: SheetRow) => filledIn(cells).length === 1

/** The columns that say already to which part of the plan a row belongs. A code of the outline says no more than it. */
const groupColumns = ({ columns }: Table) =>
  ['workstream', 'project']
    .flatMap((meaning) => columns.get(meaning) ?? [])
    .filter((column) => !isOutlineNumber(column))

const isOutlineNumber = ({ heading }: HeadingCell) =>
  /^(?:wbs|wbs code|outline number)$/.test(fold(heading))

const outlineNumbersIn = (columns: Columns) => [...columns.values()].flat().find(isOutlineNumber)

function outlineColumns({ columns }: Table, width: number, hasProjects: boolean): Columns {
  const given = [...columns].filter(([meaning]) => !['workstream', 'project'].includes(meaning))
  const column = (heading: string, index: number) => [{ index, heading, over: '' }]
  return new Map([
    ...given,
    ['workstream', column(groupHeading, width)] as const,
    ...(hasProjects ? [['project', column(projectHeading, width + 1)] as const] : []),
  ])
}

interface Width {
  readonly table: Table
  readonly width: number
  readonly hasProjects: boolean
}

/** A row right below its workstream is a project of its own; what stands deeper than a milestone begins with its group. */
function rowOf(
  { row, title }: OutlineRow,
  [group, project, ...groups]: readonly OutlineRow[],
  { table: { columns }, width, hasProjects }: Width,
): SheetRow {
  const cells = Array.from({ length: width }, (_, at) => row.cells[at] ?? '')
  const write = (meaning: string, text: string) => {
    const [column] = columns.get(meaning) ?? []
    if (column) cells[column.index] = text
  }
  write('title', [...groups.map((one) => one.title), title].join(': '))
  if (hasProjects && project) write('ref', textOf(project.row, columns, 'ref'))
  const parts = [group?.title ?? wholePlan, ...(hasProjects ? [project?.title ?? title] : [])]
  return { ...row, cells: [...cells, ...parts] }
}

function outlineOf({ rows, columns }: Table, depths: readonly number[]): OutlineRow[] {
  let above: readonly OutlineRow[] = []
  return rows.map((row, at) => {
    const depth = depths[at] ?? 0
    const title = collapseWhitespace(stripHtml(cellOf(row, columns, 'title')))
    const one = { row, depth, title, above: above.filter((each) => each.depth < depth) }
    above = [...one.above, one]
    return one
  })
}

interface Depths {
  readonly depths: readonly number[]
  /** What told them. */
  readonly from: 'levels' | 'numbers' | 'indents' | 'groups'
}

/**
 * By a column of levels, by the numbers of an outline, by how far the titles are set in, or by groups of rows; undefined
 * for no outline.
 */
function readDepths(table: Table): Depths | undefined {
  const { rows, columns } = table
  if (columns.has('level')) {
    return { depths: rows.map((row) => Number(textOf(row, columns, 'level'))), from: 'levels' }
  }
  const numbers = outlineNumbersIn(columns)
  const codes = numbers ? rows.map(({ cells }) => (cells[numbers.index] ?? '').trim()) : []
  const isNumbered = codes.length > 0 && codes.every((code) => /^\d+(?:\.\d+)*\.?$/.test(code))
  const lengths = isNumbered ? codes.map((code) => code.replace(/\.$/, '').split('.').length) : []
  // Of two levels, whole numbers head what is numbered below them, in every tracker.
  if (lengths.some((length) => length > 2)) return { depths: lengths, from: 'numbers' }
  const indents = rows.map((row) => indentOf(row, columns))
  if (isSetIn(indents, 2)) {
    return { depths: indents, from: isSameOutline(indents, lengths) ? 'numbers' : 'indents' }
  }
  // Rows are also grouped to be folded away: where a column tells the groups, that says nothing.
  const hasGroups = groupColumns(table).length > 0 || rows.some((row) => isBelow(row, columns))
  const levels = rows.map(({ groupLevel = 0 }) => groupLevel)
  return !hasGroups && isSetIn(levels, 1) ? { depths: levels, from: 'groups' } : undefined
}

/** 1.1 is below 1. */
const isBelow = (row: SheetRow, columns: Columns) =>
  /^\d+\.\d/.test(textOf(row, columns, 'ref') || textOf(row, columns, 'project'))

/** Whether both go down and up at the same rows. */
const isSameOutline = (some: readonly number[], others: readonly number[]) =>
  stepsOf(some).join() === stepsOf(others).join()

const stepsOf = (depths: readonly number[]) =>
  depths.slice(1).map((depth, at) => Math.sign(depth - (depths[at] ?? 0)))

/** Two rows or more, and never the first: nothing is above that. */
const isSetIn = ([first, ...others]: readonly number[], least: number) =>
  first === 0 && others.filter((depth) => depth >= least).length > 1

/** In spaces; a step of Excel's is as good as two. */
function indentOf(row: SheetRow, columns: Columns): number {
  const [title] = columns.get('title') ?? []
  const spaces = /^\s*/.exec(cellOf(row, columns, 'title'))?.[0].length ?? 0
  return spaces + 2 * (row.looks?.[title?.index ?? 0]?.indent ?? 0)
}

/** Whole numbers of which the first is the least, and none skips a level on its way down. */
function isOutline({ rows, columns }: Pick<Table, 'rows' | 'columns'>): boolean {
  const levels = rows.map((row) => textOf(row, columns, 'level'))
  return levels.every((level, at) => {
    const before = at === 0 ? Number(level) - 1 : Number(levels[at - 1])
    const least = Number(levels[0])
    return /^\d{1,2}$/.test(level) && Number(level) >= least && Number(level) <= before + 1
  })
}

const wholeNote = ({ row, title }: OutlineRow): SheetNote => ({
  row: row.number,
  message: `${quoted(shorten(title, 60))} sums up all other rows: it was taken for the plan itself, and is no workstream.`,
})

/** What only the look of a sheet tells is asked about. */
const questions: Partial<Record<Depths['from'], string>> = {
  indents:
    'Their titles alone say so, by how far they are set in. Accept it, or take the indents of the titles away.',
  groups:
    'The groups of rows alone say so (Data, Group). Accept it, or take the groups away (Data, Ungroup).',
}

/** What an outline was taken for is said. */
function noteSummaries(
  summaries: readonly OutlineRow[],
  from: Depths['from'],
  table: Table,
  draft: Draft,
): void {
  const { columns } = table
  const examples = listOf(summaries.slice(0, 3).map(({ title }) => quoted(shorten(title, 40))))
  const isOne = summaries.length === 1
  const what = `${plural(summaries.length, 'row')} ${isOne ? 'sums' : 'sum'} up those below (${examples}): read as ${isOne ? 'the group' : 'the groups'} of those and not as tasks, without their dates.`
  const place = { row: summaries[0]?.row.number ?? table.row, column: headingOf(columns, 'title') }
  const question = questions[from]
  if (question) draft.problems.push({ ...place, message: `${what} ${question}` })
  else draft.warnings.push({ ...place, message: what })
}

const inactive = /^(?:no|n|false|0|inactive)$/

/** MS Project schedules no task that is not active, and keeps it for the record: it is left out, and said. */
export function withoutInactive(table: Table, draft: Draft): Table {
  const { rows, columns } = table
  const left = rows.filter((row) => inactive.test(fold(textOf(row, columns, 'active'))))
  const [first] = left
  if (!first) return table
  const titles = left.slice(0, 3).map((row) => quoted(shorten(textOf(row, columns, 'title'), 40)))
  const numbers = left.slice(0, 6).map(({ number }) => String(number))
  const heading = headingOf(columns, 'active')
  const message = `${plural(left.length, 'task')} that ${left.length === 1 ? 'is' : 'are'} not active ${left.length === 1 ? 'was' : 'were'} left out (${left.length === 1 ? 'row' : 'rows'} ${listOf(numbers)}${left.length > 6 ? ' and more' : ''}): ${listOf(titles)}. To have them read, say --map "${heading}=ignore".`
  draft.warnings.push({ row: first.number, column: heading, message })
  return { ...table, rows: rows.filter((row) => !left.includes(row)) }
}

const answers = /^(?:yes|no|y|n|true|false|1|0|active|inactive|)$/

/** Columns of flags and levels that hold something else. */
export function doubtfulOutlineColumns(columns: Columns, rows: readonly SheetRow[]): string[] {
  const counted = rows.filter((row) => {
    const title = cellOf(row, columns, 'title').trim()
    return title !== '' && !saysTotal(title)
  })
  const isFlag = counted.every((row) => answers.test(fold(textOf(row, columns, 'active'))))
  const hasLevels = columns.has('level') && isOutline({ rows: counted, columns })
  return [
    ...(columns.has('active') && !isFlag ? ['active'] : []),
    ...(columns.has('level') && !hasLevels ? ['level'] : []),
  ]
}
