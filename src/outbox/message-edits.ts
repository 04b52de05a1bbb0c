import type { Address } from '../base/addresses.ts'
import type { Card } from '../chat/cards.ts'
import { type Database, Prisma, type Tx } from '../infra/db.ts'
import { type ClaimOptions, isSendable, joinConcurrencyLimits } from './claim-store.ts'
import { type Lease, leaseMs } from './lease.ts'
import { addressOf, cardOf, failureColumns } from './row-mapping.ts'
import type { EditTransition } from './state-machine.ts'

/** A message to be brought up to date, which this process has in hand. */
export interface EditClaim {
  readonly id: string
  readonly lease: Lease
  /** Of its delivery. */
  readonly key: string
  readonly kind: string
  readonly isResend: boolean
  readonly address: Address
  readonly parseCard: () => Card
  readonly pictureId: string | null
  readonly version: number
  readonly attempts: number
  readonly firstTriedAt: Date
}

/** Notes that a message does not show its delivery's card any more; one change more where that is known already. */
export async function enqueueEdit(tx: Tx, outboxMessageId: string, now: Date): Promise<void> {
  await tx.messageEdit.upsert({
    where: { outboxMessageId },
    create: { outboxMessageId, notBefore: now },
    update: { version: { increment: 1 } },
  })
}

/** Takes messages in hand that are to be brought up to date; safe beside any number of other dispatchers. */
export async function claimEdits(db: Database, options: ClaimOptions): Promise<EditClaim[]> {
  const { now, limit } = options
  const until = new Date(now.getTime() + leaseMs)
  const claimed = await db.$queryRaw<{ id: string; token: string }[]>`
    WITH due AS MATERIALIZED (
      SELECT one.id, coalesce(share.most, basic.most, ${limit}) AS most, row_number() OVER (
        PARTITION BY one.platform, one.tenant
        ORDER BY CASE WHEN share.freshest THEN redraw.attempts ELSE 0 END, redraw."notBefore", one."sequence"
      ) AS place
      FROM "MessageEdit" redraw JOIN "OutboxMessage" one ON one.id = redraw."outboxMessageId"
      ${joinConcurrencyLimits(options.concurrencyLimits)}
      WHERE one.state = 'sent' AND ${isDue(options)} AND ${isSendable(options)}
    ), next AS MATERIALIZED (
      SELECT redraw."outboxMessageId"
      FROM "MessageEdit" redraw JOIN due ON due.id = redraw."outboxMessageId"
      WHERE due.place <= due.most AND ${isDue(options)}
      ORDER BY due.place
      LIMIT ${limit}
      FOR UPDATE OF redraw SKIP LOCKED
    )
    UPDATE "MessageEdit" mine
    SET "leaseToken" = gen_random_uuid(),
        "leaseExpiresAt" = ${until}::timestamptz,
        attempts = mine.attempts + 1,
        "firstTriedAt" = coalesce(mine."firstTriedAt", ${now}::timestamptz)
    FROM next
    WHERE mine."outboxMessageId" = next."outboxMessageId"
    RETURNING mine."outboxMessageId" AS id, mine."leaseToken"::text AS token`
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
    const firstTriedAt = row.firstTriedAt ?? now
    const lease = { token, expiresAt: until }
    const parseCard = () => cardOf(outboxMessage)
    return [
      {
        id,
        lease,
        key,
        kind,
        isResend,
        address,
        parseCard,
        pictureId,
        version,
        attempts,
        firstTriedAt,
      },
    ]
  })
}

function isDue({ now, inFlightIds }: ClaimOptions): Prisma.Sql {
  return Prisma.sql`redraw."notBefore" <= ${now}::timestamptz
    AND (redraw."leaseToken" IS NULL OR redraw."leaseExpiresAt" <= ${now}::timestamptz)
    AND NOT redraw."outboxMessageId" = ANY(${[...inFlightIds]}::uuid[])`
}

/**
 * Writes how it ended. What is over is over only as far as it was drawn: a change that came meanwhile stays due.
 * False, and nothing is written, where the claim was taken over.
 */
export async function recordEditResult(
  db: Database,
  claim: EditClaim,
  next: EditTransition,
): Promise<boolean> {
  const mine = { outboxMessageId: claim.id, leaseToken: claim.lease.token }
  const free = { leaseToken: null, leaseExpiresAt: null }
  if (next.state === 'waiting') {
    const { notBefore, attempts } = next
    const data = { ...free, ...failureColumns(next), notBefore, attempts }
    const { count } = await db.messageEdit.updateMany({ where: mine, data })
    return count === 1
  }
  const done = await db.messageEdit.deleteMany({ where: { ...mine, version: claim.version } })
  if (done.count === 1) return true
  const fresh = { attempts: 0, firstTriedAt: null, errorCode: null, error: null }
  const { count } = await db.messageEdit.updateMany({ where: mine, data: { ...free, ...fresh } })
  return count === 1
}
