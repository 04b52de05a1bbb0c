import { type CivilDate, fromDbDate, fromNullableDbDate } from '../../base/dates.ts'
import type { Prisma, ReadTx } from '../../infra/db.ts'
import type { ProjectRef } from '../plan/plan.ts'
import { entryAsAt } from './as-at.ts'
import type { Entry, EntryDetails, EntryKind, RiskScore } from './entry.ts'
import { isOpen } from './rules.ts'

/** Every entry of a programme, with all that was said of it; rules.ts decides what was open on a day. */
export async function loadEntries(tx: ReadTx, programmeId: string): Promise<Entry[]> {
  return (await findEntries(tx, { programmeId })).map(({ entry }) => entry)
}

/** The open entries of which somebody is reminded, as at the end of a day: all but decisions and headlines. */
export async function loadOpenEntries(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<Entry[]> {
  const kind = { in: ['risk', 'issue', 'action', 'dependency'] satisfies EntryKind[] }
  const found = await findEntries(tx, { programmeId, kind, closing: null })
  return found.flatMap(({ entry }) => (isOpen(entry, asAt) ? entryAsAt(entry, asAt) : []))
}

/** What may answer a reminder of an entry, since a moment. */
export async function registerAnswersSince(
  tx: ReadTx,
  since: Date,
): Promise<{ readonly key: string; readonly entryId: string }[]> {
  const where = { at: { gt: since } }
  const closings = await tx.registerClosing.findMany({ where, select: { entryId: true } })
  const reviews = await tx.registerReview.findMany({ where, select: { id: true, entryId: true } })
  return [
    ...closings.map(({ entryId }) => ({ key: `closing:${entryId}`, entryId })),
    ...reviews.map(({ id, entryId }) => ({ key: id, entryId })),
  ]
}

/** An entry, and the id of the programme it belongs to. */
export interface StoredEntry {
  readonly entry: Entry
  readonly programmeId: string
}

const entryInclude = {
  closing: true,
  reviews: { orderBy: { at: 'asc' } },
  reopenings: { orderBy: { at: 'asc' } },
} satisfies Prisma.RegisterEntryInclude

type EntryRow = Prisma.RegisterEntryGetPayload<{ include: typeof entryInclude }>

/** Not those of an import that was taken back: their rows stay, and nobody sees them. */
export async function findEntries(
  tx: ReadTx,
  where: Prisma.RegisterEntryWhereInput,
): Promise<StoredEntry[]> {
  const rows = await tx.registerEntry.findMany({
    where: { ...where, withdrawnOn: null },
    include: entryInclude,
    orderBy: [{ kind: 'asc' }, { number: 'asc' }],
  })
  const ids = rows.flatMap(({ projectId, dependsOnId }) => [projectId ?? [], dependsOnId ?? []])
  const projects = await tx.project.findMany({
    where: { id: { in: [...new Set(ids.flat())] } },
    select: { id: true, ref: true, title: true },
  })
  const byId = new Map(projects.map((project) => [project.id, project]))
  return rows.map((row) => ({ entry: entryOf(row, byId), programmeId: row.programmeId }))
}

function entryOf(row: EntryRow, projects: ReadonlyMap<string, ProjectRef>): Entry {
  const { id, number, byId, source, closing, reviews, reopenings } = row
  return {
    ...entryDetails(row, projects),
    ...{ id, number, byId, source, project: projects.get(row.projectId ?? '') ?? null },
    onDay: fromDbDate(row.onDay),
    closing: closing && {
      outcome: closing.outcome,
      byId: closing.byId,
      onDay: fromDbDate(closing.onDay),
    },
    reviews: reviews.map((review) => ({
      ...{ id: review.id, reason: review.reason, byId: review.byId },
      ...{ mitigation: review.mitigation, state: review.state, score: scoreOf(review) },
      ...{ proximity: review.proximity, ownerId: review.ownerId },
      neededBy: fromNullableDbDate(review.neededBy),
      reviewOn: fromNullableDbDate(review.reviewOn),
      onDay: fromDbDate(review.onDay),
      withdrawnOn: fromNullableDbDate(review.withdrawnOn),
    })),
    reopenings: reopenings.map(({ reason, outcome, closedById, closedOn, ...said }) => ({
      ...{ reason, byId: said.byId, onDay: fromDbDate(said.onDay) },
      closing: { outcome, byId: closedById, onDay: fromDbDate(closedOn) },
    })),
  }
}

function scoreOf({
  likelihood,
  impact,
}: Pick<EntryRow, 'likelihood' | 'impact'>): RiskScore | null {
  return likelihood !== null && impact !== null ? { likelihood, impact } : null
}

function entryDetails(row: EntryRow, projects: ReadonlyMap<string, ProjectRef>): EntryDetails {
  const { kind, text, mitigation, ownerId, proximity, askedOf, dependsOnId } = row
  const state = row.state ?? 'blank'
  const neededBy = fromNullableDbDate(row.neededBy)
  const reviewOn = fromNullableDbDate(row.reviewOn)
  switch (kind) {
    case 'risk':
      return {
        ...{ kind, text, mitigation, state, score: scoreOf(row), proximity, ownerId, reviewOn },
      }
    case 'issue':
      return { kind, text, mitigation, state, ownerId, reviewOn }
    case 'action':
      return { kind, text, ownerId, neededBy }
    case 'decision':
      return { kind, text, askedOf, neededBy }
    case 'dependency': {
      const dependsOn = projects.get(dependsOnId ?? '')?.ref ?? row.dependsOn ?? ''
      return { kind, text, dependsOn, dependsOnId }
    }
    case 'headline':
      return { kind, text }
  }
}
