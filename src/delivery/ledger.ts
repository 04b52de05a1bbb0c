import { newId } from '../base/ids.ts'
import type { Card } from '../chat/cards.ts'
import type { Address, Place } from '../chat/invocation.ts'
import type { Tx } from '../infra/db.ts'
import { addressOf, cardColumns, cardOf } from './stored.ts'

/** Something that Milepost says first. */
export interface NewDelivery {
  /** What it is about ("reminder:<person>:<date>"): the same key is never decided twice. */
  readonly key: string
  /** "reminder", "digest", …: for reports and logs. */
  readonly kind: string
  readonly place: Place
  readonly card: Card
  /** Key of the delivery in whose thread it stands. That one is decided first, in the same conversation. */
  readonly afterKey?: string | undefined
  /** What it tells of, each as a key of its own: see saidTo. */
  readonly says?: readonly string[] | undefined
  readonly programmeId?: string | undefined
  readonly personId?: string | undefined
  /** Not to be sent sooner. Absent: as soon as possible. */
  readonly notBefore?: Date | undefined
}

/** A delivery that stands in a conversation. */
export interface SentDelivery {
  readonly id: string
  readonly key: string
  readonly kind: string
  readonly card: Card
  readonly says: readonly string[]
  readonly programmeId: string | undefined
  readonly personId: string | undefined
  readonly address: Address
  readonly sentAt: Date
}

/**
 * Writes the decision to say it, in the transaction of what caused it; the dispatcher does the rest.
 * True if it is new, false if its key was decided before: then nothing changes.
 * A decision on the same key in another open transaction is waited for.
 */
export async function decide(tx: Tx, delivery: NewDelivery, now: Date): Promise<boolean> {
  const { place } = delivery
  const { count } = await tx.delivery.createMany({
    data: {
      id: newId(),
      key: delivery.key,
      kind: delivery.kind,
      platform: place.platform,
      tenant: place.tenant,
      conversation: place.conversation,
      placeKind: place.kind,
      via: place.via ?? null,
      afterId: delivery.afterKey === undefined ? null : await idOf(tx, delivery.afterKey),
      ...cardColumns(delivery.card),
      says: [...(delivery.says ?? [])],
      programmeId: delivery.programmeId ?? null,
      personId: delivery.personId ?? null,
      notBefore: delivery.notBefore ?? now,
      createdAt: now,
    },
    skipDuplicates: true,
  })
  return count === 1
}

async function idOf(tx: Tx, key: string): Promise<string> {
  const found = await tx.delivery.findUnique({ where: { key }, select: { id: true } })
  if (!found) throw new Error(`No delivery "${key}" was decided yet, so nothing can follow it`)
  return found.id
}

/**
 * The delivery that a pressed button belongs to. Undefined where Milepost did not say it first (an answer to a
 * command), and in the moment between the post and the ledger's note of it.
 */
export async function deliveryAt(tx: Tx, address: Address): Promise<SentDelivery | undefined> {
  const row = await tx.delivery.findFirst({
    where: {
      platform: address.place.platform,
      tenant: address.place.tenant,
      sentTo: address.place.conversation,
      sentAs: address.message,
    },
  })
  const stands = row && addressOf(row)
  if (!row || !stands || !row.sentAt) return undefined
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    card: cardOf(row),
    says: row.says,
    programmeId: row.programmeId ?? undefined,
    personId: row.personId ?? undefined,
    address: stands,
    sentAt: row.sentAt,
  }
}

/**
 * What each person was told of in deliveries decided since that moment; an empty set for who was told nothing.
 * Counts what is still on its way (it will be said) and what is uncertain (saying it again could be a repeat),
 * not what is dead: that was never said, so it is still to be said.
 */
export async function saidTo(
  tx: Tx,
  personIds: readonly string[],
  since: Date,
): Promise<Map<string, Set<string>>> {
  const rows = await tx.delivery.findMany({
    where: { personId: { in: [...personIds] }, createdAt: { gte: since }, state: { not: 'dead' } },
    select: { personId: true, says: true },
  })
  const said = new Map(personIds.map((id) => [id, new Set<string>()]))
  for (const row of rows) {
    if (row.personId === null) continue
    for (const what of row.says) said.get(row.personId)?.add(what)
  }
  return said
}

/** Notes what a message shows now, after a row of it was answered. Changing it on the platform is the caller's part. */
export async function changeCard(tx: Tx, id: string, card: Card): Promise<void> {
  await tx.delivery.update({ where: { id }, data: cardColumns(card) })
}

/**
 * Has a delivery sent again that is dead or uncertain: a person looked, or mended the cause. It is then sent without
 * looking. False, and nothing changes, for any other: what is on its way or stands there is not said twice.
 */
export async function sendAgain(tx: Tx, key: string, now: Date): Promise<boolean> {
  const { count } = await tx.delivery.updateMany({
    where: { key, state: { in: ['dead', 'uncertain'] } },
    data: {
      state: 'waiting',
      attempts: 0,
      notBefore: now,
      firstTriedAt: null,
      maybeSince: null,
      error: null,
    },
  })
  return count === 1
}
