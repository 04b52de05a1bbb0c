import { z } from 'zod'
import { type CivilDate, civilDate, isCivilDate } from '../../../base/dates.ts'
import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { fold, quoted } from '../../../base/text.ts'
import { measureKinds } from '../../../domain/measures/measure.ts'
import { parsePolarity } from '../../../domain/measures/value-parser.ts'
import {
  type MilepostColumn,
  milepostColumns,
  type RowKind,
  rowKinds,
  stateHeading,
} from '../../../domain/plan/milepost-columns.ts'
import { type Audience, audiences } from '../../../domain/programme/audience.ts'
import { parseState } from '../../../domain/scheme/schemes.ts'
import { schemeKeys } from '../../../domain/scheme/settings.ts'
import type { MilestoneCell } from '../parsed-plan.ts'
import {
  type ColumnDefinition,
  type Columns,
  cellOf,
  type Draft,
  type ParseContext,
  type SheetFormat,
} from './sheet-format.ts'

/** Milepost's own sheet, as `milepost export` writes it: a row for each thing, and nothing to guess. */
export const milepostSheet: SheetFormat = {
  key: 'milepost',
  description: "Milepost's own sheet",
  isOwnExport: true,
  isExportable: true,
  columns: Object.fromEntries(
    Object.entries(milepostColumns).map(([meaning, heading]): [string, ColumnDefinition] => {
      const must = ['what', 'ref', 'partOf', 'title', 'text'].includes(meaning)
      const names = meaning === 'state' ? schemeKeys.map(stateHeading) : []
      const folded = [heading, ...names].map(fold)
      return [meaning, { heading, aliases: folded, need: must ? 'must' : 'may' }]
    }),
  ),
  parse(tables, frame, draft) {
    for (const { rows, columns } of tables) {
      for (const row of rows) parseRow(new RowReader(row, columns, frame, draft), draft)
    }
  },
}

/** One row, by the meaning of its columns. An invalid day or state is a problem. */
class RowReader {
  readonly #row: SheetRow
  readonly #columns: Columns
  readonly #frame: ParseContext
  readonly #draft: Draft

  constructor(row: SheetRow, columns: Columns, frame: ParseContext, draft: Draft) {
    this.#row = row
    this.#columns = columns
    this.#frame = frame
    this.#draft = draft
  }

  get number(): number {
    return this.#row.number
  }

