import { fromDbDate, fullDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import type { Prisma, ReadTx } from '../../../infra/db.ts'
import type { DomainContext } from '../../context.ts'
import { authorName, namesOf } from '../../people/names.ts'
import type { FoundProject } from '../lookup.ts'
import { setAttribute } from './store.ts'

/** A value of an attribute that a person gave and can take back: the one before it counts again, and both stay. */
export interface GivenValue {
  readonly id: string
  readonly programmeId: string
  readonly projectId: string
  readonly key: string
  readonly byId: string | null
  /** UTC. */
  readonly at: Date
}

/** One of these programmes that was not taken back, by its id. */
export function findGivenValue(
  tx: ReadTx,
  programmeIds: readonly string[],
  id: string,
): Promise<GivenValue | undefined> {
  return firstValue(tx, programmeIds, { id })
}

/** The last that a person gave in these programmes since a moment and that still stands; no undo itself. */
export function latestValueBy(
  tx: ReadTx,
  programmeIds: readonly string[],
  byId: string,
  since: Date,
): Promise<GivenValue | undefined> {
  return firstValue(tx, programmeIds, { byId, at: { gte: since }, undoesId: null })
}

async function firstValue(
  tx: ReadTx,
  programmeIds: readonly string[],
  where: Prisma.ProjectAttributeWhereInput,
): Promise<GivenValue | undefined> {
  const project = { programmeId: { in: [...programmeIds] } }
  const row = await tx.projectAttribute.findFirst({
    where: { ...where, project, source: { not: 'import' }, withdrawnOn: null, undoneBy: null },
    orderBy: newestFirst,
    include: { project: { select: { programmeId: true } } },
  })
  if (!row) return undefined
  const { id, projectId, key, byId, at } = row
  return { id, projectId, key, byId, at, programmeId: row.project.programmeId }
}

const newestFirst: Prisma.ProjectAttributeOrderByWithRelationInput[] = [
  { onDay: 'desc' },
  { at: 'desc' },
  { id: 'desc' },
]

/**
 * Gives the attribute the value that it had before, as another entry of its history. Gives that value, null for none, and
 * the entry's id. @throws Refusal where somebody has given it another value since, saying who
 */
export async function takeValueBack(
  context: DomainContext,
  project: FoundProject,
  { id, projectId, key }: GivenValue,
): Promise<{ readonly value: string | null; readonly undo: string }> {
  const { tx } = context
  const [last, before] = await tx.projectAttribute.findMany({
    where: { projectId, key, withdrawnOn: null },
    orderBy: newestFirst,
    take: 2,
  })
  if (last && last.id !== id) {
    const names = await namesOf(tx, last.byId ? [last.byId] : [])
    const who = last.byId ? authorName(names, last.byId) : 'an import'
    throw new Refusal(
      `It was changed again since (${who}, ${fullDate(fromDbDate(last.onDay))}), so taking this back would undo that as well. Nothing was changed. Take back the later change first.`,
    )
  }
  const value = before?.value ?? null
  return { value, undo: await setAttribute(context, project, { key, value, undoesId: id }) }
}
