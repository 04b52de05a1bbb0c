import type { Card } from '../chat/cards.ts'
import type { Place, PlatformName } from '../chat/request.ts'
import { type Database, Prisma, rowsOf } from '../infra/db.ts'
import type { Share } from './concurrency.ts'
import { type Lease, leaseMs } from './lease.ts'
import {
  type AddressColumns,
  addressOf,
  cardColumns,
  cardOf,
  type PlaceColumns,
  placeOf,
} from './row-mapping.ts'
import type { Attempt, Next, Root } from './state-machine.ts'

/** A delivery that this process has in hand. */
export interface Claim {
  readonly id: string
  readonly lease: Lease
  readonly key: string
  readonly kind: string
  readonly place: Place
  /** Parsed late, so that one row that cannot be read is one delivery's fault and nobody else's. */
  readonly card: () => Card
  readonly pictureId: string | null
  readonly says: readonly string[]
  readonly programmeId: string | undefined
  readonly personId: string | undefined
  readonly decidedAt: Date
  /** It is said a second time, and says so. */
  readonly again: boolean
  /** The delivery in whose thread it stands. */
  readonly root: Root | undefined
  readonly attempt: Attempt
}

export interface ClaimOptions {
  readonly now: Date
  readonly platforms: readonly PlatformName[]
  /** Keys of conversations (see pacing.ts) where nothing may be said at the moment. */
  readonly held: readonly string[]
  /** How many each workspace may have; one that is not named may have `limit`, as far as its platform's share allows. */
  readonly shares: readonly Share[]
  /** At most so many in all. */
  readonly limit: number
  /** Ids of what this process has in hand already: where its clock steps forward, it must not take over from itself. */
  readonly inHand: readonly string[]
}

/**
 * Takes what is due in hand, at most one for each conversation; safe beside any number of other dispatchers.
 * Also takes over what has run out in another's hands: whoever had it died or froze.
 */
export async function claimDue(db: Database, options: ClaimOptions): Promise<Claim[]> {
  const { now, limit } = options
  const until = new Date(now.getTime() + leaseMs)
  const rows = await rowsOf<Row>(
    db,
    Prisma.sql`
    WITH due AS MATERIALIZED (
      SELECT one.id, coalesce(share.most, basic.most, ${limit}) AS most, row_number() OVER (
        PARTITION BY one.platform, one.tenant
        ORDER BY CASE WHEN share.freshest THEN one.attempts ELSE 0 END, one."notBefore", one.number
      ) AS place
      FROM "Delivery" one ${withShares(options.shares)}
      WHERE ${isDue(options)} AND ${maySpeak(options)} AND ${isNextInItsConversation(now)} AND ${rootIsSettled}
    ), next AS MATERIALIZED (
      SELECT one.id
      FROM "Delivery" one JOIN due ON due.id = one.id
      WHERE due.place <= due.most AND ${isDue(options)}
      ORDER BY due.place, one.number
      LIMIT ${limit}
      FOR UPDATE OF one SKIP LOCKED
    ), claimed AS (
      UPDATE "Delivery" mine
      SET state = 'sending',
          claim = gen_random_uuid(),
          "claimedUntil" = ${until}::timestamptz,
          attempts = mine.attempts + 1,
          "firstTriedAt" = coalesce(mine."firstTriedAt", ${now}::timestamptz)
      FROM next
      WHERE mine.id = next.id
      RETURNING mine.*
    )
    SELECT to_json(mine) AS mine,
      (SELECT to_json(root) FROM "Delivery" root WHERE root.id = mine."afterId") AS root
    FROM claimed mine ORDER BY mine.number`,
  )
  return rows.map(({ mine, root }) => claimOf(mine, root, until))
}

/** Columns as JSON tells them: moments are text. */
interface Mine extends PlaceColumns {
  readonly id: string
  readonly claim: string
  readonly key: string
  readonly kind: string
  readonly card: string
  readonly data: unknown
  readonly pictureId: string | null
  readonly says: readonly string[]
  readonly programmeId: string | null
  readonly personId: string | null
  readonly again: boolean
  readonly createdAt: string
  readonly attempts: number
  readonly firstTriedAt: string
  readonly maybeSince: string | null
}

interface RootColumns extends AddressColumns {
  readonly state: string
}

interface Row {
  readonly mine: Mine
  readonly root: RootColumns | null
}

function claimOf(mine: Mine, root: RootColumns | null, until: Date): Claim {
  return {
    id: mine.id,
    lease: { token: mine.claim, until },
    key: mine.key,
    kind: mine.kind,
    place: placeOf(mine),
    card: () => cardOf(mine),
    pictureId: mine.pictureId,
    says: mine.says,
    programmeId: mine.programmeId ?? undefined,
    personId: mine.personId ?? undefined,
    decidedAt: new Date(mine.createdAt),
    again: mine.again,
    root: root ? rootOf(root) : undefined,
    attempt: {
      attempts: mine.attempts,
      firstTriedAt: new Date(mine.firstTriedAt),
      maybeSince: mine.maybeSince === null ? undefined : new Date(mine.maybeSince),
    },
  }
}

