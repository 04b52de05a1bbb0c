import type { Card } from '../chat/cards.ts'
import type { Address, Place, PlatformName } from '../chat/invocation.ts'
import { type Database, Prisma } from '../infra/db.ts'
import type { Attempt, Next, Root } from './lifecycle.ts'
import { addressOf, cardOf, placeOf } from './stored.ts'

/** A delivery that this process has in hand, until `until`. */
export interface Claim {
  readonly id: string
  /** Proves that it is ours: only who holds it may write how it ended. */
  readonly token: string
  readonly until: Date
  readonly key: string
  readonly kind: string
  readonly place: Place
  /** Parsed late, so that one row that cannot be read is one delivery's fault and nobody else's. */
  readonly card: () => Card
  /** The delivery in whose thread it stands. */
  readonly root: Root | undefined
  readonly attempt: Attempt
}

export interface ClaimOptions {
  readonly now: Date
  readonly leaseMs: number
  readonly platforms: readonly PlatformName[]
  /** Keys of conversations and workspaces (see pacing.ts) where nothing may be said at the moment. */
  readonly held: readonly string[]
}

/**
 * Takes the next delivery in hand, if one is due; safe beside any number of other dispatchers.
 * Also takes over one whose claim has run out: whoever had it died or froze.
 */
export async function claimNext(db: Database, options: ClaimOptions): Promise<Claim | undefined> {
  const until = new Date(options.now.getTime() + options.leaseMs)
  const [claimed] = await db.$queryRaw<{ id: string; token: string; maybeSince: Date | null }[]>`
    WITH next AS MATERIALIZED (
      SELECT one.id, one."maybeSince"
      FROM "Delivery" one
      WHERE ${isDue(options)} AND ${isNextInItsConversation(options.now)} AND ${rootIsSettled}
      ORDER BY one."notBefore", one.number
      LIMIT 1
      FOR UPDATE SKIP LOCKED
    )
    UPDATE "Delivery" mine
    SET state = 'sending',
        claim = gen_random_uuid(),
        "claimedUntil" = ${until}::timestamptz,
        attempts = mine.attempts + 1,
        "firstTriedAt" = coalesce(mine."firstTriedAt", ${options.now}::timestamptz),
        "maybeSince" = coalesce(mine."maybeSince", ${options.now}::timestamptz)
    FROM next
    WHERE mine.id = next.id
    RETURNING mine.id, mine.claim::text AS token, next."maybeSince"`
  if (!claimed) return undefined
  const row = await db.delivery.findUniqueOrThrow({
    where: { id: claimed.id },
    include: { after: true },
  })
  return {
    id: row.id,
    token: claimed.token,
    until,
    key: row.key,
    kind: row.kind,
    place: placeOf(row),
    card: () => cardOf(row),
    root: row.after ? rootOf(row.after) : undefined,
    attempt: {
      attempts: row.attempts,
      firstTriedAt: row.firstTriedAt ?? options.now,
      maybeSince: claimed.maybeSince ?? undefined,
    },
  }
}

// The row's own columns are read again under its lock, so two dispatchers never both find the same row due.
function isDue({ now, platforms, held }: ClaimOptions): Prisma.Sql {
  return Prisma.sql`(
    (one.state = 'waiting' AND one."notBefore" <= ${now}::timestamptz)
    OR (one.state = 'sending' AND one."claimedUntil" <= ${now}::timestamptz)
  )
  AND one.platform = ANY(${[...platforms]}::text[])
  AND NOT ARRAY[
    concat_ws('/', one.platform, one.tenant),
    concat_ws('/', one.platform, one.tenant, one.conversation)
  ] && ${[...held]}::text[]`
}

// What was decided earlier goes first, also while it waits to be tried again. What was planned for later
// (a first notBefore still to come) holds back nothing until then.
function isNextInItsConversation(now: Date): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (
    SELECT FROM "Delivery" earlier
    WHERE earlier.platform = one.platform
      AND earlier.tenant = one.tenant
      AND earlier.conversation = one.conversation
      AND earlier.state IN ('waiting', 'sending')
      AND earlier.number < one.number
      AND (earlier."notBefore" <= ${now}::timestamptz OR earlier."firstTriedAt" IS NOT NULL)
  )`
}

const rootIsSettled = Prisma.sql`(
  one."afterId" IS NULL
  OR EXISTS (
    SELECT FROM "Delivery" root
    WHERE root.id = one."afterId" AND root.state NOT IN ('waiting', 'sending')
  )
)`

function rootOf(row: Parameters<typeof addressOf>[0] & { state: string }): Root {
  const address = addressOf(row)
  if (address) return { state: 'sent', address }
  return { state: row.state === 'dead' ? 'dead' : 'uncertain', address: undefined }
}

/** Writes how the attempt ended. False, and nothing is written, where the claim was taken over meanwhile. */
export async function conclude(
  db: Database,
  claim: Claim,
  next: Next,
  now: Date,
): Promise<boolean> {
  const { count } = await db.delivery.updateMany({
    where: { id: claim.id, state: 'sending', claim: claim.token },
    data: { state: next.state, claim: null, claimedUntil: null, ...columns(next, now) },
  })
  return count === 1
}

function columns(next: Next, now: Date): Prisma.DeliveryUpdateManyMutationInput {
  switch (next.state) {
    case 'sent':
      return { ...standing(next.address), sentAt: now, maybeSince: null, error: null }
    case 'waiting':
      return {
        notBefore: next.notBefore,
        attempts: next.attempts,
        error: next.reason,
        // While claimed it counted as perhaps posted; now it is known better.
        maybeSince: next.maybe ? undefined : null,
      }
    case 'uncertain':
      return { error: next.reason }
    case 'dead':
      return { error: next.reason, maybeSince: null, gone: next.gone === true }
  }
}

function standing({ place, message }: Address): Prisma.DeliveryUpdateManyMutationInput {
  return { sentTo: place.conversation, sentAs: message, ...(place.via ? { via: place.via } : {}) }
}

/** Says on rows that wait for a platform which is not set up why they wait. They are sent once it is. */
export async function explainUnconfigured(
  db: Database,
  platforms: readonly PlatformName[],
): Promise<number> {
  const reason = 'its platform is not set up here'
  const { count } = await db.delivery.updateMany({
    where: {
      state: 'waiting',
      platform: { notIn: [...platforms] },
      OR: [{ error: null }, { error: { not: reason } }],
    },
    data: { error: reason },
  })
  return count
}

/** The first moment after `since` at which a wait ends or a claim runs out. */
export async function nextMoment(
  db: Database,
  since: Date,
  platforms: readonly PlatformName[],
): Promise<Date | undefined> {
  const ofOurs = { platform: { in: [...platforms] } }
  const [waiting, sending] = await Promise.all([
    db.delivery.aggregate({
      where: { ...ofOurs, state: 'waiting', notBefore: { gt: since } },
      _min: { notBefore: true },
    }),
    db.delivery.aggregate({
      where: { ...ofOurs, state: 'sending', claimedUntil: { gt: since } },
      _min: { claimedUntil: true },
    }),
  ])
  const moments = [waiting._min.notBefore, sending._min.claimedUntil].filter((one) => one !== null)
  return moments.sort((a, b) => a.getTime() - b.getTime())[0]
}
