import { addMilliseconds } from 'date-fns/addMilliseconds'
import { type CivilDate, fromDbDate, fromNullableDbDate, toDbDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { Prisma, ReadTx, Tx } from '../../infra/db.ts'
import { inPlanOrder } from '../plan/plan-order.ts'
import type { ImportedSince } from '../revisions/imported-since.ts'
import { loadEarlierMeasures } from './earlier-measures.ts'
import type { Measure, MeasureKind, Polarity, Reading } from './measure.ts'
import { parseValue } from './value-parser.ts'

/** The measures of a programme as they were at the end of `asAt`, in the order of the plan. */
export async function loadMeasures(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<Measure[]> {
  const rows = await tx.measure.findMany({
    where: { programmeId, addedOn: { lte: toDbDate(asAt) }, ...standsOn(asAt) },
    orderBy: [{ position: 'asc' }, { number: 'asc' }],
    include: measureInclude(asAt),
  })
  return measuresAsAt(tx, programmeId, rows, asAt)
}

/** One measure as at a day, by id. @throws Refusal where it is not there. */
export async function loadMeasure(
  tx: ReadTx,
  measureId: string,
  asAt: CivilDate,
): Promise<Measure> {
  const row = await tx.measure.findUnique({
    where: { id: measureId },
    include: measureInclude(asAt),
  })
  const [measure] = row ? await measuresAsAt(tx, row.programmeId, [row], asAt) : []
  if (!measure) throw new Refusal('That measure is not in the plan any more.')
  return measure
}

/** Without those that were out of the plan then. */
async function measuresAsAt(
  tx: ReadTx,
  programmeId: string,
  rows: readonly MeasureRow[],
  asAt: CivilDate,
): Promise<Measure[]> {
  const earlierOf = await loadEarlierMeasures(tx, programmeId, asAt)
  return rows.flatMap((row) => {
    const { measure, isRemoved } = earlierOf({ measure: measureOf(row), isRemoved: row.isRemoved })
    return isRemoved ? [] : [measure]
  })
}

/** The readings that were recorded since a moment. */
export function readingsSince(
  tx: ReadTx,
  since: Date,
): Promise<{ id: string; measureId: string }[]> {
  return tx.reading.findMany({
    where: { at: { gt: since } },
    select: { id: true, measureId: true },
  })
}

/** Not taken back by the end of the day. */
const standsOn = (asAt: CivilDate) => ({
  OR: [{ withdrawnOn: null }, { withdrawnOn: { gt: toDbDate(asAt) } }],
})

/** The relations of a measure as at a day. */
function measureInclude(asAt: CivilDate) {
  return {
    projects: {
      select: { project: { select: { id: true, ref: true, title: true, position: true } } },
    },
    outcomes: {
      orderBy: { outcome: { number: 'asc' as const } },
      select: { outcome: { select: { number: true, text: true } } },
    },
    readings: {
      where: { onDay: { lte: toDbDate(asAt) }, ...standsOn(asAt) },
      // The latest comes first in its period: it corrects the others.
      orderBy: [
        { forDay: 'desc' as const },
        { onDay: 'desc' as const },
        { at: 'desc' as const },
        { id: 'desc' as const },
      ],
    },
  }
}

type ReadingRow = Awaited<ReturnType<ReadTx['reading']['findMany']>>[number]
type MeasureRow = Prisma.MeasureGetPayload<{ include: ReturnType<typeof measureInclude> }>

function measureOf(row: MeasureRow): Measure {
  const { id, number, title, kind, polarity, baseline, baselineState, target } = row
  const { frequency, method } = row
  return {
    ...{ id, number, title, kind, polarity, baseline, baselineState, target },
    ...{ frequency, method },
    projects: inPlanOrder(
      row.projects.map(({ project: { position, ...item } }) => ({ position, item })),
    ),
    outcomes: row.outcomes.map(({ outcome }) => outcome),
    targetOn: fromNullableDbDate(row.targetOn),
    nextDue: fromNullableDbDate(row.nextDue),
    addedOn: fromDbDate(row.addedOn),
    allReadings: row.readings.map(readingOf),
  }
}

function readingOf(row: ReadingRow): Reading {
  const { id, raw, declared, period, byId, source } = row
  const [forDay, onDay] = [fromDbDate(row.forDay), fromDbDate(row.onDay)]
  return { id, raw, declared, period, byId, source, forDay, onDay }
}

/** A measure as a sheet or a person adds it; what is left out, or null, is not known. */
export interface NewMeasure {
  readonly title: string
  readonly kind?: MeasureKind
  readonly polarity?: Polarity | null
  readonly baseline?: string | null
  /** Key of the state that was published for the baseline. */
  readonly baselineState?: string | null
  readonly target?: string | null
  readonly targetOn?: CivilDate | null
  readonly frequency?: string | null
  readonly method?: string | null
  readonly nextDue?: CivilDate | null
  /** The workstream it speaks for as a whole. */
  readonly workstreamId?: string | null
  /** The as-at day from which it belongs to the plan. */
  readonly addedOn: CivilDate
  /** The import that adds it. */
  readonly importId?: string
  /** What people type for it; by default the next free number. */
  readonly number?: number
  /** Ids of projects and outcomes of the same programme. */
  readonly projects?: readonly string[]
  readonly outcomes?: readonly string[]
}

/** Adds a measure at the end of the programme's list. Gives its id and number. */
export async function createMeasure(
  tx: Tx,
  programmeId: string,
  measure: NewMeasure,
): Promise<{ readonly id: string; readonly number: number }> {
  const { _max: last } = await tx.measure.aggregate({
    where: { programmeId },
    _max: { number: true, position: true },
  })
  const { projects = [], outcomes = [], targetOn, nextDue, addedOn, ...rest } = measure
  return tx.measure.create({
    data: {
      number: (last.number ?? 0) + 1,
      ...rest,
      id: newId(),
      programmeId,
      position: (last.position ?? -1) + 1,
      targetOn: targetOn ? toDbDate(targetOn) : null,
      nextDue: nextDue ? toDbDate(nextDue) : null,
      addedOn: toDbDate(addedOn),
      projects: { create: projects.map((projectId) => ({ projectId })) },
      outcomes: { create: outcomes.map((outcomeId) => ({ outcomeId })) },
    },
    select: { id: true, number: true },
  })
}

/** Links a measure to these projects, in place of those it had. */
export async function setMeasureProjects(
  tx: Tx,
  measureId: string,
  ids: readonly string[],
): Promise<void> {
  await tx.projectMeasure.deleteMany({ where: { measureId } })
  await tx.projectMeasure.createMany({
    data: [...new Set(ids)].map((projectId) => ({ projectId, measureId })),
  })
}

/** Links a measure to these outcomes, in place of those it had. */
export async function setMeasureOutcomes(
  tx: Tx,
  measureId: string,
  ids: readonly string[],
): Promise<void> {
  await tx.measureOutcome.deleteMany({ where: { measureId } })
  await tx.measureOutcome.createMany({
    data: [...new Set(ids)].map((outcomeId) => ({ measureId, outcomeId })),
  })
}

export interface NewReading {
  /** As written. */
  readonly raw: string
  /** Key of the state that was published with it, if one was. */
  readonly declared?: string | null
  /** The direction of travel that was published with it, as written. */
  readonly direction?: string | null
  /** As written; null or left out where it is for a day. */
  readonly period?: string | null
  /** The last day of the period. */
  readonly forDay: CivilDate
}

/** Who recorded it, when and where. byId null: an import. */
export interface ReadingProvenance {
  readonly byId: string | null
  readonly source: string
  readonly onDay: CivilDate
  readonly at: Date
}

/**
 * Appends readings. A reading for a period that has one already corrects it, and both are kept. A reading equal to the
 * one that counts is not saved again, so that a file can be imported twice. What counts is decided as at the day of
 * recording, so that a late import of an earlier day changes that day and no later one. Returns how many were saved.
 */
export async function addReadings(
  tx: Tx,
  measureId: string,
  readings: readonly NewReading[],
  provenance: ReadingProvenance,
): Promise<number> {
  let stored = 0
  for (const { raw, declared = null, direction = null, period = null, forDay } of readings) {
    const counting = await tx.reading.findFirst({
      where: {
        ...{ measureId, forDay: toDbDate(forDay), withdrawnOn: null },
        onDay: { lte: toDbDate(provenance.onDay) },
      },
      orderBy: [{ onDay: 'desc' }, { at: 'desc' }, { id: 'desc' }],
    })
    // A missing direction leaves the saved one unchanged.
    const sameWay = direction === null || counting?.direction === direction
    if (counting?.raw === raw && counting.declared === declared && sameWay) continue
    const value = parseValue(raw)
    // A correction is later than what it corrects, even if both come from one file.
    const at =
      counting && counting.at >= provenance.at ? addMilliseconds(counting.at, 1) : provenance.at
    await tx.reading.create({
      data: {
        ...{ id: newId(), measureId, raw, declared, direction, period },
        value: value.computable ? value.number : null,
        forDay: toDbDate(forDay),
        byId: provenance.byId,
        source: provenance.source,
        onDay: toDbDate(provenance.onDay),
        at,
      },
    })
    stored += 1
  }
  return stored
}

/**
 * Takes back the readings of an import, and the measures that it added before these had a history; the others go with
 * their revisions.
 */
export async function withdrawImportedMeasures(
  tx: Tx,
  importId: string,
  { programmeId, at, onDay }: ImportedSince,
): Promise<void> {
  const data = { withdrawnOn: toDbDate(onDay) }
  await tx.reading.updateMany({
    where: { measure: { programmeId }, source: 'import', at: { gte: at }, withdrawnOn: null },
    data,
  })
  const withoutHistory = { none: { field: measureRemovalKey } }
  await tx.measure.updateMany({ where: { importId, revisions: withoutHistory }, data })
}

/** The name of a measure's place in the plan in its history. */
export const measureRemovalKey = 'isRemoved'

/** A sheet names a measure again that was taken back with an earlier import: it keeps its number. */
export async function restoreMeasure(tx: Tx, id: string, importId: string): Promise<void> {
  await tx.measure.update({ where: { id }, data: { withdrawnOn: null, importId } })
}
