import { z } from 'zod'
import { civilDay } from '../../base/civil-day.ts'
import { type CivilDate, fromNullableDbDate, toDbDate } from '../../base/dates.ts'
import { defineField, type PlanField } from '../plan/fields.ts'
import { planFieldOf } from '../plan/revise.ts'
import type { Revision } from '../revisions/revisions.ts'
import { measureKinds, polarities } from './measure.ts'
import { measureRemovalKey, setMeasureOutcomes, setMeasureProjects } from './store.ts'

/** The fields of a measure that a person or a sheet can change after it was added. */

type TextColumn =
  | ('title' | 'kind' | 'polarity' | 'baseline' | 'baselineState' | 'target')
  | ('frequency' | 'method' | 'workstreamId')

function textColumn(
  key: TextColumn,
  label: string,
  schema: z.ZodType<string | null> = z.string().nullable(),
): PlanField {
  return defineField<string | null>({
    ...{ item: 'measure', key, label, schema },
    read: async (tx, id) => (await tx.measure.findUniqueOrThrow({ where: { id } }))[key],
    write: async (tx, id, value) => {
      await tx.measure.update({ where: { id }, data: { [key]: value } })
    },
  })
}

function dayColumn(key: 'targetOn' | 'nextDue', label: string): PlanField {
  return defineField<CivilDate | null>({
    ...{ item: 'measure', key, label, schema: civilDay.nullable() },
    read: async (tx, id) =>
      fromNullableDbDate((await tx.measure.findUniqueOrThrow({ where: { id } }))[key]),
    write: async (tx, id, day) => {
      await tx.measure.update({ where: { id }, data: { [key]: day && toDbDate(day) } })
    },
  })
}

export const measureTitleField = textColumn('title', 'title', z.string().min(1))
export const measureKind = textColumn('kind', 'kind', z.enum(measureKinds))
export const measurePolarity = textColumn('polarity', 'better is', z.enum(polarities).nullable())
export const measureBaseline = textColumn('baseline', 'baseline')
export const measureBaselineState = textColumn('baselineState', 'state of the baseline')
export const measureTarget = textColumn('target', 'target')
export const measureTargetDay = dayColumn('targetOn', 'target day')
export const measureFrequency = textColumn('frequency', 'how often')
export const measureMethod = textColumn('method', 'how collected')
export const measureNextDue = dayColumn('nextDue', 'next reading due')
export const measureWorkstream = textColumn('workstreamId', 'workstream')

const ids = z.array(z.string())

/** Ids of what it is linked with, in a stable order: links have none of their own. */
export const measureProjects = defineField({
  ...{ item: 'measure', key: 'projects', label: 'projects', schema: ids },
  read: async (tx, measureId) => {
    const rows = await tx.projectMeasure.findMany({ where: { measureId } })
    return rows.map(({ projectId }) => projectId).toSorted()
  },
  write: setMeasureProjects,
})

export const measureOutcomes = defineField({
  ...{ item: 'measure', key: 'outcomes', label: 'outcomes', schema: ids },
  read: async (tx, measureId) => {
    const rows = await tx.measureOutcome.findMany({ where: { measureId } })
    return rows.map(({ outcomeId }) => outcomeId).toSorted()
  },
  write: setMeasureOutcomes,
})

export const measureRemoval = defineField({
  ...{ item: 'measure', key: measureRemovalKey, label: 'place in the plan', schema: z.boolean() },
  read: async (tx, id) => (await tx.measure.findUniqueOrThrow({ where: { id } })).isRemoved,
  write: async (tx, id, isRemoved) => {
    await tx.measure.update({ where: { id }, data: { isRemoved } })
  },
})

export const measureFields: readonly PlanField[] = [
  ...[measureTitleField, measureKind, measurePolarity, measureBaseline, measureBaselineState],
  ...[measureTarget, measureTargetDay, measureFrequency, measureMethod, measureNextDue],
  ...[measureWorkstream, measureProjects, measureOutcomes, measureRemoval],
]

/** The field of the plan or of one of its measures. @throws Error for a revision that no field of this version made */
export function fieldOf(revision: Pick<Revision, 'item' | 'field'>): PlanField {
  if (revision.item !== 'measure') return planFieldOf(revision)
  const found = measureFields.find(({ key }) => key === revision.field)
  if (found) return found
  throw new Error(`No field of a measure is called ${revision.field}`)
}
