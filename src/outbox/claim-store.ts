import type { Place, PlatformName } from '../base/addresses.ts'
import type { Card } from '../chat/cards.ts'
import { type Database, Prisma, queryRows } from '../infra/db.ts'
import { type JsonRow, jsonRows } from '../infra/json-rows.ts'
import type { ConcurrencyLimit } from './concurrency.ts'
import { type Lease, leaseMs } from './lease.ts'
import {
  type AddressColumns,
  addressOf,
  cardOf,
  type PlaceColumns,
  placeOf,
  programmeIdsOf,
} from './row-mapping.ts'
import type { Attempt } from './state-machine.ts'
import type { ThreadRoot } from './thread-root.ts'

/** How the attempt before this one ended, if it failed: with which code, and from when it was due again. */
export interface LastFailure {
  readonly code: string | null
  readonly at: Date
}

/** A message on which this process holds a lease. */
export interface Claim {
  readonly id: string
  readonly lease: Lease
  readonly key: string
  readonly kind: string
  readonly place: Place
  /** Parsed late, so that a row that cannot be parsed fails alone. */
  readonly parseCard: () => Card
  readonly pictureId: string | null
  readonly hasFile: boolean
  readonly topics: readonly string[]
  readonly programmeIds: readonly string[]
  readonly personId: string | undefined
  readonly enqueuedAt: Date
  /** It may repeat a message that was sent, and says so. */
  readonly isResend: boolean
  /** The message in whose thread it belongs. */
  readonly root: ThreadRoot | undefined
  readonly attempt: Attempt
  readonly lastFailure: LastFailure
  /** The trace of what enqueued it, in which it is sent. */
  readonly traceparent: string | undefined
}

export interface ClaimOptions {
  readonly now: Date
  readonly platforms: readonly PlatformName[]
  /** Keys of conversations (see rate-limiter.ts) that have reached their rate limit. */
  readonly blockedConversations: readonly string[]
  /** For a workspace without a limit of its own, that of its platform counts. */
  readonly concurrencyLimits: readonly ConcurrencyLimit[]
  /** How many messages to claim at most, of all workspaces together. */
  readonly limit: number
  /** Ids of what this process is sending: where its clock steps forward, it must not take over from itself. */
  readonly inFlightIds: readonly string[]
}

/**
 * Claims due messages, at most one for each conversation; safe beside any number of other dispatchers. Also takes over
 * messages whose lease has expired, because the process that held it died or froze.
 */
export async function claimDue(db: Database, options: ClaimOptions): Promise<Claim[]> {
  const { now, limit } = options
  const until = new Date(now.getTime() + leaseMs)
  const rows = await queryRows<ClaimRow>(
    db,
    Prisma.sql`
    WITH due AS MATERIALIZED (
      SELECT one.ctid AS at, coalesce(share.most, basic.most, ${limit}) AS most, row_number() OVER (
        PARTITION BY one.platform, one.tenant
        ORDER BY CASE WHEN share.least_tried_first THEN one.attempts ELSE 0 END, one."notBefore", one."sequence"
      ) AS place
      FROM "OutboxMessage" one ${joinConcurrencyLimits(options.concurrencyLimits)}
      WHERE ${isDue(options)} AND ${isSendable(options)} AND ${isNextInItsConversation(now)} AND ${isRootSettled}
    ), next AS MATERIALIZED (
      SELECT one.ctid AS at
      FROM "OutboxMessage" one JOIN due ON one.ctid = due.at
      WHERE due.place <= due.most AND ${isDue(options)}
      ORDER BY due.place, one."sequence"
      LIMIT ${limit}
      FOR UPDATE OF one SKIP LOCKED
    )
    UPDATE "OutboxMessage" message
    SET state = 'sending',
        "leaseToken" = gen_random_uuid(),
        "leaseExpiresAt" = ${until}::timestamptz,
        attempts = message.attempts + 1,
        "firstTriedAt" = coalesce(message."firstTriedAt", ${now}::timestamptz)
    FROM next
    WHERE message.ctid = next.at
    RETURNING message."sequence"::text AS sequence, ${claimedRows.sql} AS message,
      (SELECT to_json(root) FROM "OutboxMessage" root WHERE root.id = message."afterId") AS root`,
  )
  return rows
    .map(({ sequence, ...row }) => ({ ...row, sequence: BigInt(sequence) }))
    .sort((a, b) => (a.sequence < b.sequence ? -1 : 1))
    .map(({ message, root }) => claimOf(claimedRows.rowOf(message), root, until))
}

