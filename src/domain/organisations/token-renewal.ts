import type { Workspace } from '../../base/addresses.ts'
import type { KeyRing } from '../../base/encryption.ts'
import { Prisma, type ReadTx, type Tx } from '../../infra/db.ts'
import { decryptCredentials, encryptCredentials } from './credentials.ts'

/**
 * Tokens that end, each exchanged for the next one in time. At Slack a token lasts twelve hours and goes on until then
 * when it is exchanged. What it is exchanged with is spent by that, but for "a short grace period": so of all processes
 * one does it, under a lease, and where it was killed before it saved the answer, the next one uses the same once more.
 * Source: https://docs.slack.dev/authentication/using-token-rotation
 */

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** As early as Slack's own SDK does it: a platform that gives none is asked again for so long before anything is lost. */
const renewAheadMs = 2 * hourMs

/** Longer than one call can take, and short: after a kill, Slack's grace is still to be had. */
const leaseMs = 30_000

/** Whatever is to be renewed before this may be leased now, or may soon be. */
export const afterLeases = (now: Date) => new Date(now.getTime() + 2 * leaseMs)

const longestRetryMs = hourMs

/** The columns of a token that was just given; `expiresAt`: null where it does not end. */
export const renewalColumns = (expiresAt: Date | null) => ({
  tokenExpiresAt: expiresAt,
  renewAt: expiresAt && new Date(expiresAt.getTime() - renewAheadMs),
  ...{ unrenewedSince: null, renewalError: null },
})

/** Until the next try: as long as it has failed already, from a minute to an hour. */
export function retryDelayMs(failedSince: Date, now: Date): number {
  return Math.min(longestRetryMs, Math.max(minuteMs, now.getTime() - failedSince.getTime()))
}

export const isAnyTokenToRenew = (now: Date) =>
  Prisma.sql`EXISTS (SELECT FROM "WorkspaceInstallation" WHERE "renewAt" <= ${now}::timestamptz AND credentials IS NOT NULL)`

export function loadDueRenewals(tx: ReadTx, now: Date): Promise<Workspace[]> {
  return tx.workspaceInstallation.findMany({
    where: { renewAt: { lte: now }, credentials: { not: null } },
    select: { platform: true, tenant: true },
    orderBy: { renewAt: 'asc' },
  })
}

/** The right to renew the token of a workspace, which nobody else has meanwhile. */
export interface RenewalLease extends Workspace {
  /** What the next token is given for; undefined where the key that it is encrypted by is not there any more. */
  readonly refreshToken: string | undefined
  readonly leasedUntil: Date
  /** Since when the platform has given no new one; null: the last time it did. */
  readonly unrenewedSince: Date | null
}

/** Undefined where another process has it, or the workspace was installed again or taken away. */
export async function leaseRenewal(
  tx: Tx,
  keyRing: KeyRing,
  { platform, tenant }: Workspace,
  now: Date,
): Promise<RenewalLease | undefined> {
  const leasedUntil = new Date(now.getTime() + leaseMs)
  const [row] = await tx.workspaceInstallation.updateManyAndReturn({
    where: { platform, tenant, renewAt: { lte: now }, credentials: { not: null } },
    data: { renewAt: leasedUntil },
  })
  if (!row?.credentials) return undefined
  const credentials = decryptCredentials(keyRing, row, row.credentials)
  const { unrenewedSince } = row
  return { platform, tenant, refreshToken: credentials?.refreshToken, leasedUntil, unrenewedSince }
}

/** Its row, as long as nobody else has it and it was neither installed again nor taken away. */
const heldBy = ({ platform, tenant, leasedUntil }: RenewalLease) => ({
  platform,
  tenant,
  renewAt: leasedUntil,
  credentials: { not: null },
})

export interface NewToken {
  readonly token: string
  readonly refreshToken: string
  readonly expiresAt: Date
}

/** False where the workspace was installed again, or taken away, since the lease began: then what it has stays. */
export async function saveRenewal(
  tx: Tx,
  keyRing: KeyRing,
  lease: RenewalLease,
  { token, refreshToken, expiresAt }: NewToken,
): Promise<boolean> {
  const { count } = await tx.workspaceInstallation.updateMany({
    where: heldBy(lease),
    data: {
      credentials: encryptCredentials(keyRing, lease, { token, refreshToken }),
      ...renewalColumns(expiresAt),
    },
  })
  return count > 0
}

/** The token stays as it is, and is tried again after a while. `errorCode`: as in OutboxMessage. */
export async function recordRenewalFailure(
  tx: Tx,
  lease: RenewalLease,
  errorCode: string,
  now: Date,
): Promise<void> {
  const unrenewedSince = lease.unrenewedSince ?? now
  const renewAt = new Date(now.getTime() + retryDelayMs(unrenewedSince, now))
  await tx.workspaceInstallation.updateMany({
    where: heldBy(lease),
    data: { unrenewedSince, renewalError: errorCode, renewAt },
  })
}

/** A workspace for which the platform gives no new token. */
export interface UnrenewedToken extends Workspace {
  readonly name: string | null
  readonly since: Date
  readonly errorCode: string
  readonly expiresAt: Date
  /** Where it is spoken with: the workspace, or those of the Slack organisation. */
  readonly workspaces: readonly Workspace[]
}

export async function loadUnrenewedTokens(tx: ReadTx): Promise<UnrenewedToken[]> {
  const rows = await tx.workspaceInstallation.findMany({
    where: { unrenewedSince: { not: null }, credentials: { not: null } },
    orderBy: { unrenewedSince: 'asc' },
  })
  const served = await tx.workspaceInstallation.findMany({
    where: { viaTenant: { in: rows.map(({ tenant }) => tenant) } },
    select: { platform: true, tenant: true, viaTenant: true },
  })
  return rows.flatMap(
    ({ platform, tenant, name, unrenewedSince, renewalError, tokenExpiresAt }) => {
      if (!unrenewedSince || !renewalError || !tokenExpiresAt) return []
      const via = served.filter((one) => one.platform === platform && one.viaTenant === tenant)
      const workspaces = [
        { platform, tenant },
        ...via.map((one) => ({ platform, tenant: one.tenant })),
      ]
      const failing = { since: unrenewedSince, errorCode: renewalError, expiresAt: tokenExpiresAt }
      return [{ platform, tenant, name, ...failing, workspaces }]
    },
  )
}

/** Whether any has been failing since a moment, or longer. */
export const isAnyTokenUnrenewed = (since: Date) =>
  Prisma.sql`EXISTS (SELECT FROM "WorkspaceInstallation" WHERE "unrenewedSince" <= ${since}::timestamptz AND credentials IS NOT NULL)`
