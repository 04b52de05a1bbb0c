import type { Actor } from '../../base/actor.ts'
import type { ChatIdentity, Place, PlatformName } from '../../base/addresses.ts'
import { dayMs } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import { batched, withOrdinals } from '../../infra/batch-loader.ts'
import { Prisma, queryRows, type ReadTx, type Tx } from '../../infra/db.ts'
import {
  areOfOneOrganisation,
  requireOrganisationOfPerson,
} from '../organisations/organisations.ts'
import type { AccountKey } from './accounts.ts'
import { adoptWithinEnterprise } from './enterprise-accounts.ts'
import { languageOf } from './language-of.ts'

/** The zone of people whose chat profile and people file name none. */
export const defaultZone = 'Europe/London'

interface AccountRow {
  readonly nth: number
  readonly personId: string
  readonly name: string
  readonly zone: string | null
  readonly language: string | null
  readonly conversationId: string | null
  readonly serviceUrl: string | null
  readonly lastActiveAt: Date | null
  readonly goneAt: Date | null
  readonly enterprise: string | null
  /** Another account of the person wrote since. */
  readonly isOvertaken: boolean
}

const loadAccount = batched<ChatIdentity, AccountRow | undefined>(async (tx, all) => {
  const rows = await queryRows<AccountRow>(
    tx,
    Prisma.sql`
    SELECT asked.nth, i."personId", i."conversationId", i."serviceUrl", i."lastActiveAt", i."goneAt", i.enterprise, p.name, p.zone, p.language,
      EXISTS (
        SELECT FROM "Identity" other
        WHERE other."personId" = i."personId" AND other."lastActiveAt" > i."lastActiveAt"
      ) AS "isOvertaken"
    FROM json_to_recordset(${withOrdinals(all)}::json)
      AS asked (nth int, platform text, tenant text, "user" text)
    JOIN "Identity" i USING (platform, tenant, "user")
    JOIN "Person" p ON p.id = i."personId"`,
  )
  const byPlace = new Map(rows.map((row) => [row.nth, row]))
  return all.map((_, nth) => byPlace.get(nth))
})

/** How old the record of an account's last request may be, where it decides nothing. */
const activityResolutionMs = dayMs

/**
 * Resolves an account to a person, and records that it is in use. `directPlace`: the conversation between Milepost and
 * the account, where the platform says that the request came by it; messages to the person go there from now on.
 * An account that nobody has linked yet is an Actor without personId, unless its person is known in another workspace of
 * the same enterprise.
 */
export async function resolveActor(
  tx: Tx,
  identity: ChatIdentity,
  directPlace: Place | undefined,
  now: Date,
): Promise<Actor> {
  const { platform, tenant, user, enterprise } = identity
  const row = await loadAccount(tx, identity)
  if (!row && (await adoptWithinEnterprise(tx, identity)))
    return resolveActor(tx, identity, directPlace, now)
  if (!row) return strangerOf(identity)
  const conversation = directPlace && {
    conversationId: directPlace.conversation,
    serviceUrl: directPlace.serviceUrl ?? null,
  }
  const isOfNewEnterprise = enterprise !== undefined && enterprise !== row.enterprise
  if (isMoved(row, conversation) || isActivityNews(row, now) || isOfNewEnterprise) {
    await tx.identity.update({
      where: { platform_tenant_user: { platform, tenant, user } },
      data: { ...conversation, lastActiveAt: now, goneAt: null, ...(enterprise && { enterprise }) },
    })
  }
  const { personId, name, zone } = row
  return { identity, personId, name, zone: zone ?? defaultZone, language: languageOf(row) }
}

/**
 * The same of an account that asks in a place. Where the place belongs to another organisation than the account (a channel
 * that two of them share), it is a stranger there: nothing of its own organisation is said by the app of the other.
 */
export async function resolveActorIn(
  tx: Tx,
  identity: ChatIdentity,
  { place, directPlace }: { readonly place: Place; readonly directPlace?: Place | undefined },
  now: Date,
): Promise<Actor> {
  if (await areOfOneOrganisation(tx, identity, place)) {
    return resolveActor(tx, identity, directPlace, now)
  }
  return { ...strangerOf(identity), isInOtherOrganisation: true }
}

const strangerOf = (identity: ChatIdentity): Actor => ({
  ...{ identity, personId: null, zone: defaultZone },
  name: identity.displayName ?? identity.user,
})

type Conversation = Pick<AccountRow, 'conversationId' | 'serviceUrl'>

function isMoved(row: Conversation, to: Conversation | undefined): boolean {
  return (
    to !== undefined &&
    (row.conversationId !== to.conversationId || row.serviceUrl !== to.serviceUrl)
  )
}

