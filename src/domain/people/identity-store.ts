import type { Actor } from '../../base/actor.ts'
import type { ChatIdentity, Place, PlatformName } from '../../base/addresses.ts'
import { batched, withOrdinals } from '../../infra/batch-loader.ts'
import { Prisma, queryRows, type ReadTx, type Tx } from '../../infra/db.ts'

/** The zone of people whose chat profile and people file name none. */
export const defaultZone = 'Europe/London'

interface AccountRow {
  readonly nth: number
  readonly personId: string
  readonly name: string
  readonly zone: string | null
  readonly conversationId: string | null
  readonly serviceUrl: string | null
}

const loadAccount = batched<ChatIdentity, AccountRow | undefined>(async (tx, all) => {
  const rows = await queryRows<AccountRow>(
    tx,
    Prisma.sql`
    SELECT asked.nth, i."personId", i."conversationId", i."serviceUrl", p.name, p.zone
    FROM json_to_recordset(${withOrdinals(all)}::json)
      AS asked (nth int, platform text, tenant text, "user" text)
    JOIN "Identity" i USING (platform, tenant, "user")
    JOIN "Person" p ON p.id = i."personId"`,
  )
  const byPlace = new Map(rows.map((row) => [row.nth, row]))
  return all.map((_, nth) => byPlace.get(nth))
})

/**
 * Resolves an account to a person and stores the direct conversation, if this is one, for messages to them.
 * An account that nobody has linked yet is an Actor without personId.
 */
export async function resolveActor(tx: Tx, identity: ChatIdentity, place: Place): Promise<Actor> {
  const { platform, tenant, user } = identity
  const row = await loadAccount(tx, identity)
  if (!row) {
    return { identity, personId: null, name: identity.displayName ?? user, zone: defaultZone }
  }
  const serviceUrl = place.serviceUrl ?? null
  if (
    place.kind === 'direct' &&
    (row.conversationId !== place.conversation || row.serviceUrl !== serviceUrl)
  ) {
    await tx.identity.update({
      where: { platform_tenant_user: { platform, tenant, user } },
      data: { conversationId: place.conversation, serviceUrl },
    })
  }
  return { identity, personId: row.personId, name: row.name, zone: row.zone ?? defaultZone }
}

/**
 * Where to write to a person in private; undefined if they have no account.
 * With several accounts, one that has a conversation already comes first.
 */
export async function directPlaceOf(tx: ReadTx, personId: string): Promise<Place | undefined> {
  const rows = await tx.identity.findMany({ where: { personId }, orderBy: { platform: 'asc' } })
  const row = rows.find(({ conversationId }) => conversationId !== null) ?? rows[0]
  if (!row) return undefined
  return {
    platform: row.platform,
    tenant: row.tenant,
    conversation: row.conversationId ?? row.user,
    kind: 'direct',
    serviceUrl: row.serviceUrl ?? undefined,
  }
}

/** From now on the account is this person's. */
export async function linkAccount(
  tx: Tx,
  personId: string,
  account: Pick<ChatIdentity, 'platform' | 'tenant' | 'user'>,
): Promise<void> {
  await tx.identity.create({ data: { ...account, personId } })
}

/** The accounts of a platform whose person has no zone yet; their chat profile may have one. */
export async function identitiesWithoutZone(
  tx: ReadTx,
  platform: PlatformName,
): Promise<ChatIdentity[]> {
  const rows = await tx.identity.findMany({
    where: { platform, person: { zone: null } },
    orderBy: [{ tenant: 'asc' }, { user: 'asc' }],
  })
  return rows.map(({ tenant, user }) => ({ platform, tenant, user }))
}

export async function setZone(tx: Tx, identity: ChatIdentity, zone: string): Promise<void> {
  const { platform, tenant, user } = identity
  await tx.person.updateMany({
    where: { identities: { some: { platform, tenant, user } }, zone: null },
    data: { zone },
  })
}

/** Changes the address under which a platform's direct conversations are reached; those without one keep none. */
export async function updateServiceUrls(
  tx: Tx,
  platform: PlatformName,
  serviceUrl: string,
): Promise<void> {
  await tx.identity.updateMany({
    where: { platform, serviceUrl: { not: null } },
    data: { serviceUrl },
  })
}
