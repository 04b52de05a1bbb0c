import type { Place, PlatformName } from '../base/addresses.ts'
import { newId } from '../base/ids.ts'
import type { Card } from '../chat/cards.ts'
import type { ReadTx, Tx } from '../infra/db.ts'
import type { ErrorCode } from './error-codes.ts'
import { enqueueEdit } from './message-edits.ts'
import type { MessageKind } from './message-kinds.ts'
import { cardColumns, failureColumns } from './row-mapping.ts'

/** Something that Milepost says first. */
export interface NewOutboxMessage {
  /** What it is about ("reminder:<person>:<date>"): the same key is never decided twice. */
  readonly key: string
  readonly kind: MessageKind
  readonly place: Place
  readonly card: Card
  /** Key of the delivery in whose thread it stands. That one is decided first, in the same conversation. */
  readonly afterKey?: string | undefined
  /** What it tells of, each as a key of its own: see topicsSentTo. */
  readonly topics?: readonly string[] | undefined
  /** Why it is said, to whom and on that day, in sentences. */
  readonly why?: readonly string[] | undefined
  /** The picture that it shows, kept in the same transaction (see pictures.ts). */
  readonly pictureId?: string | undefined
  readonly programmeId?: string | undefined
  readonly personId?: string | undefined
  /** Not to be sent sooner. Absent: as soon as possible. */
  readonly notBefore?: Date | undefined
}

/**
 * Writes the decision to say it, in the transaction of what caused it; the dispatcher does the rest.
 * True if it is new, false if its key was decided before: then nothing changes.
 * A decision on the same key in another open transaction is waited for.
 */
export async function enqueue(tx: Tx, message: NewOutboxMessage, now: Date): Promise<boolean> {
  const { place } = message
  const { count } = await tx.outboxMessage.createMany({
    data: {
      id: newId(),
      key: message.key,
      kind: message.kind.kind,
      platform: place.platform,
      tenant: place.tenant,
      conversation: place.conversation,
      placeKind: place.kind,
      serviceUrl: place.serviceUrl ?? null,
      afterId: message.afterKey === undefined ? null : await idOf(tx, message.afterKey),
      ...cardColumns(message.card),
      topics: [...(message.topics ?? [])],
      why: [...(message.why ?? [])],
      pictureId: message.pictureId ?? null,
      programmeId: message.programmeId ?? null,
      personId: message.personId ?? null,
      notBefore: message.notBefore ?? now,
      createdAt: now,
    },
    skipDuplicates: true,
  })
  return count === 1
}

async function idOf(tx: ReadTx, key: string): Promise<string> {
  const found = await tx.outboxMessage.findUnique({ where: { key }, select: { id: true } })
  if (!found) throw new Error(`No delivery "${key}" was decided yet, so nothing can follow it`)
  return found.id
}

/**
 * Changes what a delivery shows, wherever it is: one that is still to be sent is sent so, and one that stands in a
 * conversation is changed there, in place, as soon as the platform lets us; it is never posted anew. The latest change
 * counts. Where the message is gone by then nothing happens. Call OutboxWorker.wake in the same transaction.
 */
export async function editMessage(tx: Tx, id: string, card: Card, now: Date): Promise<void> {
  const { state, possiblySentAt } = await tx.outboxMessage.update({
    where: { id },
    data: cardColumns(card),
  })
  const isUnsent =
    state === 'dead' || state === 'dropped' || (state === 'waiting' && !possiblySentAt)
  if (!isUnsent) await enqueueEdit(tx, id, now)
}

/** Notes what a message shows since it was changed in the answer to a press: nothing is left to be done there. */
export async function setCardInPlace(tx: Tx, id: string, card: Card): Promise<void> {
  await tx.outboxMessage.update({ where: { id }, data: cardColumns(card) })
}

/**
 * Takes back a delivery that is not to be said any more. False, and nothing changes, where it stands there already or
 * is just being sent.
 */
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
 * Has a delivery sent again that is dead or uncertain, with what belongs in its thread: a person looked, or mended the
 * cause. It is then sent without looking. False, and nothing changes, for any other: what is on its way or stands there
 * is not said twice.
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