  raw(column: MilepostColumn): string {
    return cellOf(this.#row, this.#columns, column)
  }

  text(column: MilepostColumn): string {
    return this.raw(column).trim()
  }

  textOrNull(column: MilepostColumn): string | null {
    return this.raw(column) === '' ? null : this.raw(column)
  }

  list(column: MilepostColumn): string[] {
    return this.text(column)
      .split(';')
      .map((item) => item.trim())
      .filter((item) => item !== '')
  }

  /** `before`: what may stand before the day. */
  day(column: MilepostColumn, before = ''): CivilDate | null {
    const whole = this.text(column)
    const text = whole.startsWith(before) ? whole.slice(before.length) : whole
    if (text === '') return null
    if (isCivilDate(text)) return civilDate(text)
    this.addProblem(
      column,
      `${quoted(text)} is no day. Write it as 2017-02-24, or accept that it is left out.`,
    )
    return null
  }

  /** The key of a state; null where none is written. */
  state(): string | null {
    const text = this.text('state')
    if (text === '') return null
    const found = parseState(this.#frame.scheme, text)
    if (!found)
      this.addProblem(
        'state',
        `${quoted(text)} is no state of this programme. Put it right, or accept it as not rated.`,
      )
    return found?.key ?? null
  }

  /** The audience of the commentary; nothing where the sheet does not say. */
  audience(): { audience?: Audience } {
    const text = this.text('audience')
    if (text === '') return {}
    const read = z.enum(audiences).safeParse(text.toLowerCase())
    if (read.success) return { audience: read.data }
    this.addProblem(
      'audience',
      `${quoted(text)} is none of ${audiences.join(', ')}. Put it right, or accept that it is for insiders alone.`,
    )
    return { audience: 'internal' }
  }

  addProblem(column: MilepostColumn, message: string): void {
    this.#draft.problems.push({ row: this.number, column: milepostColumns[column], message })
  }
}

/** Before the day by which something was done at the latest, where nobody said on which. */
export const doneBy = 'by '

const rowKindSchema = z.enum(rowKinds)
const precisionSchema = z.enum(['day', 'month', 'range', 'none'])
const measureKindSchema = z.enum(measureKinds)

function parseRow(cells: RowReader, draft: Draft): void {
  const kind = rowKindSchema.safeParse(fold(cells.text('what')))
  if (kind.success) rowParsers[kind.data](cells, draft)
  else
    cells.addProblem(
      'what',
      `${quoted(cells.text('what'))} is none of ${rowKinds.join(', ')}. Put it right, or accept that the row is left out.`,
    )
}

const rowParsers: Readonly<Record<RowKind, (cells: RowReader, draft: Draft) => void>> = {
  recommendation: (cells, draft) => {
    draft.recommendations.push({ ref: cells.text('ref'), text: cells.textOrNull('title') })
  },
  outcome: (cells, draft) => {
    draft.outcomes.push(cells.raw('title'))
  },
  workstream: (cells, draft) => {
    const [sponsors, leads] = [cells.list('sponsors'), cells.list('leads')]
    draft.workstreams.push({
      ref: cells.text('ref'),
      title: cells.raw('title'),
      row: cells.number,
      sponsors,
      leads,
    })
  },
  project: parseProject,
  milestone: parseMilestone,
  measure: parseMeasure,
  reading: parseReading,
}

function parseProject(cells: RowReader, draft: Draft): void {
  const section = cells.raw('section')
  draft.projects.push({
    ref: cells.text('ref'),
    title: cells.raw('title'),
    workstreamRef: cells.text('partOf'),
    row: cells.number,
    ...(section === '' ? {} : { section }),
    state: cells.state() ?? 'blank',
    rawState: cells.raw('state'),
    commentary: cells.raw('commentary'),
    ...cells.audience(),
    tags: cells.list('tags'),
    leads: cells.list('leads'),
    recommendations: cells.list('recommendations'),
    outcomes: outcomesOf(cells, draft),
    milestones: [],
  })
}

/** Outcomes are referred to by their position in the sheet. */
function outcomesOf(cells: RowReader, draft: Draft): string[] {
  return cells.list('outcomes').flatMap((number) => {
    const text = draft.outcomes[Number(number) - 1]
    if (text === undefined)
      cells.addProblem(
        'outcomes',
        `There is no outcome ${number}. Put it right, or accept that it is left out.`,
      )
    return text === undefined ? [] : [text]
  })
}

function parseMilestone(cells: RowReader, draft: Draft): void {
  const ref = cells.text('partOf')
  const at = draft.projects.findIndex((one) => one.ref === ref)
  const project = draft.projects[at]
  if (!project) {
    cells.addProblem(
      'partOf',
      `There is no project ${quoted(ref)} above this milestone. Add it, or accept that the milestone is left out.`,
    )
    return
  }
  const due = cells.day('due')
  const baseline = cells.day('baselineDue')
  const isDoneDayUnknown = cells.text('done').startsWith(doneBy)
  const doneOn = cells.day('done', doneBy)
  const state = cells.state()
  const read = precisionSchema.safeParse(cells.text('precision'))
  const milestone: MilestoneCell = {
    row: cells.number,
    column: cells.raw('heading'),
    raw: cells.raw('text'),
    about: cells.raw('title'),
    earliest: cells.day('earliest'),
    due,
    precision: read.success ? read.data : due ? 'day' : 'none',
    recurrence: cells.textOrNull('recurrence'),
    condition: cells.textOrNull('condition'),
    problem: null,
    baseline,
    ...(doneOn ? { doneOn } : {}),
    ...(isDoneDayUnknown ? { isDoneDayUnknown } : {}),
    ...(state ? { state, rawState: cells.raw('state') } : {}),
  }
  draft.projects[at] = { ...project, milestones: [...project.milestones, milestone] }
}

function parseMeasure(cells: RowReader, draft: Draft): void {
  const kind = measureKindSchema.safeParse(cells.text('kind'))
  draft.measures.push({
    title: cells.raw('title'),
    row: cells.number,
    kind: kind.success ? kind.data : 'kpi',
    polarity: parsePolarity(cells.text('polarity')) ?? null,
    baseline: cells.textOrNull('baseline'),
    baselineState: cells.state(),
    target: cells.textOrNull('target'),
    targetOn: cells.day('targetOn'),
    frequency: cells.textOrNull('frequency'),
    method: cells.textOrNull('method'),
    nextDue: cells.day('nextDue'),
    workstreamRef: cells.text('partOf') || null,
    projects: cells.list('projects'),
    outcomes: outcomesOf(cells, draft),
    readings: [],
  })
}

/** A reading follows its measure. */
function parseReading(cells: RowReader, draft: Draft): void {
  const measure = draft.measures.pop()
  const forDay = cells.day('due')
  if (!measure || !forDay) {
    cells.addProblem(
      'due',
      'A reading needs the last day of its period, and its measure above it. Put it right, or accept that it is left out.',
    )
    if (measure) draft.measures.push(measure)
    return
  }
  const reading = {
    row: cells.number,
    column: milepostColumns.text,
    raw: cells.raw('text'),
    declared: cells.state(),
    direction: cells.textOrNull('direction'),
    period: cells.textOrNull('period'),
    forDay,
  }
  draft.measures.push({ ...measure, readings: [...measure.readings, reading] })
}
