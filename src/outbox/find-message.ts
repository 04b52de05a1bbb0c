import type { Address, Place } from '../base/addresses.ts'
import type { Card } from '../chat/cards.ts'
import type { Prisma, ReadTx } from '../infra/db.ts'
import type { DeliveryState } from './row-mapping.ts'
import { addressOf, cardOf, placeOf, programmeIdsOf } from './row-mapping.ts'

/** A message that was sent. */
export interface SentMessage {
  readonly id: string
  readonly key: string
  readonly kind: string
  readonly card: Card
  readonly topics: readonly string[]
  readonly programmeIds: readonly string[]
  readonly personId: string | undefined
  readonly address: Address
  readonly sentAt: Date
}

/**
 * The message whose button was pressed. Undefined for an answer to a command, which is no outbox message, and in the
 * moment between the post and the record of it.
 */
export async function sentMessageAt(
  tx: ReadTx,
  address: Address,
): Promise<SentMessage | undefined> {
  const row = await tx.outboxMessage.findFirst({ where: addressFilter(address) })
  const recorded = row && addressOf(row)
  if (!row || !recorded || !row.sentAt) return undefined
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    card: cardOf(row),
    topics: row.topics,
    programmeIds: programmeIdsOf(row),
    personId: row.personId ?? undefined,
    address: recorded,
    sentAt: row.sentAt,
  }
}

/** How far the message with this key has come; undefined where none has it. */
export async function stateOfMessage(tx: ReadTx, key: string): Promise<DeliveryState | undefined> {
  const row = await tx.outboxMessage.findUnique({ where: { key }, select: { state: true } })
  return row?.state
}

/** Ids of the messages of a kind of which there are few. */
export async function idsOfKind(tx: ReadTx, kind: string): Promise<string[]> {
  const rows = await tx.outboxMessage.findMany({ where: { kind }, select: { id: true } })
  return rows.map(({ id }) => id)
}

/** A message that everybody in a channel can see. */
export interface ChannelMessage {
  readonly key: string
  /** Key of the message that starts its thread: of the message itself where it is in no thread. */
  readonly rootKey: string
  readonly place: Place
  readonly programmeIds: readonly string[]
}

/** The channel message at this address. Undefined for a direct message, and where the outbox did not send it. */
export async function channelMessageAt(
  tx: ReadTx,
  address: Address,
): Promise<ChannelMessage | undefined> {
  const row = await tx.outboxMessage.findFirst({
    where: { ...addressFilter(address), placeKind: 'channel' },
    include: { after: { select: { key: true } } },
  })
  if (!row) return undefined
  return {
    key: row.key,
    rootKey: row.after?.key ?? row.key,
    place: placeOf(row),
    programmeIds: programmeIdsOf(row),
  }
}

function addressFilter({ place, messageId }: Address): Prisma.OutboxMessageWhereInput {
  const { platform, tenant, conversation } = place
  return { platform, tenant, sentTo: conversation, messageId }
}

/** A message by its key, if it was enqueued. */
export async function outboxMessageByKey(
  tx: ReadTx,
  key: string,
): Promise<{ id: string; state: DeliveryState; card: Card } | undefined> {
  const row = await tx.outboxMessage.findUnique({ where: { key } })
  return row ? { id: row.id, state: row.state, card: cardOf(row) } : undefined
}

/** A message by its id. @throws where it does not exist */
export async function outboxMessageById(
  tx: ReadTx,
  id: string,
): Promise<{ card: Card; personId: string | undefined }> {
  const row = await tx.outboxMessage.findUniqueOrThrow({ where: { id } })
  return { card: cardOf(row), personId: row.personId ?? undefined }
}

/** Those of the keys that were enqueued before. */
export async function findEnqueuedKeys(tx: ReadTx, keys: readonly string[]): Promise<Set<string>> {
  const rows = await tx.outboxMessage.findMany({
    where: { key: { in: [...keys] } },
    select: { key: true },
  })
  return new Set(rows.map(({ key }) => key))
}

/** Ids of the messages whose keys begin like this; of those alone that tell of a programme, where one is named. */
export async function messageIdsByKeyPrefix(
  tx: ReadTx,
  prefix: string,
  programmeId?: string,
): Promise<string[]> {
  const ofProgramme = programmeId === undefined ? {} : { programmeIds: { has: programmeId } }
  const rows = await tx.outboxMessage.findMany({
    where: { key: { startsWith: prefix }, ...ofProgramme },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
