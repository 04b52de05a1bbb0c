import { type CivilDate, fullDate } from '../../base/dates.ts'
import type { SheetNote, SheetRow } from '../../base/sheets/read-sheet.ts'
import { fold, shorten } from '../../base/text.ts'
import { isOnScale, needsReason } from '../../domain/scheme/schemes.ts'
import { parseMonth } from './cell-parsers.ts'
import { headingOf, type Table } from './formats/sheet-format.ts'
import type { MilestoneCell, ProjectRow } from './parsed-plan.ts'
import { formatCodePoints, type Rating } from './rating-parser.ts'

/** What a person should look at in a row of the summary sheet. All of it is kept as written. */

export function checkWorkstream(row: number, title: string): SheetNote[] {
  return title === '' ? [{ row, message: 'The workstream has no title.' }] : []
}

interface ProjectCheckContext {
  readonly table: Table
  readonly rating: Rating
  /** Whether the project's row is above that of its workstream. */
  readonly isAboveWorkstream: boolean
  readonly asOf: CivilDate
}

export function checkProject(
  project: ProjectRow,
  row: SheetRow,
  context: ProjectCheckContext,
): SheetNote[] {
  const { ref, title, workstreamRef } = project
  const plain: string[] = []
  if (title === '') plain.push(`${ref} has no title.`)
  if (context.isAboveWorkstream) plain.push(`${ref} stands above its workstream ${workstreamRef}.`)
  if (project.milestones.length === 0) plain.push(`${ref} has no milestone.`)
  return [
    ...plain.map((message) => ({ row: row.number, message })),
    ...checkRating(project, context),
    ...checkCells(project, row, context.table),
    ...project.milestones.flatMap((milestone) => checkMilestone(ref, milestone, context)),
  ]
}

/** Rule 3 of the domain: Red and Amber need a reason, Green needs none. */
function checkRating(
  { ref, row, commentary }: ProjectRow,
  context: ProjectCheckContext,
): SheetNote[] {
  const { table, rating } = context
  const heading = headingOf(table.columns, 'commentary')
  const about = (column: string, message: string): SheetNote => ({
    row,
    column,
    message: `${ref}${message}`,
  })
  if (rating.certainty === 'unknown') return []
  if (commentary !== '' && !hasWord(commentary)) {
    return [about(heading, `: the commentary is only ${formatCodePoints(commentary)}.`)]
  }
  if (needsReason(rating.state) && commentary === '') {
    return [about(heading, ` is ${rating.state.label} without a commentary.`)]
  }
  if (isOnScale(rating.state) && rating.state.good && commentary !== '') {
    return [about(heading, ` is ${rating.state.label} but has a commentary.`)]
  }
  return []
}

function checkCells({ ref }: ProjectRow, row: SheetRow, { columns }: Table): SheetNote[] {
  return (columns.get('month') ?? []).flatMap(({ index, heading }) => {
    const cell = (row.cells[index] ?? '').trim()
    if (cell === '' || /[\p{L}\p{N}]/u.test(cell)) return []
    const message = `${ref}: the cell holds only ${formatCodePoints(cell)}; no milestone was read.`
    return [{ row: row.number, column: heading, message }]
  })
}

function checkMilestone(
  ref: string,
  milestone: MilestoneCell,
  { asOf }: ProjectCheckContext,
): SheetNote[] {
  const { row, column, due, precision, problem } = milestone
  // An impossible date is a problem in every format: validate.ts reports it.
  if (problem) return []
  const quotedText = `"${shorten(milestone.raw.trim(), 80)}"`
  if (!due) return [{ row, column, message: `${ref}: no date in ${quotedText}.` }]
  const month = parseMonth(fold(column), asOf)
  if (precision === 'range' || !month || due.slice(0, 7) === month.slice(0, 7)) return []
  const message = `${ref}: ${quotedText} is due ${fullDate(due)}, but stands under ${column}.`
  return [{ row, column, message }]
}

/** At least one word: "5" and "·" are none. */
function hasWord(text: string): boolean {
  return /\p{L}{2}/u.test(text)
}