/** Columns as JSON has them: moments are text. */
interface ClaimedColumns extends PlaceColumns {
  readonly id: string
  readonly leaseToken: string
  readonly key: string
  readonly kind: string
  readonly card: string
  readonly data: unknown
  readonly pictureId: string | null
  readonly hasFile: boolean
  readonly topics: readonly string[]
  readonly programmeId: string | null
  readonly programmeIds: readonly string[]
  readonly personId: string | null
  readonly isResend: boolean
  readonly createdAt: string
  readonly attempts: number
  readonly firstTriedAt: string
  readonly possiblySentAt: string | null
  readonly notBefore: string
  readonly errorCode: string | null
  readonly traceparent: string | null
}

/** No more than is read: what is left out takes longer to write and to parse than to claim. */
const claimedRows = jsonRows<ClaimedColumns>('message', {
  ...{ id: true, leaseToken: true, key: true, kind: true, card: true, data: true },
  ...{ platform: true, tenant: true, conversation: true, placeKind: true, isPerson: true },
  ...{ serviceUrl: true, pictureId: true, hasFile: true, topics: true, programmeId: true },
  ...{ programmeIds: true, personId: true, isResend: true, createdAt: true, attempts: true },
  ...{ firstTriedAt: true, possiblySentAt: true, notBefore: true, errorCode: true },
  traceparent: true,
})

interface ThreadRootColumns extends AddressColumns {
  readonly state: string
}

interface ClaimRow {
  /** A bigint as text. */
  readonly sequence: string
  readonly message: JsonRow
  readonly root: ThreadRootColumns | null
}

function claimOf(message: ClaimedColumns, root: ThreadRootColumns | null, until: Date): Claim {
  return {
    id: message.id,
    lease: { token: message.leaseToken, expiresAt: until },
    key: message.key,
    kind: message.kind,
    place: placeOf(message),
    parseCard: () => cardOf(message),
    pictureId: message.pictureId,
    hasFile: message.hasFile,
    topics: message.topics,
    programmeIds: programmeIdsOf(message),
    personId: message.personId ?? undefined,
    enqueuedAt: new Date(message.createdAt),
    isResend: message.isResend,
    root: root ? rootOf(root) : undefined,
    attempt: {
      attempts: message.attempts,
      firstTriedAt: new Date(message.firstTriedAt),
      possiblySentAt:
        message.possiblySentAt === null ? undefined : new Date(message.possiblySentAt),
    },
    lastFailure: { code: message.errorCode, at: new Date(message.notBefore) },
    traceparent: message.traceparent ?? undefined,
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

/** Joins the limit of the workspace as "share" and that of its platform as "basic"; "one" is a row of OutboxMessage. */
export function joinConcurrencyLimits(limits: readonly ConcurrencyLimit[]): Prisma.Sql {
  const named = Prisma.sql`unnest(
    ${limits.map(({ scope }) => scope)}::text[],
    ${limits.map(({ maxInFlight }) => maxInFlight)}::int[],
    ${limits.map(({ leastTriedFirst }) => leastTriedFirst)}::boolean[]
  )`
  return Prisma.sql`
    LEFT JOIN ${named} AS share("of", most, least_tried_first)
      ON share."of" = concat_ws('/', one.platform, one.tenant)
    LEFT JOIN ${named} AS basic("of", most, least_tried_first) ON basic."of" = one.platform`
}

export function isSendable({
  platforms,
  blockedConversations,
}: Pick<ClaimOptions, 'platforms' | 'blockedConversations'>): Prisma.Sql {
  return Prisma.sql`one.platform = ANY(${[...platforms]}::text[])
  AND coalesce(share.most, 1) > 0
  AND NOT concat_ws('/', one.platform, one.tenant, one.conversation) = ANY(${[...blockedConversations]}::text[])`
}

// A message that was enqueued earlier goes first, even while it waits for its next attempt. One that was scheduled for
// later (its first notBefore is still to come) holds back nothing until then.
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
  const isUnsent = row.state === 'dead' || row.state === 'dropped'
  return { state: isUnsent ? 'dead' : 'uncertain', address: undefined }
}
