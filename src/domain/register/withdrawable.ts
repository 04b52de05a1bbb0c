import type { Prisma, ReadTx } from '../../infra/db.ts'
import type { EntryKind } from './entry.ts'

/** What was said of an entry and may be taken back: its closing, or a review. */
export interface SaidOfEntry {
  readonly id: string
  readonly entryId: string
  readonly programmeId: string
  readonly kind: EntryKind
  readonly number: number
  readonly byId: string | null
  /** UTC. */
  readonly at: Date
}

const ofEntry = { entry: { select: { programmeId: true, kind: true, number: true } } } as const

interface SaidRow extends Pick<SaidOfEntry, 'entryId' | 'byId' | 'at'> {
  readonly entry: Pick<SaidOfEntry, 'programmeId' | 'kind' | 'number'>
}

const saidOf = ({ entry, entryId, byId, at }: SaidRow, id: string): SaidOfEntry => {
  return { id, entryId, byId, at, ...entry }
}

/** The last closing of these programmes that fits and still stands. */
export async function findClosing(
  tx: ReadTx,
  programmeIds: readonly string[],
  where: Prisma.RegisterClosingWhereInput,
): Promise<SaidOfEntry | undefined> {
  const row = await tx.registerClosing.findFirst({
    where: { ...where, entry: { programmeId: { in: [...programmeIds] } } },
    orderBy: { at: 'desc' },
    include: ofEntry,
  })
  return row ? saidOf(row, row.entryId) : undefined
}

/** The last review of these programmes that fits and still stands. */
export async function findReview(
  tx: ReadTx,
  programmeIds: readonly string[],
  where: Prisma.RegisterReviewWhereInput,
): Promise<SaidOfEntry | undefined> {
  const row = await tx.registerReview.findFirst({
    where: { ...where, withdrawnOn: null, entry: { programmeId: { in: [...programmeIds] } } },
    orderBy: { at: 'desc' },
    include: ofEntry,
  })
  return row ? saidOf(row, row.id) : undefined
}

/** Whether the entry was reviewed again, or closed, since a review. */
export async function isReviewBuiltOn(tx: ReadTx, { entryId, at }: SaidOfEntry): Promise<boolean> {
  const later = { entryId, at: { gt: at } }
  const reviews = await tx.registerReview.count({ where: { ...later, withdrawnOn: null } })
  return reviews > 0 || (await tx.registerClosing.count({ where: later })) > 0
}
