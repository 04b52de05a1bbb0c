import type { Workspace } from '../base/addresses.ts'
import { type Database, Prisma, type ReadTx, type Tx } from '../infra/db.ts'

/**
 * Which workspaces refuse Milepost until somebody mends it: the app was removed, its token revoked, or Milepost is to
 * wait for longer than anybody does. It is a state of the
 * workspace, kept in the database, so that restarts and replicas agree: its messages wait, and one at a time tries it.
 */

export interface WorkspaceOutage extends Workspace {
  /** "slack:token_revoked" */
  readonly errorCode: string
  readonly since: Date
  /** Until then no message is tried there. */
  readonly probeAt: Date
}

/** How long a workspace is left alone before the next message tries it. */
const probeIntervalMs = 60_000
/** The same where it asked to wait longer than anybody does: one channel may be meant, and the next message another's. */
export const cappedProbeIntervalMs = 10 * 60_000

export async function loadOutages(tx: ReadTx): Promise<WorkspaceOutage[]> {
  return tx.workspaceOutage.findMany({
    orderBy: [{ since: 'asc' }, { platform: 'asc' }, { tenant: 'asc' }],
    omit: { reportedAt: true },
  })
}

export const isAnyWorkspaceBroken = Prisma.sql`EXISTS (SELECT FROM "WorkspaceOutage")`

/** Records that a workspace refused a call. It stays broken since it first did. */
export async function recordOutage(
  db: Database,
  { platform, tenant }: Workspace,
  errorCode: string,
  now: Date,
  untilProbeMs = probeIntervalMs,
): Promise<void> {
  const probeAt = new Date(now.getTime() + untilProbeMs)
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

/** Whether the workspace is broken, and not to be tried yet. */
export async function isLeftAlone(tx: ReadTx, workspace: Workspace, now: Date): Promise<boolean> {
  const outage = await outageOf(tx, workspace)
  return outage !== undefined && outage.probeAt > now
}

/**
 * The outages that began before a moment and were not reported in the log since another; now they are. Two callers at
 * once get different ones.
 */
export async function claimUnreportedOutages(
  tx: Tx,
  moments: { readonly before: Date; readonly reportedBefore: Date; readonly now: Date },
): Promise<WorkspaceOutage[]> {
  const { before, reportedBefore, now } = moments
  return tx.workspaceOutage.updateManyAndReturn({
    where: {
      since: { lte: before },
      OR: [{ reportedAt: null }, { reportedAt: { lte: reportedBefore } }],
    },
    data: { reportedAt: now },
  })
}
