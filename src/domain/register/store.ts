import { fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Prisma, ReadTx, Tx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'
import { requirePersonId } from '../plan/lookup.ts'
import type { ProjectRef } from '../plan/plan.ts'
import { lockProgramme } from '../programme/lock.ts'
import type { Entry, EntryDetails, EntryKind } from './entry.ts'

/** Appends an entry as at the person's day. Its number is the next of its kind in the programme. */
export async function addEntry(
  { tx, actor, now, today, place }: DomainContext,
  programmeId: string,
  project: ProjectRef | null,
  details: EntryDetails,
): Promise<Entry> {
  const recorded = {
    id: newId(),
    number: await nextNumber(tx, programmeId, details.kind),
    byId: requirePersonId(actor),
    source: place.platform,
  }
  const neededBy =
    details.kind === 'decision' && details.neededBy ? toDbDate(details.neededBy) : null
  await tx.registerEntry.create({
    data: {
      ...details,
      ...recorded,
      neededBy,
      programmeId,
      projectId: project?.id ?? null,
      onDay: toDbDate(today),
      at: now,
    },
  })
  return { ...details, ...recorded, project, onDay: today, closing: null }
}

/** Locks the programme's numbering until the commit, so that two entries at once get different numbers. */
async function nextNumber(tx: Tx, programmeId: string, kind: EntryKind): Promise<number> {
  await lockProgramme(tx, programmeId)
  const { _max } = await tx.registerEntry.aggregate({
    where: { programmeId, kind },
    _max: { number: true },
  })
  return (_max.number ?? 0) + 1
}

/** Appends the closing as at the person's day. Returns false, and changes nothing, where it was closed already. */
export async function closeEntry(
  { tx, actor, now, today, place }: DomainContext,
  entryId: string,
  outcome: string | null,
): Promise<boolean> {
  const { count } = await tx.registerClosing.createMany({
    data: {
      entryId,
      outcome,
      byId: requirePersonId(actor),
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
    skipDuplicates: true,
  })
  return count > 0
}

/** Every entry of a programme, with its closing; rules.ts decides what was open on a day. */
export async function loadEntries(tx: ReadTx, programmeId: string): Promise<Entry[]> {
  return (await findEntries(tx, { programmeId })).map(({ entry }) => entry)
}

/** An entry, and the id of the programme it belongs to. */
export interface StoredEntry {
  readonly entry: Entry
  readonly programmeId: string
}

export async function findEntries(
  tx: ReadTx,
  where: Prisma.RegisterEntryWhereInput,
): Promise<StoredEntry[]> {
  const rows = await tx.registerEntry.findMany({
    where,
    include: { closing: true },
    orderBy: [{ kind: 'asc' }, { number: 'asc' }],
  })
  const ids = rows.flatMap(({ projectId }) => projectId ?? [])
  const projects = await tx.project.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, ref: true, title: true },
  })
  const byId = new Map(projects.map((project) => [project.id, project]))
  return rows.map((row) => ({
    entry: entryOf(row, byId.get(row.projectId ?? '') ?? null),
    programmeId: row.programmeId,
  }))
}

type EntryRow = Awaited<ReturnType<ReadTx['registerEntry']['findMany']>>[number]
type ClosingRow = Awaited<ReturnType<ReadTx['registerClosing']['findMany']>>[number]

function entryOf(row: EntryRow & { closing: ClosingRow | null }, project: ProjectRef | null) {
  const { id, number, byId, source, closing } = row
  return {
    ...entryDetails(row),
    ...{ id, number, byId, source, project },
    onDay: fromDbDate(row.onDay),
    closing: closing && {
      outcome: closing.outcome,
      byId: closing.byId,
      onDay: fromDbDate(closing.onDay),
    },
  }
}

function entryDetails({
  kind,
  text,
  mitigation,
  state,
  askedOf,
  neededBy,
  dependsOn,
}: EntryRow): EntryDetails {
  switch (kind) {
    case 'risk':
      return { kind, text, mitigation, state: state ?? 'blank' }
    case 'decision':
      return { kind, text, askedOf, neededBy: neededBy && fromDbDate(neededBy) }
    case 'dependency':
      return { kind, text, dependsOn: dependsOn ?? '' }
    case 'headline':
      return { kind, text }
  }
}
