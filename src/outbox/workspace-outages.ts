import type { PlatformName } from '../base/addresses.ts'
import type { Database, ReadTx, Tx } from '../infra/db.ts'

/**
 * Which workspaces refuse Milepost until somebody mends it: the app was removed, its token revoked. It is a state of the
 * workspace, kept in the database, so that restarts and replicas agree: its messages wait, and one at a time tries it.
 */

/** A Slack workspace, a Teams tenant. */
export interface Workspace {
  readonly platform: PlatformName
  readonly tenant: string
}

export interface WorkspaceOutage extends Workspace {
  /** "slack:token_revoked" */
  readonly errorCode: string
  readonly since: Date
  /** Until then no message is tried there. */
  readonly probeAt: Date
}

/** How long a workspace is left alone before the next message tries it. */
export const probeIntervalMs = 60_000

export async function loadOutages(tx: ReadTx): Promise<WorkspaceOutage[]> {
  return tx.workspaceOutage.findMany({
    orderBy: [{ since: 'asc' }, { platform: 'asc' }, { tenant: 'asc' }],
    omit: { reportedAt: true },
  })
}

/** Records that a workspace refused a call. It stays broken since it first did. */
export async function recordOutage(
  db: Database,
  { platform, tenant }: Workspace,
  errorCode: string,
  now: Date,
): Promise<void> {
  const probeAt = new Date(now.getTime() + probeIntervalMs)
  await db.workspaceOutage.upsert({
    where: { platform_tenant: { platform, tenant } },
    create: { platform, tenant, errorCode, since: now, probeAt },
    update: { errorCode, probeAt },
  })
}

/** Whether this caller may try the workspace now: of all processes one may, each minute. */
export async function takeProbe(
  db: Database,
  { platform, tenant }: Workspace,
  now: Date,
): Promise<boolean> {
  const { count } = await db.workspaceOutage.updateMany({
    where: { platform, tenant, probeAt: { lte: now } },
    data: { probeAt: new Date(now.getTime() + probeIntervalMs) },
  })
  return count === 1
}

/** The probe ended without a call, so another message may try the workspace at once. */
export async function releaseProbe(
  db: Database,
  { platform, tenant }: Workspace,
  now: Date,
): Promise<void> {
  await db.workspaceOutage.updateMany({ where: { platform, tenant }, data: { probeAt: now } })
}

/** The workspace took a call: everything that waits for it may go. */
export async function endOutage(db: Database, { platform, tenant }: Workspace): Promise<void> {
  await db.workspaceOutage.deleteMany({ where: { platform, tenant } })
}

/** The outage of a workspace, if it is broken. */
export async function outageOf(
  tx: ReadTx,
  { platform, tenant }: Workspace,
): Promise<WorkspaceOutage | undefined> {
  const found = await tx.workspaceOutage.findUnique({
    where: { platform_tenant: { platform, tenant } },
  })
  return found ?? undefined
}

/**
 * The outages of which the operator was not told since that moment; from now on they are told. Two callers at once get
 * different ones.
 */
export async function claimUnreportedOutages(
  tx: Tx,
  { since, now }: { readonly since: Date; readonly now: Date },
): Promise<WorkspaceOutage[]> {
  return tx.workspaceOutage.updateManyAndReturn({
    where: { OR: [{ reportedAt: null }, { reportedAt: { lt: since } }] },
    data: { reportedAt: now },
  })
}
