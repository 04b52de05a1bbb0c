import { type Database, Prisma } from '../../infra/db.ts'

/**
 * When each programme has to be looked at next, for each kind of work. What changes that marks the programme in its own
 * transaction: triggers of the database do so (migration programme_looks), whoever writes.
 */

export type LookWork = 'reminders' | 'digests'

/** A programme that this process looks at. */
export interface ClaimedLook {
  readonly programmeId: string
  /** An archived programme: nothing is sent about it. */
  readonly isArchived: boolean
  /** Another may look from then on, because this process must have crashed. It identifies the claim. */
  readonly leaseUntil: Date
}

/** Longer than a batch takes. A look that was not finished is repeated after it: by then its process must have crashed. */
const leaseMs = 2 * 60_000

/** So long after a look a change that is not urgent waits: a busy plan is not read again each minute. */
export const soonMs = 5 * 60_000

export interface LookClaimOptions {
  readonly work: LookWork
  readonly now: Date
  readonly limit: number
  /** Programmes that were claimed in this run. */
  readonly except: readonly string[]
}

/**
 * Claims programmes that are due: their time has come, something of them was changed, or the clock was set back. Safe in
 * any number of processes. The marks are deleted before anything is read, so one that comes meanwhile is not lost.
 */
export async function claimLooks(
  db: Database,
  { work, now, limit, except }: LookClaimOptions,
): Promise<ClaimedLook[]> {
  const leaseUntil = new Date(now.getTime() + leaseMs)
  const rows = await db.$queryRaw<{ programmeId: string }[]>`
    WITH due AS MATERIALIZED (
      SELECT look."programmeId" FROM "ProgrammeLook" look
      WHERE look.work = ${work} AND ${isLookDue(now)} AND NOT look."programmeId" = ANY(${[...except]}::uuid[])
      ORDER BY look."nextAt", look."programmeId" LIMIT ${limit}
      FOR UPDATE SKIP LOCKED
    ), seen AS (
      DELETE FROM "ProgrammeChange" change USING due
      WHERE change.programme = due."programmeId" AND change.work = ${work}
    )
    UPDATE "ProgrammeLook" look
    SET "nextAt" = ${leaseUntil}::timestamptz, "lookedAt" = ${now}::timestamptz
    FROM due WHERE look."programmeId" = due."programmeId" AND look.work = ${work}
    RETURNING look."programmeId"`
  if (rows.length === 0) return []
  const programmes = await db.programme.findMany({
    where: { id: { in: rows.map(({ programmeId }) => programmeId) } },
    orderBy: { key: 'asc' },
    select: { id: true, archivedAt: true },
  })
  return programmes.map(({ id, archivedAt }) => ({
    programmeId: id,
    isArchived: archivedAt !== null,
    leaseUntil,
  }))
}

/** Whether any programme is due. */
export function isAnyLookDue(work: LookWork, now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM "ProgrammeLook" look WHERE look.work = ${work} AND ${isLookDue(now)})`
}

/** Whether anything that reminders read may have been changed since a look or a moment: marks are deleted by a look. */
export function isAnythingChanged(since: Date): Prisma.Sql {
  return Prisma.sql`(
    EXISTS (SELECT FROM "ProgrammeChange" WHERE work = 'reminders')
    OR EXISTS (SELECT FROM "ProgrammeLook" WHERE work = 'reminders' AND "lookedAt" > ${since}::timestamptz)
  )`
}

/** Whether `look`, a row of ProgrammeLook, is due. */
export function isLookDue(now: Date): Prisma.Sql {
  const soonBefore = new Date(now.getTime() - soonMs)
  return Prisma.sql`(
    look."nextAt" <= ${now}::timestamptz
    OR look."lookedAt" > ${now}::timestamptz
    OR EXISTS (
      SELECT FROM "ProgrammeChange" change
      WHERE change.programme = look."programmeId" AND change.work = look.work
        AND (change."isUrgent" OR look."lookedAt" <= ${soonBefore}::timestamptz)
    )
  )`
}

/** Records when the programme is looked at next; not where another process has claimed it since. */
export async function finishLook(
  db: Database,
  work: LookWork,
  { programmeId, leaseUntil }: ClaimedLook,
  nextAt: Date,
): Promise<void> {
  await db.programmeLook.updateMany({
    where: { programmeId, work, nextAt: leaseUntil },
    data: { nextAt },
  })
}

/** Has every programme looked at in the next minute: another version of Milepost may know other rules. */
export async function lookAtAll(db: Database): Promise<void> {
  await db.programmeLook.updateMany({ data: { nextAt: new Date(0) } })
}
