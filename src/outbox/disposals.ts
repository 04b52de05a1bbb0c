import { Prisma, type Tx } from '../infra/db.ts'
import { programmeIdsIn } from './row-mapping.ts'

/** What keeps records from being deleted, and counts what was: whoever knows of holds hands it in. */
export interface Disposals {
  /** Whether a row is under a hold. */
  isHeld(row: HeldRow): Prisma.Sql
  /** Notes what was deleted, in the transaction that deletes it. */
  record(tx: Tx, counts: readonly DisposalCount[], now: Date): Promise<void>
}

/** A row as SQL. */
export interface HeldRow {
  /** The ids of its programmes: uuid[]. */
  readonly programmeIds: Prisma.Sql
  /** Its words as the text of JSON. Absent: they cannot be read, so it may hold any. */
  readonly json?: Prisma.Sql
}

export interface DisposalCount {
  /** In plain words: "messages". */
  readonly what: string
  /** Why they went: "kept for 730 days". */
  readonly rule: string
  /** Null: of no programme. What told of two counts in each. */
  readonly programmeId: string | null
  readonly count: number
}

/** Of one programme, and of all together. */
export interface DeletedCount {
  readonly programmeId: string | null
  readonly count: number
  readonly total: number
}

/** Records what a statement with countsByProgramme deleted. Returns how much that is. */
export async function recordDeleted(
  tx: Tx,
  counts: readonly DeletedCount[],
  about: Pick<DisposalCount, 'what' | 'rule'>,
  { disposals, now }: { readonly disposals: Disposals; readonly now: Date },
): Promise<number> {
  const noted = counts.map(({ programmeId, count }) => ({ ...about, programmeId, count }))
  await disposals.record(tx, noted, now)
  return counts[0]?.total ?? 0
}

/** Counts the rows of a statement "gone", each with the ids of its "programmes". */
export const countsByProgramme = Prisma.sql`
  SELECT programme AS "programmeId", count(*)::int AS count,
    (SELECT count(*)::int FROM gone) AS total
  FROM gone LEFT JOIN LATERAL unnest(gone.programmes) programme ON true
  GROUP BY programme`

/** Whether "one", a row of OutboxMessage, is under a hold. */
export const isHeldMessage = (disposals: Disposals): Prisma.Sql =>
  disposals.isHeld({
    programmeIds: programmeIdsIn('one'),
    json: Prisma.sql`(one.data::text || array_to_json(one.why)::text)`,
  })
