import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { fold, listOf, quoted, shorten } from '../../../base/text.ts'
import { isOnScale } from '../../../domain/scheme/schemes.ts'
import { parseRating } from '../rating-parser.ts'
import type { RowContext } from './draft-linker.ts'
import { cellOf, textOf } from './sheet-format.ts'
import { splitOwners, unique } from './split-cells.ts'
import { rawStateOf, stateOf } from './tracker-cells.ts'

/**
 * What a row that sums up others says of itself. A project keeps its owner, its rating and its comment, a workstream its
 * owner; what has no place in the plan is said, row by row.
 */

export interface SummaryRow {
  readonly row: SheetRow
  readonly title: string
  /** What it became; empty where it became no part of the plan. */
  readonly place: readonly [workstream?: string, project?: string]
}

/** Once the rows below them are read. */
export function keepSummaries(summaries: readonly SummaryRow[], context: RowContext): void {
  for (const summary of summaries) {
    const [workstream, project] = summary.place
    if (workstream === undefined) noteLeftOut(summary, 'It is no part of the plan', context)
    else if (project === undefined) keepForWorkstream(summary, workstream, context)
    else keepForProject(summary, { workstream, project }, context)
  }
}

function keepForWorkstream(summary: SummaryRow, workstream: string, context: RowContext): void {
  const { draft, linking } = context
  const ref = linking.findOrAddWorkstream(workstream, summary.row.number)
  const owners = ownersOf(summary, context)
  const at = draft.workstreams.findIndex((one) => one.ref === ref)
  const one = draft.workstreams[at]
  if (one && owners.length > 0) {
    draft.workstreams[at] = { ...one, leads: unique([...one.leads, ...owners]) }
    const message = `${listOf(owners)} was read as the owner of the workstream ${quoted(summary.title)}.`
    draft.corrections.push({ row: summary.row.number, message })
  }
  noteLeftOut(summary, 'A workstream has only an owner', context)
}

function keepForProject(
  summary: SummaryRow,
  { workstream, project }: { readonly workstream: string; readonly project: string },
  context: RowContext,
): void {
  const { table, draft, linking } = context
  const { row } = summary
  const ref = linking.findOrAddWorkstream(workstream, row.number)
  const at = draft.projects.findIndex(
    (one) => one.workstreamRef === ref && fold(one.title) === fold(project),
  )
  const one = draft.projects[at]
  if (!one) {
    noteLeftOut({ ...summary, place: [] }, 'No project of its name was read', context)
    return
  }
  const { state } = stateOf(row, context)
  const commentary = [textOf(row, table.columns, 'commentary'), one.commentary]
  draft.projects[at] = {
    ...one,
    // Its own comes first: who answers for the whole is asked before those who do its tasks.
    leads: unique([...ownersOf(summary, context), ...one.leads]),
    commentary: unique(commentary.filter((text) => text !== '')).join('\n'),
    ...(isOnScale(state) ? { state: state.key, rawState: rawStateOf(row, table) } : {}),
  }
}

const ownersOf = ({ row }: SummaryRow, { table: { columns } }: RowContext) =>
  splitOwners(cellOf(row, columns, 'leads'))

function noteLeftOut(summary: SummaryRow, why: string, context: RowContext): void {
  const { row, title, place } = summary
  const { columns } = context.table
  const lost = [
    ...(place.length === 0 && ownersOf(summary, context).length > 0 ? ['owner'] : []),
    ...(isRated(row, context) ? ['rating'] : []),
    ...(textOf(row, columns, 'commentary') === '' ? [] : ['comment']),
  ]
  if (lost.length === 0) return
  const message = `${quoted(shorten(title, 60))} sums up those below. ${why}: its ${listOf(lost)} ${lost.length === 1 ? 'is' : 'are'} left out.`
  context.draft.warnings.push({ row: row.number, message })
}

/** A word for progress is no rating, and the rows below say it as well. */
function isRated(row: SheetRow, { table: { columns }, frame }: RowContext): boolean {
  if (textOf(row, columns, 'state') !== '') return true
  const status = textOf(row, columns, 'status')
  const { certainty, state } = parseRating(status, frame.scheme, frame.stateWords)
  return certainty !== 'unknown' && isOnScale(state)
}
