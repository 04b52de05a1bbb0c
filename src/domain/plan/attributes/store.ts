import { addMilliseconds } from 'date-fns/addMilliseconds'
import { onBehalfOf } from '../../../authority/rights.ts'
import { type CivilDate, fromDbDate, toDbDate } from '../../../base/dates.ts'
import { newId } from '../../../base/ids.ts'
import { sourceOf } from '../../../base/request-context.ts'
import type { ReadTx, Tx } from '../../../infra/db.ts'
import type { DomainContext } from '../../context.ts'
import type { ImportedSince } from '../../revisions/imported-since.ts'
import { type FoundProject, requirePersonId } from '../lookup.ts'
import type { AttributeValues } from './attribute.ts'

/** A value that an import found. */
export interface ImportedAttribute {
  readonly projectId: string
  readonly key: string
  readonly value: string
}

/** A value that was given once; null: it was taken away. */
export interface AttributeChange {
  readonly key: string
  readonly value: string | null
  readonly source: string
}

export interface NewValue {
  readonly key: string
  /** Null takes the value away. */
  readonly value: string | null
  /** The value that this one takes back. */
  readonly undoesId?: string
}

/** Appends a value that a person gave, and gives its id. */
export async function setAttribute(
  { tx, actor, now, today, ...asked }: DomainContext,
  found: FoundProject,
  given: NewValue,
): Promise<string> {
  const [id, byId] = [newId(), requirePersonId(actor)]
  await tx.projectAttribute.create({
    data: {
      id,
      projectId: found.id,
      ...given,
      byId,
      onBehalfOfId: onBehalfOf(byId, found),
      source: sourceOf(asked),
      onDay: toDbDate(today),
      at: await momentAfter(tx, [found.id], today, now),
    },
  })
  return id
}

/** Who gave an attribute of a project its present value, and on which day; undefined where nobody ever gave it one. */
export async function latestAttributeAuthor(
  tx: ReadTx,
  projectId: string,
  key: string,
): Promise<{ readonly byId: string | null; readonly onDay: CivilDate } | undefined> {
  const row = await tx.projectAttribute.findFirst({
    where: { projectId, key },
    orderBy: [{ onDay: 'desc' }, { at: 'desc' }, { id: 'desc' }],
    select: { byId: true, onDay: true },
  })
  return row ? { byId: row.byId, onDay: fromDbDate(row.onDay) } : undefined
}

/** Appends the values of a sheet, as at its day. */
export async function importAttributes(
  tx: Tx,
  values: readonly ImportedAttribute[],
  { asOf, now }: { readonly asOf: CivilDate; readonly now: Date },
): Promise<void> {
  if (values.length === 0) return
  const ids = values.map(({ projectId }) => projectId)
  const at = await momentAfter(tx, ids, asOf, now)
  const provenance = { source: 'import', onDay: toDbDate(asOf), at }
  await tx.projectAttribute.createMany({
    data: values.map((value) => ({ id: newId(), ...value, ...provenance })),
  })
}

/** Takes back the values of an import. */
export async function withdrawImportedAttributes(
  tx: Tx,
  { programmeId, at, onDay }: ImportedSince,
): Promise<void> {
  await tx.projectAttribute.updateMany({
    where: { project: { programmeId }, source: 'import', at: { gte: at }, withdrawnOn: null },
    data: { withdrawnOn: toDbDate(onDay) },
  })
}

/** `now`, or a millisecond after the latest value of that day: what is saved later counts, even at the same moment. */
async function momentAfter(
  tx: Tx,
  projectIds: readonly string[],
  onDay: CivilDate,
  now: Date,
): Promise<Date> {
  const { _max: latest } = await tx.projectAttribute.aggregate({
    where: { projectId: { in: [...projectIds] }, onDay: toDbDate(onDay), at: { gte: now } },
    _max: { at: true },
  })
  return latest.at ? addMilliseconds(latest.at, 1) : now
}

/** Some attributes of a programme's projects as they stood at the end of a day, by project. */
export async function loadAttributesAt(
  tx: ReadTx,
  programmeId: string,
  keys: readonly string[],
  asAt: CivilDate,
): Promise<ReadonlyMap<string, AttributeValues>> {
  const day = toDbDate(asAt)
  const rows = await tx.projectAttribute.findMany({
    where: {
      ...{ project: { programmeId }, key: { in: [...keys] }, onDay: { lte: day } },
      OR: [{ withdrawnOn: null }, { withdrawnOn: { gt: day } }],
    },
    distinct: ['projectId', 'key'],
    orderBy: [
      ...([{ projectId: 'asc' }, { key: 'asc' }] as const),
      ...([{ onDay: 'desc' }, { at: 'desc' }, { id: 'desc' }] as const),
    ],
    select: { projectId: true, key: true, value: true },
  })
  const known = rows.flatMap(({ value, ...row }) => (value === null ? [] : [{ ...row, value }]))
  const byProject = [...Map.groupBy(known, ({ projectId }) => projectId)]
  return new Map(
    byProject.map(([id, values]) => [
      id,
      Object.fromEntries(values.map(({ key, value }) => [key, value])),
    ]),
  )
}

/** Every value that attributes of the programme's projects ever had, but those taken back, by project, newest first. */
export async function loadAttributeHistory(
  tx: ReadTx,
  programmeId: string,
): Promise<ReadonlyMap<string, readonly AttributeChange[]>> {
  const rows = await tx.projectAttribute.findMany({
    where: { project: { programmeId }, withdrawnOn: null },
    orderBy: [{ onDay: 'desc' }, { at: 'desc' }, { id: 'desc' }],
    select: { projectId: true, key: true, value: true, source: true },
  })
  return Map.groupBy(rows, ({ projectId }) => projectId)
}
