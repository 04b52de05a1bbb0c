import type { Place } from '../base/addresses.ts'
import type { Card } from '../chat/cards.ts'
import type { Database, Prisma, Tx } from '../infra/db.ts'
import type { Claim } from './claim-store.ts'
import { type Lease, leaseMs } from './lease.ts'
import { cardColumns, failureColumns, placeColumns } from './row-mapping.ts'
import type { Transition } from './state-machine.ts'

// What a dispatcher writes about its claims. Each write proves by the lease token that the claim is still its own.

/** Extends the leases that this process still holds; ends those that another has taken over. */
export async function renewLeases(
  db: Database,
  leases: readonly Lease[],
  now: Date,
): Promise<void> {
  const until = new Date(now.getTime() + leaseMs)
  const tokens = leases.map(({ token }) => token)
  const extended = await db.$queryRaw<{ token: string }[]>`
    WITH messages AS (
      UPDATE "OutboxMessage" SET "leaseExpiresAt" = ${until}::timestamptz
      WHERE state = 'sending' AND "leaseToken" = ANY(${tokens}::uuid[])
      RETURNING "leaseToken"
    ), edits AS (
      UPDATE "MessageEdit" SET "leaseExpiresAt" = ${until}::timestamptz
      WHERE "leaseToken" = ANY(${tokens}::uuid[])
      RETURNING "leaseToken"
    )
    SELECT "leaseToken"::text AS token FROM messages UNION ALL SELECT "leaseToken"::text FROM edits`
  const held = new Set(extended.map(({ token }) => token))
  for (const lease of leases) lease.expiresAt = held.has(lease.token) ? until : now
}

/**
 * Records just before the call that the message may be sent from now on, and extends the lease. `card`: where
 * revalidation replaced it, so that the outbox never shows another card than the message. False, and nothing is written,
 * where the claim was taken over.
 */
export async function markSending(
  db: Database,
  claim: Claim,
  card: Card | undefined,
  now: Date,
): Promise<boolean> {
  const until = new Date(now.getTime() + leaseMs)
  const { count } = await db.outboxMessage.updateMany({
    where: { id: claim.id, state: 'sending', leaseToken: claim.lease.token },
    data: {
      possiblySentAt: claim.attempt.possiblySentAt ?? now,
      leaseExpiresAt: until,
      ...(card && cardColumns(card)),
    },
  })
  if (count === 1) claim.lease.expiresAt = until
  return count === 1
}

/** Records how the attempt ended. False, and nothing is written, where the claim was taken over meanwhile. */
export async function recordResult(
  db: Tx,
  claim: Claim,
  next: Transition,
  now: Date,
): Promise<boolean> {
  const data = {
    state: next.state,
    leaseToken: null,
    leaseExpiresAt: null,
    ...transitionColumns(next, now),
  }
  const isHeld = { id: claim.id, state: 'sending', leaseToken: claim.lease.token } as const
  const { count } = await db.outboxMessage.updateMany({ where: isHeld, data })
  if (count === 1 || next.state !== 'sent') return count === 1
  // The process that took it over could not tell whether it was posted. We posted it, so we can.
  const uncertain = await db.outboxMessage.updateMany({
    where: { id: claim.id, state: 'uncertain' },
    data,
  })
  return uncertain.count === 1
}

function transitionColumns(
  next: Transition,
  now: Date,
): Prisma.OutboxMessageUpdateManyMutationInput {
  switch (next.state) {
    case 'sent': {
      const { place, messageId } = next.address
      const address = { sentTo: place.conversation, messageId }
      const serviceUrl = place.serviceUrl ? { serviceUrl: place.serviceUrl } : {}
      const cleared = { possiblySentAt: null, errorCode: null, error: null }
      return { ...address, ...serviceUrl, ...cleared, sentAt: now }
    }
    case 'waiting':
      return {
        ...failureColumns(next),
        notBefore: next.notBefore,
        attempts: next.attempts,
        isResend: next.isResend,
        ...(next.place && movedColumns(next.place)),
        ...(next.startsDayAnew && { firstTriedAt: null }),
        // While it was being sent it counted as possibly sent; where it was not, that is now known.
        possiblySentAt: next.isPossiblySent ? undefined : null,
      }
    case 'uncertain':
      return failureColumns(next)
    case 'dropped':
      return { ...failureColumns(next), possiblySentAt: null }
    case 'dead':
      return { ...failureColumns(next), possiblySentAt: null, gone: next.gone === true }
  }
}

/** A thread stays in its conversation, so a message that goes to another one leaves it. */
const movedColumns = (place: Place) => ({ ...placeColumns(place), afterId: null })
