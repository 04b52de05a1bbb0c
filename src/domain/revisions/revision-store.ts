import { type CivilDate, fromDbDate, laterOf, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import { Prisma, type ReadTx, type Tx } from '../../infra/db.ts'
import { insertRows } from '../../infra/insert-rows.ts'
import type { Provenance } from './provenance.ts'
import {
  type EarlierValues,
  earlierValues,
  planItems,
  type RevisedItem,
  type Revision,
} from './revisions.ts'

export interface NewRevision {
  readonly item: RevisedItem
  readonly itemId: string
  readonly field: string
  readonly from: unknown
  readonly to: unknown
  readonly reason: string | null
  readonly undoesId?: string
  /** The import that did it. */
  readonly importId?: string | undefined
  /** The handing over that did it. */
  readonly handoverId?: string | undefined
}

/**
 * Appends a revision of a programme's plan and gives its id. What the item is now, the caller writes into its row. A
 * sheet of an earlier day that comes late does not reach behind what was said since: it counts from that day on.
 */
export async function appendRevision(
  tx: Tx,
  programmeId: string,
  { item, itemId, from, to, ...revision }: NewRevision,
  said: Provenance,
): Promise<string> {
  const id = newId()
  const values = { from: jsonOf(from), to: jsonOf(to) }
  const of = idOf(item, itemId)
  const latest = await tx.planRevision.findFirst({
    where: { programmeId, ...isOf(item), ...of, field: revision.field },
    orderBy: { sequence: 'desc' },
    select: { onDay: true },
  })
  const onDay = latest ? laterOf(said.onDay, fromDbDate(latest.onDay)) : said.onDay
  await tx.planRevision.create({
    data: { id, programmeId, ...of, ...revision, ...values, ...said, onDay: toDbDate(onDay) },
  })
  return id
}

/** Appends revisions of items that are new, in one statement: there is no earlier one to reach behind. */
export async function appendRevisionsOfNew(
  tx: Tx,
  programmeId: string,
  revisions: readonly NewRevision[],
  said: Provenance,
): Promise<void> {
  const onDay = toDbDate(said.onDay)
  const rows = revisions.map(({ item, itemId, from, to, ...revision }) => ({
    ...{ id: newId(), programmeId, ...revision, ...said, onDay, from, to },
    ...(item === 'programme' ? {} : { [columns[item]]: itemId }),
  }))
  await insertRows(tx, 'PlanRevision', rows)
}

/** The column that names what was changed; of the programme itself all are empty. */
const columns = {
  workstream: 'workstreamId',
  project: 'projectId',
  milestone: 'milestoneId',
  measure: 'measureId',
  member: 'memberId',
} as const satisfies Record<Exclude<RevisedItem, 'programme'>, string>

const idOf = (item: RevisedItem, id: string) =>
  item === 'programme' ? {} : { [columns[item]]: id }

/** Revisions of items of one kind. */
const isOf = (item: RevisedItem): Prisma.PlanRevisionWhereInput =>
  item === 'programme'
    ? Object.fromEntries(Object.values(columns).map((column) => [column, null]))
    : { [columns[item]]: { not: null } }

const jsonOf = (value: unknown) =>
  value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue)

/** What fields of a programme's workstreams, say, were at the end of a day, as far as they changed since. */
export async function loadEarlierValues(
  tx: ReadTx,
  programmeId: string,
  items: readonly RevisedItem[],
  asAt: CivilDate,
): Promise<EarlierValues> {
  const rows = await tx.planRevision.findMany({
    where: { programmeId, OR: items.map(isOf), onDay: { gt: toDbDate(asAt) } },
    orderBy: { sequence: 'asc' },
    include: undoInclude,
  })
  return earlierValues(rows.map(revisionOf))
}

/** Of these items in these programmes; undefined where there is none of that id. */
export async function findRevision(
  tx: ReadTx,
  programmeIds: readonly string[],
  id: string,
  items: readonly RevisedItem[] = planItems,
): Promise<Revision | undefined> {
  const where = { id, programmeId: { in: [...programmeIds] }, OR: items.map(isOf) }
  const row = await tx.planRevision.findFirst({ where, include: undoInclude })
  return row ? revisionOf(row) : undefined
}

/** The revisions of a project and its milestones, newest first. */
export async function loadProjectRevisions(
  tx: ReadTx,
  projectId: string,
): Promise<readonly Revision[]> {
  const rows = await tx.planRevision.findMany({
    where: { OR: [{ projectId }, { milestone: { projectId } }] },
    orderBy: { sequence: 'desc' },
    include: undoInclude,
  })
  return rows.map(revisionOf)
}

/** The revisions of a measure, newest first. */
export async function loadMeasureRevisions(
  tx: ReadTx,
  measureId: string,
): Promise<readonly Revision[]> {
  const rows = await tx.planRevision.findMany({
    where: { measureId },
    orderBy: { sequence: 'desc' },
    include: undoInclude,
  })
  return rows.map(revisionOf)
}

