import { measureFields, measureRemoval } from '../../domain/measures/fields.ts'
import { addReadings, createMeasure, restoreMeasure } from '../../domain/measures/store.ts'
import { recordAddition, reviseField } from '../../domain/plan/revise.ts'
import { pairMeasures, type StoredMeasure } from './diff-measures.ts'
import { type MeasureChange, type PlanDiff, takenBackField } from './diff-types.ts'
import {
  type ImportContext,
  idsOf,
  outcomeIdsByText,
  projectIdsByRef,
  workstreamIdsByRef,
} from './import-context.ts'
import type { MeasureRow, ParsedPlan } from './parsed-plan.ts'
import { revisionDetails } from './set-imported.ts'

/** The values of a row as the fields of a measure hold them: what it names by number or words, by ids. */
type FieldValues = Omit<MeasureRow, 'row' | 'readings' | 'workstreamRef'> & {
  readonly workstreamId: string | null
}

/** Writes the measures and readings that a file adds and changes, with their history. Readings are appended. */
export async function applyMeasures(
  to: ImportContext,
  file: Pick<ParsedPlan, 'measures'>,
  stored: readonly StoredMeasure[],
  { added, changed }: PlanDiff,
): Promise<void> {
  const valuesOf = await fieldValuesIn(to)
  const known = pairMeasures(stored, file.measures, to.newRows)
  const newReadings = new Set(added.flatMap((one) => (one.what === 'reading' ? [one.reading] : [])))
  for (const measure of file.measures) {
    const before = known.get(measure)
    const values = valuesOf(measure)
    const id = before ? await measureIdByNumber(to, before.number) : await addMeasure(to, values)
    if (before) {
      const changes = changed.filter((one): one is MeasureChange => {
        return one.what === 'measure' && one.ref === String(before.number)
      })
      await applyMeasureChanges(to, id, values, changes)
    }
    const provenance = { byId: null, source: 'import', onDay: to.asOf, at: to.now }
    const readings = measure.readings.filter((reading) => newReadings.has(reading))
    await addReadings(to.tx, id, readings, provenance)
  }
}

async function fieldValuesIn(to: ImportContext): Promise<(measure: MeasureRow) => FieldValues> {
  const links = { projects: await projectIdsByRef(to), outcomes: await outcomeIdsByText(to) }
  const workstreams = await workstreamIdsByRef(to)
  return ({ row: _, readings: __, workstreamRef, ...measure }) => ({
    ...measure,
    workstreamId: workstreams.get(workstreamRef ?? '') ?? null,
    projects: idsOf(measure.projects, links.projects).toSorted(),
    outcomes: idsOf(measure.outcomes, links.outcomes).toSorted(),
  })
}

async function measureIdByNumber(
  { tx, programmeId }: ImportContext,
  number: number,
): Promise<string> {
  const where = { programmeId_number: { programmeId, number } }
  return (await tx.measure.findUniqueOrThrow({ where, select: { id: true } })).id
}

async function addMeasure(to: ImportContext, values: FieldValues): Promise<string> {
  const { tx, programmeId, asOf, importId } = to
  const { id } = await createMeasure(tx, programmeId, { ...values, addedOn: asOf, importId })
  const added = { from: true, to: false }
  await recordAddition(tx, measureRemoval, id, added, revisionDetails(to))
  return id
}

async function applyMeasureChanges(
  to: ImportContext,
  id: string,
  values: FieldValues,
  changes: readonly MeasureChange[],
): Promise<void> {
  const changed = new Set<string>(changes.map(({ field }) => field))
  if (changed.has(takenBackField)) {
    await restoreMeasure(to.tx, id, to.importId)
    await reviseField(to.tx, measureRemoval, id, false, revisionDetails(to))
  }
  for (const [key, value] of Object.entries(values)) {
    const field = measureFields.find((one) => one.key === key)
    const isChanged = changed.has(key === 'workstreamId' ? 'workstreamRef' : key)
    if (field && isChanged) await reviseField(to.tx, field, id, value, revisionDetails(to))
  }
}