// The row's own columns are read again under its lock, so two dispatchers never both find the same row due.
function isDue({ now, inHand }: ClaimOptions): Prisma.Sql {
  return Prisma.sql`one.state IN ('waiting', 'sending')
  AND (
    (one.state = 'waiting' AND one."notBefore" <= ${now}::timestamptz)
    OR (one.state = 'sending' AND one."claimedUntil" <= ${now}::timestamptz)
  )
  AND NOT one.id = ANY(${[...inHand]}::uuid[])`
}

/** What each workspace may have, or else each of its platform; "one" is a row of Delivery. */
export function withShares(shares: readonly Share[]): Prisma.Sql {
  const named = Prisma.sql`unnest(
    ${shares.map(({ of }) => of)}::text[],
    ${shares.map(({ most }) => most)}::int[],
    ${shares.map(({ freshest }) => freshest)}::boolean[]
  )`
  return Prisma.sql`
    LEFT JOIN ${named} AS share("of", most, freshest)
      ON share."of" = concat_ws('/', one.platform, one.tenant)
    LEFT JOIN ${named} AS basic("of", most, freshest) ON basic."of" = one.platform`
}

export function maySpeak({
  platforms,
  held,
}: Pick<ClaimOptions, 'platforms' | 'held'>): Prisma.Sql {
  return Prisma.sql`one.platform = ANY(${[...platforms]}::text[])
  AND coalesce(share.most, 1) > 0
  AND NOT concat_ws('/', one.platform, one.tenant, one.conversation) = ANY(${[...held]}::text[])`
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

function rootOf(row: RootColumns): Root {
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
    WITH deliveries AS (
      UPDATE "Delivery" SET "claimedUntil" = ${until}::timestamptz
      WHERE state = 'sending' AND claim = ANY(${tokens}::uuid[])
      RETURNING claim
    ), redraws AS (
      UPDATE "Redraw" SET "claimedUntil" = ${until}::timestamptz
      WHERE claim = ANY(${tokens}::uuid[])
      RETURNING claim
    )
    SELECT claim::text AS token FROM deliveries UNION ALL SELECT claim::text FROM redraws`
  const ours = new Set(kept.map(({ token }) => token))
  for (const lease of leases) lease.until = ours.has(lease.token) ? until : now
}

/**
 * Notes that it may stand there from now on, just before it is sent, and puts off the end of our claim; with another
 * card where that is what is sent, so that the ledger never shows another one than the message. False, and nothing is
 * written, where the claim was taken over.
 */
export async function noteSending(
  db: Database,
  claim: Claim,
  card: Card | undefined,
  now: Date,
): Promise<boolean> {
  const until = new Date(now.getTime() + leaseMs)
  const { count } = await db.delivery.updateMany({
    where: { id: claim.id, state: 'sending', claim: claim.lease.token },
    data: {
      maybeSince: claim.attempt.maybeSince ?? now,
      claimedUntil: until,
      ...(card && cardColumns(card)),
    },
  })
  if (count === 1) claim.lease.until = until
  return count === 1
}

/** Writes how the attempt ended. False, and nothing is written, where the claim was taken over meanwhile. */
export async function conclude(
  db: Database,
  claim: Claim,
  next: Next,
  now: Date,
): Promise<boolean> {
  const data = { state: next.state, claim: null, claimedUntil: null, ...columns(next, now) }
  const mine = { id: claim.id, state: 'sending', claim: claim.lease.token } as const
  const { count } = await db.delivery.updateMany({ where: mine, data })
  if (count === 1 || next.state !== 'sent') return count === 1
  // Whoever took it over could not tell whether it was posted. We can: it was, by us.
  const unsure = await db.delivery.updateMany({ where: { id: claim.id, state: 'uncertain' }, data })
  return unsure.count === 1
}

function columns(next: Next, now: Date): Prisma.DeliveryUpdateManyMutationInput {
  switch (next.state) {
    case 'sent': {
      const { place, message } = next.address
      const standing = { sentTo: place.conversation, sentAs: message }
      const via = place.via ? { via: place.via } : {}
      return { ...standing, ...via, sentAt: now, maybeSince: null, error: null }
    }
    case 'waiting':
      return {
        notBefore: next.notBefore,
        attempts: next.attempts,
        error: next.reason,
        again: next.again,
        // While it was being sent it counted as perhaps posted; now it is known better.
        maybeSince: next.maybe ? undefined : null,
      }
    case 'uncertain':
      return { error: next.reason }
    case 'dropped':
      return { error: next.reason, maybeSince: null }
    case 'dead':
      return { error: next.reason, maybeSince: null, gone: next.gone === true }
  }
}
