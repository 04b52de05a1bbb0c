import { z } from 'zod'
import { type CivilDate, civilDate, isCivilDate } from '../../../base/dates.ts'
import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { fold, quoted } from '../../../base/text.ts'
import { readPolarity } from '../../../domain/measures/value-parser.ts'
import {
  type MilepostColumn,
  milepostColumns,
  type RowKind,
  rowKinds,
  stateHeading,
} from '../../../domain/plan/milepost-columns.ts'
import { type Audience, audiences, schemeKeys } from '../../../domain/programme/settings.ts'
import { stateNamed } from '../../../domain/scheme/schemes.ts'
import type { MilestoneCell } from '../parsed-plan.ts'
import {
  type ColumnKind,
  type Columns,
  cellOf,
  type Draft,
  type Frame,
  type Shape,
} from './sheet-format.ts'

/** Milepost's own sheet, as `milepost export` writes it: a row for each thing, nothing left to be guessed. */
export const milepostSheet: Shape = {
  key: 'milepost',
  what: "Milepost's own sheet",
  own: true,
  written: true,
  columns: Object.fromEntries(
    Object.entries(milepostColumns).map(([meaning, heading]): [string, ColumnKind] => {
      const must = ['what', 'ref', 'partOf', 'title', 'text'].includes(meaning)
      const names = meaning === 'state' ? schemeKeys.map(stateHeading) : []
      const folded = [heading, ...names].map(fold)
      return [meaning, { heading, names: folded, need: must ? 'must' : 'may' }]
    }),
  ),
  read(tables, frame, draft) {
    for (const { rows, columns } of tables) {
      for (const row of rows) readRow(new Cells(row, columns, frame, draft), draft)
    }
  },
}

/** One row, by the meaning of its columns. What should be a day or a state and is none is a problem. */
class Cells {
  readonly #row: SheetRow
  readonly #columns: Columns
  readonly #frame: Frame
  readonly #draft: Draft

  constructor(row: SheetRow, columns: Columns, frame: Frame, draft: Draft) {
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

  orNull(column: MilepostColumn): string | null {
    return this.raw(column) === '' ? null : this.raw(column)
  }

  list(column: MilepostColumn): string[] {
    return this.text(column)
      .split(';')
      .map((item) => item.trim())
      .filter((item) => item !== '')
  }

  day(column: MilepostColumn): CivilDate | null {
    const text = this.text(column)
    if (text === '') return null
    if (isCivilDate(text)) return civilDate(text)
    this.problem(
      column,
      `${quoted(text)} is no day. Write it as 2017-02-24, or accept that it is left out.`,
    )
    return null
  }

  /** The key of a state; null where none is written. */
  state(): string | null {
    const text = this.text('state')
    if (text === '') return null
    const found = stateNamed(this.#frame.scheme, text)
    if (!found)
      this.problem(
        'state',
        `${quoted(text)} is no state of this programme. Put it right, or accept it as not rated.`,
      )
    return found?.key ?? null
  }

  /** For whom the commentary is; nothing where the sheet does not say. */
  audience(): { audience?: Audience } {
    const text = this.text('audience')
    if (text === '') return {}
    const read = z.enum(audiences).safeParse(text.toLowerCase())
    if (read.success) return { audience: read.data }
    this.problem(
      'audience',
      `${quoted(text)} is none of ${audiences.join(', ')}. Put it right, or accept that it is for insiders alone.`,
    )
    return { audience: 'internal' }
  }

  problem(column: MilepostColumn, message: string): void {
    this.#draft.problems.push({ row: this.number, column: milepostColumns[column], message })
  }
}

const kindOf = z.enum(rowKinds)
const precision = z.enum(['day', 'month', 'range', 'none'])
const measureKind = z.enum(['kpi', 'quality', 'feedback'])

function readRow(cells: Cells, draft: Draft): void {
  const kind = kindOf.safeParse(fold(cells.text('what')))
  if (kind.success) readers[kind.data](cells, draft)
  else
    cells.problem(
      'what',
      `${quoted(cells.text('what'))} is none of ${rowKinds.join(', ')}. Put it right, or accept that the row is left out.`,
    )
}

const readers: Readonly<Record<RowKind, (cells: Cells, draft: Draft) => void>> = {
  recommendation: (cells, draft) => {
    draft.recommendations.push({ ref: cells.text('ref'), text: cells.orNull('title') })
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
  project: readProject,
  milestone: readMilestone,
  measure: readMeasure,
  reading: readReading,
}

function readProject(cells: Cells, draft: Draft): void {
  const start = cells.day('start')
  const section = cells.raw('section')
  draft.projects.push({
    ref: cells.text('ref'),
    title: cells.raw('title'),
    workstreamRef: cells.text('partOf'),
    row: cells.number,
    ...(section === '' ? {} : { section }),
    ...(start ? { start } : {}),
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

/** Outcomes are named by their place in the sheet. */
function outcomesOf(cells: Cells, draft: Draft): string[] {
  return cells.list('outcomes').flatMap((number) => {
    const text = draft.outcomes[Number(number) - 1]
    if (text === undefined)
      cells.problem(
        'outcomes',
        `There is no outcome ${number}. Put it right, or accept that it is left out.`,
      )
    return text === undefined ? [] : [text]
  })
}

function readMilestone(cells: Cells, draft: Draft): void {
  const ref = cells.text('partOf')
  const at = draft.projects.findIndex((one) => one.ref === ref)
  const project = draft.projects[at]
  if (!project) {
    cells.problem(
      'partOf',
      `There is no project ${quoted(ref)} above this milestone. Add it, or accept that the milestone is left out.`,
    )
    return
  }
  const due = cells.day('due')
  const baseline = cells.day('baselineDue')
  const doneOn = cells.day('done')
  const state = cells.state()
  const read = precision.safeParse(cells.text('precision'))
  const milestone: MilestoneCell = {
    row: cells.number,
    column: cells.raw('heading'),
    raw: cells.raw('text'),
    about: cells.raw('title'),
    earliest: cells.day('earliest'),
    due,
    precision: read.success ? read.data : due ? 'day' : 'none',
    recurrence: cells.orNull('recurrence'),
    condition: cells.orNull('condition'),
    problem: null,
    baseline,
    ...(doneOn ? { doneOn } : {}),
    ...(state ? { state, rawState: cells.raw('state') } : {}),
  }
  draft.projects[at] = { ...project, milestones: [...project.milestones, milestone] }
}

function readMeasure(cells: Cells, draft: Draft): void {
  const kind = measureKind.safeParse(cells.text('kind'))
  draft.measures.push({
    title: cells.raw('title'),
    row: cells.number,
    kind: kind.success ? kind.data : 'kpi',
    polarity: readPolarity(cells.text('polarity')) ?? null,
    baseline: cells.orNull('baseline'),
    baselineState: cells.state(),
    target: cells.orNull('target'),
    targetOn: cells.day('targetOn'),
    frequency: cells.orNull('frequency'),
    method: cells.orNull('method'),
    nextDue: cells.day('nextDue'),
    workstreamRef: cells.text('partOf') || null,
    projects: cells.list('projects'),
    outcomes: outcomesOf(cells, draft),
    readings: [],
  })
}

/** A reading follows its measure. */
function readReading(cells: Cells, draft: Draft): void {
  const measure = draft.measures.pop()
  const forDay = cells.day('due')
  if (!measure || !forDay) {
    cells.problem(
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
    direction: cells.orNull('direction'),
    period: cells.orNull('period'),
    forDay,
  }
  draft.measures.push({ ...measure, readings: [...measure.readings, reading] })
}