/** Most requests change neither which account is tried first nor whether it is. Those write nothing. */
function isActivityNews({ lastActiveAt, goneAt, isOvertaken }: AccountRow, now: Date): boolean {
  if (lastActiveAt === null || goneAt !== null || isOvertaken) return true
  return now.getTime() - lastActiveAt.getTime() >= activityResolutionMs
}

/**
 * From now on the account is this person's, whoever had it before.
 * @throws Refusal where it belongs to another organisation than the person
 */
export async function linkAccount(tx: Tx, personId: string, account: AccountKey): Promise<void> {
  await requireOrganisationOfPerson(tx, personId, account)
  const { platform, tenant, user } = account
  await tx.identity.upsert({
    where: { platform_tenant_user: { platform, tenant, user } },
    create: { platform, tenant, user, personId },
    update: { personId },
  })
}

/** Whose account it is; null where it is linked to nobody. */
export async function personIdOfAccount(
  tx: ReadTx,
  { platform, tenant, user }: AccountKey,
): Promise<string | null> {
  const where = { platform_tenant_user: { platform, tenant, user } }
  return (await tx.identity.findUnique({ where }))?.personId ?? null
}

/** What the people of these accounts are called, one name for each account that is linked; ids in capitals or not. */
export async function namesOfAccounts(
  tx: ReadTx,
  accounts: readonly AccountKey[],
): Promise<string[]> {
  const alike = (id: string) => ({ equals: id, mode: 'insensitive' as const })
  const rows = await tx.identity.findMany({
    where: {
      OR: accounts.map(({ platform, tenant, user }) => ({
        ...{ platform, tenant: alike(tenant), user: alike(user) },
      })),
    },
    select: { person: { select: { name: true } } },
  })
  return rows.map(({ person }) => person.name)
}

/** Those of these people from none of whose accounts a request ever came. */
export async function idsWithoutRequest(
  tx: ReadTx,
  personIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.person.findMany({
    where: { id: { in: [...personIds] }, identities: { none: { lastActiveAt: { not: null } } } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** A new person with this account. Gives their id. `zone`: IANA zone, where it is known. */
export async function addPersonWithAccount(
  tx: Tx,
  { name, zone }: { readonly name: string; readonly zone?: string | undefined },
  account: AccountKey,
  now: Date,
): Promise<string> {
  const id = newId()
  await tx.person.create({ data: { id, name, zone: zone ?? null, createdAt: now } })
  await linkAccount(tx, id, account)
  return id
}

/** Takes this account off the person, if it is theirs. */
export async function unlinkAccount(
  tx: Tx,
  personId: string,
  { platform, tenant, user }: AccountKey,
): Promise<void> {
  await tx.identity.deleteMany({ where: { personId, platform, tenant, user } })
}

/** Takes off the person's accounts on this platform, but for those that are named. */
export async function unlinkOtherAccounts(
  tx: Tx,
  personId: string,
  platform: PlatformName,
  kept: readonly AccountKey[],
): Promise<void> {
  const isKept = kept.map(({ tenant, user }) => ({ tenant, user }))
  await tx.identity.deleteMany({ where: { personId, platform, NOT: { OR: isKept } } })
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

/** Whether there is a person with an account whose zone nobody knows. */
export const isAnyZoneUnknown = Prisma.sql`EXISTS (
  SELECT FROM "Person" person JOIN "Identity" account ON account."personId" = person.id
  WHERE person.zone IS NULL)`

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

/** Each workspace or tenant in which somebody has an account. */
export async function tenantsOfAccounts(
  tx: ReadTx,
): Promise<{ readonly platform: PlatformName; readonly tenant: string }[]> {
  return tx.identity.findMany({
    distinct: ['platform', 'tenant'],
    select: { platform: true, tenant: true },
    orderBy: [{ platform: 'asc' }, { tenant: 'asc' }],
  })
}

export interface ClosedAccounts {
  readonly platform: PlatformName
  readonly tenant: string
  readonly users: readonly string[]
}

/** Records that these accounts were closed, of those that were not known to be gone. */
export async function markGone(
  tx: Tx,
  { platform, tenant, users }: ClosedAccounts,
  now: Date,
): Promise<void> {
  await tx.identity.updateMany({
    where: { platform, tenant, user: { in: [...users] }, goneAt: null },
    data: { goneAt: now },
  })
}

/** Records that an account was opened again. */
export async function markBack(tx: Tx, { platform, tenant, user }: AccountKey): Promise<void> {
  await tx.identity.updateMany({
    where: { platform, tenant, user, goneAt: { not: null } },
    data: { goneAt: null },
  })
}
