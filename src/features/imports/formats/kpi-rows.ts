import { addDays, type CivilDate, fullDate } from '../../../base/dates.ts'
import type { SheetNote, SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, fold, listOf, quoted } from '../../../base/text.ts'
import type { MeasureKind } from '../../../domain/measures/measure.ts'
import { parsePeriod } from '../../../domain/measures/periods.ts'
import { parseBetterWay } from '../../../domain/measures/value-parser.ts'
import { noteUnreadRow, parseDay, parseState } from '../cell-parsers.ts'
import { checkMeasure } from '../measure-checks.ts'
import type { MeasureRow, ReadingCell } from '../parsed-plan.ts'
import { DraftLinker, titleOnlyMeasure } from './draft-linker.ts'
import { measuresInRow } from './several-measures.ts'
import {
  cellOf,
  type Draft,
  type HeadingCell,
  headingOf,
  type ParseContext,
  type Table,
  textOf,
} from './sheet-format.ts'
import { splitNumbers } from './split-cells.ts'
import { parseTargetCells } from './target-cells.ts'

/** The rows of one KPI table. Its headings name the periods of the readings. */
export function parseMeasures(table: Table, frame: ParseContext, draft: Draft): void {
  const linking = new DraftLinker(draft)
  const groups = groupByPeriod(table, frame.asOf)
  const { columns, title, rows } = table
  draft.warnings.push(...yearNotes(groups, table, frame.asOf))
  let workstream =
    title === null
      ? (draft.workstreams.at(-1)?.ref ?? null)
      : linking.findOrAddWorkstream(title, table.row)
  for (const row of rows) {
    const named = textOf(row, columns, 'workstream')
    const heading = workstreamHeading(row)
    if (named || heading) workstream = linking.findOrAddWorkstream(named || heading, row.number)
    if (heading) continue
    const { rows: ofMeasures, problem } = measuresInRow(row, columns, frame.asOf)
    if (problem) draft.problems.push(problem)
    for (const one of ofMeasures) parseMeasure(one, { table, frame, draft, groups, workstream })
  }
}

