import { z } from 'zod'
import { Prisma, type ReadTx, type Tx } from '../../infra/db.ts'
import type { RevisedItem } from '../revisions/revisions.ts'
import { parseLife } from './life.ts'
import { setProjectLeads, setWorkstreamOwners } from './owners.ts'
import { setProjectOutcomes, setProjectRecommendations } from './plan-store.ts'

/**
 * The fields of the plan that a person or a sheet can change after an item was added. Each knows how to read and write
 * itself, so that one function changes any of them with its history, and one takes any change back.
 */
export interface PlanField {
  readonly item: RevisedItem
  /** Its name in the history: once released, it stays. */
  readonly key: string
  /** How people call it: "title", "leads". */
  readonly label: string
  read(tx: ReadTx, itemId: string): Promise<unknown>
  /** @throws ZodError for a value that is none of this field's */
  write(tx: Tx, itemId: string, value: unknown): Promise<void>
}

export interface FieldDefinition<Value> extends Pick<PlanField, 'item' | 'key' | 'label'> {
  readonly schema: z.ZodType<Value>
  read(tx: ReadTx, itemId: string): Promise<Value>
  write(tx: Tx, itemId: string, value: Value): Promise<void>
}

export function defineField<Value>({ schema, write, ...field }: FieldDefinition<Value>): PlanField {
  return { ...field, write: (tx, itemId, value) => write(tx, itemId, schema.parse(value)) }
}

const text = z.string().min(1)
const ids = z.array(z.string())

type ProjectColumn = 'title' | 'ref' | 'workstreamId' | 'section' | 'tags'

function projectColumn<Value extends Prisma.ProjectUncheckedUpdateInput[ProjectColumn]>(
  key: ProjectColumn,
  label: string,
  schema: z.ZodType<Value>,
): PlanField {
  return defineField<unknown>({
    ...{ item: 'project', key, label, schema },
    read: async (tx, id) => (await tx.project.findUniqueOrThrow({ where: { id } }))[key],
    write: async (tx, id, value) => {
      await tx.project.update({ where: { id }, data: { [key]: value } })
    },
  })
}

function workstreamColumn(key: 'title' | 'ref', label: string): PlanField {
  return defineField({
    ...{ item: 'workstream', key, label, schema: text },
    read: async (tx, id) => (await tx.workstream.findUniqueOrThrow({ where: { id } }))[key],
    write: async (tx, id, value) => {
      await tx.workstream.update({ where: { id }, data: { [key]: value } })
    },
  })
}

function workstreamOwners(key: 'leads' | 'sponsors', role: 'lead' | 'sponsor'): PlanField {
  return defineField({
    ...{ item: 'workstream', key, label: key, schema: ids },
    read: async (tx, workstreamId) => {
      const rows = await tx.workstreamOwner.findMany({
        where: { workstreamId, role },
        orderBy: { position: 'asc' },
      })
      return rows.map(({ personId }) => personId)
    },
    write: (tx, id, value) => setWorkstreamOwners(tx, id, role, value),
  })
}

export const projectTitle = projectColumn('title', 'title', text)
export const projectRef = projectColumn('ref', 'number', text)
export const projectWorkstream = projectColumn('workstreamId', 'workstream', text)
export const projectSection = projectColumn('section', 'section', z.string().nullable())
export const projectTags = projectColumn('tags', 'tags', ids)

export const projectLeads = defineField({
  ...{ item: 'project', key: 'leads', label: 'leads', schema: ids },
  read: async (tx, projectId) => {
    const rows = await tx.projectLead.findMany({
      where: { projectId },
      orderBy: { position: 'asc' },
    })
    return rows.map(({ personId }) => personId)
  },
  write: setProjectLeads,
})

export const projectLife = defineField({
  ...{ item: 'project', key: 'life', label: 'state of life', schema: z.unknown() },
  read: async (tx, id) => parseLife((await tx.project.findUniqueOrThrow({ where: { id } })).life),
  write: async (tx, id, value) => {
    const life = parseLife(value)
    await tx.project.update({ where: { id }, data: { life: life ?? Prisma.DbNull } })
  },
})

/** Ids of what it answers to, in a stable order: links have none of their own. */
export const projectRecommendations = defineField({
  ...{ item: 'project', key: 'recommendations', label: 'recommendations', schema: ids },
  read: async (tx, projectId) => {
    const rows = await tx.projectRecommendation.findMany({ where: { projectId } })
    return rows.map(({ recommendationId }) => recommendationId).toSorted()
  },
  write: setProjectRecommendations,
})

export const projectOutcomes = defineField({
  ...{ item: 'project', key: 'outcomes', label: 'outcomes', schema: ids },
  read: async (tx, projectId) => {
    const rows = await tx.projectOutcome.findMany({ where: { projectId } })
    return rows.map(({ outcomeId }) => outcomeId).toSorted()
  },
  write: setProjectOutcomes,
})

export const workstreamTitle = workstreamColumn('title', 'title')
export const workstreamRef = workstreamColumn('ref', 'number')
export const workstreamLeads = workstreamOwners('leads', 'lead')
export const workstreamSponsors = workstreamOwners('sponsors', 'sponsor')

export const workstreamRemoval = defineField({
  ...{ item: 'workstream', key: 'isRemoved', label: 'place in the plan', schema: z.boolean() },
  read: async (tx, id) => (await tx.workstream.findUniqueOrThrow({ where: { id } })).isRemoved,
  write: async (tx, id, isRemoved) => {
    await tx.workstream.update({ where: { id }, data: { isRemoved } })
  },
})