/** The revisions of some fields in a programme, newest first. */
export async function loadFieldRevisions(
  tx: ReadTx,
  programmeId: string,
  fields: readonly { readonly item: RevisedItem; readonly key: string }[],
): Promise<readonly Revision[]> {
  const rows = await tx.planRevision.findMany({
    where: {
      programmeId,
      OR: fields.map(({ item, key: field }) => ({ ...isOf(item), field })),
    },
    orderBy: { sequence: 'desc' },
    include: undoInclude,
  })
  return rows.map(revisionOf)
}

/** The revisions of a programme's settings, or of the roles of its people, newest first. */
export async function loadItemRevisions(
  tx: ReadTx,
  programmeId: string,
  item: RevisedItem,
): Promise<readonly Revision[]> {
  const rows = await tx.planRevision.findMany({
    where: { programmeId, ...isOf(item) },
    orderBy: { sequence: 'desc' },
    include: undoInclude,
  })
  return rows.map(revisionOf)
}

/** The last change of a field of an item of the plan; undefined where it is as it came into the plan. */
export async function latestRevisionOf(
  tx: ReadTx,
  { item, key: field }: { readonly item: RevisedItem; readonly key: string },
  itemId: string,
  programmeId?: string,
): Promise<Revision | undefined> {
  const inProgramme = programmeId === undefined ? {} : { programmeId }
  const row = await tx.planRevision.findFirst({
    where: { ...isOf(item), ...idOf(item, itemId), ...inProgramme, field },
    orderBy: { sequence: 'desc' },
    include: undoInclude,
  })
  return row ? revisionOf(row) : undefined
}

/** All that an import changed, newest first. */
export async function loadImportRevisions(
  tx: ReadTx,
  importId: string,
): Promise<readonly Revision[]> {
  const rows = await tx.planRevision.findMany({
    where: { importId },
    orderBy: { sequence: 'desc' },
    include: undoInclude,
  })
  return rows.map(revisionOf)
}

/** The items that are out of the plan because the import that added them was taken back. */
export async function itemsOfWithdrawnImports(
  tx: ReadTx,
  programmeId: string,
): Promise<ReadonlySet<string>> {
  const rows = await tx.planRevision.findMany({
    where: { programmeId, field: { in: ['life', 'isRemoved'] } },
    orderBy: { sequence: 'asc' },
    include: { ...undoInclude, undoes: { select: { importId: true } } },
  })
  const latest = new Map(
    rows.map(({ undoes, ...row }) => [revisionOf(row).itemId, (undoes?.importId ?? null) !== null]),
  )
  return new Set([...latest].flatMap(([id, isOfImport]) => (isOfImport ? id : [])))
}

/**
 * The latest revision of such items that a person made in these programmes since a moment and that still stands; no undo
 * itself.
 */
export async function latestRevisionBy(
  tx: ReadTx,
  programmeIds: readonly string[],
  byId: string,
  since: Date,
  items: readonly RevisedItem[] = planItems,
): Promise<Revision | undefined> {
  const row = await tx.planRevision.findFirst({
    where: {
      ...{ programmeId: { in: [...programmeIds] }, byId, at: { gte: since } },
      // An import and a handing over are taken back as a whole.
      ...{ undoesId: null, undoneBy: null, importId: null, handoverId: null },
      OR: items.map(isOf),
    },
    orderBy: { sequence: 'desc' },
    include: undoInclude,
  })
  return row ? revisionOf(row) : undefined
}

/** What a handing over of somebody's work changed, the last first. */
export async function loadRevisionsOfHandover(
  tx: ReadTx,
  handoverId: string,
): Promise<readonly Revision[]> {
  const rows = await tx.planRevision.findMany({
    where: { handoverId },
    orderBy: { sequence: 'desc' },
    include: undoInclude,
  })
  return rows.map(revisionOf)
}

/** The items that were changed since a moment; `id` names the change. */
export async function revisionsSince(
  tx: ReadTx,
  since: Date,
): Promise<{ readonly id: string; readonly itemId: string }[]> {
  const rows = await tx.planRevision.findMany({
    where: { at: { gt: since } },
    include: undoInclude,
  })
  return rows.map(revisionOf)
}

const undoInclude = { undoneBy: { select: { id: true } } }

type RevisionRow = Awaited<ReturnType<typeof revisionRows>>[number]
const revisionRows = (tx: ReadTx) => tx.planRevision.findMany({ include: undoInclude })

function revisionOf({
  workstreamId,
  projectId,
  milestoneId,
  measureId,
  memberId,
  onDay,
  undoneBy,
  sequence: _,
  ...row
}: RevisionRow): Revision {
  const ids = {
    milestone: milestoneId,
    measure: measureId,
    project: projectId,
    workstream: workstreamId,
    member: memberId,
    programme: row.programmeId,
  }
  const item = revisedItems.find((one) => ids[one] !== null) ?? 'programme'
  const itemId = ids[item] ?? row.programmeId
  return { ...row, item, itemId, onDay: fromDbDate(onDay), isUndone: undoneBy !== null }
}

const revisedItems = [...planItems, 'member'] as const
