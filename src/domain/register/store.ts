import { toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Tx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'
import { requirePersonId } from '../plan/lookup.ts'
import type { ProjectRef } from '../plan/plan.ts'
import { lockProgramme } from '../programme/lock.ts'
import type { Entry, EntryDetails, EntryKind, ReviewedFields } from './entry.ts'

/** Writes the register. What was said once stays; what is said later is appended. */

/** Appends an entry as at the person's day. Its number is the next of its kind in the programme. */
export async function addEntry(
  context: DomainContext,
  programmeId: string,
  project: ProjectRef | null,
  details: EntryDetails,
): Promise<Entry> {
  const { tx, today } = context
  const { byId, source, onDay, at } = appendedBy(context)
  const number = await nextNumber(tx, programmeId, details.kind)
  const recorded = { id: newId(), number, byId, source }
  await tx.registerEntry.create({
    data: {
      ...detailColumns(details),
      ...{ ...recorded, programmeId, projectId: project?.id ?? null, onDay, at },
    },
  })
  return {
    ...{ ...details, ...recorded, project, onDay: today },
    ...{ closing: null, reviews: [], reopenings: [] },
  }
}

export function detailColumns(details: EntryDetails) {
  if (details.kind === 'decision' || details.kind === 'action') {
    const { neededBy } = details
    return { ...details, neededBy: neededBy && toDbDate(neededBy) }
  }
  if (details.kind === 'issue') {
    const { reviewOn } = details
    return { ...details, reviewOn: reviewOn && toDbDate(reviewOn) }
  }
  if (details.kind !== 'risk') return details
  const { score, reviewOn, ...risk } = details
  return { ...risk, ...scoreColumns(score), reviewOn: reviewOn && toDbDate(reviewOn) }
}

function scoreColumns(score: ReviewedFields['score']) {
  return { likelihood: score?.likelihood ?? null, impact: score?.impact ?? null }
}

/** Locks the programme's numbering until the commit, so that two entries at once get different numbers. */
export async function nextNumber(tx: Tx, programmeId: string, kind: EntryKind): Promise<number> {
  await lockProgramme(tx, programmeId)
  const { _max } = await tx.registerEntry.aggregate({
    where: { programmeId, kind },
    _max: { number: true },
  })
  return (_max.number ?? 0) + 1
}

/** Who appends something to the register, when and from where. */
export interface AppendedBy {
  /** Null: an import. */
  readonly byId: string | null
  readonly source: string
  readonly onDay: Date
  /** UTC. */
  readonly at: Date
}

function appendedBy({ actor, now, today, place }: DomainContext): AppendedBy {
  return {
    byId: requirePersonId(actor),
    source: place.platform,
    onDay: toDbDate(today),
    at: now,
  }
}

/** Appends the closing as at the person's day. Returns false, and changes nothing, where it was closed already. */
export const closeEntry = (
  context: DomainContext,
  entryId: string,
  outcome: string | null,
): Promise<boolean> => appendClosing(context.tx, entryId, outcome, appendedBy(context))

export async function appendClosing(
  tx: Tx,
  entryId: string,
  outcome: string | null,
  said: AppendedBy,
): Promise<boolean> {
  const { count } = await tx.registerClosing.createMany({
    data: { entryId, outcome, ...said },
    skipDuplicates: true,
  })
  return count > 0
}

/** Appends how the entry stands from the person's day on, and gives the review's id. */
export const reviewEntry = (
  context: DomainContext,
  entryId: string,
  fields: ReviewedFields,
  reason: string | null,
): Promise<string> => appendReview(context.tx, entryId, fields, reason, appendedBy(context))

export async function appendReview(
  tx: Tx,
  entryId: string,
  { score, neededBy, reviewOn, ...fields }: ReviewedFields,
  reason: string | null,
  said: AppendedBy,
): Promise<string> {
  const id = newId()
  await tx.registerReview.create({
    data: {
      ...{ id, entryId, reason, ...fields, ...scoreColumns(score), ...said },
      neededBy: neededBy && toDbDate(neededBy),
      reviewOn: reviewOn && toDbDate(reviewOn),
    },
  })
  return id
}

/**
 * Opens a closed entry again as at the person's day; the closing that this ends stays in the history. Returns false, and
 * changes nothing, where it is open.
 */
export const reopenEntry = (
  context: DomainContext,
  entryId: string,
  reason: string,
): Promise<boolean> => appendReopening(context.tx, entryId, reason, appendedBy(context))

export async function appendReopening(
  tx: Tx,
  entryId: string,
  reason: string,
  said: AppendedBy,
): Promise<boolean> {
  const closing = await tx.registerClosing.findUnique({ where: { entryId } })
  if (!closing) return false
  // Of two people at once, one ends the closing.
  const { count } = await tx.registerClosing.deleteMany({ where: { entryId, at: closing.at } })
  if (count === 0) return false
  await tx.registerReopening.create({
    data: {
      ...{ id: newId(), entryId, reason, ...said },
      ...{ outcome: closing.outcome, closedById: closing.byId, closedSource: closing.source },
      ...{ closedOn: closing.onDay, closedAt: closing.at },
    },
  })
  return true
}

/** Takes a review back from the person's day on. Returns false where that was done before. */
export async function withdrawReview({ tx, today }: DomainContext, id: string): Promise<boolean> {
  const { count } = await tx.registerReview.updateMany({
    where: { id, withdrawnOn: null },
    data: { withdrawnOn: toDbDate(today) },
  })
  return count > 0
}
