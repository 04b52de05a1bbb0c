import { mayInAll } from '../authority/members.ts'
import {
  type ChannelMove,
  channelUpdate,
  type Place,
  type PlatformName,
} from '../base/addresses.ts'
import { newId } from '../base/ids.ts'
import { currentTraceparent } from '../base/tracing.ts'
import { type Card, inLanguageOfCard } from '../chat/cards.ts'
import type { ReadTx, Tx } from '../infra/db.ts'
import type { ErrorCode } from './error-codes.ts'
import { type NewFile, saveFile } from './files.ts'
import { enqueueEdit } from './message-edits.ts'
import type { MessageKind } from './message-kinds.ts'
import { cardColumns, cardOf, failureColumns, placeColumns, programmeIdsOf } from './row-mapping.ts'

/** A message that Milepost sends on its own initiative. */
export interface NewOutboxMessage {
  /** Idempotency key, by what it is about: "reminder:<person>:<date>". A key is enqueued once. */
  readonly key: string
  readonly kind: MessageKind
  readonly place: Place
  readonly card: Card
  /** Key of the message in whose thread it belongs: enqueued before, in the same conversation. */
  readonly afterKey?: string | undefined
  /** Keys of what it tells of: see topicsSentTo in history.ts. */
  readonly topics?: readonly string[] | undefined
  /** Why it is sent, to this person and on this day, in sentences. */
  readonly why?: readonly string[] | undefined
  /** The picture that it shows, saved in the same transaction (see pictures.ts). */
  readonly pictureId?: string | undefined
  /** The file that it brings, to all who read it there. */
  readonly file?: NewFile | undefined
  /** Every programme that it tells of: whoever reads it has to be in all of them. Absent: of none. */
  readonly programmeIds?: readonly string[] | undefined
  readonly personId?: string | undefined
  /** Not to be sent sooner. Absent: as soon as possible. */
  readonly notBefore?: Date | undefined
}

/**
 * Adds a message in the transaction of what caused it; the dispatcher sends it. False where its key was enqueued before:
 * then nothing changes. Waits for another open transaction that enqueues the same key.
 * @throws Error where no message has the key `afterKey`
 */
export async function enqueue(tx: Tx, message: NewOutboxMessage, now: Date): Promise<boolean> {
  const { programmeIds = [] } = message
  const [programmeId = null, another] = programmeIds
  const id = newId()
  const { count } = await tx.outboxMessage.createMany({
    data: {
      id,
      key: message.key,
      kind: message.kind.kind,
      ...placeColumns(message.place),
      afterId: message.afterKey === undefined ? null : await idOf(tx, message.afterKey),
      ...cardColumns(message.card),
      topics: [...(message.topics ?? [])],
      why: [...(message.why ?? [])],
      pictureId: message.pictureId ?? null,
      hasFile: message.file !== undefined,
      // For the previous version, which may run beside this one.
      programmeId: another ? null : programmeId,
      programmeIds: [...programmeIds],
      personId: message.personId ?? null,
      notBefore: message.notBefore ?? now,
      createdAt: now,
      traceparent: currentTraceparent() ?? null,
    },
    skipDuplicates: true,
  })
  if (count === 1 && message.file) await saveFile(tx, id, message.file, now)
  return count === 1
}

async function idOf(tx: ReadTx, key: string): Promise<string> {
  const found = await tx.outboxMessage.findUnique({ where: { key }, select: { id: true } })
  if (!found) throw new Error(`No message "${key}" was enqueued yet, so nothing can follow it`)
  return found.id
}

/**
 * Changes what a message shows. One that is not sent yet is sent with the new card; one that was sent is edited in place
 * as soon as the platform allows it, and never posted again. The latest change counts. Where the message is gone by then
 * nothing happens, nor where its recipient has left one of its programmes. Call OutboxWorker.wake in the same transaction.
 * `compose`: the new card, in the language of the one that it replaces.
 */
export async function editMessage(
  tx: Tx,
  id: string,
  compose: (shown: Card) => Card,
  now: Date,
): Promise<void> {
  const message = await tx.outboxMessage.findUniqueOrThrow({
    where: { id },
    select: { personId: true, programmeId: true, programmeIds: true, card: true, data: true },
  })
  const { personId } = message
  if (personId && !(await mayInAll(tx, personId, 'read plan', programmeIdsOf(message)))) return
  const shown = cardOf(message)
  const card = inLanguageOfCard(shown, () => compose(shown))
  const { state, possiblySentAt } = await tx.outboxMessage.update({
    where: { id },
    data: cardColumns(card),
  })
  const isUnsent =
    state === 'dead' || state === 'dropped' || (state === 'waiting' && !possiblySentAt)
  if (!isUnsent) await enqueueEdit(tx, id, now)
}

/** Records the card that the reply to a press has put in place of a message: no edit is needed. */
export async function setCardInPlace(tx: Tx, id: string, card: Card): Promise<void> {
  await tx.outboxMessage.update({ where: { id }, data: cardColumns(card) })
}

/** Cancels a message. False, and nothing changes, where it was sent or is being sent. `reason`: part of a sentence. */
export async function cancel(tx: Tx, key: string, reason: string): Promise<boolean> {
  const { count } = await tx.outboxMessage.updateMany({
    where: { key, state: { in: ['waiting', 'dead', 'uncertain'] } },
    data: {
      state: 'dropped',
      ...failureColumns({ code: 'cancelled', reason }),
      possiblySentAt: null,
    },
  })
  return count === 1
}

/**
 * Sends a dead or uncertain message again, with its followers, because a person looked or mended the cause: so without a
 * lookup. False, and nothing changes, for a message in any other state: it is on its way, or was sent.
 */
export async function requeue(tx: Tx, key: string, now: Date): Promise<boolean> {
  const rootNotSent: ErrorCode = 'root_not_sent'
  const [row] = await tx.outboxMessage.updateManyAndReturn({
    where: { key, state: { in: ['dead', 'uncertain'] } },
    data: requeuedColumns(now),
    select: { id: true },
  })
  if (!row) return false
  await tx.outboxMessage.updateMany({
    where: { afterId: row.id, state: 'dead', errorCode: rootNotSent },
    data: requeuedColumns(now),
  })
  return true
}

const requeuedColumns = (now: Date) =>
  ({
    state: 'waiting',
    attempts: 0,
    notBefore: now,
    firstTriedAt: null,
    possiblySentAt: null,
    errorCode: null,
    error: null,
    failureReportedAt: null,
    gone: false,
  }) as const

/** Changes the address under which a platform's conversations are reached; those without one keep none. */
export async function updateServiceUrls(
  tx: Tx,
  platform: PlatformName,
  serviceUrl: string,
): Promise<void> {
  await tx.outboxMessage.updateMany({
    where: { platform, serviceUrl: { not: null } },
    data: { serviceUrl },
  })
}

/** What waits for a channel, and what was posted there and may be edited, goes with it to its new id. */
export async function followChannel(tx: Tx, move: ChannelMove): Promise<void> {
  await tx.outboxMessage.updateMany(channelUpdate(move))
}
