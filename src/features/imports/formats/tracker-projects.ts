import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, fold, quoted } from '../../../base/text.ts'
import { noteUnreadRow } from '../cell-parsers.ts'
import { parseDeadlineCell } from '../deadline-cells.ts'
import type { MilestoneCell, ProjectRow } from '../parsed-plan.ts'
import type { RowContext } from './draft-linker.ts'
import { doneEntry, milestonesOfDates, undated } from './milestone-dates.ts'
import { type Columns, cellOf, headingOf, type Table, textOf } from './sheet-format.ts'
import { saysTotal, splitOwners, stripHtml, unique } from './split-cells.ts'
import { rawStateOf, stateOf, tagsOf } from './tracker-cells.ts'
import { isHeadingRow } from './tracker-headings.ts'
import { dateMeanings } from './tracker-sections.ts'

/**
 * Trackers of three levels: a workstream, its projects, and a row for each milestone. What stands in the first row of a
 * project, and in no other of its rows or the same in all, is said of the project; what differs, of the milestones.
 */

/** The rows of one project. */
interface ProjectRows {
  readonly title: string
  readonly workstreamRef: string
  readonly rows: readonly [SheetRow, ...SheetRow[]]
}

/**
 * The column of projects, where it names one thing alone (the name of the whole in exports of Jira and Asana), or where
 * half or more of its names stand in several workstreams (sections such as "To do"), so that it is no level between
 * workstream and task. A name or two may well be in several: "Training" is a project of each.
 */
export function doubtfulProjectColumn(columns: Columns, rows: readonly SheetRow[]): string[] {
  if (!columns.has('project')) return []
  const workstreamsOf = new Map<string, Set<string>>()
  let workstream = ''
  for (const row of rows) {
    workstream = fold(textOf(row, columns, 'workstream')) || workstream
    const project = fold(textOf(row, columns, 'project'))
    if (project === '') continue
    workstreamsOf.set(project, (workstreamsOf.get(project) ?? new Set()).add(workstream))
  }
  const inOne = [...workstreamsOf.values()].filter(({ size }) => size === 1).length
  const isLevel = workstreamsOf.size > 1 && inOne > workstreamsOf.size / 2
  return isLevel ? [] : ['project']
}

export function parseMilestoneRows(context: RowContext): void {
  const { table, draft } = context
  const projects = projectsOf(context)
  noteNamesakes(projects, context)
  const ratesMilestones = saysEach(projects, (row) => rawStateOf(row, table).trim())
  const numbersMilestones = saysEach(projects, (row) => textOf(row, table.columns, 'ref'))
  for (const each of projects) {
    draft.projects.push(parseProject(each, context, { ratesMilestones, numbersMilestones }))
  }
  if (!numbersMilestones || !table.columns.has('ref')) return
  draft.generatedRefs.projects = true
  const column = headingOf(table.columns, 'ref')
  const message = `${quoted(column)} numbers the milestones: the projects got numbers of their own.`
  draft.warnings.push({ row: table.row, column, message })
}

function projectsOf({ table, draft, linking }: RowContext): ProjectRows[] {
  const { columns } = table
  const found = new Map<string, ProjectRows>()
  let above: string | undefined
  let workstreamAbove = ''
  for (const row of table.rows) {
    const title = collapseWhitespace(stripHtml(cellOf(row, columns, 'project')))
    const first = row.cells.find((cell) => cell.trim() !== '') ?? ''
    if (isHeadingRow(row.cells)) continue
    if (saysTotal(first)) {
      noteUnreadRow(row, 'the row is a total', draft)
      continue
    }
    const workstream = textOf(row, columns, 'workstream')
    const startsWorkstream = workstream !== '' && fold(workstream) !== fold(workstreamAbove)
    if (title === '' && (above === undefined || startsWorkstream)) {
      noteUnreadRow(row, 'the row belongs to no project', draft)
      continue
    }
    const workstreamRef = linking.findOrAddWorkstream(workstream, row.number)
    const key: string = title === '' ? (above ?? '') : `${workstreamRef}\n${fold(title)}`
    const known = found.get(key)
    found.set(
      key,
      known ? { ...known, rows: [...known.rows, row] } : { title, workstreamRef, rows: [row] },
    )
    above = key
    workstreamAbove = workstream || workstreamAbove
  }
  return [...found.values()]
}

