import type { ChatIdentity, Place } from '../../base/addresses.ts'
import { Prisma, type ReadTx, type Tx } from '../../infra/db.ts'
import { directPlaceOfAccount } from './accounts.ts'
import { defaultZone } from './identity-store.ts'

/** Whose page is open on which account, and what it shows. */

/** A page that its person opened, to be kept up to date. */
export interface OpenHomePage {
  readonly account: Pick<ChatIdentity, 'platform' | 'tenant' | 'user'>
  /** The private conversation with the account. */
  readonly place: Place
  readonly personId: string
  readonly zone: string
  /** A digest of what it shows; null where it is to be drawn. */
  readonly shown: string | null
  /** The message that shows it; null where none does, or the platform needs none. */
  readonly messageId: string | null
}

/** Records that the person opened their page on this account: it is drawn anew, in a message of its own. */
export async function openHomePage(
  tx: Tx,
  { platform, tenant, user }: ChatIdentity,
  now: Date,
): Promise<void> {
  await tx.identity.updateMany({
    where: { platform, tenant, user },
    data: { homeOpenedAt: now, homeShown: null, homeMessageId: null },
  })
}

/** The pages that were opened since then, on these platforms. */
export async function openHomePages(
  tx: ReadTx,
  platforms: readonly string[],
  since: Date,
): Promise<OpenHomePage[]> {
  const rows = await tx.identity.findMany({
    where: { platform: { in: [...platforms] }, homeOpenedAt: { gte: since }, goneAt: null },
    include: { person: { select: { zone: true } } },
    orderBy: { homeOpenedAt: 'desc' },
  })
  return rows.map(({ person, ...row }) => ({
    account: { platform: row.platform, tenant: row.tenant, user: row.user },
    place: directPlaceOfAccount(row),
    personId: row.personId,
    zone: person.zone ?? defaultZone,
    ...{ shown: row.homeShown, messageId: row.homeMessageId },
  }))
}

/** Whether anybody has opened their page since then. */
export function isAnyPageOpen(since: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM "Identity" WHERE "homeOpenedAt" >= ${since}::timestamptz)`
}

/** Records what a page shows now; `closed`: it cannot be shown any more, until it is opened again. */
export async function recordHomePage(
  tx: Tx,
  { platform, tenant, user }: OpenHomePage['account'],
  state: { readonly shown: string; readonly messageId: string | null } | 'closed',
): Promise<void> {
  await tx.identity.updateMany({
    where: { platform, tenant, user },
    data:
      state === 'closed'
        ? { homeOpenedAt: null, homeShown: null, homeMessageId: null }
        : { homeShown: state.shown, homeMessageId: state.messageId },
  })
}
