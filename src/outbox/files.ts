import { mayInAll, type ReaderAction } from '../authority/members.ts'
import { dayMs } from '../base/dates.ts'
import type { OutgoingFile } from '../chat/port.ts'
import { Prisma, type ReadTx, type Tx } from '../infra/db.ts'
import { countsByProgramme, type DeletedCount, type Disposals, recordDeleted } from './disposals.ts'
import { programmeIdsIn, programmeIdsOf } from './row-mapping.ts'

/** The files that messages bring. A file's id is that of its message. */

export type NewFile = Omit<OutgoingFile, 'id'>

/** Long enough for a person who is asked by Teams whether they want it; whoever comes later asks for a new one. */
export const fileRetentionDays = 14

/** Saves the file of a message, in the transaction that enqueues it. */
export async function saveFile(tx: Tx, messageId: string, file: NewFile, at: Date): Promise<void> {
  const { name, contentType, bytes } = file
  await tx.outboxFile.create({
    data: { outboxMessageId: messageId, name, contentType, bytes: new Uint8Array(bytes), at },
  })
}

/** The file of a message; undefined where it is not kept any more. */
export async function fileOf(db: ReadTx, messageId: string): Promise<OutgoingFile | undefined> {
  const found = await db.outboxFile.findUnique({ where: { outboxMessageId: messageId } })
  if (!found) return undefined
  const { name, contentType, bytes } = found
  return { id: messageId, name, contentType, bytes }
}

/**
 * The file of a message, for the person whom the message was for; undefined for others, for whoever has left one of its
 * programmes since, and where it is not kept any more. `actionOf`: what the reader of a kind of message must be allowed.
 */
export async function fileForReader(
  db: ReadTx,
  messageId: string,
  personId: string,
  actionOf: (kind: string) => ReaderAction | undefined,
): Promise<OutgoingFile | undefined> {
  const message = await db.outboxMessage.findUnique({
    where: { id: messageId },
    select: { kind: true, personId: true, programmeId: true, programmeIds: true },
  })
  const action = message && actionOf(message.kind)
  if (!action || message.personId !== personId) return undefined
  const isAllowed = await mayInAll(db, personId, action, programmeIdsOf(message))
  return isAllowed ? fileOf(db, messageId) : undefined
}

/** In one statement: each may hold some MB. */
const deleteBatchSize = 100

/** Deletes the oldest of the files that were kept for long enough and are under no hold. Returns how many. */
export function purgeOldFiles(tx: Tx, now: Date, disposals: Disposals): Promise<number> {
  const old = Prisma.sql`${isOld(now, disposals)} ORDER BY file.at LIMIT ${deleteBatchSize}`
  return deleteFiles(tx, old, `kept for ${fileRetentionDays} days`, { disposals, now })
}

/** Deletes all files that are under no hold. Returns how many stay. */
export async function eraseFiles(tx: Tx, rule: string, by: DisposalTime): Promise<number> {
  await deleteFiles(tx, Prisma.sql`NOT ${isHeldFile(by.disposals)}`, rule, by)
  return tx.outboxFile.count()
}

interface DisposalTime {
  readonly disposals: Disposals
  readonly now: Date
}

async function deleteFiles(
  tx: Tx,
  which: Prisma.Sql,
  rule: string,
  when: DisposalTime,
): Promise<number> {
  const counts = await tx.$queryRaw<DeletedCount[]>`
    WITH gone AS (
      DELETE FROM "OutboxFile" deleted USING "OutboxMessage" one
      WHERE one.id = deleted."outboxMessageId" AND deleted."outboxMessageId" IN (
        SELECT file."outboxMessageId"
        FROM "OutboxFile" file JOIN "OutboxMessage" one ON one.id = file."outboxMessageId"
        WHERE ${which})
      RETURNING ${programmeIdsIn('one')} AS programmes)
    ${countsByProgramme}`
  return recordDeleted(tx, counts, { what: 'files', rule }, when)
}

/** Whether purgeOldFiles has anything to delete. */
export function isAnyFileOld(now: Date, disposals: Disposals): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM "OutboxFile" file JOIN "OutboxMessage" one ON one.id = file."outboxMessageId"
    WHERE ${isOld(now, disposals)})`
}

const isOld = (now: Date, disposals: Disposals) =>
  Prisma.sql`file.at < ${keptSince(now)}::timestamptz AND NOT ${isHeldFile(disposals)}`

/** Nobody can read here which words a file holds. */
const isHeldFile = (disposals: Disposals) =>
  disposals.isHeld({ programmeIds: programmeIdsIn('one') })

const keptSince = (now: Date) => new Date(now.getTime() - fileRetentionDays * dayMs)
