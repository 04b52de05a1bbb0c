import type { Place, PlatformName } from '../base/addresses.ts'
import type { Card } from '../chat/cards.ts'
import { type Database, Prisma, queryRows } from '../infra/db.ts'
import type { ConcurrencyLimit } from './concurrency.ts'
import { type Lease, leaseMs } from './lease.ts'
import {
  type AddressColumns,
  addressOf,
  cardColumns,
  cardOf,
  failureColumns,
  type PlaceColumns,
  placeOf,
} from './row-mapping.ts'
import type { Attempt, ThreadRoot, Transition } from './state-machine.ts'

/** A delivery that this process has in hand. */
export interface Claim {
  readonly id: string
  readonly lease: Lease
  readonly key: string
  readonly kind: string
  readonly place: Place
  /** Parsed late, so that one row that cannot be read is one delivery's fault and nobody else's. */
  readonly parseCard: () => Card
  readonly pictureId: string | null
  readonly topics: readonly string[]
  readonly programmeId: string | undefined
  readonly personId: string | undefined
  readonly enqueuedAt: Date
  /** It is said a second time, and says so. */
  readonly isResend: boolean
  /** The delivery in whose thread it stands. */
  readonly root: ThreadRoot | undefined
  readonly attempt: Attempt
}

export interface ClaimOptions {
  readonly now: Date
  readonly platforms: readonly PlatformName[]
  /** Keys of conversations (see pacing.ts) where nothing may be said at the moment. */
  readonly blockedConversations: readonly string[]
  /** How many each workspace may have; one that is not named may have `limit`, as far as its platform's share allows. */
  readonly concurrencyLimits: readonly ConcurrencyLimit[]
  /** At most so many in all. */
  readonly limit: number
  /** Ids of what this process has in hand already: where its clock steps forward, it must not take over from itself. */
  readonly inFlightIds: readonly string[]
}

/**
 * Takes what is due in hand, at most one for each conversation; safe beside any number of other dispatchers.
 * Also takes over what has run out in another's hands: whoever had it died or froze.
 */
export async function claimDue(db: Database, options: ClaimOptions): Promise<Claim[]> {
  const { now, limit } = options
  const until = new Date(now.getTime() + leaseMs)
  const rows = await queryRows<ClaimRow>(
    db,
    Prisma.sql`
    WITH due AS MATERIALIZED (
      SELECT one.id, coalesce(share.most, basic.most, ${limit}) AS most, row_number() OVER (
        PARTITION BY one.platform, one.tenant
        ORDER BY CASE WHEN share.freshest THEN one.attempts ELSE 0 END, one."notBefore", one."sequence"
      ) AS place
      FROM "OutboxMessage" one ${joinConcurrencyLimits(options.concurrencyLimits)}
      WHERE ${isDue(options)} AND ${isSendable(options)} AND ${isNextInItsConversation(now)} AND ${isRootSettled}
    ), next AS MATERIALIZED (
      SELECT one.id
      FROM "OutboxMessage" one JOIN due ON due.id = one.id
      WHERE due.place <= due.most AND ${isDue(options)}
      ORDER BY due.place, one."sequence"
      LIMIT ${limit}
      FOR UPDATE OF one SKIP LOCKED
    ), claimed AS (
      UPDATE "OutboxMessage" mine
      SET state = 'sending',
          "leaseToken" = gen_random_uuid(),
          "leaseExpiresAt" = ${until}::timestamptz,
          attempts = mine.attempts + 1,
          "firstTriedAt" = coalesce(mine."firstTriedAt", ${now}::timestamptz)
      FROM next
      WHERE mine.id = next.id
      RETURNING mine.*
    )
    SELECT to_json(mine) AS mine,
      (SELECT to_json(root) FROM "OutboxMessage" root WHERE root.id = mine."afterId") AS root
    FROM claimed mine ORDER BY mine."sequence"`,
  )
  return rows.map(({ mine, root }) => claimOf(mine, root, until))
}

/** Columns as JSON tells them: moments are text. */
interface ClaimedColumns extends PlaceColumns {
  readonly id: string
  readonly leaseToken: string
  readonly key: string
  readonly kind: string
  readonly card: string
  readonly data: unknown
  readonly pictureId: string | null
  readonly topics: readonly string[]
  readonly programmeId: string | null
  readonly personId: string | null
  readonly isResend: boolean
  readonly createdAt: string
  readonly attempts: number
  readonly firstTriedAt: string
  readonly possiblySentAt: string | null
}

interface ThreadRootColumns extends AddressColumns {
  readonly state: string
}

interface ClaimRow {
  readonly mine: ClaimedColumns
  readonly root: ThreadRootColumns | null
}