/** "# EET opportunities" in a row of its own; '' for any other row. */
function workstreamHeading({ cells }: SheetRow): string {
  const [first = '', ...rest] = cells
  const alone = first.startsWith('#') && rest.every((cell) => cell.trim() === '')
  return alone ? first.replace(/^[#\s]+/, '').trim() : ''
}

export interface MeasureRowContext {
  readonly table: Table
  readonly frame: ParseContext
  readonly draft: Draft
  readonly groups: readonly PeriodColumns[]
  readonly workstream: string | null
}

/** The columns of one period. */
interface PeriodColumns {
  readonly value: HeadingCell
  readonly state: HeadingCell | undefined
  readonly direction: HeadingCell | undefined
  readonly period: string | null
  readonly forDay: CivilDate
}

function groupByPeriod({ columns }: Table, asOf: CivilDate): PeriodColumns[] {
  const of = (meaning: string) => (columns.get(meaning) ?? []).map((cell) => ({ meaning, cell }))
  const inOrder = [...of('reading'), ...of('readingState'), ...of('direction')].toSorted(
    (a, b) => a.cell.index - b.cell.index,
  )
  const groups: { value: HeadingCell; state?: HeadingCell; direction?: HeadingCell }[] = []
  for (const { meaning, cell } of inOrder) {
    const last = groups.at(-1)
    if (meaning === 'reading') groups.push({ value: cell })
    else if (last && meaning === 'readingState') last.state ??= cell
    else if (last) last.direction ??= cell
  }
  return groups.map(({ value, state, direction }) => {
    const named = periodOf(value, asOf)
    return { value, state, direction, period: named?.text ?? null, forDay: named?.last ?? asOf }
  })
}

/** "Jan | Feb | Mar" without a year: the latest that have begun are taken, and said, since others may be meant. */
function yearNotes(groups: readonly PeriodColumns[], { row }: Table, asOf: CivilDate): SheetNote[] {
  // Read a year later, what names its year is the same.
  const later = addDays(asOf, 366)
  const open = groups.filter(
    ({ value, period, forDay }) => period !== null && periodOf(value, later)?.last !== forDay,
  )
  const [first] = open
  if (!first) return []
  const taken = open.map(({ value, forDay }) => `${quoted(value.heading)} to ${fullDate(forDay)}`)
  const message = `No year is given, so the latest that have begun are taken: ${listOf(taken)}. If others are meant, write the year into the heading.`
  return [{ row, column: first.value.heading, message }]
}

/**
 * One RAG behind several periods is that of the last one that is filled: "Q1 | Q2 | Q3 | Q4 | RAG" in October speaks of
 * Q2.
 */
function groupsOfRow(
  { cells }: SheetRow,
  groups: readonly PeriodColumns[],
): readonly PeriodColumns[] {
  const last = groups.at(-1)
  const isShared =
    groups.length > 1 && groups.slice(0, -1).every((one) => !one.state && !one.direction)
  if (!last?.state || !isShared) return groups
  const filled = groups.filter(({ value }) => (cells[value.index] ?? '').trim() !== '').at(-1)
  const { state, direction } = last
  return groups.map((group) => ({
    ...group,
    ...(group === filled ? { state, direction } : { state: undefined, direction: undefined }),
  }))
}

/** A value whose heading names no period is of the day that its row says, where it says one. */
function withMeasuredDay(
  row: SheetRow,
  groups: readonly PeriodColumns[],
  { table, frame, draft }: MeasureRowContext,
): readonly PeriodColumns[] {
  const isOpen = groups.some(({ period }) => period === null)
  // "Sep 26" is a figure of the whole month.
  const day = isOpen ? parseDay(row, table, 'measuredOn', frame, draft, 'last') : undefined
  if (!day) return groups
  return groups.map((group) => (group.period === null ? { ...group, forDay: day } : group))
}

/** "Q1" or "April" below "2026/27": of that year. */
function partOfPeriod({ heading, over }: HeadingCell, asOf: CivilDate) {
  const whole = over === '' ? undefined : parsePeriod(over, asOf)
  const part = whole && parsePeriod(heading, whole.last)
  if (!part || part.first < whole.first || part.last > whole.last) return undefined
  return { text: `${heading} ${over}`, last: part.last }
}

/** "September 2018" over "Value", "October 2018 update", "Q2 2018/19". Without a period, a reading is for the as-at day. */
function periodOf(cell: HeadingCell, asOf: CivilDate) {
  const part = partOfPeriod(cell, asOf)
  if (part) return part
  const { heading, over } = cell
  const inBrackets = /\(([^()]*)\)$/.exec(heading.trim())?.[1] ?? ''
  for (const text of [over, heading, inBrackets]) {
    const named = collapseWhitespace(text)
      .replace(/\b(?:value|actual|update|reading|outturn|out-turn)s? ?:?$/i, '')
      .trim()
    const period = named === '' ? undefined : parsePeriod(named, asOf)
    if (period) return { text: named, last: period.last }
  }
  return undefined
}

function parseMeasure(row: SheetRow, context: MeasureRowContext): void {
  const { table, frame, draft, groups, workstream } = context
  const { columns } = table
  const title = collapseWhitespace(cellOf(row, columns, 'measure'))
  const text = (meaning: string) => textOf(row, columns, meaning) || null
  if (title === '') {
    noteUnreadRow(row, 'the row names no measure', draft)
    return
  }
  const { target, targetOn } = parseTargetCells(row, context)
  const targetDay = parseDay(row, table, 'targetDay', frame, draft, 'last')
  const project = text('project')
  const measure: MeasureRow = {
    ...titleOnlyMeasure(title, row.number),
    kind: parseKindCell(row, table),
    polarity: parsePolarityCell(row, context),
    baseline: text('baseline'),
    baselineState: parseStateKey(row, 'baselineState', context),
    target,
    targetOn: targetOn ?? targetDay ?? null,
    frequency: text('frequency'),
    method: text('method'),
    nextDue: parseDay(row, table, 'next', frame, draft, 'last') ?? null,
    workstreamRef: workstream,
    projects: splitNumbers(project ?? ''),
    readings: groupsOfRow(row, withMeasuredDay(row, groups, context)).flatMap((group) =>
      parseReadingCell(row, group, context),
    ),
  }
  const known = draft.measures.findIndex(
    (one) => fold(one.title) === fold(title) && one.workstreamRef === workstream,
  )
  const before = draft.measures[known]
  if (before) {
    const message = `${quoted(title)} stands in rows ${before.row} and ${row.number}. Give each measure one row, or accept that only the first is read.`
    draft.problems.push({ row: row.number, column: headingOf(columns, 'measure'), message })
    return
  }
  draft.measures.push(measure)
  if (row.cells.filter((cell) => cell.trim() !== '').length === 1) {
    const message = `${quoted(title)} is a measure with nothing beside its title. If it is a heading, name it in a column Workstream instead.`
    draft.warnings.push({ row: row.number, message })
  }
  checkMeasure(measure, table.columns, frame, draft)
}

function parseKindCell(row: SheetRow, { columns }: Table): MeasureKind {
  const kindText = fold(textOf(row, columns, 'kind') || headingOf(columns, 'measure'))
  if (/\bquality\b/.test(kindText)) return 'quality'
  return /\bfeedback\b/.test(kindText) ? 'feedback' : 'kpi'
}

function parsePolarityCell(row: SheetRow, { table, draft }: MeasureRowContext) {
  const polarityText = textOf(row, table.columns, 'polarity')
  const polarity = parseBetterWay(polarityText || wayInTitle(textOf(row, table.columns, 'measure')))
  if (polarityText !== '' && !polarity) {
    const message = `${quoted(polarityText)} is not Increase, Decrease or Maintain; which way the figure should go is not known.`
    draft.warnings.push({ row: row.number, column: headingOf(table.columns, 'polarity'), message })
  }
  return polarity ?? null
}

/** "Sickness days (lower is better)". */
const wayInTitle = (title: string): string =>
  /\b(higher|lower|more|less|fewer) is (?:better|good)\b/i.exec(title)?.[1] ?? ''

function parseStateKey(
  row: SheetRow,
  meaning: string,
  { table, frame, draft }: MeasureRowContext,
): string | null {
  if (textOf(row, table.columns, meaning) === '') return null
  const { state, certainty } = parseState(row, table, meaning, frame, draft)
  return certainty === 'unknown' ? null : state.key
}

function parseReadingCell(
  row: SheetRow,
  group: PeriodColumns,
  context: MeasureRowContext,
): ReadingCell[] {
  const { frame, table, draft } = context
  const at = (cell: HeadingCell | undefined) => (cell ? (row.cells[cell.index] ?? '').trim() : '')
  const raw = at(group.value)
  if (raw === '') return []
  const columns = new Map(group.state ? [['state', [group.state]]] : [])
  const declared = parseStateKey(row, 'state', { ...context, table: { ...table, columns } })
  const direction = at(group.direction) || null
  const { period, forDay } = group
  if (forDay > frame.asOf) {
    const message = `${quoted(period ?? raw)} ends on ${fullDate(forDay)}, after the as-at day. Look at the heading, or accept it.`
    draft.problems.push({ row: row.number, column: group.value.heading, message })
  }
  return [
    { row: row.number, column: group.value.heading, raw, declared, direction, period, forDay },
  ]
}
