import type { Workspace } from '../base/addresses.ts'
import { dayMs } from '../base/dates.ts'
import type { Database, ReadTx } from '../infra/db.ts'
import { loadOutages, type WorkspaceOutage } from './workspace-outages.ts'

/** The outbox in figures, for the metrics. */
export interface OutboxMetrics {
  readonly counts: readonly {
    readonly platform: string
    readonly state: string
    readonly count: number
  }[]
  /** For how long the oldest due message has been waiting, in seconds. */
  readonly lagSeconds: number
  /** Workspaces that refuse Milepost until somebody mends it. */
  readonly outages: readonly WorkspaceOutage[]
}

/** Counts messages on their way and those of the last day: counting years of them at each scrape would cost too much. */
export async function readOutboxMetrics(db: Database, now: Date): Promise<OutboxMetrics> {
  const since = new Date(now.getTime() - dayMs)
  const rows = await db.outboxMessage.groupBy({
    by: ['platform', 'state'],
    where: {
      OR: [{ state: { in: ['waiting', 'sending'] } }, { createdAt: { gte: since } }],
    },
    _count: true,
  })
  const dueSince = await oldestDue(db, now)
  return {
    counts: rows.map(({ platform, state, _count: count }) => ({ platform, state, count })),
    lagSeconds: dueSince === null ? 0 : (now.getTime() - dueSince.getTime()) / 1000,
    outages: await loadOutages(db),
  }
}

/** How many messages wait for a workspace. */
export async function countWaitingIn(tx: ReadTx, { platform, tenant }: Workspace): Promise<number> {
  return tx.outboxMessage.count({ where: { platform, tenant, state: 'waiting' } })
}

/** What is not sent: for the doctor. */
export interface OutboxBacklog {
  /** Due, and not sent yet: how many, and since when the first of them. */
  readonly waiting: number
  readonly dueSince: Date | null
  /** Enqueued since the moment asked for. */
  readonly dead: number
  readonly uncertain: number
}

export async function readOutboxBacklog(
  db: Database,
  now: Date,
  since: Date,
): Promise<OutboxBacklog> {
  const countRecent = (state: 'dead' | 'uncertain') =>
    db.outboxMessage.count({ where: { state, createdAt: { gte: since } } })
  return {
    waiting: await db.outboxMessage.count({ where: dueFilter(now) }),
    dueSince: await oldestDue(db, now),
    dead: await countRecent('dead'),
    uncertain: await countRecent('uncertain'),
  }
}

const dueFilter = (now: Date) => ({ state: 'waiting' as const, notBefore: { lte: now } })

async function oldestDue(db: Database, now: Date): Promise<Date | null> {
  const due = await db.outboxMessage.aggregate({ where: dueFilter(now), _min: { notBefore: true } })
  return due._min.notBefore
}

/** When a message was last enqueued or sent; undefined where there is none. */
export async function latestMessageMoment(db: Database): Promise<Date | undefined> {
  const { _max } = await db.outboxMessage.aggregate({ _max: { createdAt: true, sentAt: true } })
  const { createdAt, sentAt } = _max
  return createdAt && sentAt && sentAt > createdAt ? sentAt : (createdAt ?? undefined)
}