function noteNamesakes(projects: readonly ProjectRows[], { table, draft }: RowContext): void {
  const column = headingOf(table.columns, 'project')
  for (const [, same] of Map.groupBy(projects, ({ title }) => fold(title))) {
    const [first, ...others] = same
    if (!first || others.length === 0) continue
    const row = first.rows[0].number
    const message = `${quoted(first.title)} stands in ${same.length} workstreams: it was read as a project of each.`
    draft.warnings.push({ row, column, message })
  }
}

/** Whether a column tells the rows of a project apart, in any of the projects. */
function saysEach(projects: readonly ProjectRows[], said: (row: SheetRow) => string): boolean {
  return projects.some(({ rows: [first, ...others] }) => {
    const below = others.map((row) => fold(said(row)))
    const isSame = below.every((text) => text === fold(said(first)))
    return !isSame && below.some((text) => text !== '')
  })
}

interface Levels {
  readonly ratesMilestones: boolean
  readonly numbersMilestones: boolean
}

function parseProject(
  { title, workstreamRef, rows }: ProjectRows,
  context: RowContext,
  { ratesMilestones, numbersMilestones }: Levels,
): ProjectRow {
  const { table, linking } = context
  const { columns } = table
  const [first] = rows
  const ratings = rows.map((row) => stateOf(row, context))
  const [ofFirst] = ratings
  const rating = ratesMilestones ? undefined : ofFirst
  const given = numbersMilestones ? '' : textOf(first, columns, 'ref')
  return {
    ...{ title, workstreamRef, row: first.number },
    ref: linking.assignProjectRef(workstreamRef, given),
    state: rating?.state.key ?? context.frame.scheme.blank.key,
    rawState: rating ? rawStateOf(first, table) : '',
    commentary: commentaryOf(rows, table),
    tags: unique(rows.flatMap((row) => tagsOf(textOf(row, columns, 'tags')))),
    leads: unique(rows.flatMap((row) => splitOwners(cellOf(row, columns, 'leads')))),
    ...{ recommendations: [], outcomes: [] },
    milestones: rows.flatMap((row, at) => {
      const own = ratings[at]
      const isDone = saysState(row, table) ? own?.isDone : rating?.isDone
      const rated =
        ratesMilestones && own ? { state: own.state.key, rawState: rawStateOf(row, table) } : {}
      return milestonesOf(row, isDone === true, context).map((one) => ({ ...one, ...rated }))
    }),
  }
}

const saysState = (row: SheetRow, { columns }: Table): boolean =>
  ['state', 'status', 'percent'].some((meaning) => textOf(row, columns, meaning) !== '')

/** Each once; what is said of a later row begins with its milestone. */
function commentaryOf([first, ...others]: ProjectRows['rows'], { columns }: Table): string {
  const own = textOf(first, columns, 'commentary')
  const below = others.flatMap((row) => {
    const text = textOf(row, columns, 'commentary')
    const isSaid = text === '' || fold(text) === fold(own)
    return isSaid ? [] : [`${titleOf(row, columns)}: ${text}`]
  })
  return [own, ...below].filter((text) => text !== '').join('\n')
}

const titleOf = (row: SheetRow, columns: Columns): string =>
  collapseWhitespace(stripHtml(cellOf(row, columns, 'title')))

function milestonesOf(
  row: SheetRow,
  isDone: boolean,
  { table, frame, draft }: RowContext,
): MilestoneCell[] {
  const title = titleOf(row, table.columns)
  const dated = milestonesOfDates(row, table, { isDone, title }, frame, draft)
  if (dated.length > 0 || title === '') return dated
  const place = { row: row.number, column: headingOf(table.columns, 'title') }
  if (!dateMeanings.some((meaning) => table.columns.has(meaning))) {
    // Without a column of dates, the milestones of a project may stand in one cell with theirs.
    const entries = parseDeadlineCell(row, table.columns.get('title')?.[0], frame, draft)
    if (entries.some(({ due }) => due !== null)) {
      return entries.map((one) => doneEntry({ ...one, ...place }, isDone, frame, draft))
    }
  }
  return [doneEntry({ ...undated, ...place, about: title, raw: title }, isDone, frame, draft)]
}
