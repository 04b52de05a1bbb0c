import { type CivilDate, fullDate } from '../../../base/dates.ts'
import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { plural, quoted } from '../../../base/text.ts'
import type { DeadlineEntry } from '../../../domain/deadlines/deadlines.ts'
import { parseDeadlineCell } from '../deadline-cells.ts'
import type { MilestoneCell } from '../parsed-plan.ts'
import { type Draft, headingOf, type ParseContext, type Table, textOf } from './sheet-format.ts'

/**
 * The milestones of a row by its columns of dates: the forecast is when it is due now, the baseline when it was due at
 * first, the actual day when it was done. A row that is done without a day says so. `title`: the milestone's own words,
 * where it has any; otherwise it is called after its column.
 */
export function milestonesOfDates(
  row: SheetRow,
  table: Table,
  { isDone, title = '' }: { readonly isDone: boolean; readonly title?: string },
  frame: ParseContext,
  draft: Draft,
): MilestoneCell[] {
  const { columns } = table
  const cellsOf = (meaning: string) =>
    parseDeadlineCell(row, columns.get(meaning)?.[0], frame, draft)
  const isPlanned = textOf(row, columns, 'deadline') !== ''
  const planned = cellsOf(isPlanned ? 'deadline' : 'plannedEnd')
  const [[baseline], [forecast], [actual]] = [
    cellsOf('baseline'),
    cellsOf('forecast'),
    cellsOf('actual'),
  ]
  const used = ['forecast', 'deadline', 'baseline', 'actual'].find(
    (one) => textOf(row, columns, one) !== '',
  )
  const column = headingOf(columns, columns.has('deadline') ? 'deadline' : (used ?? 'deadline'))
  const place = { row: row.number, column }
  const named = (entry: DeadlineEntry) => ({
    ...{ ...entry, ...place },
    ...(title === '' ? { about: entry.about || column } : titled(title, entry)),
  })
  const doneOn = actualDay(row, table, actual, frame, draft)
  const [single, ...others] = planned
  if (others.length > 0 && (baseline || forecast || actual)) {
    const message = `${quoted(textOf(row, columns, 'deadline'))} holds several dates, and other columns say when it was or will be done. Give each its own row, or accept that the other columns are left out.`
    draft.problems.push({ ...place, message })
    return planned.map(named)
  }
  if (others.length > 0) {
    return planned.map((entry) => doneEntry(named(entry), isDone, frame, draft))
  }
  const entry = forecast ?? single ?? baseline ?? actual
  if (!entry) return []
  const atFirst = baseline?.due ?? (forecast ? single?.due : undefined) ?? entry.baseline
  const milestone: MilestoneCell = {
    ...named(entry),
    ...(atFirst ? { baseline: atFirst } : {}),
    ...(doneOn ? { doneOn } : {}),
  }
  return [doneOn ? milestone : doneEntry(milestone, isDone, frame, draft)]
}

/** Beside a due date the end of a timeline is a second answer: which of the two counts is said, in one line. */
export function notePlannedEnds({ row, rows, columns }: Table, draft: Draft): void {
  if (!columns.has('plannedEnd')) return
  const said = rows.map((one) => ({
    due: textOf(one, columns, 'deadline'),
    end: textOf(one, columns, 'plannedEnd'),
  }))
  const [due, end] = ['deadline', 'plannedEnd'].map((one) => quoted(headingOf(columns, one)))
  const filling = said.filter((one) => one.due === '' && one.end !== '').length
  const other = said.filter((one) => one.due !== '' && one.end !== '' && one.due !== one.end).length
  const message = `${due} says when a task is due, and ${end} where that is empty (${plural(filling, 'row')}). In ${plural(other, 'row')} the two differ: ${due} was taken.`
  draft.warnings.push({ row, column: headingOf(columns, 'plannedEnd'), message })
}

const titled = (title: string, { raw, about }: DeadlineEntry) => ({
  raw: `${title} - ${raw}`,
  about: about === '' ? title : `${title} ${about}`,
})

/** Undefined where there is none; a day to come is a problem. */
function actualDay(
  row: SheetRow,
  { columns }: Table,
  actual: DeadlineEntry | undefined,
  { asOf }: ParseContext,
  draft: Draft,
): CivilDate | undefined {
  const due = actual?.due
  if (!due || actual.problem) return undefined
  if (due <= asOf) return due
  const message = `${quoted(textOf(row, columns, 'actual'))} is still to come on ${fullDate(asOf)}. Put it right, or accept that it is not taken as done.`
  draft.problems.push({ row: row.number, column: headingOf(columns, 'actual'), message })
  return undefined
}

/** Done on a day that nobody gave: by the as-at day at the latest, and no news. */
export function doneEntry(
  milestone: MilestoneCell,
  isDone: boolean,
  { asOf }: Pick<ParseContext, 'asOf'>,
  draft: Draft,
): MilestoneCell {
  if (!isDone || milestone.doneOn) return milestone
  const { row, column } = milestone
  draft.corrections.push({
    ...{ row, column },
    message: 'It is done, and the sheet does not say when: its day is kept as not known.',
  })
  return { ...milestone, doneOn: asOf, isDoneDayUnknown: true }
}

/** That a row is done, which has no date to be done by: a milestone of its own, so that it is not lost. */
export function doneWithoutDates(
  milestones: readonly MilestoneCell[],
  isDone: boolean,
  place: Pick<MilestoneCell, 'row' | 'column'>,
  frame: Pick<ParseContext, 'asOf'>,
  draft: Draft,
): readonly MilestoneCell[] {
  if (!isDone || milestones.length > 0) return milestones
  return [doneEntry({ ...undated, ...place, about: 'Done', raw: '' }, true, frame, draft)]
}

/** What a milestone without a date is. */
export const undated = {
  earliest: null,
  due: null,
  precision: 'none',
  problem: null,
  recurrence: null,
  condition: null,
} as const
