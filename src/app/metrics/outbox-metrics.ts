import { dayMs } from '../../base/dates.ts'
import type { Database } from '../../infra/db.ts'

/** The ledger in figures. */
export interface OutboxMetrics {
  readonly counts: readonly {
    readonly platform: string
    readonly state: string
    readonly count: number
  }[]
  /** For how long the oldest delivery that is due has been waiting, in seconds. */
  readonly lagSeconds: number
}

/** What is on its way, and what ended within the last day: a ledger of years is not counted at each scrape. */
export async function readOutboxMetrics(db: Database, now: Date): Promise<OutboxMetrics> {
  const since = new Date(now.getTime() - dayMs)
  const rows = await db.outboxMessage.groupBy({
    by: ['platform', 'state'],
    where: {
      OR: [{ state: { in: ['waiting', 'sending'] } }, { createdAt: { gte: since } }],
    },
    _count: true,
  })
  const due = await db.outboxMessage.aggregate({
    where: { state: 'waiting', notBefore: { lte: now } },
    _min: { notBefore: true },
  })
  const first = due._min.notBefore
  return {
    counts: rows.map(({ platform, state, _count: count }) => ({ platform, state, count })),
    lagSeconds: first === null ? 0 : (now.getTime() - first.getTime()) / 1000,
  }
}
