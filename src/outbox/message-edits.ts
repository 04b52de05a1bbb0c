import type { Address, Place } from '../base/addresses.ts'
import type { Card } from '../chat/cards.ts'
import { type Database, Prisma, type Tx } from '../infra/db.ts'
import {
  type ClaimOptions,
  isSendable,
  joinConcurrencyLimits,
  type LastFailure,
} from './claim-store.ts'
import { type Lease, leaseMs } from './lease.ts'
import { addressOf, cardOf, failureColumns, placeOf } from './row-mapping.ts'
import type { EditTransition } from './state-machine.ts'

/** An edit of a sent message on which this process holds a lease. */
export interface EditClaim {
  readonly id: string
  readonly lease: Lease
  /** Of the outbox message. */
  readonly key: string
  readonly kind: string
  readonly isResend: boolean
  readonly address: Address
  /** To whom it was sent, and where it was addressed to. */
  readonly personId: string | undefined
  readonly place: Place
  readonly parseCard: () => Card
  readonly pictureId: string | null
  readonly version: number
  readonly attempts: number
  readonly firstTriedAt: Date
  readonly lastFailure: LastFailure
}

/** Records that a sent message no longer shows its card. Where an edit is waiting already, it includes this change. */
export async function enqueueEdit(tx: Tx, outboxMessageId: string, now: Date): Promise<void> {
  await tx.messageEdit.upsert({
    where: { outboxMessageId },
    create: { outboxMessageId, notBefore: now },
    update: { version: { increment: 1 } },
  })
}

/** Claims due edits; safe beside any number of other dispatchers. */
export async function claimEdits(db: Database, options: ClaimOptions): Promise<EditClaim[]> {
  const { now, limit } = options
  const until = new Date(now.getTime() + leaseMs)
  const claimed = await db.$queryRaw<{ id: string; token: string }[]>`
    WITH due AS MATERIALIZED (
      SELECT one.id, coalesce(share.most, basic.most, ${limit}) AS most, row_number() OVER (
        PARTITION BY one.platform, one.tenant
        ORDER BY CASE WHEN share.least_tried_first THEN edit.attempts ELSE 0 END, edit."notBefore", one."sequence"
      ) AS place
      FROM "MessageEdit" edit JOIN "OutboxMessage" one ON one.id = edit."outboxMessageId"
      ${joinConcurrencyLimits(options.concurrencyLimits)}
      WHERE one.state = 'sent' AND ${isDue(options)} AND ${isSendable(options)}
    ), next AS MATERIALIZED (
      SELECT edit."outboxMessageId"
      FROM "MessageEdit" edit JOIN due ON due.id = edit."outboxMessageId"
      WHERE due.place <= due.most AND ${isDue(options)}
      ORDER BY due.place
      LIMIT ${limit}
      FOR UPDATE OF edit SKIP LOCKED
    )
    UPDATE "MessageEdit" claimed
    SET "leaseToken" = gen_random_uuid(),
        "leaseExpiresAt" = ${until}::timestamptz,
        attempts = claimed.attempts + 1,
        "firstTriedAt" = coalesce(claimed."firstTriedAt", ${now}::timestamptz)
    FROM next
    WHERE claimed."outboxMessageId" = next."outboxMessageId"
    RETURNING claimed."outboxMessageId" AS id, claimed."leaseToken"::text AS token`
  if (claimed.length === 0) return []
  const tokens = new Map(claimed.map(({ id, token }) => [id, token]))
  const rows = await db.messageEdit.findMany({
    where: { outboxMessageId: { in: [...tokens.keys()] } },
    include: { outboxMessage: true },
  })
  return rows.flatMap(({ outboxMessage, ...row }) => {
    const token = tokens.get(row.outboxMessageId)
    const address = addressOf(outboxMessage)
    if (!token || !address) return []
    const { id, key, kind, isResend, pictureId } = outboxMessage
    const { version, attempts } = row
    const lastFailure = { code: row.errorCode, at: row.notBefore }
    const firstTriedAt = row.firstTriedAt ?? now
    const lease = { token, expiresAt: until }
    const parseCard = () => cardOf(outboxMessage)
    const recipient = {
      personId: outboxMessage.personId ?? undefined,
      place: placeOf(outboxMessage),
    }
    const message = { id, key, kind, isResend, address, ...recipient, parseCard, pictureId }
    return [{ ...message, lease, version, attempts, firstTriedAt, lastFailure }]
  })
}

function isDue({ now, inFlightIds }: ClaimOptions): Prisma.Sql {
  return Prisma.sql`edit."notBefore" <= ${now}::timestamptz
    AND (edit."leaseToken" IS NULL OR edit."leaseExpiresAt" <= ${now}::timestamptz)
    AND NOT edit."outboxMessageId" = ANY(${[...inFlightIds]}::uuid[])`
}

/**
 * Records how the edit ended. A change that came after the card was read stays due. False, and nothing is written, where
 * the claim was taken over.
 */
export async function recordEditResult(
  db: Database,
  claim: EditClaim,
  next: EditTransition,
): Promise<boolean> {
  const isHeld = { outboxMessageId: claim.id, leaseToken: claim.lease.token }
  const released = { leaseToken: null, leaseExpiresAt: null }
  if (next.state === 'waiting') {
    const { notBefore, attempts } = next
    const anew = next.startsDayAnew ? { firstTriedAt: null } : {}
    const data = { ...released, ...failureColumns(next), ...anew, notBefore, attempts }
    const { count } = await db.messageEdit.updateMany({ where: isHeld, data })
    return count === 1
  }
  const done = await db.messageEdit.deleteMany({ where: { ...isHeld, version: claim.version } })
  if (done.count === 1) return true
  const untried = { attempts: 0, firstTriedAt: null, errorCode: null, error: null }
  const { count } = await db.messageEdit.updateMany({
    where: isHeld,
    data: { ...released, ...untried },
  })
  return count === 1
}
