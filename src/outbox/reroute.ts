import type { Place, PlatformName, Workspace } from '../base/addresses.ts'
import { type Database, inTransaction, Prisma, queryRows } from '../infra/db.ts'
import type { AddressBook } from './person-address.ts'
import { workspaceKey } from './rate-limiter.ts'
import { failureColumns, placeColumns } from './row-mapping.ts'

/** How often people with an account elsewhere are looked for while the same workspaces are broken. */
const rerouteIntervalMs = 30_000

const brokenFailure = {
  code: 'moved',
  reason: 'its workspace refuses Milepost, and the person has another account',
} as const

export type Reroute = (broken: readonly Workspace[], now: Date) => Promise<void>

/**
 * Moves messages to people out of workspaces that refuse Milepost, to an account of theirs in one that does not. One that
 * may have been sent stays: it goes to one account, never to both. Give it those that are left alone now, each
 * time they are read.
 */
export function createReroute(
  db: Database,
  addressBook: AddressBook | undefined,
  platforms: readonly PlatformName[],
): Reroute {
  let before = { key: '', at: 0 }
  return async (broken, now) => {
    const key = broken.map(workspaceKey).join(' ')
    const isEarly = key === before.key && now.getTime() - before.at < rerouteIntervalMs
    if (!addressBook || broken.length === 0 || isEarly) return
    before = { key, at: now.getTime() }
    const waiting = await queryRows<{ readonly personId: string }>(
      db,
      Prisma.sql`
      SELECT DISTINCT one."personId"::text AS "personId" FROM "OutboxMessage" one
      WHERE ${isRerouted(broken, now)}`,
    )
    if (waiting.length === 0) return
    const ids = waiting.map(({ personId }) => personId)
    await inTransaction(db, async (tx) => {
      const places = await addressBook.placesElsewhere(tx, ids, broken, now)
      for (const [personId, place] of places) {
        if (!platforms.includes(place.platform)) continue
        await tx.$executeRaw`
          UPDATE "OutboxMessage" one SET ${movedTo(place)}
          WHERE one."personId" = ${personId}::uuid AND ${isRerouted(broken, now)}`
      }
    })
  }
}

function isRerouted(broken: readonly Workspace[], now: Date): Prisma.Sql {
  const workspaces = broken.map(workspaceKey)
  return Prisma.sql`one.state = 'waiting' AND one."placeKind" = 'direct'
    AND one."personId" IS NOT NULL AND one."possiblySentAt" IS NULL
    AND one."notBefore" <= ${now}::timestamptz
    AND concat_ws('/', one.platform, one.tenant) = ANY(${workspaces}::text[])`
}

/** A thread stays in its conversation, so a message that goes to another one leaves it. */
function movedTo(place: Place): Prisma.Sql {
  const { platform, tenant, conversation, placeKind, isPerson, serviceUrl } = placeColumns(place)
  const { errorCode, error } = failureColumns(brokenFailure)
  return Prisma.sql`platform = ${platform}, tenant = ${tenant}, conversation = ${conversation},
    "placeKind" = ${placeKind}, "isPerson" = ${isPerson}, "serviceUrl" = ${serviceUrl},
    "afterId" = NULL, "errorCode" = ${errorCode}, error = ${error}`
}