function claimOf(mine: ClaimedColumns, root: ThreadRootColumns | null, until: Date): Claim {
  return {
    id: mine.id,
    lease: { token: mine.leaseToken, expiresAt: until },
    key: mine.key,
    kind: mine.kind,
    place: placeOf(mine),
    parseCard: () => cardOf(mine),
    pictureId: mine.pictureId,
    topics: mine.topics,
    programmeId: mine.programmeId ?? undefined,
    personId: mine.personId ?? undefined,
    enqueuedAt: new Date(mine.createdAt),
    isResend: mine.isResend,
    root: root ? rootOf(root) : undefined,
    attempt: {
      attempts: mine.attempts,
      firstTriedAt: new Date(mine.firstTriedAt),
      possiblySentAt: mine.possiblySentAt === null ? undefined : new Date(mine.possiblySentAt),
    },
  }
}

// The row's own columns are read again under its lock, so two dispatchers never both find the same row due.
function isDue({ now, inFlightIds }: ClaimOptions): Prisma.Sql {
  return Prisma.sql`one.state IN ('waiting', 'sending')
  AND (
    (one.state = 'waiting' AND one."notBefore" <= ${now}::timestamptz)
    OR (one.state = 'sending' AND one."leaseExpiresAt" <= ${now}::timestamptz)
  )
  AND NOT one.id = ANY(${[...inFlightIds]}::uuid[])`
}

/** What each workspace may have, or else each of its platform; "one" is a row of Delivery. */
export function joinConcurrencyLimits(shares: readonly ConcurrencyLimit[]): Prisma.Sql {
  const named = Prisma.sql`unnest(
    ${shares.map(({ scope }) => scope)}::text[],
    ${shares.map(({ maxInFlight }) => maxInFlight)}::int[],
    ${shares.map(({ leastTriedFirst }) => leastTriedFirst)}::boolean[]
  )`
  return Prisma.sql`
    LEFT JOIN ${named} AS share("of", most, freshest)
      ON share."of" = concat_ws('/', one.platform, one.tenant)
    LEFT JOIN ${named} AS basic("of", most, freshest) ON basic."of" = one.platform`
}

export function isSendable({
  platforms,
  blockedConversations,
}: Pick<ClaimOptions, 'platforms' | 'blockedConversations'>): Prisma.Sql {
  return Prisma.sql`one.platform = ANY(${[...platforms]}::text[])
  AND coalesce(share.most, 1) > 0
  AND NOT concat_ws('/', one.platform, one.tenant, one.conversation) = ANY(${[...blockedConversations]}::text[])`
}

// What was decided earlier goes first, also while it waits to be tried again. What was planned for later
// (a first notBefore still to come) holds back nothing until then.
function isNextInItsConversation(now: Date): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (
    SELECT FROM "OutboxMessage" earlier
    WHERE earlier.platform = one.platform
      AND earlier.tenant = one.tenant
      AND earlier.conversation = one.conversation
      AND earlier.state IN ('waiting', 'sending')
      AND earlier."sequence" < one."sequence"
      AND (earlier."notBefore" <= ${now}::timestamptz OR earlier."firstTriedAt" IS NOT NULL)
  )`
}

const isRootSettled = Prisma.sql`(
  one."afterId" IS NULL
  OR EXISTS (
    SELECT FROM "OutboxMessage" root
    WHERE root.id = one."afterId" AND root.state NOT IN ('waiting', 'sending')
  )
)`

function rootOf(row: ThreadRootColumns): ThreadRoot {
  const address = addressOf(row)
  if (address) return { state: 'sent', address }
  const isUnsaid = row.state === 'dead' || row.state === 'dropped'
  return { state: isUnsaid ? 'dead' : 'uncertain', address: undefined }
}

/** Puts off the end of what is in hand and still ours; what is not ours any more is given back: its lease is over. */
export async function renewLeases(
  db: Database,
  leases: readonly Lease[],
  now: Date,
): Promise<void> {
  const until = new Date(now.getTime() + leaseMs)
  const tokens = leases.map(({ token }) => token)
  const kept = await db.$queryRaw<{ token: string }[]>`
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
  const ours = new Set(kept.map(({ token }) => token))
  for (const lease of leases) lease.expiresAt = ours.has(lease.token) ? until : now
}

/**
 * Notes that it may stand there from now on, just before it is sent, and puts off the end of our claim; with another
 * card where that is what is sent, so that the ledger never shows another one than the message. False, and nothing is
 * written, where the claim was taken over.
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

/** Writes how the attempt ended. False, and nothing is written, where the claim was taken over meanwhile. */
export async function recordResult(
  db: Database,
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
  const mine = { id: claim.id, state: 'sending', leaseToken: claim.lease.token } as const
  const { count } = await db.outboxMessage.updateMany({ where: mine, data })
  if (count === 1 || next.state !== 'sent') return count === 1
  // Whoever took it over could not tell whether it was posted. We can: it was, by us.
  const unsure = await db.outboxMessage.updateMany({
    where: { id: claim.id, state: 'uncertain' },
    data,
  })
  return unsure.count === 1
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
