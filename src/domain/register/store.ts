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
  await tx.registerEntry.create({
    data: {
      ...detailColumns(details),
      ...recorded,
      programmeId,
      projectId: project?.id ?? null,
      onDay: toDbDate(today),
      at: now,
    },
  })
  return {
    ...{ ...details, ...recorded, project, onDay: today },
    ...{ closing: null, reviews: [], reopenings: [] },
  }
}

function detailColumns(details: EntryDetails) {
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
async function nextNumber(tx: Tx, programmeId: string, kind: EntryKind): Promise<number> {
  await lockProgramme(tx, programmeId)
  const { _max } = await tx.registerEntry.aggregate({
    where: { programmeId, kind },
    _max: { number: true },
  })
  return (_max.number ?? 0) + 1
}

/** Who appends something to the register, when and from where. */
function appendedBy({ actor, now, today, place }: DomainContext) {
  return {
    byId: requirePersonId(actor),
    source: place.platform,
    onDay: toDbDate(today),
    at: now,
  }
}

/** Appends the closing as at the person's day. Returns false, and changes nothing, where it was closed already. */
export async function closeEntry(
  context: DomainContext,
  entryId: string,
  outcome: string | null,
): Promise<boolean> {
  const { count } = await context.tx.registerClosing.createMany({
    data: { entryId, outcome, ...appendedBy(context) },
    skipDuplicates: true,
  })
  return count > 0
}

/** Appends how the entry stands from the person's day on, and gives the review's id. */
export async function reviewEntry(
  context: DomainContext,
  entryId: string,
  { score, neededBy, reviewOn, ...fields }: ReviewedFields,
  reason: string | null,
): Promise<string> {
  const id = newId()
  await context.tx.registerReview.create({
    data: {
      ...{ id, entryId, reason, ...fields, ...scoreColumns(score), ...appendedBy(context) },
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
export async function reopenEntry(
  context: DomainContext,
  entryId: string,
  reason: string,
): Promise<boolean> {
  const { tx } = context
  const closing = await tx.registerClosing.findUnique({ where: { entryId } })
  if (!closing) return false
  // Of two people at once, one ends the closing.
  const { count } = await tx.registerClosing.deleteMany({ where: { entryId, at: closing.at } })
  if (count === 0) return false
  await tx.registerReopening.create({
    data: {
      ...{ id: newId(), entryId, reason, ...appendedBy(context) },
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
