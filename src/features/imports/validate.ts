import { type CivilDate, fullDate, isCivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import type { Sheet, SheetNote } from '../../base/sheets/read-sheet.ts'
import { fold, listOf, quoted, shorten } from '../../base/text.ts'
import { farDateNotes } from './date-span.ts'
import type { Draft } from './formats/sheet-format.ts'
import { headingOf } from './formats/sheet-format.ts'
import type { Headings } from './headings.ts'
import type { ProjectRow } from './parsed-plan.ts'

/**
 * Checks what cannot be right in a plan of any format. A file that gives no plan at all is refused. Anything else is a
 * problem with its place and its remedy, and is left out only if a person accepts that.
 */
export function validatePlan(
  sheet: Sheet,
  headings: Headings,
  asOf: CivilDate,
  draft: Draft,
): void {
  assertNotEmpty(sheet, headings, draft)
  dropDuplicateRefs(headings, draft)
  assertNoOrphans(sheet, draft)
  for (const project of draft.projects) {
    draft.problems.push(...checkDates(project, headings))
    if (!headings.sheetFormat.isOwnExport && !headings.columns.has('month'))
      draft.warnings.push(...undatedNotes(project))
  }
  if (!headings.sheetFormat.isOwnExport) draft.problems.push(...farDateNotes(draft.projects, asOf))
  if (!headings.columns.has('ref')) draft.warnings.push(...sameTitleNotes(headings, draft))
  draft.problems.push(...checkPercentages(headings, draft))
}

function assertNotEmpty({ fileName }: Sheet, { row, sheetFormat }: Headings, draft: Draft): void {
  const { workstreams, projects, measures, entries } = draft
  const parts = [workstreams, projects, measures, entries]
  if (parts.some(({ length }) => length > 0)) return
  throw new Refusal(
    `${fileName}, row ${row}: there are the headings of ${sheetFormat.description}, but nothing below them that is one of its rows. ` +
      'Nothing was imported; fill in the rows and try again.',
  )
}

/** Of rows with one number, the first is kept. */
function dropDuplicateRefs({ columns }: Headings, draft: Draft): void {
  const column = headingOf(columns, 'ref')
  const rows = [...draft.workstreams, ...draft.projects]
  const leftOut = new Set<object>()
  for (const same of Map.groupBy(rows, ({ ref }) => fold(ref)).values()) {
    const [first, ...others] = same
    if (!first || others.length === 0) continue
    for (const other of others) leftOut.add(other)
    const message =
      `${first.ref} stands in rows ${listOf(same.map(({ row }) => String(row)))}, but a number may come once. ` +
      'Give each row its own (Excel turns 1.10 into 1.1 unless the column is formatted as Text), or accept that only ' +
      `row ${first.row} is imported.`
    draft.problems.push({ row: others[0]?.row ?? first.row, column, message })
  }
  filterInPlace(draft.workstreams, (one) => !leftOut.has(one))
  filterInPlace(draft.projects, (one) => !leftOut.has(one))
}

function filterInPlace<T>(list: T[], keep: (one: T) => boolean): void {
  list.splice(0, list.length, ...list.filter(keep))
}

function assertNoOrphans({ fileName }: Sheet, { workstreams, projects }: Draft): void {
  const known = new Set(workstreams.map(({ ref }) => ref))
  const orphans = projects.filter(({ workstreamRef }) => !known.has(workstreamRef))
  const [first] = orphans
  if (!first) return
  throw new Refusal(
    `${fileName}, row ${first.row}: project ${first.ref} belongs to workstream ${first.workstreamRef}, which has no row ` +
      `(${orphans.length} in all). Nothing was imported; add a row with REF ${first.workstreamRef} and try again.`,
  )
}

/** Rows without numbers of their own that have one title: a sheet with a row for each stage looks so, too. */
function sameTitleNotes({ columns }: Headings, { projects }: Draft): SheetNote[] {
  const column = headingOf(columns, 'title')
  const named = projects.filter(({ title }) => title !== '')
  const alike = Map.groupBy(named, (one) => `${one.workstreamRef}\n${fold(one.title)}`)
  return [...alike.values()].flatMap((same) => {
    const [first, second] = same
    if (!first || !second) return []
    const rows = listOf(same.map(({ row }) => String(row)))
    const message = `${quoted(shorten(first.title, 80))} stands in rows ${rows} of one workstream: they are ${same.length} projects. If they are the milestones of one, head the column that tells them apart “Milestone”.`
    return [{ row: second.row, column, message }]
  })
}

/** The summary sheet notes undated milestones itself, in row-checks.ts. */
function undatedNotes({ ref, milestones }: ProjectRow): SheetNote[] {
  return milestones
    .filter(({ due, problem, doneOn }) => due === null && problem === null && !doneOn)
    .map(({ raw, row, column, earliest }) => {
      const text = quoted(shorten(raw.trim(), 80))
      const message = earliest
        ? `${ref}: ${text} names a start, ${fullDate(earliest)}, and no deadline.`
        : `${ref}: no date in ${text}.`
      return { row, column, message }
    })
}

function checkDates(project: ProjectRow, { columns }: Headings): SheetNote[] {
  const { start: text = '' } = project.attributes ?? {}
  const start = isCivilDate(text) ? text : null
  return project.milestones.flatMap((milestone) => {
    const { row, column, problem } = milestone
    const notes: SheetNote[] = []
    const subject = `${project.ref}: ${quoted(shorten(milestone.raw.trim(), 80))}`
    if (problem) {
      const kept = milestone.due ? `as ${fullDate(milestone.due)}` : 'without a date'
      const message = `${subject}: ${problem} Put the date right, or accept that the milestone is kept ${kept}.`
      notes.push({ row, column, message })
    }
    if (start && milestone.due && milestone.due < start) {
      const message =
        `${subject} is due ${fullDate(milestone.due)}, before the project starts on ${fullDate(start)} ` +
        `(${headingOf(columns, 'start')}). Put one of the two days right, or accept both as they are.`
      notes.push({ row, column, message })
    }
    return notes
  })
}

/** "140% of assessments" in the title of a measure. Figures are checked in measure-checks.ts. */
function checkPercentages({ columns }: Headings, { measures }: Draft): SheetNote[] {
  return measures.flatMap(({ title, row }) => {
    const over = [...title.matchAll(/(?<![\d.,])(\d+(?:\.\d+)?)\s?%/g)].find(
      ([, number]) => Number(number) > 100,
    )
    if (!over) return []
    const message = `${quoted(title)}: ${over[0]} is over 100%. Put it right, or accept it is.`
    return [
      {
        row,
        column: headingOf(columns, columns.has('measures') ? 'measures' : 'measure'),
        message,
      },
    ]
  })
}
