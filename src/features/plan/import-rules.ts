import type { CivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { listOf, shorten } from '../../base/text.ts'
import type { Scheme } from '../status/schemes.ts'
import { readDeadlines } from './deadlines.ts'
import { type Column, findHeadings, type Headings, repeatsHeadings } from './headings.ts'
import { checkProject, checkWorkstream, lettersRead } from './import-checks.ts'
import { lostCells } from './lost-cells.ts'
import type { Counts, PlanFile, ProjectRow, WorkstreamRow } from './plan-file.ts'

import { readRating, spelledOut } from './rating.ts'
import type { Note, Sheet, SheetRow } from './sheet.ts'

export type { Counts, MilestoneCell, PlanFile, ProjectRow, WorkstreamRow } from './plan-file.ts'

/**
 * Understands a plan in the shape of the published W17 sheet: a whole-number REF is a workstream, "n.m" a project of
 * workstream n, every dated entry under a month a milestone. Years that are not written are the nearest to `asOf`.
 * Refuses the whole file, by row, where a REF comes twice, a workstream is missing or a heading is.
 */
export function readPlan(sheet: Sheet, asOf: CivilDate, scheme: Scheme): PlanFile {
  const headings = findHeadings(sheet, asOf)
  const reading = newReading([...sheet.notes, ...headings.notes])
  for (const row of sheet.rows) {
    if (row.number > headings.row) readRow(row, { headings, asOf, scheme }, reading)
  }
  refuseEmpty(sheet, reading)
  refuseRepeated(sheet, reading)
  refuseOrphans(sheet, reading)
  const { workstreams, projects, changed, attention } = reading
  const understood = countsOf(reading, scheme)
  const lost = lostCells(sheet, reading)
  return { workstreams, projects, understood, changed, attention: inOrder(attention), lost }
}

interface Reading {
  readonly workstreams: WorkstreamRow[]
  readonly projects: ProjectRow[]
  readonly changed: Note[]
  readonly attention: Note[]
}

interface Frame {
  readonly headings: Headings
  readonly asOf: CivilDate
  readonly scheme: Scheme
}

function newReading(attention: readonly Note[]): Reading {
  return { workstreams: [], projects: [], changed: [], attention: [...attention] }
}

function readRow(row: SheetRow, frame: Frame, reading: Reading): void {
  const written = textOf(row, frame.headings.ref)
  const ref = written.replace(/\.$/, '')
  if (/^\d+$/.test(ref)) readWorkstream(row, ref, frame, reading)
  else if (/^\d+\.\d+$/.test(ref)) readProject(row, ref, frame, reading)
  else if (repeatsHeadings(row, frame.headings)) {
    reading.changed.push({ row: row.number, message: 'The headings come again here; skipped.' })
  } else reading.attention.push(unreadRow(row, written))
}

function unreadRow({ number, cells }: SheetRow, ref: string): Note {
  const text = shorten(cells.filter((cell) => cell.trim() !== '').join(' | '), 120)
  const why = ref === '' ? 'the row has no REF' : `REF "${shorten(ref, 20)}" is not a number`
  return { row: number, message: `Not read: ${why}. It says: ${text}` }
}

function readWorkstream(row: SheetRow, ref: string, frame: Frame, reading: Reading): void {
  const { headings } = frame
  reading.workstreams.push({
    ref,
    title: textOf(row, headings.title),
    row: row.number,
    sponsors: ownersIn(textOf(row, headings.sponsors)),
    leads: ownersIn(textOf(row, headings.leads)),
  })
  reading.attention.push(...checkWorkstream(row.number, textOf(row, headings.title)))
}

function readProject(row: SheetRow, ref: string, frame: Frame, reading: Reading): void {
  const { headings, asOf, scheme } = frame
  const rawState = row.cells[headings.state.index] ?? ''
  const rating = readRating(rawState, scheme)
  const [workstreamRef = ''] = ref.split('.')
  const project: ProjectRow = {
    ref,
    title: textOf(row, headings.title),
    workstreamRef,
    row: row.number,
    state: rating.state.key,
    rawState,
    commentary: textOf(row, headings.commentary),
    leads: ownersIn(textOf(row, headings.leads)),
    milestones: headings.months.flatMap(({ index, heading }) =>
      readDeadlines(row.cells[index] ?? '', asOf).map((entry) => {
        return { ...entry, row: row.number, column: heading }
      }),
    ),
  }
  reading.projects.push(project)
  if (rating.certainty === 'changed') {
    const message = `${ref}: ${spelledOut(rawState)} was read as ${rating.state.label}.`
    reading.changed.push({ row: row.number, column: headings.state.heading, message })
  }
  reading.changed.push(...project.milestones.flatMap((milestone) => lettersRead(ref, milestone)))
  const early = !reading.workstreams.some((workstream) => workstream.ref === workstreamRef)
  reading.attention.push(...checkProject(project, row, { headings, rating, early }))
}

function textOf(row: SheetRow, column: Column | undefined): string {
  return column ? (row.cells[column.index] ?? '').trim() : ''
}

/** ";" and "/" stand between owners; "and" and commas do not: they are part of a post (SOM's owners). */
function ownersIn(cell: string): string[] {
  return cell
    .split(/[;/]/)
    .map((owner) => owner.replace(/\s+/g, ' ').trim())
    .filter((owner) => owner !== '')
}

function refuseEmpty({ fileName }: Sheet, { workstreams, projects }: Reading): void {
  if (workstreams.length + projects.length > 0) return
  throw new Refusal(
    `${fileName} has headings but no row with a REF such as 1 or 1.1. Nothing was imported; number the rows and try again.`,
  )
}

function refuseRepeated({ fileName }: Sheet, { workstreams, projects }: Reading): void {
  const byRef = Map.groupBy([...workstreams, ...projects], ({ ref }) => ref)
  const repeated = [...byRef].filter(([, rows]) => rows.length > 1)
  if (repeated.length === 0) return
  const places = repeated.slice(0, 5).map(([ref, rows]) => {
    return `${ref} in rows ${listOf(rows.map(({ row }) => String(row)))}`
  })
  if (repeated.length > places.length) places.push(`${repeated.length - places.length} more`)
  throw new Refusal(
    `${fileName}: a REF may come once, but there is ${listOf(places)}. Nothing was imported; give each row its own REF ` +
      'and try again. (Excel turns 1.10 into 1.1 unless the column is formatted as Text.)',
  )
}

function refuseOrphans({ fileName }: Sheet, { workstreams, projects }: Reading): void {
  const known = new Set(workstreams.map(({ ref }) => ref))
  const orphans = projects.filter(({ workstreamRef }) => !known.has(workstreamRef))
  const [first] = orphans
  if (!first) return
  throw new Refusal(
    `${fileName}, row ${first.row}: project ${first.ref} belongs to workstream ${first.workstreamRef}, which has no row ` +
      `(${orphans.length} in all). Nothing was imported; add a row with REF ${first.workstreamRef} and try again.`,
  )
}

function countsOf({ workstreams, projects }: Reading, scheme: Scheme): Counts {
  const milestones = projects.flatMap((project) => project.milestones)
  const of = (wanted: string) => milestones.filter(({ precision }) => precision === wanted).length
  const states = [...scheme.states, scheme.blank].map(({ key }): [string, number] => {
    return [key, projects.filter(({ state }) => state === key).length]
  })
  return {
    workstreams: workstreams.length,
    projects: projects.length,
    milestones: milestones.length,
    withDay: of('day'),
    monthOnly: of('month'),
    range: of('range'),
    undated: of('none'),
    states: Object.fromEntries(states),
  }
}

function inOrder(notes: readonly Note[]): Note[] {
  return notes.toSorted((a, b) => a.row - b.row)
}
