import type { Card } from '../chat/cards.ts'
import type { Address } from '../chat/request.ts'
import { type Database, Prisma, type Tx } from '../infra/db.ts'
import { type ClaimOptions, maySpeak, withShares } from './claim-store.ts'
import { type Lease, leaseMs } from './lease.ts'
import { addressOf, cardOf } from './row-mapping.ts'
import type { NextRedraw } from './state-machine.ts'

/** A message to be brought up to date, which this process has in hand. */
export interface RedrawClaim {
  readonly id: string
  readonly lease: Lease
  /** Of its delivery. */
  readonly key: string
  readonly kind: string
  readonly again: boolean
  readonly address: Address
  readonly card: () => Card
  readonly pictureId: string | null
  readonly version: number
  readonly attempts: number
  readonly firstTriedAt: Date
}

/** Notes that a message does not show its delivery's card any more; one change more where that is known already. */
export async function noteRedraw(tx: Tx, deliveryId: string, now: Date): Promise<void> {
  await tx.redraw.upsert({
    where: { deliveryId },
    create: { deliveryId, notBefore: now },
    update: { version: { increment: 1 } },
  })
}

/** Takes messages in hand that are to be brought up to date; safe beside any number of other dispatchers. */
export async function claimRedraws(db: Database, options: ClaimOptions): Promise<RedrawClaim[]> {
  const { now, limit } = options
  const until = new Date(now.getTime() + leaseMs)
  const claimed = await db.$queryRaw<{ id: string; token: string }[]>`
    WITH due AS MATERIALIZED (
      SELECT one.id, coalesce(share.most, basic.most, ${limit}) AS most, row_number() OVER (
        PARTITION BY one.platform, one.tenant
        ORDER BY CASE WHEN share.freshest THEN redraw.attempts ELSE 0 END, redraw."notBefore", one.number
      ) AS place
      FROM "Redraw" redraw JOIN "Delivery" one ON one.id = redraw."deliveryId"
      ${withShares(options.shares)}
      WHERE one.state = 'sent' AND ${isDue(options)} AND ${maySpeak(options)}
    ), next AS MATERIALIZED (
      SELECT redraw."deliveryId"
      FROM "Redraw" redraw JOIN due ON due.id = redraw."deliveryId"
      WHERE due.place <= due.most AND ${isDue(options)}
      ORDER BY due.place
      LIMIT ${limit}
      FOR UPDATE OF redraw SKIP LOCKED
    )
    UPDATE "Redraw" mine
    SET claim = gen_random_uuid(),
        "claimedUntil" = ${until}::timestamptz,
        attempts = mine.attempts + 1,
        "firstTriedAt" = coalesce(mine."firstTriedAt", ${now}::timestamptz)
    FROM next
    WHERE mine."deliveryId" = next."deliveryId"
    RETURNING mine."deliveryId" AS id, mine.claim::text AS token`
  if (claimed.length === 0) return []
  const tokens = new Map(claimed.map(({ id, token }) => [id, token]))
  const rows = await db.redraw.findMany({
    where: { deliveryId: { in: [...tokens.keys()] } },
    include: { delivery: true },
  })
  return rows.flatMap(({ delivery, ...row }) => {
    const token = tokens.get(row.deliveryId)
    const address = addressOf(delivery)
    if (!token || !address) return []
    const { id, key, kind, again, pictureId } = delivery
    const { version, attempts } = row
    const firstTriedAt = row.firstTriedAt ?? now
    const lease = { token, until }
    const card = () => cardOf(delivery)
    return [
      { id, lease, key, kind, again, address, card, pictureId, version, attempts, firstTriedAt },
    ]
  })
}

function isDue({ now, inHand }: ClaimOptions): Prisma.Sql {
  return Prisma.sql`redraw."notBefore" <= ${now}::timestamptz
    AND (redraw.claim IS NULL OR redraw."claimedUntil" <= ${now}::timestamptz)
    AND NOT redraw."deliveryId" = ANY(${[...inHand]}::uuid[])`
}

/**
 * Writes how it ended. What is over is over only as far as it was drawn: a change that came meanwhile stays due.
 * False, and nothing is written, where the claim was taken over.
 */
export async function concludeRedraw(
  db: Database,
  claim: RedrawClaim,
  next: NextRedraw,
): Promise<boolean> {
  const mine = { deliveryId: claim.id, claim: claim.lease.token }
  const free = { claim: null, claimedUntil: null }
  if (next.state === 'waiting') {
    const { notBefore, attempts, reason: error } = next
    const data = { ...free, notBefore, attempts, error }
    const { count } = await db.redraw.updateMany({ where: mine, data })
    return count === 1
  }
  const done = await db.redraw.deleteMany({ where: { ...mine, version: claim.version } })
  if (done.count === 1) return true
  const fresh = { attempts: 0, firstTriedAt: null, error: null }
  const { count } = await db.redraw.updateMany({ where: mine, data: { ...free, ...fresh } })
  return count === 1
}
