import { mayInAll, type ReaderAction } from '../authority/members.ts'
import { dayMs } from '../base/dates.ts'
import type { OutgoingFile } from '../chat/port.ts'
import { type Database, Prisma, type ReadTx, type Tx } from '../infra/db.ts'
import { programmeIdsOf } from './row-mapping.ts'

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

/** Deletes the oldest of the files that were kept for long enough. Returns how many. */
export async function purgeOldFiles(db: Database, now: Date): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "OutboxFile" WHERE "outboxMessageId" IN (
      SELECT "outboxMessageId" FROM "OutboxFile" WHERE at < ${keptSince(now)}::timestamptz
      ORDER BY at LIMIT ${deleteBatchSize})`
}

/** Whether purgeOldFiles has anything to delete. */
export function isAnyFileOld(now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM "OutboxFile" WHERE at < ${keptSince(now)}::timestamptz)`
}

const keptSince = (now: Date) => new Date(now.getTime() - fileRetentionDays * dayMs)
