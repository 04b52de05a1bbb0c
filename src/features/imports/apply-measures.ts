import {
  addReadings,
  changeMeasure,
  createMeasure,
  linkMeasure,
  type MeasureChanges,
  restoreMeasure,
  setMeasureWorkstream,
} from '../../domain/measures/store.ts'
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

/** Writes the measures and readings that a file adds and changes. Readings are appended. */
export async function applyMeasures(
  to: ImportContext,
  file: Pick<ParsedPlan, 'measures'>,
  stored: readonly StoredMeasure[],
  { added, changed }: PlanDiff,
): Promise<void> {
  const links = { projects: await projectIdsByRef(to), outcomes: await outcomeIdsByText(to) }
  const workstreams = await workstreamIdsByRef(to)
  const known = pairMeasures(stored, file.measures)
  const newReadings = new Set(added.flatMap((one) => (one.what === 'reading' ? [one.reading] : [])))
  for (const measure of file.measures) {
    const before = known.get(measure)
    const id = before ? await measureIdByNumber(to, before.number) : await addMeasure(to, measure)
    if (before) {
      const changes = changed.filter((one): one is MeasureChange => {
        return one.what === 'measure' && one.ref === String(before.number)
      })
      await applyMeasureChanges(to, id, measure, changes)
    }
    const workstreamId = workstreams.get(measure.workstreamRef ?? '')
    if (workstreamId) await setMeasureWorkstream(to.tx, id, workstreamId)
    await linkMeasure(to.tx, id, {
      projects: idsOf(measure.projects, links.projects),
      outcomes: idsOf(measure.outcomes, links.outcomes),
    })
    const provenance = { byId: null, source: 'import', onDay: to.asOf, at: to.now }
    const readings = measure.readings.filter((reading) => newReadings.has(reading))
    await addReadings(to.tx, id, readings, provenance)
  }
}

async function measureIdByNumber(
  { tx, programmeId }: ImportContext,
  number: number,
): Promise<string> {
  const where = { programmeId_number: { programmeId, number } }
  return (await tx.measure.findUniqueOrThrow({ where, select: { id: true } })).id
}

async function addMeasure(
  { tx, programmeId, asOf, importId }: ImportContext,
  measure: MeasureRow,
): Promise<string> {
  const { title, kind } = measure
  const { id } = await createMeasure(tx, programmeId, {
    ...{ title, kind, addedOn: asOf, importId },
    polarity: measure.polarity ?? undefined,
    baseline: measure.baseline ?? undefined,
    baselineState: measure.baselineState ?? undefined,
    target: measure.target ?? undefined,
    targetOn: measure.targetOn ?? undefined,
    frequency: measure.frequency ?? undefined,
    method: measure.method ?? undefined,
    nextDue: measure.nextDue ?? undefined,
  })
  return id
}

async function applyMeasureChanges(
  { tx, importId }: ImportContext,
  id: string,
  measure: MeasureRow,
  changes: readonly MeasureChange[],
): Promise<void> {
  if (changes.length === 0) return
  if (changes.some(({ field }) => field === takenBackField)) await restoreMeasure(tx, id, importId)
  const changed = new Set<string>(changes.map(({ field }) => field))
  const { kind, polarity, baseline, baselineState, target, targetOn } = measure
  const { frequency, method, nextDue } = measure
  const values: MeasureChanges = {
    ...{ kind, polarity, baseline, baselineState, target, targetOn, frequency, method, nextDue },
  }
  await changeMeasure(
    tx,
    id,
    Object.fromEntries(Object.entries(values).filter(([field]) => changed.has(field))),
    (['projects', 'outcomes'] as const).filter((field) => changed.has(field)),
  )
}
